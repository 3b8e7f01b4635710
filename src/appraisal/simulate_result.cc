#include "appraisal/simulate_result.h"

#include <algorithm>
#include <map>

namespace guanhu::appraisal {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr int64_t kBins = 24;

Json text_of(const std::optional<Decimal>& value) { return value ? Json(shown(*value).str()) : Json(); }

Json side_json(const std::optional<HolderResult>& one) {
  if (!one) return {};
  return JsonObject{{"total", text_of(one->total)},
                    {"grade", one->grade ? Json(*one->grade) : Json()},
                    {"place", one->in_bank.place ? Json(one->in_bank.place) : Json()},
                    {"reason", one->total_reason}};
}

std::string grade_of(const std::optional<HolderResult>& one) { return one ? one->grade.value_or("") : ""; }

struct Count {
  size_t gainers = 0, losers = 0, same = 0, appeared = 0, gone = 0, flips = 0;
  const SimulatedHolder *most = nullptr, *least = nullptr;
  std::map<std::pair<std::string, std::string>, size_t> grades;
  Decimal sum_before, sum_after;
  size_t before = 0, after = 0;
  base::Fen cost_before = 0, cost_after = 0;
};

void count_change(const SimulatedHolder& one, Count& out) {
  out.appeared += !one.before, out.gone += !one.after;
  if (auto change = one.change()) {
    (change->is_zero() ? out.same : change->is_negative() ? out.losers : out.gainers) += 1;
    if (!out.most || *out.most->change() < *change) out.most = &one;
    if (!out.least || *change < *out.least->change()) out.least = &one;
  }
  const std::string was = grade_of(one.before), is = grade_of(one.after);
  if (one.before && one.after && was != is) ++out.flips, ++out.grades[{was, is}];
}

Count count_all(const Simulation& s) {
  Count out;
  for (const SimulatedHolder& one : s.holders) {
    count_change(one, out);
    if (one.before && one.before->total)
      out.sum_before = Decimal::add(out.sum_before, *one.before->total).value(), ++out.before;
    if (one.after && one.after->total)
      out.sum_after = Decimal::add(out.sum_after, *one.after->total).value(), ++out.after;
    if (one.pay_before) out.cost_before += one.pay_before->cost;
    if (one.pay_after) out.cost_after += one.pay_after->cost;
  }
  return out;
}

Json average(const Decimal& sum, size_t count) {
  return text_of(Decimal::divide(sum, Decimal::make(static_cast<__int128>(count), 0)));
}

Json grades_json(const Count& all) {
  JsonArray out;
  for (const auto& [pair, people] : all.grades)
    out.push_back(JsonObject{{"from", pair.first}, {"to", pair.second}, {"people", people}});
  return out;
}

// Totals before and after in bins of whole points, both in the same ones.
Json spread_json(const Simulation& s) {
  std::vector<int64_t> before, after;
  for (const SimulatedHolder& one : s.holders)
    for (auto [side, into] : {std::pair(&one.before, &before), std::pair(&one.after, &after)})
      if (*side && (*side)->total)
        into->push_back((*side)->total->round(0, base::Rounding::floor).to_int64().value_or(0));
  std::vector<int64_t> all = before;
  all.insert(all.end(), after.begin(), after.end());
  if (all.empty()) return JsonArray{};
  const auto [least, most] = std::minmax_element(all.begin(), all.end());
  const int64_t width = std::max<int64_t>(1, (*most - *least) / kBins + 1);
  const int64_t first = *least >= 0 ? *least / width * width : -((-*least + width - 1) / width) * width;
  JsonArray out;
  for (int64_t from = first; from <= *most; from += width) {
    auto within = [&](const std::vector<int64_t>& of) {
      return static_cast<size_t>(
          std::count_if(of.begin(), of.end(), [&](int64_t v) { return from <= v && v < from + width; }));
    };
    out.push_back(
        JsonObject{{"from", from}, {"to", from + width}, {"before", within(before)}, {"after", within(after)}});
  }
  return out;
}

Json extreme_json(const SimulatedHolder* one) {
  if (!one) return {};
  return JsonObject{{"id", one->id}, {"name", one->name}, {"change", text_of(one->change())}};
}

Json cost_json(const Simulation& s, const Count& all) {
  if (!s.paid()) return {};
  return JsonObject{{"before", base::format_fen(all.cost_before)},
                    {"after", base::format_fen(all.cost_after)},
                    {"change", base::format_fen(all.cost_after - all.cost_before)}};
}

std::string headline(const Simulation& s, const Count& all) {
  auto people = [](size_t n) { return std::to_string(n) + " 人"; };
  std::string out = people(all.gainers) + "升、" + people(all.losers) + "降、" + people(all.same) + "不变";
  if (all.appeared) out += "，新进 " + people(all.appeared);
  if (all.gone) out += "，不再考核 " + people(all.gone);
  if (!s.after->scheme.scheme->grades.empty() || s.after->scheme.decision)
    out += "；" + (all.flips ? people(all.flips) + "等级变动" : std::string("等级没有变动"));
  if (s.paid()) {
    const base::Fen change = all.cost_after - all.cost_before;
    out += change == 0 ? "；工资合计不变"
                       : (change > 0 ? "；工资合计多 " : "；工资合计少 ") +
                             base::format_fen(change > 0 ? change : -change) + " 元";
  }
  return out;
}

Json changed_scores(const SimulatedHolder& one) {
  std::map<std::string, std::pair<std::optional<Decimal>, std::optional<Decimal>>> all;
  std::vector<std::string> order;
  auto add = [&](const std::optional<HolderResult>& side, bool after) {
    if (!side) return;
    for (const ScoreValue& score : side->scores) {
      if (!all.count(score.name)) order.push_back(score.name);
      (after ? all[score.name].second : all[score.name].first) = score.value;
    }
  };
  add(one.before, false), add(one.after, true);
  JsonArray out;
  for (const std::string& name : order) {
    const auto& [was, is] = all[name];
    if (was.has_value() == is.has_value() && (!was || shown(*was) == shown(*is))) continue;
    out.push_back(JsonObject{{"name", name}, {"before", text_of(was)}, {"after", text_of(is)}});
  }
  return out;
}

// Exact texts; null where the scheme does not count the score.
Json weights_json(const Simulation& s) {
  auto text = [](const std::optional<Decimal>& value) { return value ? Json(value->str()) : Json(); };
  JsonArray out;
  for (const SimulatedWeight& one : s.weights)
    out.push_back(JsonObject{{"name", one.name}, {"before", text(one.before)}, {"after", text(one.after)}});
  return out;
}

}  // namespace

Json summary_json(const Simulation& s) {
  const Count all = count_all(s);
  JsonArray words, notes;
  for (auto& word : words_of(s.ask)) words.push_back(std::move(word));
  for (const auto& note : s.notes) notes.push_back(note);
  JsonObject base = {{"kind", s.base.kind},
                     {"run", s.base.run ? Json(s.base.run) : Json()},
                     {"run_hash", s.base.run_hash},
                     {"pack_hash", s.base.pack_hash},
                     {"known_at", s.base.known_at ? Json(s.base.known_at->str()) : Json()}};
  return JsonObject{{"hash", s.hash()},
                    {"headline", headline(s, all)},
                    {"title", s.title},
                    {"base", std::move(base)},
                    {"pack_hash", s.pack.pack->hash},
                    {"pay_pack_hash", s.pay_pack ? Json(s.pay_pack->pack->hash) : Json()},
                    {"engine", kEngineVersion},
                    {"words", std::move(words)},
                    {"notes", std::move(notes)},
                    {"steps", s.steps},
                    {"reused", s.reused},
                    {"people", s.holders.size()},
                    {"gainers", all.gainers},
                    {"losers", all.losers},
                    {"same", all.same},
                    {"appeared", all.appeared},
                    {"gone", all.gone},
                    {"most", extreme_json(all.most)},
                    {"least", extreme_json(all.least)},
                    {"average", JsonObject{{"before", average(all.sum_before, all.before)},
                                           {"after", average(all.sum_after, all.after)}}},
                    {"grade_changes", all.flips},
                    {"grades", grades_json(all)},
                    {"weights", weights_json(s)},
                    {"spread", spread_json(s)},
                    {"cost", cost_json(s, all)}};
}

Json holder_json(const SimulatedHolder& one) {
  Json pay;
  if (one.pay_before || one.pay_after) {
    auto fen = [](const std::optional<SimulatedPay>& p) { return p ? Json(base::format_fen(p->cost)) : Json(); };
    const base::Fen change =
        (one.pay_after ? one.pay_after->cost : 0) - (one.pay_before ? one.pay_before->cost : 0);
    pay = JsonObject{
        {"before", fen(one.pay_before)}, {"after", fen(one.pay_after)}, {"change", base::format_fen(change)}};
  }
  return JsonObject{{"id", one.id},
                    {"name", one.name},
                    {"org", one.org},
                    {"branch", one.branch},
                    {"before", side_json(one.before)},
                    {"after", side_json(one.after)},
                    {"change", text_of(one.change())},
                    {"pay", std::move(pay)},
                    {"scores", changed_scores(one)}};
}

Json cliffs_json(const Evaluation& e, const std::vector<Cliff>& cliffs, const std::vector<Jump>& jumps,
                 const people::Directory& directory) {
  auto jump = [&](size_t h) { return h < jumps.size() ? jumps[h].after : std::nullopt; };
  auto nearer = [](const std::optional<Decimal>& x, const std::optional<Decimal>& y) {
    return x && y ? *x < *y : x.has_value() && !y;
  };
  std::vector<size_t> order;
  for (size_t h = 0; h < cliffs.size(); ++h)
    if (cliffs[h].missing || cliffs[h].lead || jump(h)) order.push_back(h);
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    if (cliffs[a].missing || cliffs[b].missing) return nearer(cliffs[a].missing, cliffs[b].missing);
    return nearer(jump(a), jump(b));
  });
  JsonArray out;
  for (size_t h : order) {
    const Cliff& one = cliffs[h];
    Json next;
    if (auto after = jump(h)) next = JsonObject{{"after", after->str()}, {"size", text_of(jumps[h].size)}};
    out.push_back(JsonObject{{"id", e.holders[h].id},
                             {"name", e.holders[h].name},
                             {"branch", directory.branch_of(e.holders[h].org)},
                             {"total", text_of(total_of(e, h).value)},
                             {"grade", one.grade},
                             {"next", one.next},
                             {"missing", text_of(one.missing)},
                             {"need", text_of(one.need)},
                             {"lead", text_of(one.lead)},
                             {"jump", std::move(next)}});
  }
  return out;
}

}  // namespace guanhu::appraisal
