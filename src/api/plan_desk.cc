#include "api/plan_desk.h"

#include <algorithm>

#include "people/doing.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using people::Scope;
using workbench::WorkPlan;

PlanDesk::PlanDesk(Services& services, const Call& call) : Desk(services, call) {}
PlanDesk::~PlanDesk() = default;

std::optional<Refusal> PlanDesk::open_rules() {
  if (rules_) return std::nullopt;
  auto pack = services().packs().on(workbench::kWorkPack, today());
  if (!pack.ok())
    return Refusal{
        422,
        {"work.rules",
         "计划、日志和会议的制度（" + std::string(workbench::kWorkPack) + "）用不了：" + pack.error().message, "",
         "请管理员看制度包"}};
  auto calendar = workbench::BusinessCalendar::read(services().bank().folder().path());
  if (!calendar.ok()) return refusal_of(calendar.error());
  pack_ = *pack;
  calendar_ = std::make_unique<workbench::BusinessCalendar>(std::move(*calendar));
  rules_ = std::make_unique<workbench::WorkRules>(*pack_, *calendar_, today());
  return std::nullopt;
}

workbench::TodoDoing PlanDesk::todo_doing() {
  return {login(), person(), now(), today(),
          [this](const std::string& action, const std::string& subject, Json detail) {
            audit(action, subject, std::move(detail));
          }};
}

std::string PlanDesk::superior(const std::string& staff) {
  if (!finder_) finder_ = std::make_unique<workbench::RoleFinder>(directory(), today());
  return finder_->superior(staff);
}

std::vector<const people::Staff*> PlanDesk::staff_below(const std::string& org) const {
  const auto below = directory().subtree(org);
  const std::set<std::string> orgs(below.begin(), below.end());
  std::vector<const people::Staff*> out;
  for (const auto& one : directory().staff())
    if (orgs.contains(one.org) && people::Directory::in_post(one, today())) out.push_back(&one);
  return out;
}

std::vector<const people::Staff*> PlanDesk::staff_in_reach(Permission permission, const std::string& org) {
  const Scope wide = scope(permission);
  std::vector<const people::Staff*> out;
  if (wide == Scope::none) return out;
  auto reach = facts().reach(call().login(), wide);
  std::set<std::string> within;
  if (!org.empty())
    for (const auto& one : directory().subtree(org)) within.insert(one);
  for (const auto& one : directory().staff())
    if (reach->staff(one.id) && people::Directory::in_post(one, today()) &&
        (org.empty() || within.contains(one.org)))
      out.push_back(&one);
  return out;
}

const people::Staff* PlanDesk::person_in_reach(Permission permission, const std::string& staff) {
  const people::Staff* found = directory().person(staff);
  return found && reaches(permission, staff, found->org) ? found : nullptr;
}

const people::Team* PlanDesk::team_of(const WorkPlan& plan) {
  if (!plan.team_id) return nullptr;
  auto [at, fresh] = teams_.try_emplace(plan.team_id);
  if (fresh)
    if (auto found = people::team(store(), plan.team_id); found.ok()) at->second = std::move(*found);
  return at->second ? &*at->second : nullptr;
}

bool PlanDesk::leads(const WorkPlan& plan) {
  const people::Team* team = team_of(plan);
  // Who leads is a right, and rights count by the clock; what is counted counts by the bank's day.
  const people::TeamMember* leader = team ? team->leader(people::day_here(now())) : nullptr;
  return leader && own(leader->staff);
}

bool PlanDesk::counts(const WorkPlan& plan, const std::string& staff, base::Date day) {
  const people::Team* team = team_of(plan);
  if (!team) return true;
  return std::any_of(team->members.begin(), team->members.end(),
                     [&](const people::TeamMember& one) { return one.staff == staff && one.days.on(day); });
}

std::vector<std::string> PlanDesk::people_of(const WorkPlan& plan) {
  if (plan.scope == "person") return {plan.record.owner};
  if (const people::Team* team = team_of(plan)) {
    std::vector<std::string> out;
    for (const auto& one : team->members)
      if (one.days.from <= plan.period.last && (!one.days.to || *one.days.to >= plan.period.first) &&
          std::find(out.begin(), out.end(), one.staff) == out.end())
        out.push_back(one.staff);
    return out;
  }
  if (plan.scope == "team") return plan.members;
  std::vector<std::string> out;
  for (const auto* one : staff_below(plan.record.org)) out.push_back(one->id);
  return out;
}

std::optional<WorkPlan> PlanDesk::plan(const std::string& id) {
  if (id.empty() || id.size() > 15 || id.find_first_not_of("0123456789") != id.npos) return std::nullopt;
  auto found = records::record(store(), workbench::kWorkPlan, std::stoll(id));
  if (!found.ok() || found->removed || !sees(*found)) return std::nullopt;
  return workbench::plan_of(*found);
}

Json PlanDesk::people_json(const std::vector<std::string>& staff) const {
  JsonArray out;
  for (const auto& one : staff) out.push_back(JsonObject{{"staff", one}, {"name", name_of(one)}});
  return out;
}

workbench::PlanSaid PlanDesk::said(const std::string& what, const std::string& text) {
  return {now().str(), login(), person(), what, text};
}

// ------------------------------------------------------------------------------------ as JSON

namespace {

// PLN-001: who puts a plan forward does not confirm it.
bool confirms(PlanDesk& desk, const WorkPlan& plan) {
  return !desk.own(plan.record.owner) && plan.record.made_by != desk.login() &&
         desk.reaches(Permission::plan_confirm, plan.record);
}

bool writes(PlanDesk& desk, const WorkPlan& plan) {
  if (plan.scope == "person") return desk.own(plan.record.owner) && desk.can(Permission::plan_write);
  if (desk.leads(plan) && desk.can(Permission::plan_write)) return true;
  return desk.scope(Permission::plan_write) >= Scope::branch && desk.reaches(Permission::plan_write, plan.record);
}

JsonArray may(PlanDesk& desk, const WorkPlan& plan) {
  JsonArray out;
  const std::string& state = plan.record.state;
  const bool mine = writes(desk, plan), over = confirms(desk, plan);
  if (mine && state != "reviewed") out.emplace_back("write");
  if (mine && (state == "draft" || state == "returned")) out.emplace_back("submit");
  if (mine && state != "reviewed") out.emplace_back("report");
  if (mine) out.emplace_back("carry");
  if (mine && plan.period.kind != workbench::PlanKind::week) out.emplace_back("split");
  if (over && state == "submitted") out.emplace_back("confirm");
  if (over && (state == "submitted" || state == "confirmed")) out.emplace_back("return");
  if (over && state == "confirmed" && desk.today() > plan.period.last) out.emplace_back("review");
  if (over || mine) out.emplace_back("comment");
  return out;
}

Json neighbour(PlanDesk& desk, const WorkPlan& plan, const workbench::PlanPeriod& period) {
  workbench::PlanAsk ask;
  ask.scope = plan.scope, ask.owner = plan.record.owner, ask.org = plan.record.org, ask.team = plan.team;
  ask.team_id = plan.team_id;
  ask.period = period;
  auto found = records::with_key(desk.store(), workbench::kWorkPlan, workbench::plan_key(ask));
  const bool there = found && !found->removed;
  return JsonObject{{"period", period.str()},
                    {"title", period.title()},
                    {"first", period.first.str()},
                    {"last", period.last.str()},
                    {"id", there ? Json(found->id) : Json()},
                    {"state", there ? Json(found->state) : Json()}};
}

Json item_json(PlanDesk& desk, const WorkPlan& plan, const workbench::PlanItem& item,
               const PlanProgress::Reached& reached) {
  Json out = workbench::json_of(item);
  JsonObject& members = *out.as_object();
  Json todo, todo_state;
  if (item.kind == "task")
    if (auto id = workbench::todo_with_key(desk.store(), workbench::task_key(plan.record.id, item.id))) {
      todo = *id;
      if (auto found = workbench::todo(desk.store(), *id); found.ok()) todo_state = found->state;
    }
  members.emplace_back("todo", std::move(todo)), members.emplace_back("todo_state", std::move(todo_state));
  members.emplace_back("assignee_name", item.assignee.empty() ? "" : desk.name_of(item.assignee));
  members.emplace_back("customer_name", item.customer.empty() ? "" : desk.customer_name(item.customer));
  members.emplace_back("value", decimal_text(reached.value)),
      members.emplace_back("share", decimal_text(reached.share));
  members.emplace_back("standing", reached.standing), members.emplace_back("reason", reached.reason);
  members.emplace_back("opens", reached.opens.empty() ? Json() : Json(reached.opens));
  members.emplace_back("parts", reached.parts);
  return out;
}

std::pair<int64_t, int64_t> behind_and_reached(const std::vector<PlanProgress::Reached>& all) {
  std::pair<int64_t, int64_t> out{0, 0};
  for (const auto& one : all) out.first += one.standing == "behind", out.second += one.standing == "reached";
  return out;
}

JsonObject common(PlanDesk& desk, const WorkPlan& plan) {
  JsonObject out = desk.head(plan.record);
  out.emplace_back("scope", plan.scope), out.emplace_back("team", plan.team);
  out.emplace_back("team_id", plan.team_id ? Json(plan.team_id) : Json());
  out.emplace_back("period", plan.period.str()), out.emplace_back("period_title", plan.period.title());
  out.emplace_back("period_kind", std::string(workbench::plan_kind_name(plan.period.kind)));
  return out;
}

}  // namespace

Json plan_line(PlanDesk& desk, const WorkPlan& plan, PlanProgress& progress) {
  JsonObject out = common(desk, plan);
  const auto [behind, reached] = behind_and_reached(progress.of(plan));
  out.emplace_back("items", plan.items.size());
  out.emplace_back("behind", behind), out.emplace_back("reached", reached);
  out.emplace_back("passed", decimal_text(progress.passed(plan)));
  return out;
}

Json plan_json(PlanDesk& desk, const WorkPlan& plan, PlanProgress& progress) {
  JsonObject out = common(desk, plan);
  const auto reached = progress.of(plan);
  JsonArray items, said, parts;
  for (size_t i = 0; i < plan.items.size(); ++i) items.push_back(item_json(desk, plan, plan.items[i], reached[i]));
  for (const auto& one : plan.said)
    said.push_back(JsonObject{{"at", one.at},
                              {"by", one.by},
                              {"name", desk.name_of(one.person)},
                              {"what", one.what},
                              {"text", one.text}});
  for (const auto& part : plan.period.parts()) parts.push_back(neighbour(desk, plan, part));
  out.emplace_back("members", desk.people_json(plan.scope == "team" ? desk.people_of(plan) : plan.members)),
      out.emplace_back("summary", plan.summary);
  out.emplace_back("items", std::move(items)), out.emplace_back("said", std::move(said));
  out.emplace_back("kept", plan.reached), out.emplace_back("passed", decimal_text(progress.passed(plan)));
  const auto [behind, done] = behind_and_reached(reached);
  out.emplace_back("behind", behind), out.emplace_back("reached", done);
  out.emplace_back("previous", neighbour(desk, plan, plan.period.previous()));
  out.emplace_back("next", neighbour(desk, plan, plan.period.next()));
  out.emplace_back("parts", std::move(parts));
  const std::string above = desk.superior(plan.record.owner);
  out.emplace_back("superior", above.empty() ? Json() : Json(desk.name_of(above)));
  out.emplace_back("may", may(desk, plan));
  out.emplace_back("team_progress", team_progress(desk, plan, progress));
  return out;
}

Json team_progress(PlanDesk& desk, const WorkPlan& plan, PlanProgress& progress) {
  JsonArray out;
  const people::Team* team = desk.team_of(plan);
  if (!team) return out;
  const bool all = writes(desk, plan) || confirms(desk, plan);
  std::map<std::pair<int64_t, std::string>, base::Decimal> sums;
  for (const auto& item : plan.items) {
    if (item.kind != "count" || !workbench::counter(item.counted)) continue;
    std::map<std::string, std::vector<workbench::Counted>> by_person;
    for (auto& one : progress.counted(plan, item)) by_person[one.person].push_back(std::move(one));
    for (const auto& [person, of] : by_person) sums[{item.id, person}] = workbench::sum_of(of);
  }
  for (const auto& one : team->members) {
    if (one.days.from > plan.period.last || (one.days.to && *one.days.to < plan.period.first)) continue;
    if (!all && !desk.own(one.staff)) continue;
    JsonArray items;
    for (const auto& item : plan.items)
      if (item.kind == "count") {
        auto found = sums.find({item.id, one.staff});
        items.push_back(JsonObject{{"item", item.id}, {"value", found == sums.end() ? "0" : found->second.str()}});
      }
    out.push_back(JsonObject{{"staff", one.staff},
                             {"name", desk.name_of(one.staff)},
                             {"leads", one.leads},
                             {"from", one.days.from.str()},
                             {"to", workbench::day_or_null(one.days.to)},
                             {"here", one.days.on(desk.today())},
                             {"items", std::move(items)}});
  }
  return out;
}

}  // namespace guanhu::api
