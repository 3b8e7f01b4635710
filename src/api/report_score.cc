// 定量考核表 of one person, and the 排名表.
#include <algorithm>
#include <map>

#include "api/reports.h"
#include "policy/scheme.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;
using policy::InputKind;
using policy::StepKind;

namespace {

std::string text_of(const Json* value, const char* none = "") {
  const std::string* text = value ? value->as_string() : nullptr;
  return text ? *text : none;
}

const Json* at(const Json& json, std::initializer_list<std::string_view> path) {
  const Json* here = &json;
  for (std::string_view name : path)
    if (here) here = here->find(name);
  return here && !here->is_null() ? here : nullptr;
}

std::string place_of(const Json& result, const char* where) {
  const Json *place = at(result, {"rank", where, "place"}), *of = at(result, {"rank", where, "of"});
  return place && of ? place->dump() + " / " + of->dump() : "—";
}

std::string state_words(const ReportedRun& run) {
  if (!run.run) return "试算（没有保存）";
  const char* word = run.state == "draft"       ? "草稿"
                     : run.state == "published" ? "已公布"
                     : run.state == "disputed"  ? "申诉中"
                     : run.state == "sealed"    ? "已封存"
                                                : "";
  return "第 " + std::to_string(run.run) + " 次（" + word + "）";
}

std::vector<std::pair<std::string, std::string>> run_head(const ReportedRun& run) {
  return {{"期间", run.period},
          {"方案", run.title + "（" + run.scheme + "）"},
          {"制度版本", run.pack_version + " " + run.pack_hash.substr(0, 12)},
          {"考核", state_words(run)}};
}

std::string source_of(const ReportedRun& run, const ReportMade& made) {
  return (run.run ? "考核 " + std::to_string(run.run) + "  " : std::string()) + "结果 " + run.hash + "  " +
         made.words();
}

// "存款日均 1,234.00 元": what a score's formula reads: figures as the result has them, parameters, and what the
// comparison with peers came to.
std::string told(const ReportedRun& run, const policy::CompiledScheme& scheme, const policy::SchemeStep& step,
                 const Json& result) {
  std::string out;
  for (const auto& input : step.inputs) {
    if (input.kind == InputKind::full_mark) continue;
    std::string value, unit;
    if (input.kind == InputKind::parameter) {
      value = printed(input.value, input.parameter->unit), unit = input.parameter->unit;
    } else {
      const policy::SchemeStep& source = scheme.steps[input.step];
      const Json* figure = at(result, {"figures", source.name, "value"});
      const auto peer = run.peers.find(source.name);
      if (!figure && peer == run.peers.end()) continue;
      value = printed(figure ? *figure : Json(peer->second), source.unit), unit = source.unit;
    }
    out += (out.empty() ? "" : "\n") + input.name + " " + value + (unit == "比率" ? "" : " " + unit);
  }
  return out;
}

ReportTable scores_table(const ReportedRun& run, const policy::CompiledScheme& scheme, const Json& result) {
  ReportTable out{.title = "得分",
                  .columns = {{.title = "序号", .width = 5, .number = true},
                              {.title = "考核项目", .width = 18},
                              {.title = "计分办法", .width = 30},
                              {.title = "计算值", .width = 26},
                              {.title = "满分", .width = 8, .unit = "分", .number = true},
                              {.title = "权重", .width = 10, .unit = "比率", .number = true},
                              {.title = "得分", .width = 9, .unit = "分", .number = true},
                              {.title = "依据", .width = 16}}};
  for (size_t i = 0; i < scheme.items.size(); ++i) {
    const policy::SchemeStep& step = scheme.steps[scheme.items[i]];
    const Json* value = at(result, {"scores", step.name});
    std::string why = text_of(at(result, {"reasons", step.name}));
    out.rows.push_back({i + 1, step.name, step.score->formula, told(run, scheme, step, result), step.score->full,
                        scheme.scheme->items[i].weight, value ? *value : Json(why.empty() ? "—" : "— " + why),
                        step.origin().article});
  }
  return out;
}

ReportTable figures_table(const policy::CompiledScheme& scheme, const Json& result) {
  ReportTable out{.title = "指标",
                  .columns = {{.title = "序号", .width = 5, .number = true},
                              {.title = "指标", .width = 34},
                              {.title = "数值", .width = 20, .number = true, .unit_in = 3},
                              {.title = "单位", .width = 8},
                              {.title = "依据", .width = 30}}};
  const Json* figures = at(result, {"figures"});
  if (!figures || !figures->as_object()) return out;
  for (const auto& [name, cell] : *figures->as_object()) {
    const std::string unit = text_of(cell.find("unit"));
    const Json* value = at(cell, {"value"});
    const policy::SchemeStep* step = scheme.step(name);
    out.rows.push_back({out.rows.size() + 1, name, value ? *value : Json("— " + text_of(cell.find("reason"))),
                        unit, step ? step->origin().article : ""});
  }
  return out;
}

}  // namespace

base::Result<Report> score_report(const ReportedRun& run, const Json& result, const ReportMade& made) {
  const base::Period period = *base::Period::parse(run.period);
  auto scheme = policy::compile_scheme(*run.pack, run.scheme.substr(run.scheme.find('/') + 1), period.last());
  if (!scheme) return scheme.error();
  const std::string id = text_of(result.find("id"));
  const people::Staff* person = run.directory.person(id);
  Report out{.bank = made.bank,
             .title = "定量考核表",
             .head = {{"姓名", text_of(result.find("name")) + "（" + id + "）"},
                      {"机构", unit_name(run.directory, text_of(result.find("org")))},
                      {"岗位", person ? position_name(person->position) : "—"}}};
  for (auto& one : run_head(run)) out.head.push_back(std::move(one));
  const Json *total = at(result, {"total"}), *grade = at(result, {"grade"});
  const std::string full = scheme->scheme->full_total.str();
  out.boxes = {{scheme->decision ? "总分" : "总分（满分 " + full + "）", total ? printed(*total, "分") : "—"},
               {"等级", grade ? text_of(grade) : "—"}};
  if (result.find("rank") && result.find("rank")->find("branch"))
    out.boxes.emplace_back("支行名次", place_of(result, "branch"));
  if (result.find("rank") && result.find("rank")->find("bank"))
    out.boxes.emplace_back("全行名次", place_of(result, "bank"));
  ReportTable scores = scores_table(run, *scheme, result), figures = figures_table(*scheme, result);
  for (ReportTable* table : {&scores, &figures})
    if (!table->rows.empty()) out.tables.push_back(std::move(*table));
  if (const Json* why = at(result, {"reasons", "total"})) out.notes.push_back("没有总分：" + text_of(why));
  out.signers = {"被考核人", "考核部门", "负责人"};
  out.source = source_of(run, made);
  return out;
}

// ------------------------------------------------------------------------------------------------ ranking

namespace {

struct Group {
  std::string name;  // "" the bank
  std::vector<const Json*> results;
};

std::string group_of(const ReportedRun& run, const Json& result, RankingBy by) {
  if (by == RankingBy::bank) return "";
  if (by == RankingBy::branch) return unit_name(run.directory, text_of(result.find("branch")));
  const people::Staff* person = run.directory.person(text_of(result.find("id")));
  return person ? position_name(person->position) : "其他";
}

const Decimal* total_of(const Json& result) {
  const Json* total = at(result, {"total"});
  return total ? total->as_number() : nullptr;
}

std::vector<ReportColumn> ranking_columns(const std::vector<std::string>& scores, RankingBy by) {
  std::vector<ReportColumn> out = {{.title = by == RankingBy::bank     ? "名次"
                                             : by == RankingBy::branch ? "支行名次"
                                                                       : "岗位名次",
                                    .width = 7,
                                    .number = true},
                                   {.title = "工号", .width = 9},
                                   {.title = "姓名", .width = 13},
                                   {.title = "机构", .width = 18}};
  for (const auto& name : scores)
    out.push_back({.title = name, .width = 11, .unit = "分", .number = true, .total = Total::average});
  out.push_back({.title = "总分", .width = 10, .unit = "分", .number = true, .total = Total::average});
  out.push_back({.title = "等级", .width = 8});
  out.push_back({.title = "全行名次", .width = 8, .number = true});
  return out;
}

ReportTable ranking_table(const ReportedRun& run, const Group& group, const std::vector<std::string>& scores,
                          RankingBy by) {
  ReportTable out{.title = "", .columns = ranking_columns(scores, by), .total_word = "平均"};
  int count = 0, place = 0;
  const Decimal* before = nullptr;
  for (const Json* one : group.results) {
    const Decimal* total = total_of(*one);
    ++count;
    // Equal totals share a place.
    if (total && (!before || !(*total == *before))) place = count;
    before = total;
    SheetRow row = {total ? Json(place) : Json("—"), text_of(one->find("id")), text_of(one->find("name")),
                    unit_name(run.directory, text_of(one->find("org")))};
    for (const auto& name : scores) {
      const Json* value = at(*one, {"scores", name});
      row.push_back(value ? *value : Json());
    }
    row.push_back(total ? Json(*total) : Json());
    row.push_back(text_of(at(*one, {"grade"}), "—"));
    const Json* in_bank = at(*one, {"rank", "bank", "place"});
    row.push_back(in_bank ? *in_bank : Json());
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace

std::vector<Report> ranking_reports(const ReportedRun& run, const std::vector<Json>& results, RankingBy by,
                                    const ReportMade& made) {
  std::map<std::string, Group> groups;
  for (const Json& result : results) {
    const std::string name = group_of(run, result, by);
    Group& group = groups[name];
    group.name = name, group.results.push_back(&result);
  }
  std::vector<std::string> scores;
  if (!results.empty() && results.front().find("scores") && results.front().find("scores")->as_object())
    for (const auto& [name, value] : *results.front().find("scores")->as_object()) scores.push_back(name);
  std::vector<Report> out;
  for (auto& [name, group] : groups) {
    std::stable_sort(group.results.begin(), group.results.end(), [](const Json* a, const Json* b) {
      const Decimal *x = total_of(*a), *y = total_of(*b);
      return x && (!y || *y < *x);
    });
    Report one{.bank = made.bank, .title = "排名表" + (name.empty() ? "" : "（" + name + "）")};
    one.head = run_head(run);
    one.head.emplace_back("人数", std::to_string(group.results.size()));
    one.tables.push_back(ranking_table(run, group, scores, by));
    one.signers = {"制表", "复核", "负责人"};
    one.source = source_of(run, made);
    one.landscape = true, one.one_page = false;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace guanhu::api
