// Grades: who holds which and since when, proposals, decisions, appeals; recorded facts.
#include <algorithm>
#include <map>
#include <set>

#include "api/people_desk.h"
#include "api/shapes.h"
#include "appraisal/life.h"
#include "appraisal/people_of_run.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

struct Planned {
  std::shared_ptr<const policy::Pack> pack;
  appraisal::GradePlan plan;
};
std::variant<Planned, Refusal> planned(PeopleDesk& desk, const std::string& id) {
  auto pack = desk.pack(id);
  if (auto* refusal = std::get_if<Refusal>(&pack)) return *refusal;
  auto& found = std::get<std::shared_ptr<const policy::Pack>>(pack);
  auto plan = appraisal::read_grade_plan(*found, desk.today());
  if (!plan.ok()) return people_refusal(plan.error());
  return Planned{found, std::move(*plan)};
}

Json bodies_json(const appraisal::GradePlan& plan) {
  JsonArray out;
  for (const auto& body : plan.bodies)
    out.push_back(JsonObject{{"changes", JsonArray(body.changes.begin(), body.changes.end())},
                             {"grades", JsonArray(body.grades.begin(), body.grades.end())},
                             {"body", body.body},
                             {"roles", JsonArray(body.roles.begin(), body.roles.end())}});
  return out;
}

Outcome list_plans(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& book : books_in_force(s)) {
    if (!book->pack->decision("grade-plan")) continue;
    auto plan = appraisal::read_grade_plan(*book->pack, desk.today());
    if (!plan.ok()) continue;
    items.push_back(JsonObject{{"pack", plan->pack},
                               {"title", book->pack->title},
                               {"scale", JsonArray(plan->scale.begin(), plan->scale.end())},
                               {"trainees", JsonArray(plan->trainees.begin(), plan->trainees.end())},
                               {"none", plan->none},
                               {"bodies", bodies_json(*plan)}});
  }
  return Answer{.items = Items::of(std::move(items))};
}

Json holder_json(PeopleDesk& desk, const std::string& staff, const std::vector<appraisal::GradeStep>& steps,
                 const std::string& none, Json proposal) {
  const auto* held = appraisal::grade_on(steps, desk.today());
  return JsonObject{{"staff", staff},
                    {"name", desk.name_of(staff)},
                    {"org", desk.org_of(staff)},
                    {"org_name", desk.org_name(desk.org_of(staff))},
                    {"branch", desk.branch_of(staff)},
                    {"branch_name", desk.org_name(desk.branch_of(staff))},
                    {"grade", held ? held->grade : none},
                    {"from", held ? Json(held->from.str()) : Json()},
                    {"steps", steps.size()},
                    {"proposal", std::move(proposal)}};
}

Outcome list_grades(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto found = planned(desk, call.get("pack").value_or(""));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& plan = std::get<Planned>(found).plan;
  std::map<std::string, std::vector<appraisal::GradeStep>> steps;
  for (auto& step : appraisal::grade_history(desk.store(), plan.pack))
    steps[step.staff].push_back(std::move(step));
  std::map<std::string, int64_t> open;
  for (const auto& p : appraisal::grade_proposals(desk.store(), {.pack = plan.pack, .state = "proposed"}))
    open.emplace(p.staff, p.id);
  std::set<std::string> people;
  for (const auto& [staff, history] : steps) people.insert(staff);
  for (const auto& person : desk.directory().staff())
    if (person.position == "manager" || person.position == "trainee_manager") people.insert(person.id);
  std::vector<Json> items;
  for (const std::string& staff : people) {
    if (!desk.reach().staff(staff)) continue;
    auto proposal = open.find(staff);
    items.push_back(holder_json(desk, staff, steps[staff], plan.none,
                                proposal == open.end() ? Json() : Json(proposal->second)));
  }
  Items out = Items::of(std::move(items));
  out.beside = {{"pack", plan.pack},
                {"scale", JsonArray(plan.scale.begin(), plan.scale.end())},
                {"trainees", JsonArray(plan.trainees.begin(), plan.trainees.end())},
                {"none", plan.none}};
  return Answer{.items = std::move(out)};
}

// What the grade held may lend, asked of the pack.
std::variant<Json, Refusal> authority_of(PeopleDesk& desk, const Planned& p, const std::string& staff,
                                         const std::string& amount) {
  auto number = base::Decimal::parse(amount);
  if (!number || number->is_negative())
    return Refusal{400, {"request.parameters", "", "", ""}, {{"amount", "要是不小于零的金额"}}};
  auto steps = appraisal::grade_history(desk.store(), p.plan.pack, staff);
  const auto* held = appraisal::grade_on(steps, desk.today());
  const std::string grade = held ? held->grade : p.plan.none;
  if (p.plan.authority.empty()) return people_refusal({"grade.plan", "这个制度包没有写权限", "", ""});
  appraisal::Names names;
  names.tell(p.plan.authority_grade, grade,
             JsonObject{{"kind", "grade"}, {"step", held ? Json(held->id) : Json()}});
  names.tell(p.plan.authority_amount, *number, JsonObject{{"kind", "given"}});
  auto answer = appraisal::ask_named(*p.pack, p.plan.authority, names, desk.today());
  if (answer.error) return people_refusal(*answer.error);
  return Json(JsonObject{{"grade", grade},
                         {"amount", number->str()},
                         {"decision", answer.decision},
                         {"result", answer.result},
                         {"cites", answer.cites},
                         {"inputs", answer.inputs}});
}

Outcome show_authority(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  if (!desk.reach().staff(call.part("staff")) || !desk.directory().person(call.part("staff"))) return not_found();
  auto found = planned(desk, call.get("pack").value_or(""));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto out = authority_of(desk, std::get<Planned>(found), call.part("staff"), call.get("amount").value_or(""));
  if (auto* refusal = std::get_if<Refusal>(&out)) return *refusal;
  return Answer{std::get<Json>(std::move(out))};
}

Outcome show_grades(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string& staff = call.part("staff");
  if (!desk.reach().staff(staff) || !desk.directory().person(staff)) return not_found();
  auto found = planned(desk, call.get("pack").value_or(""));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Planned& p = std::get<Planned>(found);
  auto steps = appraisal::grade_history(desk.store(), p.plan.pack, staff);
  Json out = holder_json(desk, staff, steps, p.plan.none, Json());
  JsonArray history, qualifications, proposals, appeals;
  for (const auto& step : steps) history.push_back(json_of(step));
  for (const auto& fact : appraisal::people_facts(desk.store(), {.of = "staff", .subject = staff}))
    if (fact.kind != "pay") qualifications.push_back(json_of(fact));
  for (const auto& proposal : appraisal::grade_proposals(desk.store(), {.pack = p.plan.pack, .staff = staff}))
    if (proposal.state != "superseded") proposals.push_back(json_of(proposal));
  for (const auto& appeal : appraisal::grade_appeals(desk.store()))
    if (appeal.staff == staff) appeals.push_back(json_of(appeal));
  for (auto& [name, list] :
       std::vector<std::pair<std::string, JsonArray>>{{"history", std::move(history)},
                                                      {"qualifications", std::move(qualifications)},
                                                      {"proposals", std::move(proposals)},
                                                      {"appeals", std::move(appeals)}})
    out.as_object()->emplace_back(name, std::move(list));
  out.as_object()->emplace_back("pack", p.plan.pack);
  out.as_object()->emplace_back("title", p.pack->title);
  out.as_object()->emplace_back("lends", !p.plan.authority.empty());
  return Answer{std::move(out)};
}

// ---------------------------------------------------------------------------------------- proposals

Outcome list_proposals(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  appraisal::ProposalFilter filter;
  filter.pack = call.get("pack").value_or(""), filter.staff = call.get("staff").value_or("");
  filter.state = call.get("state").value_or("");
  if (auto batch = call.get("batch")) filter.batch = number_of(*batch).value_or(-1);
  std::vector<Json> items;
  for (const auto& p : appraisal::grade_proposals(desk.store(), filter))
    if (desk.reach().staff(p.staff)) items.push_back(json_of(p));
  return Answer{.items = Items::of(std::move(items))};
}

std::optional<appraisal::GradeProposal> one_proposal(PeopleDesk& desk, const std::string& id) {
  auto found = appraisal::grade_proposals(desk.store(), {.id = number_of(id).value_or(-1)});
  if (found.empty() || !desk.reach().staff(found.front().staff)) return std::nullopt;
  return found.front();
}

Outcome show_proposal(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto found = one_proposal(desk, call.part("id"));
  return found ? Outcome(Answer{json_of(*found)}) : Outcome(not_found());
}

Outcome compute_proposals(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto found = planned(desk, call.text("pack"));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Planned& p = std::get<Planned>(found);
  const int64_t run = body_number(call, "run").value_or(-1);
  auto life = appraisal::life_of(desk.store(), run);
  if (!life.ok()) return not_found();
  appraisal::GradeAsk ask{p.pack.get(), run, *body_date(call, "on"), body_date(call, "from")};
  std::vector<appraisal::GradePerson> people;
  for (auto& one : appraisal::people_of_run(desk.store(), run, life->scheme, life->period))
    people.push_back({one.id, one.name, one.org, one.branch, std::move(one.told)});
  auto batch = appraisal::propose_grades(desk.store(), ask, people, desk.doing());
  if (!batch.ok()) return people_refusal(batch.error());
  std::map<std::string, size_t> counts;
  for (const auto& one : appraisal::grade_proposals(desk.store(), {.batch = *batch})) ++counts[one.state];
  return Answer{JsonObject{{"batch", *batch},
                           {"people", people.size()},
                           {"proposed", counts["proposed"]},
                           {"listed", counts["listed"]},
                           {"waiting", counts["waiting"]}}};
}

Outcome propose(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto found = planned(desk, call.text("pack"));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const std::string staff = call.text("staff");
  if (!desk.directory().person(staff)) return people_refusal({"login.staff", "没有这位员工", "staff", ""});
  appraisal::GradeByHand ask;
  ask.person = {staff, desk.name_of(staff), desk.org_of(staff), desk.branch_of(staff), {}};
  ask.grade = call.text("grade"), ask.change = body_text(call, "change"), ask.from = *body_date(call, "from");
  ask.reason = call.text("reason"), ask.document = call.text("document"),
  ask.corrects = body_number(call, "corrects");
  auto id = appraisal::propose_grade(desk.store(), *std::get<Planned>(found).pack, ask, desk.doing());
  if (!id.ok()) return people_refusal(id.error());
  return Answer{json_of(appraisal::grade_proposals(desk.store(), {.id = *id}).front())};
}

Outcome decide(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto proposal = one_proposal(desk, call.part("id"));
  if (!proposal) return not_found();
  auto found = planned(desk, proposal->pack);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Planned& p = std::get<Planned>(found);
  appraisal::Names holidays;
  appraisal::FactsByDay(appraisal::people_facts(desk.store(), {.of = "bank"}))
      .tell(holidays, "", "", "", desk.today());
  auto until = appraisal::grade_appeal_until(*p.pack, p.plan, holidays, desk.today());
  if (!until.ok()) return people_refusal(until.error());
  appraisal::GradeDecision decision{proposal->id,
                                    body_true(call, "accept"),
                                    call.text("reason"),
                                    body_text(call, "document"),
                                    body_date(call, "from"),
                                    desk.role_titles()};
  auto out = appraisal::decide_grade(desk.store(), decision, *until, desk.doing());
  if (!out.ok()) return people_refusal(out.error());
  for (const auto& login : people::list_logins(desk.store()))
    if (login.staff_id == out->staff)
      s.notice("user:" + login.login, "info", "职级有决定", out->change + "：" + out->was + " → " + out->becomes,
               "/grades/" + out->staff);
  return Answer{json_of(*out)};
}

Outcome appeal(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto id = appraisal::appeal_grade(desk.store(), number_of(call.part("id")).value_or(-1), call.text("reason"),
                                    desk.today(), desk.doing());
  if (!id.ok()) return people_refusal(id.error());
  for (const auto& one : appraisal::grade_appeals(desk.store()))
    if (one.id == *id) return Answer{json_of(one)};
  return not_found();
}

Outcome decide_appeal(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const int64_t id = number_of(call.part("id")).value_or(-1);
  auto all = appraisal::grade_appeals(desk.store());
  auto at = std::find_if(all.begin(), all.end(), [&](const auto& a) { return a.id == id; });
  if (at == all.end() || !desk.reach().staff(at->staff)) return not_found();
  auto proposal = appraisal::grade_proposals(desk.store(), {.id = at->proposal}).front();
  auto found = planned(desk, proposal.pack);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  appraisal::GradeDecision decision{proposal.id,       true, call.text("reason"), body_text(call, "document"), {},
                                    desk.role_titles()};
  auto status = appraisal::decide_appeal(desk.store(), *std::get<Planned>(found).pack, id,
                                         body_text(call, "grade"), decision, desk.doing());
  if (!status.ok()) return people_refusal(status.error());
  for (const auto& one : appraisal::grade_appeals(desk.store()))
    if (one.id == id) return Answer{json_of(one)};
  return not_found();
}

Table grade_reads() {
  const Parameter pack{"pack", text(200), true, "whose grades: one of /grade-plans"};
  return {
      {.method = "GET",
       .path = "/grade-plans",
       .summary = "packs that say which grades there are and who decides",
       .permission = Permission::grade_read,
       .output = list_of("GradePlan"),
       .handler = list_plans,
       .list = true,
       .whole = true},
      {.method = "GET",
       .path = "/grades",
       .summary = "who holds which grade today",
       .permission = Permission::grade_read,
       .parameters = {pack, {"branch", text(50), false, "", "branch"}, {"grade", text(50), false, "", "grade"}},
       .output =
           list_of("GradeHolder",
                   {{"pack", text()}, {"scale", list(text())}, {"trainees", list(text())}, {"none", text()}}),
       .handler = list_grades,
       .list = true,
       .searched = {"name", "staff"}},
      {.method = "GET",
       .path = "/grades/{staff}",
       .summary = "one person's grades: history, qualifications, proposals, appeals",
       .permission = Permission::grade_read,
       .parameters = {pack},
       .output = ref("GradeFile"),
       .handler = show_grades},
      {.method = "GET",
       .path = "/grades/{staff}/authority",
       .summary = "what the grade held may lend",
       .permission = Permission::grade_read,
       .parameters = {pack, {"amount", text(20), true, "元"}},
       .output = ref("GradeAuthority"),
       .handler = show_authority},
      {.method = "GET",
       .path = "/grade-proposals",
       .summary = "proposals, newest first",
       .permission = Permission::grade_read,
       .parameters = {{"pack", text(200)},
                      {"state", choice({"listed", "waiting", "proposed", "accepted", "rejected", "superseded"})},
                      {"staff", text(50)},
                      {"batch", text(15)}},
       .output = list_of("GradeProposal"),
       .handler = list_proposals,
       .list = true,
       .searched = {"name", "staff", "change"}},
      {.method = "GET",
       .path = "/grade-proposals/{id}",
       .summary = "one proposal with the rule that moves it",
       .permission = Permission::grade_read,
       .output = ref("GradeProposal"),
       .handler = show_proposal}};
}

Table grade_writes() {
  return {{.method = "POST",
           .path = "/grade-proposals/compute",
           .summary = "asks the pack what everybody of an appraisal ought to become",
           .permission = Permission::grade_propose,
           .input = optional(object({{"pack", text(200)},
                                     {"run", described(integer(), "the appraisal")},
                                     {"on", described(date(), "评定日期")},
                                     {"from", described(date(), "when the grades shall hold; else `on`")}}),
                             {"from"}),
           .output = ref("GradeBatch"),
           .handler = compute_proposals},
          {.method = "POST",
           .path = "/grade-proposals",
           .summary = "proposes a grade for one person, or a correction of the history",
           .permission = Permission::grade_propose,
           .input = optional(object({{"pack", text(200)},
                                     {"staff", text(50)},
                                     {"grade", text(50)},
                                     {"from", date()},
                                     {"reason", text(2000)},
                                     {"document", text(200)},
                                     {"change", described(text(50), "else by the scale")},
                                     {"corrects", described(nullable(integer()), "a step of the history")}}),
                             {"change", "corrects"}),
           .output = ref("GradeProposal"),
           .handler = propose},
          {.method = "POST",
           .path = "/grade-proposals/{id}/decide",
           .summary = "decides somebody else's proposal about somebody else",
           .permission = Permission::grade_decide,
           .input = optional(object({{"accept", boolean()},
                                     {"reason", text(2000)},
                                     {"document", described(text(200), "needed to accept")},
                                     {"from", date()}}),
                             {"document", "from"}),
           .output = ref("GradeProposal"),
           .handler = decide},
          {.method = "POST",
           .path = "/grade-proposals/{id}/appeal",
           .summary = "appeals against the decision on one's own grade",
           .permission = Permission::grade_appeal,
           .input = object({{"reason", text(4000)}}),
           .output = ref("GradeAppeal"),
           .handler = appeal},
          {.method = "POST",
           .path = "/grade-appeals/{id}/decide",
           .summary = "decides an appeal; without a grade the decision stands",
           .permission = Permission::grade_decide,
           .input = optional(object({{"grade", text(50)}, {"reason", text(2000)}, {"document", text(200)}}),
                             {"grade", "document"}),
           .output = ref("GradeAppeal"),
           .handler = decide_appeal}};
}

}  // namespace

Table grade_endpoints() {
  Table out = grade_reads();
  for (auto make : {grade_writes, grade_record_endpoints, grade_paper_endpoints})
    for (Endpoint& e : make()) out.push_back(std::move(e));
  return out;
}

}  // namespace guanhu::api
