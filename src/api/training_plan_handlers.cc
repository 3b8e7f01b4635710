// Plans of training: written, agreed to by somebody else, held against what was given; the list of a year.
#include <algorithm>
#include <map>

#include "api/reports.h"
#include "api/training_desk.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::PlanLine;
using workbench::TrainingPlan;

namespace {

// What was held for each line of each plan.
struct Held {
  int64_t sessions = 0, held = 0, came = 0;
  JsonArray of;
};
using HeldByLine = std::map<std::pair<int64_t, int64_t>, Held>;

HeldByLine held_for(TrainingDesk& desk) {
  HeldByLine out;
  records::Filter filter;
  filter.kinds = {workbench::kSession}, filter.limit = 20'000;
  for (const auto& one : records::list(desk.store(), filter)) {
    const auto s = workbench::training_session_of(one);
    if (!s.plan || one.state == "cancelled") continue;
    Held& of = out[{s.plan, s.line}];
    ++of.sessions, of.held += one.state == "held" || one.state == "closed";
    for (const auto& row : workbench::attendance_in(desk.store(), one.id))
      of.came += !row.replaced && (row.state == "present" || row.state == "late");
    of.of.push_back(JsonObject{{"id", one.id}, {"day", one.day->str()}, {"state", one.state}});
  }
  return out;
}

Json yuan(const std::optional<int64_t>& fen) { return fen ? Json(base::Decimal::fen(*fen).str()) : Json(); }

// TRN-003: what came of a line, in the pack's words; "" where the pack says nothing.
std::string standing(TrainingDesk& desk, const PlanLine& line, int64_t held) {
  auto first = base::Date::parse(line.month + "-01");
  if (!first) return "";
  auto said = desk.rules().plan_line(first->add_months(1) - 1, desk.today(), held);
  return said.ok() ? *said : "";
}

JsonArray lines_json(TrainingDesk& desk, const TrainingPlan& p, const HeldByLine& held) {
  JsonArray out;
  for (const PlanLine& one : p.lines) {
    auto found = held.find({p.record.id, one.id});
    const Held of = found == held.end() ? Held{} : found->second;
    out.push_back(JsonObject{{"id", one.id},
                             {"course", one.course ? Json(one.course) : Json()},
                             {"course_title", desk.course_title(one.course)},
                             {"title", one.title},
                             {"month", one.month},
                             {"place", one.place},
                             {"teacher", one.teacher},
                             {"groups", workbench::texts_json(one.groups)},
                             {"people", one.people},
                             {"budget", yuan(one.budget)},
                             {"sessions", of.of},
                             {"held", of.held},
                             {"came", of.came},
                             {"standing", standing(desk, one, of.held)}});
  }
  return out;
}

JsonArray may(TrainingDesk& desk, const TrainingPlan& p) {
  JsonArray out;
  const std::string& state = p.record.state;
  const bool mine = desk.manages(p.record);
  const bool decides = desk.reaches(Permission::training_approve, p.record) && p.submitted_by != desk.login() &&
                       p.record.made_by != desk.login() && p.record.owner != desk.person();
  if (mine && (state == "draft" || state == "returned")) out.emplace_back("write"), out.emplace_back("submit");
  if (mine && state == "approved")
    out.emplace_back("reopen"), out.emplace_back("select"), out.emplace_back("session");
  if (decides && state == "submitted") out.emplace_back("approve"), out.emplace_back("return");
  return out;
}

JsonObject line_of(TrainingDesk& desk, const TrainingPlan& p, const HeldByLine& held) {
  JsonObject out = desk.head(p.record);
  int64_t done = 0, people = 0, budget = 0;
  for (const PlanLine& one : p.lines) {
    auto found = held.find({p.record.id, one.id});
    done += found != held.end() && found->second.held > 0;
    people += one.people, budget += one.budget.value_or(0);
  }
  out.emplace_back("period", p.period.str()), out.emplace_back("period_title", p.period.title());
  out.emplace_back("lines_count", p.lines.size()), out.emplace_back("done", done);
  out.emplace_back("people", people), out.emplace_back("budget", yuan(budget));
  return out;
}

// TRN-307: of a plan of a year the quarters without training; of a quarter none.
Json gaps(TrainingDesk& desk, const TrainingPlan& p) {
  if (p.period.kind != workbench::PlanKind::year) return JsonArray{};
  std::vector<int> quarters;
  for (const PlanLine& one : p.lines) quarters.push_back((std::stoi(one.month.substr(5, 2)) + 2) / 3);
  auto said = desk.rules().gaps(quarters);
  return said.ok() ? workbench::texts_json(*said) : Json(JsonArray{});
}

Json plan_json(TrainingDesk& desk, const TrainingPlan& p) {
  const HeldByLine held = held_for(desk);
  JsonObject out = line_of(desk, p, held);
  JsonArray selected;
  for (const auto& one : p.selected)
    selected.push_back(JsonObject{
        {"staff", one.staff}, {"name", desk.name_of(one.staff)}, {"result", one.result}, {"reason", one.reason}});
  out.emplace_back("about", p.about), out.emplace_back("lines", lines_json(desk, p, held));
  out.emplace_back("selected", std::move(selected)), out.emplace_back("gaps", gaps(desk, p));
  out.emplace_back("submitted_by", p.submitted_by), out.emplace_back("decided_by", p.decided_by);
  out.emplace_back("decided_why", p.decided_why), out.emplace_back("may", may(desk, p));
  return out;
}

std::vector<TrainingPlan> seen(TrainingDesk& desk) {
  records::Filter filter;
  filter.kinds = {workbench::kTrainingPlan}, filter.limit = 5000;
  std::vector<TrainingPlan> out;
  for (const auto& one : records::list(desk.store(), filter))
    if (desk.sees(one)) out.push_back(workbench::training_plan_of(one));
  return out;
}

Outcome list_plans(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  const HeldByLine held = held_for(desk);
  std::vector<Json> items;
  for (const TrainingPlan& one : seen(desk)) items.push_back(line_of(desk, one, held));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_plan(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    auto found = desk.found(workbench::kTrainingPlan, call.part("id"));
    return found ? Outcome(Answer{plan_json(desk, workbench::training_plan_of(*found))}) : Outcome(not_found());
  });
}

std::vector<PlanLine> lines_in(const Call& call) {
  std::vector<PlanLine> out;
  for (const Json& one : workbench::list_in(call.body, "lines")) {
    PlanLine line{
        workbench::whole_in(one, "id"),     workbench::whole_in(one, "course"), workbench::text_in(one, "title"),
        workbench::text_in(one, "month"),   workbench::text_in(one, "place"),   workbench::text_in(one, "teacher"),
        workbench::texts_in(one, "groups"), workbench::whole_in(one, "people"), std::nullopt};
    if (auto budget = workbench::decimal_in(one, "budget")) {
      auto fen = workbench::hundredths_of(*budget);
      line.budget = fen ? *fen : -1;
    }
    out.push_back(std::move(line));
  }
  return out;
}

Outcome keep_plan(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    workbench::TrainingPlanAsk ask;
    ask.owner = desk.person(), ask.org = text_member(call, "org");
    if (ask.org.empty()) ask.org = desk.org_of(desk.person());
    if (call.path.contains("id")) {
      auto found = desk.found(workbench::kTrainingPlan, call.part("id"));
      if (!found) return not_found();
      if (!desk.manages(*found)) return forbidden();
      ask.id = found->id, ask.version = workbench::whole_in(call.body, "version"), ask.org = found->org;
    }
    if (!desk.directory().org(ask.org) || !desk.reaches(Permission::training_manage, "", ask.org))
      return record_refusal({"tplan.org", "不在您管的机构里", "org", "选您管的机构"});
    ask.title = call.text("title"), ask.period = call.text("period"), ask.about = text_member(call, "about");
    ask.lines = lines_in(call);
    auto kept = workbench::keep_training_plan(desk.store(), ask, desk.writing());
    if (!kept.ok()) return record_refusal(kept.error());
    return Answer{plan_json(desk, *kept)};
  });
}

Outcome step_plan(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    auto found = desk.found(workbench::kTrainingPlan, call.part("id"));
    if (!found) return not_found();
    const std::string what = call.text("what");
    const bool decides = what == "approve" || what == "return";
    if (!desk.reaches(decides ? Permission::training_approve : Permission::training_manage, *found))
      return forbidden();
    auto done = workbench::step_training_plan(desk.store(), found->id, workbench::whole_in(call.body, "version"),
                                              {what, text_member(call, "why"), desk.person()}, desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    if (decides)
      desk.tell(done->record.owner, what == "approve" ? "培训计划已批准" : "培训计划被退回", done->record.title,
                "/training/plans/" + std::to_string(done->record.id));
    return Answer{plan_json(desk, *done)};
  });
}

Outcome select(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    auto found = desk.found(workbench::kTrainingPlan, call.part("id"));
    if (!found) return not_found();
    if (!desk.manages(*found)) return forbidden();
    std::vector<workbench::Selected> selected;
    for (const Json& one : workbench::list_in(call.body, "selected")) {
      workbench::Selected of{workbench::text_in(one, "staff"), workbench::text_in(one, "result"),
                             workbench::text_in(one, "reason")};
      if (!desk.directory().person(of.staff))
        return record_refusal({"tplan.selected", "没有员工 " + of.staff, "selected", ""});
      selected.push_back(std::move(of));
    }
    auto done = workbench::select_people(desk.store(), found->id, workbench::whole_in(call.body, "version"),
                                         std::move(selected), desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    return Answer{plan_json(desk, *done)};
  });
}

// TRN-003: what a year holds, planned and given, over the departments whose approved plans the asker sees.
Report year_report(TrainingDesk& desk, const std::string& year) {
  Report out;
  out.bank = desk.facts().bank_name, out.title = year + " 年培训计划清单", out.landscape = true,
  out.one_page = false;
  out.head = {{"年度", year}, {"截至", desk.today().str()}};
  out.tables = {{.title = "培训计划",
                 .columns = {{"部门", 16},
                             {"月份", 9},
                             {"培训", 30},
                             {"地点", 14},
                             {"对象", 16},
                             {.title = "计划人数", .width = 9, .number = true},
                             {.title = "预算(元)", .width = 12, .unit = "元", .number = true},
                             {.title = "已办场次", .width = 9, .number = true},
                             {.title = "到场人次", .width = 9, .number = true},
                             {.title = "比计划", .width = 8, .number = true},
                             {"办了没有", 10}}}};
  const HeldByLine held = held_for(desk);
  std::vector<std::pair<std::string, SheetRow>> rows;
  for (const TrainingPlan& p : seen(desk)) {
    if (p.record.state != "approved" || p.period.str().substr(0, 4) != year) continue;
    for (const PlanLine& one : p.lines) {
      auto found = held.find({p.record.id, one.id});
      const Held of = found == held.end() ? Held{} : found->second;
      std::string groups;
      for (const auto& group : one.groups) groups += (groups.empty() ? "" : "、") + position_name(group);
      rows.push_back(
          {one.month + p.record.org,
           {desk.org_name(p.record.org), one.month, one.title, one.place, groups.empty() ? "全体" : groups,
            one.people, one.budget ? Json(base::Decimal::fen(*one.budget)) : Json(), of.held, of.came,
            of.held ? Json(of.came - one.people) : Json(), standing(desk, one, of.held)}});
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [key, row] : rows) out.tables[0].rows.push_back(std::move(row));
  out.notes = {"只列批准的计划；已办场次和到场人次取自登记的出勤。比计划：到场人次减计划人数，没有办的不比。"};
  out.signers = {"制表", "复核"};
  return out;
}

Outcome print_year(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  if (auto refused = desk.open_rules()) return *refused;
  const std::string year = *call.get("year");
  if (year.size() != 4 || year.find_first_not_of("0123456789") != year.npos)
    return Refusal{422, {"tplan.period", "年度写成四位数", "year", "2026"}, {{"year", "写成四位数"}}};
  const bool xlsx = call.request.path.ends_with(".xlsx");
  const Report report = year_report(desk, year);
  desk.store().transaction([&] {
    desk.audit("export.report", "training " + year,
               JsonObject{{"report", "training"}, {"form", xlsx ? "xlsx" : "print"}});
  });
  return printed_answer({report}, xlsx, "training-" + year);
}

}  // namespace

Answer printed_answer(const std::vector<Report>& reports, bool xlsx, const std::string& name) {
  http::Response response;
  response.body = xlsx ? report_workbook(reports) : report_html(reports);
  response.headers = {{"content-type", xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                            : "text/html; charset=utf-8"},
                      {"content-disposition", std::string(xlsx ? "attachment" : "inline") + "; filename=\"" +
                                                  name + (xlsx ? ".xlsx\"" : ".html\"")},
                      {"cache-control", "no-store"}};
  response.compress = !xlsx;
  return Answer{.raw = std::move(response)};
}

Table training_plan_endpoints() {
  const SchemaRef line = optional(object({{"id", integer()},
                                          {"course", nullable(integer())},
                                          {"title", text(800)},
                                          {"month", text(7)},
                                          {"place", text(400)},
                                          {"teacher", text(200)},
                                          {"groups", list(text(100))},
                                          {"people", integer()},
                                          {"budget", described(nullable(decimal()), "yuan; null: none set")}}),
                                  {"id", "course", "place", "teacher", "groups", "people", "budget"});
  const SchemaRef plan = optional(object({{"version", integer()},
                                          {"org", text(100)},
                                          {"title", text(800)},
                                          {"period", text(10)},
                                          {"about", text(16000)},
                                          {"lines", list(line)}}),
                                  {"version", "org", "about"});
  const SchemaRef selected = object(
      {{"version", integer()},
       {"selected", list(optional(object({{"staff", text(100)}, {"result", text(400)}, {"reason", text(2000)}}),
                                  {"reason"}))}});
  const Permission read = Permission::training_read, manage = Permission::training_manage;
  const Parameter year{"year", text(4), true, "2026"};
  return {
      listed(made("GET", "/training-plans", "plans of training: approved ones, and those of one's own units", read,
                  nullptr, list_of("TrainingPlanLine"), list_plans),
             {"title", "org_name", "period"},
             {{"state", choice({"draft", "submitted", "approved", "returned"}), false, "", "state"}}),
      special(made("POST", "/training-plans", "a plan of a year or a quarter", manage, plan, ref("TrainingPlan"),
                   keep_plan),
              {.body_limit = 512 * 1024}),
      made("GET", "/training-plans/{id}", "a plan, and what was held of it", read, nullptr, ref("TrainingPlan"),
           show_plan),
      special(made("PUT", "/training-plans/{id}", "changes a draft", manage, plan, ref("TrainingPlan"), keep_plan),
              {.body_limit = 512 * 1024}),
      made("POST", "/training-plans/{id}/steps",
           "submit, reopen (training.manage); approve, return (training.approve, somebody else)", read,
           optional(object({{"version", integer()},
                            {"what", choice({"submit", "approve", "return", "reopen"})},
                            {"why", text(2000)}}),
                    {"why"}),
           ref("TrainingPlan"), step_plan),
      made("PUT", "/training-plans/{id}/selected", "whom the department selected, of an approved plan", manage,
           selected, ref("TrainingPlan"), select),
      special(made("GET", "/training-year.html", "the list of a year's training, to print on A4", read, nullptr,
                   nullptr, print_year),
              {.parameters = {year}, .produces = "text/html"}),
      special(made("GET", "/training-year.xlsx", "the same as a workbook", read, nullptr, nullptr, print_year),
              {.parameters = {year},
               .produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})};
}

}  // namespace guanhu::api
