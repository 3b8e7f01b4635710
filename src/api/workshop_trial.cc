// A draft tried on the real facts of a period: values of some holders at once, beside what the version in force
// gives; each opens into its explanation.
#include <algorithm>
#include <chrono>
#include <set>

#include "api/redact.h"
#include "api/spreadsheet.h"
#include "api/workshop.h"
#include "appraisal/explain.h"
#include "base/json_member.h"
#include "http/target.h"
#include "people/access.h"

namespace guanhu::api {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kShown = 8;       // holders, where none are named
constexpr size_t kMostShown = 60;  // on the screen; a file has all

struct Asked {
  DraftWork work;
  OpenedDraftPtr opened;  // with the edit, where there is one
  std::optional<EditedDocument> edited;
  base::Period period;
  std::string scheme;
};

std::variant<Asked, Refusal> asked_of_body(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto period = base::Period::parse(call.text("period"));
  if (!period)
    return Refusal{400,
                   Error{"request.body", "", "", ""},
                   {{"/period", "不是考核期间, 写成 2025、2025H2、2025Q4 或 2025-12"}}};
  Asked out{std::get<DraftWork>(found), nullptr, std::nullopt, *period, ""};
  if (const Json* scheme = given(call.body, "scheme")) out.scheme = *scheme->as_string();
  out.opened = s.drafts().open(out.work.draft, out.work.files);
  if (const Json* edit = given(call.body, "edit")) {
    auto edited = workshop_edit(out.work, out.opened->loaded.pack, *edit);
    if (!edited) return refused_draft(edited.error());
    std::vector<policy::DraftFile> files = out.work.files;
    for (const auto& other : edited->more)
      for (auto& file : files)
        if (file.path == other.path) file.content = other.content;
    out.opened = s.drafts().with(out.work.draft, files, edited->path, edited->text);
    out.edited = std::move(*edited);
  }
  return out;
}

// What a figure is: "measure", …, "score".
const char* kind_of(const policy::Pack& pack, const std::string& name) {
  if (pack.measure(name)) return "measure";
  if (pack.indicator(name)) return "indicator";
  if (pack.peer(name)) return "peer";
  return "score";
}

struct Column {
  std::string name, unit;
  const char* kind = "measure";
  bool score = false;
  size_t at = 0;  // of the figures or scores of a result
};

std::vector<Column> columns_of(const appraisal::Preview& made) {
  std::vector<Column> out;
  const auto& e = made.evaluation;
  std::set<std::string> seen;
  for (size_t i = 0; i < e.scheme.figures.size(); ++i) {
    const auto& step = e.scheme.steps[e.scheme.figures[i]];
    seen.insert(step.name);
    out.push_back({step.name, step.unit, kind_of(*made.pack, step.name), false, i});
  }
  for (size_t i = 0; i < e.scheme.items.size(); ++i) {
    const auto& step = e.scheme.steps[e.scheme.items[i]];
    if (!seen.contains(step.name)) out.push_back({step.name, "分", "score", true, i});
  }
  return out;
}

std::pair<std::optional<Decimal>, std::string> value_of(const appraisal::HolderResult& h, const Column& c) {
  if (c.score) return {h.scores[c.at].value, h.scores[c.at].reason};
  return {h.figures[c.at].value, h.figures[c.at].reason};
}

// The present version's value of the same name.
std::optional<Decimal> now_of(const appraisal::HolderResult* h, const std::string& name) {
  if (!h) return std::nullopt;
  for (const auto& one : h->figures)
    if (one.name == name) return one.value;
  for (const auto& one : h->scores)
    if (one.name == name) return one.value;
  return std::nullopt;
}

Json column_json(const Column& column, const appraisal::Preview& made) {
  Decimal sum;
  std::optional<Decimal> least, most;
  size_t there = 0;
  for (const auto& h : made.run.holders)
    if (auto value = value_of(h, column).first) {
      sum = Decimal::add(sum, *value).value_or(sum);
      least = least ? std::min(*least, *value) : *value;
      most = most ? std::max(*most, *value) : *value;
      ++there;
    }
  auto average = there ? Decimal::divide(sum, Decimal(static_cast<int64_t>(there))) : std::nullopt;
  return JsonObject{{"name", column.name},
                    {"unit", column.unit},
                    {"kind", column.kind},
                    {"error", Json()},
                    {"sum", there ? decimal_text(sum) : Json()},
                    {"least", decimal_text(least)},
                    {"most", decimal_text(most)},
                    {"average", decimal_text(average)},
                    {"without", made.run.holders.size() - there}};
}

Json failed_json(const appraisal::FailedFigure& one, const policy::Pack& pack) {
  return JsonObject{{"name", one.name},
                    {"unit", ""},
                    {"kind", kind_of(pack, one.name)},
                    {"error", JsonObject{{"message", one.error.message}, {"hint", one.error.hint}}},
                    {"sum", Json()},
                    {"least", Json()},
                    {"most", Json()},
                    {"average", Json()},
                    {"without", Json()}};
}

// Where none are named: from the highest to the lowest of the figure that matters, evenly; so are those shown who
// are worth a look.
std::vector<size_t> chosen(const appraisal::Run& run, const std::vector<Column>& columns, const Reach& reach,
                           const Call& call) {
  std::vector<size_t> seen, out;
  std::vector<std::string> named = texts_in(call.body, "holders");
  const Json* q = given(call.body, "q");
  for (size_t i = 0; i < run.holders.size(); ++i) {
    const auto& h = run.holders[i];
    if (!reach.holder(h.id)) continue;
    bool wanted = std::find(named.begin(), named.end(), h.id) != named.end();
    bool found = q && (h.id.find(*q->as_string()) != std::string::npos ||
                       h.name.find(*q->as_string()) != std::string::npos);
    if (wanted || (found && out.size() < kMostShown)) out.push_back(i);
    seen.push_back(i);
  }
  if (!named.empty() || (q && !q->as_string()->empty())) return out;
  auto key = [&](size_t i) {
    const auto& h = run.holders[i];
    return h.total ? h.total : columns.empty() ? std::nullopt : value_of(h, columns.back()).first;
  };
  std::stable_sort(seen.begin(), seen.end(), [&](size_t a, size_t b) {
    auto x = key(a), y = key(b);
    return x && (!y || *y < *x);
  });
  const size_t limit = std::min(
      kMostShown, given(call.body, "limit") ? static_cast<size_t>(std::max<int64_t>(
                                                  1, call.body.find("limit")->as_number()->to_int64().value_or(8)))
                                            : kShown);
  if (seen.size() <= limit) return seen;
  out.clear();
  for (size_t i = 0; i < limit; ++i) out.push_back(seen[limit == 1 ? 0 : i * (seen.size() - 1) / (limit - 1)]);
  return out;
}

Json row_json(const appraisal::HolderResult& h, const std::vector<Column>& columns,
              const people::Directory& directory, const appraisal::HolderResult* now, bool total) {
  JsonArray values;
  for (const auto& c : columns) {
    auto [value, reason] = value_of(h, c);
    values.push_back(JsonObject{
        {"value", decimal_text(value)}, {"reason", reason}, {"now", decimal_text(now_of(now, c.name))}});
  }
  const people::Org* org = directory.org(h.org);
  return JsonObject{{"holder", h.id},
                    {"name", h.name},
                    {"org_name", org ? org->name : h.org},
                    {"values", std::move(values)},
                    {"total", total ? decimal_text(h.total) : Json()},
                    {"total_reason", h.total_reason},
                    {"total_now", now ? decimal_text(now->total) : Json()},
                    {"grade", total && h.grade ? Json(*h.grade) : Json()},
                    {"grade_now", now && now->grade ? Json(*now->grade) : Json()},
                    {"place", total && h.in_bank.place ? Json(h.in_bank.place) : Json()},
                    {"place_now", now && now->in_bank.place ? Json(now->in_bank.place) : Json()}};
}

// Who is appraised, counted by branch.
Json branches_json(const appraisal::Run& run, const people::Directory& directory) {
  std::map<std::string, size_t> counts;
  for (const auto& h : run.holders) ++counts[h.branch];
  JsonArray out;
  for (const auto& [branch, count] : counts) {
    const people::Org* org = directory.org(branch);
    out.push_back(JsonObject{{"org", branch}, {"name", org ? org->name : branch}, {"count", count}});
  }
  return out;
}

// Of the pack as it is in force for the period; null: it has no such scheme, or cannot be run.
std::shared_ptr<const Appraised> present(const Facts& facts, const Asked& asked) {
  if (asked.scheme.empty()) return nullptr;
  auto now = facts.appraised({asked.work.draft.pack, asked.scheme}, asked.period);
  return now ? *now : nullptr;
}

base::Result<std::shared_ptr<Tried>> try_it(Services& s, const Facts& facts, const Asked& asked,
                                            std::vector<std::string> figures) {
  if (!facts.has_data(asked.period))
    return Error{"data.period", "期间 " + asked.period.str() + " 没有数据", "period", "选一个已经导入数据的期间"};
  std::optional<appraisal::Preview> tried;
  people::Directory directory;
  const policy::Pack& pack = asked.opened->loaded.pack;
  auto recorded = appraisal::RecordedFacts::load(*s.store(), std::nullopt, true);
  auto status =
      s.workshop().with_engine(facts, [&](measures::Engine& engine, warehouse::Warehouse& db) -> base::Status {
        directory = people::Directory::load(db, asked.period.last(), std::nullopt);
        try {
          auto made = appraisal::preview(pack, {asked.scheme, std::move(figures), asked.period}, engine, directory,
                                         recorded);
          if (!made) return made.error();
          tried.emplace(std::move(*made));
        } catch (const base::Broken& broken) {
          // What the checks refuse need not be fit to be run.
          if (asked.opened->loaded.problems.errors.empty()) throw;
          return asked.opened->loaded.problems.first();
        }
        return {};
      });
  if (!status) return status.error();
  return std::make_shared<Tried>(Tried{asked.work.draft.id, facts.tag, std::move(*tried), std::move(directory)});
}

Json trial_json(const Tried& tried, const Asked& asked, const Reach& reach, const Call& call, const Appraised* now,
                const std::string& name) {
  const auto& made = tried.preview;
  const auto columns = columns_of(made);
  JsonArray heads, rows;
  for (const auto& c : columns) heads.push_back(column_json(c, made));
  for (const auto& one : made.failed) heads.push_back(failed_json(one, *made.pack));
  for (size_t i : chosen(made.run, columns, reach, call)) {
    const auto& h = made.run.holders[i];
    auto at = now ? now->holder(h.id) : std::nullopt;
    rows.push_back(row_json(h, columns, tried.directory, at ? &now->run.holders[*at] : nullptr, made.total));
  }
  return JsonObject{{"trial", name},
                    {"scheme", asked.scheme},
                    {"period", asked.period.str()},
                    {"columns", std::move(heads)},
                    {"rows", std::move(rows)},
                    {"of", made.run.holders.size()},
                    {"branches", branches_json(made.run, tried.directory)},
                    {"total", made.total},
                    {"present", now != nullptr}};
}

// What the checks say of the block that is being written, first; then of the rest.
Json checked_json(const Asked& asked) {
  Json findings = findings_json(asked.work.draft, asked.opened->loaded.problems);
  return findings;
}

std::string source_of(const Asked& asked, const Json* edit) {
  if (!asked.edited || !edit) return "";
  const Json* block = edit->find("block");
  const Json* target = edit->find("target");
  const Json* parameter = edit->find("parameter");
  const Json* of = block ? block : target ? target : parameter;
  const std::string name = of && of->find("name") ? *of->find("name")->as_string() : "";
  for (const auto& article : policy::outline(asked.edited->text))
    for (const auto& one : article.blocks) {
      bool named = parameter ? one.kind == "parameter" && one.source.find("\"" + name + "\"") != std::string::npos
                             : one.name == name && is_workshop_kind(one.kind);
      if (named) return "```" + one.kind + (one.name.empty() ? "" : " " + one.name) + "\n" + one.source + "```\n";
    }
  return "";
}

}  // namespace

std::shared_ptr<const Reach> figures_in_reach(const Facts& facts, const Call& call) {
  return facts.reach(call.login(), people::scope_of(call.login().roles, people::Permission::score_read));
}

http::Response workbook(const std::string& bytes, const std::string& name) {
  http::Response out;
  out.body = bytes;
  out.set("content-type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  out.set("content-disposition", "attachment; filename*=UTF-8''" + http::percent_encode(name));
  out.set("cache-control", "no-store");
  out.compress = false;
  return out;
}

Outcome try_workshop(Services& s, const Call& call) {
  auto found = asked_of_body(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Asked& asked = std::get<Asked>(found);
  auto facts = s.facts();
  const Json* edit = given(call.body, "edit");
  JsonObject out = {{"findings", checked_json(asked)}, {"block", source_of(asked, edit)}};
  const auto began = std::chrono::steady_clock::now();
  auto tried = try_it(s, *facts, asked, texts_in(call.body, "figures"));
  if (!tried) {
    const Error& error = tried.error();
    out.emplace_back(
        "refused",
        JsonObject{
            {"code", error.code}, {"message", error.message}, {"where", error.where}, {"hint", error.hint}});
    out.emplace_back("values", Json());
  } else {
    auto now = present(*facts, asked);
    auto reach = figures_in_reach(*facts, call);
    const std::string name = s.workshop().keep(*tried);
    out.emplace_back("refused", Json());
    out.emplace_back("values", trial_json(**tried, asked, *reach, call, now.get(), name));
  }
  out.emplace_back("took_ms", static_cast<size_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                                      std::chrono::steady_clock::now() - began)
                                                      .count()));
  return Answer{std::move(out)};
}

// The result table of the scheme as it would be: everybody in reach, exact values.
Outcome try_workshop_file(Services& s, const Call& call) {
  auto found = asked_of_body(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Asked& asked = std::get<Asked>(found);
  auto facts = s.facts();
  auto tried = try_it(s, *facts, asked, texts_in(call.body, "figures"));
  if (!tried) return refusal_of(tried.error());
  const Tried& t = **tried;
  auto reach = figures_in_reach(*facts, call);
  const auto columns = columns_of(t.preview);
  WrittenSheet sheet{.name = "试算"};
  for (const char* title : {"机构", "工号", "姓名"}) sheet.columns.push_back({.title = title});
  for (const auto& c : columns) sheet.columns.push_back({.title = c.name + "(" + c.unit + ")", .width = 16});
  if (t.preview.total)
    for (const char* title : {"总分", "等级", "全行名次"}) sheet.columns.push_back({.title = title});
  size_t rows = 0;
  for (const auto& h : t.preview.run.holders) {
    if (!reach->holder(h.id)) continue;
    const people::Org* org = t.directory.org(h.org);
    SheetRow row = {org ? org->name : h.org, h.id, h.name};
    for (const auto& c : columns) {
      auto value = value_of(h, c).first;
      row.push_back(value ? Json(appraisal::shown(*value)) : Json());
    }
    if (t.preview.total) {
      row.push_back(h.total ? Json(appraisal::shown(*h.total)) : Json());
      row.push_back(h.grade ? Json(*h.grade) : Json());
      row.push_back(h.in_bank.place ? Json(h.in_bank.place) : Json());
    }
    sheet.rows.push_back(std::move(row));
    ++rows;
  }
  sheet.title = "试算：" + (asked.scheme.empty() ? "未入方案的指标" : asked.scheme) + " " + asked.period.str();
  sheet.above = {"草稿 #" + std::to_string(asked.work.draft.id) + " 第 " +
                 std::to_string(asked.work.draft.revision) + " 次修改，不是考核结果"};
  sheet.frozen = 3, sheet.filter = true, sheet.print = true, sheet.landscape = true;
  auto store = s.store();
  store->transaction([&] {
    record(*store, call.login().login, "export.workshop", "policy_draft " + std::to_string(asked.work.draft.id),
           JsonObject{{"rows", rows}, {"scheme", asked.scheme}, {"period", asked.period.str()}}, s.clock());
  });
  return Answer{.raw = workbook(write_workbook({sheet}), "试算-" + asked.period.str() + ".xlsx")};
}

// Of what was tried last; when that is forgotten, of the draft as it is kept.
Outcome explain_workshop(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  auto facts = s.facts();
  auto reach = figures_in_reach(*facts, call);
  const std::string holder = call.get("holder").value_or(""), figure = call.get("figure").value_or("");
  if (!reach->holder(holder)) return not_found();
  auto tried = s.workshop().find(call.get("trial").value_or(""), work.draft.id, facts->tag);
  if (!tried) {
    auto period = base::Period::parse(call.get("period").value_or(""));
    if (!period) return Refusal{400, Error{"request.parameters", "", "", ""}, {{"period", "不是考核期间"}}};
    Asked asked{work, s.drafts().open(work.draft, work.files), std::nullopt, *period,
                call.get("scheme").value_or("")};
    std::vector<std::string> figures;
    if (figure != "总分" && figure != "total") figures.push_back(figure);
    auto made = try_it(s, *facts, asked, figures);
    if (!made) return refusal_of(made.error());
    tried = *made;
  }
  Json body;
  auto status =
      s.workshop().with_engine(*facts, [&](measures::Engine& engine, warehouse::Warehouse&) -> base::Status {
        auto tree = appraisal::explain(
            tried->preview.evaluation, engine,
            {holder, figure, static_cast<size_t>(std::clamp(call.number("limit", 50), 1L, 2000L))});
        if (!tree) return tree.error();
        redact(*tree, *reach, s.bank().personal_key());
        body = tree_json(*tree);
        return {};
      });
  if (!status) return refusal_of(status.error());
  return Answer{std::move(body)};
}

}  // namespace guanhu::api
