// Plans of qualitative appraisal: made by one, approved by another, closed, reported. What comes out:
// assessment_result_handlers.cc. Filling in: assessment_form_handlers.cc.
#include <iterator>
#include <map>
#include <set>

#include "api/assessment.h"
#include "api/gate.h"
#include "api/handlers.h"
#include "api/policy_reading.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

constexpr size_t kShownPairs = 500;  // assessed in a preview

Outcome list_templates(Services& s, const Call&) {
  auto store = s.store();
  std::vector<Json> items;
  for (const std::string& name : s.packs().names()) {
    std::shared_ptr<const policy::Pack> pack;
    if (auto version = policy::PolicyLife::in_force(*store, name, today_of(s)))
      pack = s.policy_life().open(*store, *version);
    else if (auto installed = s.packs().get(name)) pack = *installed;
    if (!pack) continue;
    for (const policy::Form& form : pack->forms)
      items.push_back(JsonObject{{"pack", pack->id},
                                 {"pack_title", pack->title},
                                 {"pack_hash", pack->hash},
                                 {"form", policy::to_json(form)}});
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome list_plans(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& plan : appraisal::plans(desk.store()))
    if (desk.sees(plan)) items.push_back(plan_json(plan));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_plan(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto plan = desk.plan();
  if (auto* refusal = std::get_if<Refusal>(&plan)) return *refusal;
  return Answer{whole_json(std::get<appraisal::Plan>(plan))};
}

// The plan of the body; what is wrong with it, or with its form and its names.
std::variant<appraisal::PlanSpec, Refusal> spec_in(Services& s, AssessDesk& desk, const Json& json) {
  std::vector<base::Error> faults;
  appraisal::PlanSpec spec = appraisal::spec_of(json, faults);
  appraisal::check_names(spec, desk.directory(), faults);
  if (!faults.empty()) return assess_refusal(faults);
  auto form = desk.world().form(spec.pack, spec.form);
  if (!form) {
    faults.push_back({"assess.plan", form.error().message, "/form", form.error().hint});
  } else if (auto take = figure_taker(s, desk.store(), spec, form->form, ""); !take) {
    faults.push_back({"assess.plan", take.error().message, "/fact", take.error().hint});
  }
  if (!faults.empty()) return assess_refusal(faults);
  return spec;
}

Outcome made(const base::Result<appraisal::Plan>& plan) {
  if (!plan) return assess_refusal(plan.error());
  return Answer{whole_json(*plan)};
}

Outcome make_plan(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto spec = spec_in(s, desk, call.body);
  if (auto* refusal = std::get_if<Refusal>(&spec)) return *refusal;
  return Answer{whole_json(appraisal::make_plan(desk.store(), std::get<appraisal::PlanSpec>(spec), desk.act()))};
}

int64_t revision_in(const Call& call) { return call.body.find("revision")->as_number()->to_int64().value_or(0); }

Outcome change_plan(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  if (auto found = desk.plan(); std::holds_alternative<Refusal>(found)) return std::get<Refusal>(found);
  auto spec = spec_in(s, desk, *call.body.find("spec"));
  if (auto* refusal = std::get_if<Refusal>(&spec)) return *refusal;
  return made(appraisal::change_plan(desk.store(), assessment_number(call), revision_in(call),
                                     std::get<appraisal::PlanSpec>(spec), desk.act()));
}

Outcome drop_plan(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto status = appraisal::drop_plan(desk.store(), assessment_number(call), desk.act());
  if (!status) return assess_refusal(status.error());
  return Answer{};
}

JsonArray preview_pairs(AssessDesk& desk, const appraisal::PlanSpec& spec, const appraisal::Pairing& pairing) {
  std::map<std::string, JsonArray> of;
  for (const auto& pair : pairing.pairs) {
    Json who = desk.person(pair.assessor);
    who.as_object()->emplace_back("group", spec.groups[pair.group].name);
    of[pair.assessed].push_back(std::move(who));
  }
  JsonArray out;
  for (const auto& id : pairing.assessed) {
    if (out.size() == kShownPairs) break;
    out.push_back(JsonObject{{"assessed", desk.person(id)}, {"assessors", std::move(of[id])}});
  }
  return out;
}

Outcome show_preview(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  if (!desk.bank()) return not_found();
  auto found = desk.plan();
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& plan = std::get<appraisal::Plan>(found);
  auto made = appraisal::preview(desk.store(), plan.spec, desk.world(),
                                 std::to_string(plan.id) + " " + plan.spec.period.str());
  if (!made) return assess_refusal(made.error());
  std::set<std::string> assessors;
  JsonArray groups, too_few, no_login, left_out;
  for (const auto& pair : made->pairing.pairs) assessors.insert(pair.assessor);
  for (const auto& id : desk.staff_with_login()) assessors.erase(id);
  for (const auto& id : assessors) no_login.push_back(desk.person(id));
  for (const auto& id : made->too_few) too_few.push_back(desk.person(id));
  for (size_t g = 0; g < plan.spec.groups.size(); ++g)
    groups.push_back(JsonObject{{"name", plan.spec.groups[g].name}, {"forms", made->forms_of_group[g]}});
  for (const auto& one : made->pairing.left_out)
    left_out.push_back(JsonObject{{"assessor", desk.person(one.assessor)},
                                  {"assessed", desk.person(one.assessed)},
                                  {"group", plan.spec.groups[one.group].name},
                                  {"instead", desk.maybe_person(one.instead)}});
  return Answer{JsonObject{{"forms", made->pairing.pairs.size()},
                           {"assessed", made->pairing.assessed.size()},
                           {"groups", std::move(groups)},
                           {"too_few", std::move(too_few)},
                           {"no_login", std::move(no_login)},
                           {"left_out", std::move(left_out)},
                           {"pairs", preview_pairs(desk, plan.spec, made->pairing)}}};
}

Outcome approve_plan(Services& s, const Call& call) {
  {
    AssessDesk desk(s, call);
    auto plan = appraisal::approve_plan(desk.store(), assessment_number(call), revision_in(call), desk.act());
    if (!plan) return assess_refusal(plan.error());
  }
  AssessDesk desk(s, call);  // one whose time has come starts at once
  return made(appraisal::plan(desk.store(), assessment_number(call)));
}

Outcome return_plan(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  return made(appraisal::return_plan(desk.store(), assessment_number(call), call.text("reason"), desk.act()));
}

Outcome close_plan(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  return made(appraisal::close_plan(desk.store(), assessment_number(call), desk.act()));
}

Outcome report_plan(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto found = desk.plan();
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& closed = std::get<appraisal::Plan>(found);
  if (!closed.form) return assess_refusal(base::Error{"assess.state", "考核还没有关闭", "id", ""});
  auto take = figure_taker(s, desk.store(), closed.spec, *closed.form, call.login().login);
  if (!take) return assess_refusal(take.error());
  auto plan = appraisal::report_plan(desk.store(), assessment_number(call), *take, desk.act());
  if (!plan) return assess_refusal(plan.error());
  s.notice("all", "info", "考核结果已公布", plan->spec.title, "/assessment-plans/" + std::to_string(plan->id));
  return made(plan);
}

}  // namespace

namespace {

Outcome remind_plan(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto due = appraisal::remind_plan(desk.store(), assessment_number(call), desk.act());
  if (!due) return assess_refusal(due.error());
  desk.remind(*due);
  int64_t forms = 0;
  for (const auto& [assessor, waiting] : due->waiting) forms += waiting;
  return Answer{JsonObject{{"assessors", due->waiting.size()}, {"forms", forms}}};
}

Table plan_endpoints_of_assessment() {
  SchemaRef spec = ref("AssessmentSpec"), whole = ref("AssessmentPlanWhole");
  return {{.method = "GET",
           .path = "/assessment-templates",
           .summary = "forms that packs define, as they are in force",
           .permission = Permission::assessment_plan,
           .output = list_of("AssessmentTemplate"),
           .handler = list_templates,
           .list = true,
           .searched = {"pack", "pack_title"}},
          {.method = "GET",
           .path = "/assessment-plans",
           .summary = "plans of qualitative appraisal, newest first",
           .permission = Permission::assessment_read,
           .parameters = {{"state", choice({"draft", "approved", "running", "closed", "reported"}), false, "",
                           "state"},
                          {"period", text(10), false, "", "period"}},
           .output = list_of("AssessmentPlan"),
           .handler = list_plans,
           .list = true,
           .searched = {"title", "pack", "form"}},
          {.method = "POST",
           .path = "/assessment-plans",
           .summary = "makes a plan: a draft",
           .permission = Permission::assessment_plan,
           .input = spec,
           .output = whole,
           .handler = make_plan},
          {.method = "GET",
           .path = "/assessment-plans/{id}",
           .summary = "one plan with everything it says",
           .permission = Permission::assessment_read,
           .output = whole,
           .handler = show_plan},
          {.method = "PUT",
           .path = "/assessment-plans/{id}",
           .summary = "changes a draft",
           .permission = Permission::assessment_plan,
           .input = object({{"revision", described(integer(), "as it was read")}, {"spec", spec}}),
           .output = whole,
           .handler = change_plan},
          {.method = "DELETE",
           .path = "/assessment-plans/{id}",
           .summary = "drops a plan that has not started",
           .permission = Permission::assessment_plan,
           .handler = drop_plan}};
}

Table remind_endpoints() {
  return {{.method = "POST",
           .path = "/assessment-plans/{id}/remind",
           .summary = "reminds everybody who has forms to hand in; at most once an hour",
           .permission = Permission::assessment_plan,
           .output = object({{"assessors", integer()}, {"forms", integer()}}),
           .handler = remind_plan}};
}

Table turn_endpoints() {
  SchemaRef whole = ref("AssessmentPlanWhole"), reason = object({{"reason", described(text(2000), "why")}});
  SchemaRef revision = object({{"revision", described(integer(), "as it was read")}});
  return {{.method = "GET",
           .path = "/assessment-plans/{id}/preview",
           .summary = "who would assess whom if it started now",
           .permission = Permission::assessment_read,
           .output = ref("AssessmentPreview"),
           .handler = show_preview},
          {.method = "POST",
           .path = "/assessment-plans/{id}/approve",
           .summary = "approves somebody else's draft; it starts when its time comes",
           .permission = Permission::assessment_approve,
           .input = revision,
           .output = whole,
           .handler = approve_plan},
          {.method = "POST",
           .path = "/assessment-plans/{id}/return",
           .summary = "gives a plan that has not started back to its maker",
           .permission = Permission::assessment_approve,
           .input = reason,
           .output = whole,
           .handler = return_plan},
          {.method = "POST",
           .path = "/assessment-plans/{id}/close",
           .summary = "closes a plan: everything is handed in, or the deadline has passed",
           .permission = Permission::assessment_plan,
           .output = whole,
           .handler = close_plan},
          {.method = "POST",
           .path = "/assessment-plans/{id}/report",
           .summary = "lets those assessed see their results, and records the totals for schemes",
           .permission = Permission::assessment_approve,
           .output = whole,
           .handler = report_plan}};
}

}  // namespace

Table assessment_endpoints() {
  Table out = plan_endpoints_of_assessment();
  for (auto make : {turn_endpoints, remind_endpoints, assessment_result_endpoints, assessment_form_endpoints}) {
    Table some = make();
    std::move(some.begin(), some.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace guanhu::api
