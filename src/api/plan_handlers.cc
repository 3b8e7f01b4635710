// Work plans: lists, one with what it has reached, what counts behind a figure, a new one, a changed one.
#include <algorithm>

#include "api/plan_desk.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using people::Scope;
using workbench::WorkPlan;

namespace {

std::optional<workbench::PlanPeriod> period_in(const Call& call, const char* name) {
  auto text = call.get(name);
  return text ? workbench::PlanPeriod::parse(*text) : std::nullopt;
}

Refusal no_period(const char* where) {
  return {422,
          {"plan.period", "这不是年、季、月、周中的一个", where, "例如 2026、2026Q1、2026-01、2026-W05"},
          {{where, "例如 2026、2026Q1、2026-01、2026-W05"}}};
}

Outcome list_plans(Services& s, const Call& call) {
  auto period = period_in(call, "period");
  if (call.get("period") && !period) return no_period("period");
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    records::Filter filter;
    filter.kinds = {workbench::kWorkPlan}, filter.limit = 5000;
    const bool mine = call.get("whose").value_or("mine") == "mine";
    if (mine) filter.owners = {desk.person()};
    if (auto staff = call.get("staff")) filter.owners = {*staff};
    if (period) filter.from = period->first, filter.to = period->last;
    if (auto state = call.get("state")) filter.states = {*state};
    std::vector<WorkPlan> plans;
    std::vector<std::string> people;
    for (const auto& one : records::list(desk.store(), filter)) {
      if (!desk.sees(one)) continue;
      plans.push_back(workbench::plan_of(one));
      const auto of = desk.people_of(plans.back());
      people.insert(people.end(), of.begin(), of.end());
    }
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    PlanProgress progress(desk, people);
    std::vector<Json> items;
    for (const WorkPlan& plan : plans) items.push_back(plan_line(desk, plan, progress));
    Answer out{.items = Items::of(std::move(items))};
    out.items->beside = {{"today", desk.today().str()}};
    return out;
  });
}

Outcome show_plan(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto plan = desk.plan(call.part("id"));
    if (!plan) return not_found();
    PlanProgress progress(desk, {});
    return Answer{plan_json(desk, *plan, progress)};
  });
}

// The very records, to-dos and facts behind a count.
Outcome show_counted(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto plan = desk.plan(call.part("id"));
    if (!plan) return not_found();
    auto item = std::find_if(plan->items.begin(), plan->items.end(), [&](const workbench::PlanItem& one) {
      return std::to_string(one.id) == call.part("item") && one.kind == "count";
    });
    if (item == plan->items.end()) return not_found();
    PlanProgress progress(desk, {});
    std::vector<Json> rows;
    for (const auto& one : progress.counted(*plan, *item)) {
      // Being in a team counts together; it opens nobody's customers.
      const bool closed = plan->team_id && !one.customer.empty() && !desk.reaches_customer(one.customer);
      rows.push_back(JsonObject{{"id", closed ? "" : one.id},
                                {"name", closed ? "组员的客户" : one.name},
                                {"customer", closed ? "" : one.customer},
                                {"link", closed ? "" : one.link},
                                {"day", one.day.str()},
                                {"staff", one.person},
                                {"staff_name", desk.name_of(one.person)},
                                {"amount", workbench::decimal_or_null(one.amount)}});
    }
    return Answer{.items = Items::of(std::move(rows))};
  });
}

// What an item may be measured by: figures and scores of the bank's schemes, and what can be counted.
Outcome choices(Services& s, const Call& call) {
  PlanDesk desk(s, call);
  JsonArray figures, counts;
  auto packs = s.packs().names();
  for (const auto& id : packs) {
    auto pack = s.packs().on(id, desk.today());
    if (!pack.ok()) continue;
    for (const policy::Scheme& scheme : (*pack)->schemes) {
      const SchemeName name{id, scheme.name};
      std::shared_ptr<const Appraised> made;
      for (const auto& period : desk.facts().periods_of(scheme))
        if ((made = desk.facts().known_appraisal(name, period))) break;
      if (!made) continue;  // nobody appraises by it
      JsonArray columns, periods(scheme.periods.begin(), scheme.periods.end());
      for (const auto& column : made->figures)
        columns.push_back(JsonObject{{"name", column.name}, {"unit", column.unit}});
      for (const auto& column : made->scores) columns.push_back(JsonObject{{"name", column.name}, {"unit", "分"}});
      columns.push_back(JsonObject{{"name", "总分"}, {"unit", "分"}});
      figures.push_back(JsonObject{{"scheme", name.str()},
                                   {"title", scheme.title},
                                   {"orgs", made->over_orgs},
                                   {"periods", std::move(periods)},
                                   {"figures", std::move(columns)}});
    }
  }
  for (const auto& one : workbench::counters())
    counts.push_back(JsonObject{
        {"counted", std::string(one.name)}, {"title", std::string(one.title)}, {"unit", std::string(one.unit)}});
  return Answer{JsonObject{{"today", desk.today().str()},
                           {"last_date", workbench::day_or_null(desk.facts().last_date)},
                           {"schemes", std::move(figures)},
                           {"counts", std::move(counts)}}};
}

std::optional<Refusal> check_customers(PlanDesk& desk, const std::vector<workbench::PlanItem>& items,
                                       const std::vector<std::string>& people) {
  for (size_t i = 0; i < items.size(); ++i) {
    const std::string where = "items/" + std::to_string(i);
    const auto& one = items[i];
    if (!one.customer.empty() && !desk.reaches_customer(one.customer))
      return Refusal{422,
                     {"plan.item", "没有客户 " + one.customer, where, "写客户号"},
                     {{where, "没有客户 " + one.customer}}};
    if (!one.assignee.empty() && std::find(people.begin(), people.end(), one.assignee) == people.end())
      return Refusal{422,
                     {"plan.item", one.assignee + " 不在这份计划的人里", where, "选计划里的人"},
                     {{where, "不在这份计划的人里"}}};
  }
  return std::nullopt;
}

// ORG-624 ORG-628: of a registered team, by its leader or whoever plans for its organisation.
std::optional<Refusal> team_ask(PlanDesk& desk, int64_t id, workbench::PlanAsk& ask) {
  auto team = people::team(desk.store(), id);
  WorkPlan probe;
  probe.team_id = id;
  const bool may = team.ok() && (desk.leads(probe) || (desk.scope(Permission::plan_write) >= Scope::branch &&
                                                       desk.reaches(Permission::plan_write, "", team->org)));
  if (!may)
    return Refusal{422,
                   {"plan.team", "没有您能订计划的小组", "team_id", "小组的计划由组长或上级订"},
                   {{"team_id", "没有您能订计划的小组"}}};
  if (team->days.to && *team->days.to < ask.period.first)
    return Refusal{
        422,
        {"plan.team", "小组“" + team->name + "”在 " + team->days.to->str() + " 已经结束", "team_id", ""},
        {{"team_id", "小组已经结束"}}};
  ask.team_id = id, ask.team = team->name, ask.org = team->org;
  return std::nullopt;
}

// Whose plan it may be: one's own, or of an organisation in reach.
std::variant<workbench::PlanAsk, Refusal> ask_of(PlanDesk& desk, const Call& call) {
  auto period = workbench::PlanPeriod::parse(call.text("period"));
  if (!period) return no_period("period");
  workbench::PlanAsk ask;
  ask.scope = call.text("scope"), ask.period = *period, ask.summary = text_member(call, "summary");
  ask.owner = desk.person(), ask.org = desk.org_of(desk.person());
  std::string whose = desk.name_of(ask.owner);
  const int64_t team_id = workbench::whole_in(call.body, "team_id");
  if (ask.scope == "team" && team_id) {
    if (auto refused = team_ask(desk, team_id, ask)) return *refused;
    whose = ask.team;
  } else if (ask.scope != "person") {
    ask.org = text_member(call, "org").empty() ? ask.org : text_member(call, "org");
    if (desk.scope(Permission::plan_write) < Scope::branch || !desk.directory().org(ask.org) ||
        !desk.reaches(Permission::plan_write, "", ask.org))
      return Refusal{
          422, {"plan.org", "没有您能订计划的机构 " + ask.org, "org", ""}, {{"org", "不在您管的机构里"}}};
    ask.team = text_member(call, "team"), ask.members = workbench::texts_in(call.body, "members");
    std::sort(ask.members.begin(), ask.members.end());
    ask.members.erase(std::unique(ask.members.begin(), ask.members.end()), ask.members.end());
    for (const auto& one : ask.members)
      if (!desk.person_in_reach(Permission::plan_write, one))
        return Refusal{422, {"plan.team", "没有员工 " + one, "members", ""}, {{"members", "没有员工 " + one}}};
    whose = ask.scope == "team" ? ask.team : desk.org_name(ask.org);
  } else if (ask.org.empty()) {
    return Refusal{422, {"plan.scope", "没有工号的登录名没有个人计划", "scope", ""}, {{"scope", "没有工号"}}};
  }
  ask.title = whose + " " + period->title() + "工作计划";
  auto items = workbench::items_of(*call.body.find("items"), *period);
  if (!items.ok()) return record_refusal(items.error());
  ask.items = std::move(*items);
  return ask;
}

Outcome make_plan(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto asked = ask_of(desk, call);
    if (auto* refused = std::get_if<Refusal>(&asked)) return *refused;
    const auto& ask = std::get<workbench::PlanAsk>(asked);
    WorkPlan probe;
    probe.team_id = ask.team_id, probe.period = ask.period;
    probe.scope = ask.scope, probe.members = ask.members, probe.record.owner = ask.owner,
    probe.record.org = ask.org;
    if (auto wrong = check_customers(desk, ask.items, desk.people_of(probe))) return *wrong;
    auto made = workbench::make_plan(desk.store(), ask, desk.writing());
    if (!made.ok()) return record_refusal(made.error());
    PlanProgress progress(desk, {});
    return Answer{plan_json(desk, *made, progress)};
  });
}

Outcome change_plan(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto plan = desk.plan(call.part("id"));
    if (!plan) return not_found();
    const bool above =
        desk.scope(Permission::plan_write) >= Scope::branch && desk.reaches(Permission::plan_write, plan->record);
    const bool mine = plan->scope == "person" ? desk.own(plan->record.owner) : desk.leads(*plan) || above;
    if (!mine) return forbidden();
    auto items = workbench::items_of(*call.body.find("items"), plan->period);
    if (!items.ok()) return record_refusal(items.error());
    if (auto wrong = check_customers(desk, *items, desk.people_of(*plan))) return *wrong;
    auto made =
        workbench::change_plan(desk.store(), plan->record.id, workbench::whole_in(call.body, "version"),
                               call.text("summary"), std::move(*items), text_member(call, "why"), desk.writing());
    if (!made.ok()) return record_refusal(made.error());
    PlanProgress progress(desk, {});
    return Answer{plan_json(desk, *made, progress)};
  });
}

SchemaRef asked_item() {
  return optional(
      object({{"id", integer()},
              {"kind", choice({"figure", "count", "text", "task"})},
              {"title", text(1000)},
              {"scheme", text(200)},
              {"figure", text(200)},
              {"counted", text(40)},
              {"unit", text(20)},
              {"target", nullable(decimal())},
              {"done", boolean()},
              {"result", text(8000)},
              {"due", nullable(date())},
              {"assignee", text(100)},
              {"customer", text(100)}}),
      {"id", "scheme", "figure", "counted", "unit", "target", "done", "result", "due", "assignee", "customer"});
}

Table reading() {
  return {{.method = "GET",
           .path = "/work-plans",
           .summary = "work plans with how they stand: one's own, or those in reach; newest period first",
           .permission = Permission::plan_read,
           .parameters = {{"whose", choice({"mine", "team"})},
                          {"period", text(10), false, "begins in it"},
                          {"staff", text(100)},
                          {"scope", choice({"person", "team", "org"}), false, "", "scope"},
                          {"state", choice({"draft", "submitted", "returned", "confirmed", "reviewed"})}},
           .output = list_of("WorkPlanLine", {{"today", date()}}),
           .handler = list_plans,
           .list = true,
           .whole = true,
           .searched = {"title", "owner_name", "org_name"}},
          {.method = "GET",
           .path = "/work-plans/choices",
           .summary = "what items of plans may be measured by",
           .permission = Permission::plan_read,
           .output = ref("WorkPlanChoices"),
           .handler = choices},
          {.method = "GET",
           .path = "/work-plans/{id}",
           .summary = "one plan with what each item has reached by the facts",
           .permission = Permission::plan_read,
           .output = ref("WorkPlan"),
           .handler = show_plan},
          {.method = "GET",
           .path = "/work-plans/{id}/items/{item}/counted",
           .summary = "what was counted behind an item",
           .permission = Permission::plan_read,
           .output = list_of("CountedRow"),
           .handler = show_counted,
           .list = true,
           .whole = true,
           .searched = {"name", "customer", "staff_name"}}};
}

bool sees_plan(Desk& desk, const records::Record& of) {
  if (desk.reaches(Permission::plan_read, of)) return true;
  // Members of a team see its plan; of a registered one whoever is in it during the period.
  if (const int64_t id = workbench::whole_in(of.body, "team_id"); id && desk.can(Permission::plan_read))
    if (auto team = people::team(desk.store(), id); team.ok())
      for (const auto& one : team->members)
        if (desk.own(one.staff) && (!of.until || one.days.from <= *of.until) &&
            (!one.days.to || !of.day || *one.days.to >= *of.day))
          return true;
  for (const auto& one : workbench::texts_in(of.body, "members"))
    if (desk.can(Permission::plan_read) && desk.own(one)) return true;
  return false;
}

bool sees_meeting(Desk& desk, const records::Record& of) {
  if (desk.reaches(Permission::meeting_read, of)) return true;
  for (const auto& one : workbench::texts_in(of.body, "people"))
    if (desk.can(Permission::meeting_read) && desk.own(one)) return true;
  return false;
}

// Whoever belongs to the organisation sees when it meets.
bool sees_series(Desk& desk, const records::Record& of) {
  if (sees_meeting(desk, of)) return true;
  if (!desk.can(Permission::meeting_read) || !workbench::flag_in(of.body, "whole_org")) return false;
  const auto below = desk.directory().subtree(of.org);
  return std::find(below.begin(), below.end(), desk.org_of(desk.person())) != below.end();
}

}  // namespace

std::vector<RecordKind> plan_kinds() {
  return {{workbench::kWorkPlan, "工作计划", "/plans/{id}", Permission::plan_read, sees_plan},
          {workbench::kWorkLog, "工作日志", "/logs/{day}?staff={owner}", Permission::log_read},
          {workbench::kLogCheck, "日志抽查", "/logs/checks/{id}", Permission::log_check},
          {workbench::kSeries, "例会安排", "/meetings?series={id}", Permission::meeting_read, sees_series},
          {workbench::kMeeting, "会议", "/meetings/{id}", Permission::meeting_read, sees_meeting}};
}

Table plan_endpoints() {
  Table out = reading();
  out.push_back({.method = "POST",
                 .path = "/work-plans",
                 .summary = "a new plan, a draft: one's own, of a team or an organisation in reach",
                 .permission = Permission::plan_write,
                 .input = optional(object({{"scope", choice({"person", "team", "org"})},
                                           {"period", text(10)},
                                           {"org", text(100)},
                                           {"team", text(200)},
                                           {"team_id", described(integer(), "a registered team")},
                                           {"members", list(text(100))},
                                           {"summary", text(40'000)},
                                           {"items", list(asked_item())}}),
                                   {"org", "team", "team_id", "members", "summary"}),
                 .output = ref("WorkPlan"),
                 .handler = make_plan,
                 .body_limit = 256 * 1024});
  out.push_back({.method = "PUT",
                 .path = "/work-plans/{id}",
                 .summary = "the whole of a plan anew; a confirmed one gives its reason and is a draft again",
                 .permission = Permission::plan_write,
                 .input = optional(object({{"version", integer()},
                                           {"summary", text(40'000)},
                                           {"items", list(asked_item())},
                                           {"why", text(2000)}}),
                                   {"why"}),
                 .output = ref("WorkPlan"),
                 .handler = change_plan,
                 .body_limit = 256 * 1024});
  for (auto make : {plan_step_endpoints, plan_overview_endpoints, work_log_endpoints, log_check_endpoints,
                    meeting_endpoints, meeting_step_endpoints}) {
    Table more = make();
    std::move(more.begin(), more.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace guanhu::api
