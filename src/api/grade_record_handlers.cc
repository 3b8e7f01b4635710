// A person's way through the grades with what is recorded beside it, and appeals that wait for a decision.
#include <algorithm>

#include "api/people_desk.h"
#include "api/shapes.h"
#include "appraisal/grade_career.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

// Blame is recorded and withdrawn with the other facts that pay rests on (pay_basis_handlers.cc).
bool is_record(const std::string& kind) { return appraisal::beside_grade(kind) || kind == "discipline"; }

Json stage_json(const appraisal::CareerStage& stage, base::Date today) {
  const base::Date last = stage.to.value_or(std::max(today, stage.step.from));
  return JsonObject{{"step", stage.step.id},
                    {"grade", stage.step.grade},
                    {"from", stage.step.from.str()},
                    {"to", day_json(stage.to)},
                    {"days", last - stage.step.from + 1},
                    {"change", stage.change},
                    {"score", stage.score ? Json(stage.score->str()) : Json()},
                    {"scheme", stage.scheme},
                    {"period", stage.period},
                    {"reason", stage.step.reason},
                    {"document", stage.step.document},
                    {"body", stage.step.body},
                    {"proposal", stage.step.proposal}};
}

Outcome show_career(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string& staff = call.part("staff");
  if (!desk.reach().staff(staff) || !desk.directory().person(staff)) return not_found();
  const std::string pack = call.get("pack").value_or("");
  JsonArray stages, awards, records;
  for (const auto& stage :
       appraisal::career_of(appraisal::grade_history(desk.store(), pack, staff),
                            appraisal::grade_proposals(desk.store(), {.pack = pack, .staff = staff})))
    stages.push_back(stage_json(stage, desk.today()));
  const auto facts = appraisal::people_facts(desk.store(), {.of = "staff", .subject = staff, .withdrawn = true});
  for (const auto& award : appraisal::awards_of(facts))
    awards.push_back(JsonObject{{"name", award.name},
                                {"years", JsonArray(award.years.begin(), award.years.end())},
                                {"in_a_row", award.in_a_row}});
  for (const auto& fact : facts)
    if (is_record(fact.kind)) records.push_back(json_of(fact));
  const appraisal::Balance balance = appraisal::balance_of(facts);
  const auto ratio = balance.ratio();
  return Answer{JsonObject{{"staff", staff},
                           {"name", desk.name_of(staff)},
                           {"stages", std::move(stages)},
                           {"awards", std::move(awards)},
                           {"records", std::move(records)},
                           {"balance", JsonObject{{"awards", balance.awards},
                                                  {"blamed", balance.blamed},
                                                  {"coached", balance.coached},
                                                  {"trained", balance.trained},
                                                  {"ratio", ratio ? Json(ratio->str()) : Json()}}}}};
}

// Nobody records praise or coaching of himself.
Outcome keep_record(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string& staff = call.part("staff");
  if (!desk.reach().staff(staff) || !desk.directory().person(staff)) return not_found();
  if (call.login().staff_id == staff)
    return people_refusal({"grade.self", "不能给自己登记", "staff", "由另一位有权的人登记"});
  appraisal::PeopleFact fact;
  fact.of = "staff", fact.subject = staff, fact.kind = call.text("kind"), fact.name = call.text("name");
  fact.value = *call.body.find("value"), fact.from = *body_date(call, "from"), fact.to = body_date(call, "to");
  fact.document = call.text("document"), fact.reason = body_text(call, "reason");
  if (fact.kind == "coaching")
    if (auto status = appraisal::check_coaching(fact.value); !status.ok()) return people_refusal(status.error());
  auto status = appraisal::record_facts(desk.store(), nullptr, {fact}, desk.doing());
  if (!status.ok()) return people_refusal(status.error());
  auto kept = appraisal::people_facts(desk.store(), {.of = "staff", .subject = staff, .name = fact.name});
  auto newest =
      std::max_element(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return Answer{json_of(*newest)};
}

Outcome withdraw_record(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string& staff = call.part("staff");
  const int64_t id = number_of(call.part("id")).value_or(-1);
  const auto facts = appraisal::people_facts(desk.store(), {.of = "staff", .subject = staff, .withdrawn = true});
  const bool found = std::any_of(facts.begin(), facts.end(), [&](const auto& fact) {
    return fact.id == id && appraisal::beside_grade(fact.kind);
  });
  if (!found || !desk.reach().staff(staff)) return not_found();
  auto status = appraisal::withdraw_fact(desk.store(), id, call.text("reason"), desk.doing());
  if (!status.ok()) return people_refusal(status.error());
  return Answer{};
}

Outcome list_appeals(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& appeal : appraisal::grade_appeals(desk.store())) {
    if (!desk.reach().staff(appeal.staff)) continue;
    const auto about = appraisal::grade_proposals(desk.store(), {.id = appeal.proposal});
    if (about.empty()) continue;
    const appraisal::GradeProposal& p = about.front();
    Json one = json_of(appeal);
    for (auto& [name, value] : JsonObject{{"name", desk.name_of(appeal.staff)},
                                          {"branch_name", desk.org_name(p.branch)},
                                          {"pack", p.pack},
                                          {"was", p.was},
                                          {"becomes", p.becomes},
                                          {"change", p.change},
                                          {"accepted", p.state == "accepted"},
                                          {"decided_first", p.decided_by}})
      one.as_object()->emplace_back(name, value);
    items.push_back(std::move(one));
  }
  return Answer{.items = Items::of(std::move(items))};
}

}  // namespace

void grade_record_shapes(Schemas& out) {
  out["GradeStage"] = object({{"step", integer()},
                              {"grade", text()},
                              {"from", date()},
                              {"to", described(nullable(date()), "its last day; null: still held")},
                              {"days", integer()},
                              {"change", text()},
                              {"score", described(amount(), "of the appraisal that moved it")},
                              {"scheme", text()},
                              {"period", text()},
                              {"reason", text()},
                              {"document", text()},
                              {"body", text()},
                              {"proposal", integer()}});
  out["GradeCareer"] = object(
      {{"staff", text()},
       {"name", text()},
       {"stages", list(ref("GradeStage"))},
       {"awards", list(object({{"name", text()},
                               {"years", list(integer())},
                               {"in_a_row", described(integer(), "years without a gap, up to the last")}}))},
       {"records", described(list(ref("PeopleFact")), "praise, blame, coaching, training; withdrawn ones too")},
       {"balance", object({{"awards", integer()},
                           {"blamed", integer()},
                           {"coached", integer()},
                           {"trained", integer()},
                           {"ratio", described(amount(), "praise for each blame")}})}});
  std::vector<std::pair<std::string, SchemaRef>> appeal = {{"id", integer()},
                                                           {"proposal", integer()},
                                                           {"staff", text()},
                                                           {"reason", text()},
                                                           {"filed_at", moment()},
                                                           {"filed_by", text()},
                                                           {"state", choice({"open", "upheld", "rejected"})},
                                                           {"grade", maybe_text()},
                                                           {"decided_at", nullable(moment())},
                                                           {"decided_by", maybe_text()},
                                                           {"decision", maybe_text()},
                                                           {"name", text()},
                                                           {"branch_name", text()},
                                                           {"pack", text()},
                                                           {"was", text()},
                                                           {"becomes", text()},
                                                           {"change", text()},
                                                           {"accepted", boolean()},
                                                           {"decided_first", described(text(), "who decided")}};
  out["GradeAppealItem"] = object(std::move(appeal));
}

Table grade_record_endpoints() {
  const Parameter pack{"pack", text(200), true, "whose grades: one of /grade-plans"};
  SchemaRef record = optional(object({{"kind", choice({"award", "coaching", "training"})},
                                      {"name", text(200)},
                                      {"value", any()},
                                      {"from", date()},
                                      {"to", nullable(date())},
                                      {"document", text(200)},
                                      {"reason", text(2000)}}),
                              {"to", "reason"});
  return {{.method = "GET",
           .path = "/grades/{staff}/career",
           .summary = "grades from when to when with the appraisal that moved each; titles, coaching, training",
           .permission = Permission::grade_read,
           .parameters = {pack},
           .output = ref("GradeCareer"),
           .handler = show_career},
          {.method = "POST",
           .path = "/grades/{staff}/records",
           .summary = "records praise, coaching or training of somebody else",
           .permission = Permission::grade_propose,
           .input = record,
           .output = ref("PeopleFact"),
           .handler = keep_record},
          {.method = "POST",
           .path = "/grades/{staff}/records/{id}/withdraw",
           .summary = "withdraws what was recorded wrongly",
           .permission = Permission::grade_propose,
           .input = object({{"reason", text(2000)}}),
           .handler = withdraw_record},
          {.method = "GET",
           .path = "/grade-appeals",
           .summary = "appeals against decisions on grades, newest first",
           .permission = Permission::grade_read,
           .parameters = {{"state", choice({"open", "upheld", "rejected"}), false, "", "state"}},
           .output = list_of("GradeAppealItem"),
           .handler = list_appeals,
           .list = true,
           .searched = {"name", "staff"}}};
}

}  // namespace guanhu::api
