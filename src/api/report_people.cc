// 定性考核表, 等级评定表 and 工资条 of one person.
#include <algorithm>

#include "api/reports.h"
#include "policy/pack.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;

namespace {

std::string text_of(const Json* value, const char* none = "") {
  const std::string* text = value ? value->as_string() : nullptr;
  return text ? *text : none;
}

std::string name_of(const people::Directory& directory, const std::string& staff) {
  const people::Staff* person = directory.person(staff);
  return (person ? person->name : staff) + "（" + staff + "）";
}

// Whom it is about, for the head of every report of one person.
std::vector<std::pair<std::string, std::string>> person_head(const people::Directory& directory,
                                                             const std::string& staff) {
  const people::Staff* person = directory.person(staff);
  return {{"姓名", name_of(directory, staff)},
          {"机构", person ? unit_name(directory, person->org) : "—"},
          {"岗位", person ? position_name(person->position) : "—"}};
}

std::string decimal_words(const Json* value, const std::string& unit, const char* none = "—") {
  const Json number = number_of_json(value);
  return number.is_null() ? none : printed(number, unit);
}

// "存款日均 12 万; 客户数 30": what a decision was told, as far as it is words and numbers.
std::string told(const Json* inputs, size_t most) {
  std::string out;
  size_t count = 0;
  if (!inputs || !inputs->as_array()) return out;
  for (const Json& input : *inputs->as_array()) {
    const Json *name = input.find("name"), *value = input.find("value");
    if (!name || !value || value->is_null() || value->as_array() || value->as_object()) continue;
    if (++count > most) return out + "；……";
    const Json number = number_of_json(value);
    out += (out.empty() ? "" : "；") + text_of(name) + " " + printed(number.is_null() ? *value : number, "");
  }
  return out;
}

const char* state_word(const std::string& state) {
  if (state == "listed") return "不变";
  if (state == "waiting") return "待补材料";
  if (state == "proposed") return "待决定";
  if (state == "accepted") return "同意";
  if (state == "rejected") return "不同意";
  return "已由新的建议代替";
}

const char* kind_word(const std::string& kind) {
  if (kind == "certificate") return "证书";
  if (kind == "exam") return "考试";
  if (kind == "years") return "年限";
  if (kind == "title") return "职称";
  if (kind == "confirmation") return "认定";
  if (kind == "discipline") return "违规和通报";
  return "其他";
}

}  // namespace

// ---------------------------------------------------------------------------------------------- 定性考核表

namespace {

ReportTable marks_table(const appraisal::Plan& plan, const Json& result) {
  const base::JsonArray& items = *result.find("items")->as_array();
  const base::JsonArray& groups = *result.find("groups")->as_array();
  ReportTable out{.title = "评分",
                  .columns = {{.title = "序号", .width = 7, .number = true},
                              {.title = "考核项目", .width = 24},
                              {.title = "标准", .width = 44},
                              {.title = "满分", .width = 8, .unit = "分", .number = true, .total = Total::sum}},
                  .total_word = "合计"};
  for (const Json& group : groups)
    out.columns.push_back({.title = text_of(group.find("name")), .width = 10, .unit = "分", .number = true});
  out.columns.push_back({.title = "得分", .width = 9, .unit = "分", .number = true, .total = Total::sum});
  for (size_t i = 0; i < items.size(); ++i) {
    const Json& item = items[i];
    std::string standard;
    if (plan.form && i < plan.form->items.size())
      for (const auto& entry : plan.form->items[i].entries)
        standard +=
            (standard.empty() ? "" : "\n") + entry.name + "（" + entry.full.str() + "）：" + entry.standard;
    SheetRow row = {i + 1, text_of(item.find("name")), standard, number_of_json(item.find("weight"))};
    for (const Json& group : groups) {
      const base::JsonArray* values = group.find("items")->as_array();
      const bool hidden = *group.find("hidden")->as_bool();
      row.push_back(hidden || !values || i >= values->size() ? Json() : number_of_json(&(*values)[i]));
    }
    row.push_back(number_of_json(item.find("value")));
    out.rows.push_back(std::move(row));
  }
  return out;
}

ReportTable groups_table(const Json& result) {
  ReportTable out{.title = "考核人",
                  .columns = {{.title = "考核人一方", .width = 30},
                              {.title = "权重", .width = 12, .number = true},
                              {.title = "应评", .width = 10, .number = true, .total = Total::sum},
                              {.title = "已评", .width = 10, .number = true, .total = Total::sum},
                              {.title = "得分", .width = 14, .unit = "分", .number = true}},
                  .total_word = "合计"};
  for (const Json& group : *result.find("groups")->as_array()) {
    const bool hidden = *group.find("hidden")->as_bool();
    out.rows.push_back({text_of(group.find("name")), number_of_json(group.find("weight")), *group.find("assigned"),
                        *group.find("submitted"),
                        hidden ? Json("人少不显示") : number_of_json(group.find("total"))});
  }
  return out;
}

}  // namespace

Report assessment_report(const appraisal::Plan& plan, const appraisal::PersonResult& one,
                         const people::Directory& directory, const ReportMade& made) {
  const Json& result = one.result;
  Report out{.bank = made.bank, .title = "定性考核表", .head = person_head(directory, one.staff)};
  for (auto pair : std::vector<std::pair<std::string, std::string>>{
           {"期间", plan.spec.period.str()},
           {"考核计划", plan.spec.title + "（第 " + std::to_string(plan.id) + " 号）"},
           {"表格", (plan.form ? plan.form->title : plan.spec.form) + "（" + plan.spec.pack + "）"},
           {"制度版本", plan.pack_hash.substr(0, 12)},
           {"方式", plan.spec.anonymous ? "不记名" : "记名"},
           {"状态", plan.state == "reported" ? "已报告" : "已收表，未报告"}})
    out.head.push_back(std::move(pair));
  out.boxes = {{"得分", decimal_words(result.find("total"), "分")},
               {"满分", decimal_words(result.find("full"), "分")},
               {"已评 / 应评", result.find("submitted")->dump() + " / " + result.find("assigned")->dump()}};
  out.tables = {marks_table(plan, result), groups_table(result)};
  if (const Json* reason = result.find("reason"); reason && reason->as_string())
    out.notes.push_back("没有得分：" + *reason->as_string());
  if (const Json* remarks = result.find("remarks");
      remarks && remarks->as_array() && !remarks->as_array()->empty()) {
    std::string all;
    for (const Json& remark : *remarks->as_array()) all += (all.empty() ? "" : "；") + text_of(&remark);
    out.notes.push_back("评语：" + all);
  }
  out.signers = {"被考核人", "考核部门", "负责人"};
  out.source = "考核计划 " + std::to_string(plan.id) + "  " + made.words();
  return out;
}

// ---------------------------------------------------------------------------------------------- 等级评定表

GradeSheet grade_sheet(store::Session& session, const policy::Pack& pack, const appraisal::GradePlan& plan,
                       const std::string& staff, base::Date today) {
  GradeSheet out{.staff = staff,
                 .pack_title = pack.title,
                 .pack = pack.id,
                 .pack_hash = pack.hash,
                 .held = plan.none,
                 .since = ""};
  out.steps = appraisal::grade_history(session, pack.id, staff);
  if (const auto* held = appraisal::grade_on(out.steps, today))
    out.held = held->grade, out.since = held->from.str();
  for (auto& proposal : appraisal::grade_proposals(session, {.pack = pack.id, .staff = staff}))
    if (proposal.state != "superseded") out.proposals.push_back(std::move(proposal));
  for (auto& fact : appraisal::people_facts(session, {.of = "staff", .subject = staff}))
    if (fact.kind != "pay") out.facts.push_back(std::move(fact));
  return out;
}

namespace {

ReportTable proposal_table(const appraisal::GradeProposal& p) {
  ReportTable out{.title = "评定", .columns = {{.title = "项目", .width = 14}, {.title = "内容", .width = 86}}};
  auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) out.rows.push_back({name, value});
  };
  add("变动", p.change + "：" + p.was + " → " + p.becomes + "，" + p.from.str() + " 起");
  std::string basis;
  const Json* result = p.answer.find("result");
  const Json* lines = result ? result->find("依据") : nullptr;
  if (lines && lines->as_array())
    for (const Json& line : *lines->as_array()) basis += (basis.empty() ? "" : "\n") + text_of(&line);
  add("依据", basis);
  add("条款", articles_of(p.answer.find("cites")));
  add("取数", told(p.answer.find("inputs"), 40));
  if (const Json* error = p.answer.find("error"); error && error->find("message"))
    add("待补", text_of(error->find("message")));
  add("提出理由", p.reason);
  add("决定机关", p.body);
  add("结论", std::string(state_word(p.state)) + (p.decided_at.empty() ? "" : "，" + p.decided_at.substr(0, 10)));
  add("理由", p.decided_why);
  add("文件", p.decided_document.empty() ? p.document : p.decided_document);
  if (p.appeal_until) add("申诉截止", p.appeal_until->str());
  return out;
}

ReportTable facts_table(const std::vector<appraisal::PeopleFact>& facts) {
  ReportTable out{.title = "资格条件",
                  .columns = {{.title = "种类", .width = 12},
                              {.title = "名称", .width = 28},
                              {.title = "内容", .width = 20},
                              {.title = "起止", .width = 22},
                              {.title = "文件", .width = 24}}};
  for (const auto& fact : facts)
    out.rows.push_back({kind_word(fact.kind), fact.name, printed(fact.value, ""),
                        fact.from.str() + (fact.to ? " 至 " + fact.to->str() : " 起"), fact.document});
  return out;
}

ReportTable history_table(const std::vector<appraisal::GradeStep>& steps) {
  ReportTable out{.title = "职级履历",
                  .columns = {{.title = "起", .width = 14},
                              {.title = "职级", .width = 14},
                              {.title = "决定机关", .width = 20},
                              {.title = "文件", .width = 24},
                              {.title = "理由", .width = 34}}};
  for (const auto& step : steps)
    if (!step.corrected_by)
      out.rows.push_back({step.from.str(), step.grade, step.body, step.document, step.reason});
  return out;
}

}  // namespace

Report grade_report(const GradeSheet& sheet, const people::Directory& directory, const ReportMade& made) {
  Report out{.bank = made.bank, .title = "等级评定表", .head = person_head(directory, sheet.staff)};
  const appraisal::GradeProposal* now = sheet.proposals.empty() ? nullptr : &sheet.proposals.front();
  out.head.emplace_back("评定", now ? now->from.str().substr(0, 7) : "—");
  out.head.emplace_back("方案", sheet.pack_title + "（" + sheet.pack + "）");
  out.head.emplace_back("制度版本", sheet.pack_hash.substr(0, 12));
  out.boxes = {{"现职级", sheet.held}, {"自", sheet.since.empty() ? "—" : sheet.since}};
  out.boxes.emplace_back("评定结果", now ? now->becomes : "—");
  out.boxes.emplace_back("结论", now ? state_word(now->state) : "—");
  if (now) out.tables.push_back(proposal_table(*now));
  else out.notes.push_back("没有待评定或评定过的建议。");
  if (!sheet.facts.empty()) out.tables.push_back(facts_table(sheet.facts));
  if (!sheet.steps.empty() || out.tables.empty()) out.tables.push_back(history_table(sheet.steps));
  out.signers = {"本人", "所在机构", "评定小组"};
  out.source = (now ? "建议 " + std::to_string(now->id) + "  " : std::string()) + "制度 " +
               sheet.pack_hash.substr(0, 16) + "  " + made.words();
  return out;
}

// -------------------------------------------------------------------------------------------------- 工资条

namespace {

std::string pay_state(const appraisal::PayRun& run) {
  if (run.state == "paid") return "已发放";
  if (run.state == "approved") return "已批准";
  return run.state == "void" ? "作废" : "草稿";
}

// "产品 手机银行，数量 3": lists and tables too, since nobody works out an amount from what is left away.
std::string spelled(const Json& value) {
  constexpr size_t kMembers = 12;
  std::string out;
  if (const auto* list = value.as_array()) {
    if (list->empty()) return "没有";
    for (size_t i = 0; i < list->size() && i < kMembers; ++i) out += (i ? " / " : "") + spelled((*list)[i]);
    return out + (list->size() > kMembers ? " / …… 共 " + std::to_string(list->size()) + " 项" : "");
  }
  if (const auto* members = value.as_object()) {
    for (const auto& [name, one] : *members) out += (out.empty() ? "" : "，") + name + " " + spelled(one);
    return out;
  }
  if (value.is_null()) return "没有";
  const Json number = number_of_json(&value);
  return printed(number.is_null() ? value : number, "");
}

std::string spelled_inputs(const Json* inputs) {
  std::string out;
  if (!inputs || !inputs->as_array()) return out;
  for (const Json& input : *inputs->as_array())
    if (const Json* value = input.find("value"); value && !text_of(input.find("name")).empty())
      out += (out.empty() ? "" : "；") + text_of(input.find("name")) + " " + spelled(*value);
  return out;
}

// "2025-12-05 至 2025-12-31：4,100.00 元 × 27 天 ÷ 31 天 = 3,570.97 元": how one part of a line's amount came
// about.
std::string spelled_part(const std::string& way, const Json& part) {
  auto yuan = [&](const char* name) { return decimal_words(part.find(name), "元") + " 元"; };
  auto plain = [&](const char* name) { return decimal_words(part.find(name), ""); };
  if (way == "按日")
    return text_of(part.find("from")) + " 至 " + text_of(part.find("to")) + "：全期 " + yuan("full") + " × " +
           plain("days") + " 天 ÷ " + plain("of_days") + " 天 = " + yuan("amount");
  if (way == "合办")
    return text_of(part.find("title")) + "（" + text_of(part.find("on")) + "）：整笔 " + yuan("whole") +
           "，份额 " + plain("weight") + "，分得 " + yuan("amount");
  if (way == "分池")
    return "池 " + yuan("whole") + " × 权数 " + plain("weight") + " ÷ 权数合计 " + plain("of_weights") + " = " +
           yuan("amount");
  if (part.find("corrects"))
    return text_of(part.find("period")) + " " + text_of(part.find("line")) + "：应为 " + yuan("now") + "，当时 " +
           yuan("was") + "，已更正 " + yuan("posted") + "，本次 " + yuan("amount");
  return "";
}

std::string how_of(const Json& line) {
  if (const Json* error = line.find("error"); error && error->find("message"))
    return "没有算出来：" + text_of(error->find("message"));
  const std::string way = text_of(line.find("way"));
  const Json* parts = line.find("parts");
  const bool split = parts && parts->as_array() && !parts->as_array()->empty();
  // What each part was told stands with the part; of a pool the line's own inputs give the weight.
  std::string out = split && way != "分池" ? "" : spelled_inputs(line.find("inputs")), before;
  if (!split) return out.empty() && way == "合办" ? "期间里没有登记和本人有关的合办业务" : out;
  for (const Json& part : *parts->as_array()) {
    const std::string told = way == "分池" ? "" : spelled_inputs(part.find("inputs"));
    for (const std::string& one : {spelled_part(way, part), told == before ? std::string() : told})
      if (!one.empty()) out += (out.empty() ? "" : "\n") + one;
    before = told;
  }
  return out;
}

// Amounts by kind, so that each column adds up to what the slip says.
ReportTable lines_table(const appraisal::KeptSlip& slip) {
  ReportTable out{
      .title = "项目",
      .columns = {{.title = "序号", .width = 7, .number = true},
                  {.title = "项目", .width = 16},
                  {.title = "怎样来的", .width = 40},
                  {.title = "应发", .width = 15, .unit = "元", .number = true, .total = Total::sum},
                  {.title = "扣款", .width = 14, .unit = "元", .number = true, .total = Total::sum},
                  {.title = "风险保证金", .width = 14, .unit = "元", .number = true, .total = Total::sum},
                  {.title = "列示", .width = 13, .unit = "元", .number = true},
                  {.title = "依据", .width = 16}},
      .total_word = "合计"};
  for (const Json& line : *slip.slip.find("lines")->as_array()) {
    const std::string kind = text_of(line.find("kind"));
    const Json amount = number_of_json(line.find("amount"));
    auto in = [&](const char* which) { return kind == which ? amount : Json(); };
    out.rows.push_back({out.rows.size() + 1, text_of(line.find("line")), how_of(line), in("应发"), in("扣款"),
                        in("保证金"), in("列示"), articles_of(line.find("cites"))});
  }
  out.kept.push_back({"账上", "实发 " + base::format_fen(slip.totals.net) + " 元", Json(),
                      Decimal::fen(slip.totals.earnings), Decimal::fen(slip.totals.deductions),
                      Decimal::fen(slip.totals.deposit)});
  return out;
}

}  // namespace

Report pay_report(const appraisal::PayRun& run, const appraisal::KeptSlip& slip,
                  const people::Directory& directory, const ReportMade& made) {
  const people::Staff* person = directory.person(slip.staff);
  Report out{
      .bank = made.bank,
      .title = "工资条",
      .head = {{"姓名", slip.name + "（" + slip.staff + "）"},
               {"机构", unit_name(directory, slip.org)},
               {"岗位", person ? position_name(person->position) : "—"},
               {"期间", run.period},
               {"发放", "第 " + std::to_string(run.id) + " 次（" + pay_state(run) + "），" + run.pay_on.str()},
               {"方案", run.title + "（" + run.pack + "）"},
               {"制度版本", run.pack_hash.substr(0, 12)},
               {"考核", run.scheme + "（第 " + std::to_string(run.run) + " 次）"}}};
  if (const Json* days = slip.slip.find("days")) out.head.emplace_back("在岗天数", days->dump());
  auto money = [](base::Fen fen) { return printed(Decimal::fen(fen), "元"); };
  out.boxes = {{"应发", money(slip.totals.earnings)},
               {"扣款", money(slip.totals.deductions)},
               {"风险保证金", money(slip.totals.deposit)},
               {"实发（元）", money(slip.totals.net)}};
  out.tables = {lines_table(slip)};
  if (slip.open) out.notes.push_back("有 " + std::to_string(slip.open) + " 处没有算出来，这一张还不能发放。");
  out.signers = {"领款人", "制表", "复核"};
  out.source = "发放 " + std::to_string(run.id) + "  " + run.hash + "  " + made.words();
  return out;
}

}  // namespace guanhu::api
