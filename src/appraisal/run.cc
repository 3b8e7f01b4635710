#include "appraisal/run.h"

#include <algorithm>
#include <map>

#include "appraisal/text_table.h"
#include "base/digest.h"

namespace guanhu::appraisal {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json number_or_null(const std::optional<Decimal>& value) { return value ? Json(shown(*value)) : Json(); }

Json figures_json(const HolderResult& holder) {
  JsonObject out;
  for (const Figure& f : holder.figures) {
    const bool other = !f.value && !f.other.is_null();
    JsonObject cell = {{"value", other ? f.other : number_or_null(f.value)}, {"unit", f.unit}};
    if (!f.value && !other) cell.emplace_back("reason", f.reason);
    out.emplace_back(f.name, std::move(cell));
  }
  return out;
}

Json rank_json(const Rank& rank) {
  if (!rank.place) return {};
  return JsonObject{{"place", rank.place}, {"of", rank.of}};
}

// The reasons of all scores without a value, and of a missing total.
Json reasons_json(const HolderResult& holder) {
  JsonObject out;
  for (const ScoreValue& s : holder.scores)
    if (!s.value) out.emplace_back(s.name, s.reason);
  if (!holder.total) out.emplace_back("total", holder.total_reason);
  return out;
}

Json holder_json(const Run& run, const HolderResult& holder) {
  JsonObject scores;
  for (const ScoreValue& s : holder.scores) scores.emplace_back(s.name, number_or_null(s.value));
  JsonObject rank;
  if (run.rank_in_branch) rank.emplace_back("branch", rank_json(holder.in_branch));
  if (run.rank_in_bank) rank.emplace_back("bank", rank_json(holder.in_bank));
  JsonObject out = {{"id", holder.id},
                    {"name", holder.name},
                    {"org", holder.org},
                    {"branch", holder.branch},
                    {"figures", figures_json(holder)},
                    {"scores", std::move(scores)},
                    {"total", number_or_null(holder.total)},
                    {"grade", holder.grade ? Json(*holder.grade) : Json()},
                    {"rank", std::move(rank)}};
  Json reasons = reasons_json(holder);
  if (!reasons.as_object()->empty()) out.emplace_back("reasons", std::move(reasons));
  if (!holder.waits.empty()) {
    JsonArray waits;
    for (const std::string& one : holder.waits) waits.push_back(one);
    out.emplace_back("waiting", std::move(waits));
  }
  return out;
}

Json sums_json(const Run& run) {
  JsonArray out;
  for (const SumCheck& s : run.sums)
    out.push_back(JsonObject{{"measure", s.measure},
                             {"holders", s.holders},
                             {"others", s.others},
                             {"nobody", s.nobody},
                             {"bank", s.bank}});
  return out;
}

std::string cell(const std::optional<Decimal>& value, int decimals) {
  return value ? grouped(value->round(decimals, base::Rounding::half_up), decimals) : "—";
}

std::string cell_of(const Figure& figure, int decimals) {
  if (figure.value || figure.other.is_null()) return cell(figure.value, decimals);
  const std::string* word = figure.other.as_string();
  return word                             ? *word
         : figure.other.dump() == "true"  ? "是"
         : figure.other.dump() == "false" ? "否"
                                          : figure.other.dump();
}

// Who waits and for what: at most so many words each, the rest is in the JSON.
std::string waiting_text(const Run& run) {
  constexpr size_t kShown = 5;
  std::string out;
  for (const HolderResult& h : run.holders) {
    if (h.waits.empty()) continue;
    out += "\n等待: " + h.id + " " + h.name + " 还缺 " + std::to_string(h.waits.size()) + " 项: ";
    for (size_t i = 0; i < std::min(kShown, h.waits.size()); ++i) out += (i ? "; " : "") + h.waits[i];
    if (h.waits.size() > kShown) out += "; …(--json 列出全部)";
  }
  return out.empty() ? out : out + "\n";
}

int decimals_of(const std::string& unit) { return unit == "元" ? 2 : unit == "比率" || unit == "%" ? 4 : 0; }

}  // namespace

const HolderResult* Run::holder(const std::string& id) const {
  for (const auto& h : holders)
    if (h.id == id) return &h;
  return nullptr;
}

Decimal shown(const Decimal& value) { return value.round(10, base::Rounding::half_up); }

std::string run_hash(const Run& run) {
  JsonArray holders;
  for (const auto& h : run.holders) holders.push_back(holder_json(run, h));
  JsonObject all = {{"scheme", run.scheme},
                    {"period", run.period.str()},
                    {"pack_hash", run.pack_hash},
                    {"engine", kEngineVersion},
                    {"holders", std::move(holders)}};
  return base::sha256_hex(Json(std::move(all)).dump());
}

Json to_json(const Run& run) {
  JsonArray holders, warnings;
  for (const auto& h : run.holders) holders.push_back(holder_json(run, h));
  for (const auto& w : run.warnings) warnings.push_back(w);
  return JsonObject{{"scheme", run.scheme},
                    {"period", run.period.str()},
                    {"pack_hash", run.pack_hash},
                    {"run_hash", run_hash(run)},
                    {"known_at", run.known_at ? Json(run.known_at->str()) : Json()},
                    {"engine", kEngineVersion},
                    {"holders", std::move(holders)},
                    {"sums", sums_json(run)},
                    {"warnings", std::move(warnings)}};
}

void rank(std::vector<HolderResult>& holders) {
  auto place_within = [&](std::vector<HolderResult*> group, Rank HolderResult::*rank) {
    std::erase_if(group, [](const HolderResult* h) { return !h->total; });
    std::sort(group.begin(), group.end(),
              [](const HolderResult* a, const HolderResult* b) { return *a->total > *b->total; });
    for (size_t i = 0; i < group.size(); ++i) {
      bool tied = i > 0 && *group[i]->total == *group[i - 1]->total;
      (group[i]->*rank).place = tied ? (group[i - 1]->*rank).place : static_cast<int>(i) + 1;
      (group[i]->*rank).of = static_cast<int>(group.size());
    }
  };
  std::vector<HolderResult*> all;
  std::map<std::string, std::vector<HolderResult*>> by_branch;
  for (auto& h : holders) {
    all.push_back(&h);
    by_branch[h.branch].push_back(&h);
  }
  place_within(all, &HolderResult::in_bank);
  for (auto& [branch, group] : by_branch) place_within(group, &HolderResult::in_branch);
}

std::string to_text(const Run& run) {
  std::vector<const HolderResult*> order;
  for (const auto& h : run.holders) order.push_back(&h);
  std::stable_sort(order.begin(), order.end(), [](const HolderResult* a, const HolderResult* b) {
    return (a->total ? a->in_bank.place : 1 << 30) < (b->total ? b->in_bank.place : 1 << 30);
  });
  TextTable table;
  std::vector<std::string> head = {"名次", "工号", "姓名", "机构", "总分"};
  const bool grades = std::any_of(run.holders.begin(), run.holders.end(), [](const auto& h) { return h.grade; });
  if (grades) head.emplace_back("等级");
  if (!order.empty()) {
    for (const auto& s : order[0]->scores) head.push_back(s.name);
    for (const auto& f : order[0]->figures) head.push_back(f.name + (f.unit == "比率" ? "" : "(" + f.unit + ")"));
  }
  table.head(head);
  for (const HolderResult* h : order) {
    std::vector<std::string> row = {h->in_bank.place ? std::to_string(h->in_bank.place) : "—", h->id, h->name,
                                    h->org, cell(h->total, 2)};
    if (grades) row.push_back(h->grade.value_or("—"));
    for (const auto& s : h->scores) row.push_back(cell(s.value, 2));
    for (const auto& f : h->figures) row.push_back(cell_of(f, decimals_of(f.unit)));
    table.row(row);
  }
  std::string out = run.title + " " + run.period.str() + "  (" + run.scheme + ", 运行 " +
                    run_hash(run).substr(0, 12) + ")\n\n" + table.str();
  out += waiting_text(run);
  for (const auto& w : run.warnings) out += "\n注意: " + w;
  if (!run.warnings.empty()) out += "\n";
  return out;
}

}  // namespace guanhu::appraisal
