// What comes out of a plan of qualitative appraisal: progress, results, the report as a file, how assessors judge.
#include <algorithm>
#include <map>

#include "api/assessment.h"
#include "api/gate.h"
#include "api/handlers.h"
#include "api/shapes.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

constexpr size_t kFewest = 3;  // below so many people no average is shown

// QUA-612: how many are done and pending.
Outcome show_progress(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto found = desk.plan();
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  if (!desk.bank()) return not_found();
  const auto& plan = std::get<appraisal::Plan>(found);
  struct Count {
    size_t assigned = 0, submitted = 0, late = 0;
  };
  std::map<std::string, Count> counts;
  for (const auto& sheet : appraisal::sheets_in(desk.store(), plan.id)) {
    if (sheet.state == "recused") continue;
    Count& count = counts[sheet.assessor];
    ++count.assigned;
    count.submitted += sheet.state == "submitted" ? 1 : 0;
    count.late += sheet.late ? 1 : 0;
  }
  JsonArray assessors, notes;
  for (const auto& [id, count] : counts) {
    Json who = desk.person(id);
    for (const auto& [name, value] : {std::pair("assigned", count.assigned),
                                      std::pair("submitted", count.submitted), std::pair("late", count.late)})
      who.as_object()->emplace_back(name, value);
    assessors.push_back(std::move(who));
  }
  for (const auto& note : appraisal::notes(desk.store(), plan.id))
    notes.push_back(JsonObject{{"at", note.at},
                               {"actor", note.actor},
                               {"kind", note.kind},
                               {"assessor", desk.maybe_person(note.assessor)},
                               {"assessed", plan.spec.anonymous ? Json() : desk.maybe_person(note.assessed)},
                               {"other", desk.maybe_person(note.other)},
                               {"reason", note.reason}});
  return Answer{JsonObject{{"assessors", std::move(assessors)}, {"notes", std::move(notes)}}};
}

// Once they are reported; before that, from the close on, for who sees the whole bank.
bool shows_results(const AssessDesk& desk, const appraisal::Plan& plan) {
  return plan.state == "reported" || (plan.state == "closed" && desk.bank());
}

Json result_json(const AssessDesk& desk, const appraisal::PersonResult& one) {
  const people::Staff* person = desk.directory().person(one.staff);
  const std::string branch_id = person ? desk.directory().branch_of(person->org) : "";
  const people::Org *org = person ? desk.directory().org(person->org) : nullptr,
                    *branch = desk.directory().org(branch_id);
  JsonObject out = {{"staff_id", one.staff},
                    {"name", person ? person->name : one.staff},
                    {"org_id", person ? person->org : ""},
                    {"org_name", org ? org->name : ""},
                    {"branch_id", branch_id},
                    {"branch_name", branch ? branch->name : ""}};
  for (const auto& [name, value] : *one.result.as_object())
    if (name != "staff_id") out.emplace_back(name, value);
  return out;
}

// Of all who have a total; null for so few that one could be told from the others.
std::pair<Json, size_t> average_of(const std::vector<appraisal::PersonResult>& all, const appraisal::Plan& plan) {
  base::Decimal sum;
  size_t counted = 0;
  for (const auto& one : all)
    if (one.total) sum = base::Decimal::add(sum, *one.total).value(), ++counted;
  if (counted < std::max(kFewest, static_cast<size_t>(plan.spec.min_group))) return {Json(), counted};
  auto mean = base::Decimal::divide(sum, base::Decimal(static_cast<int64_t>(counted))).value();
  return {Json(mean.round(plan.spec.scale, base::Rounding::half_up).str()), counted};
}

Outcome list_results(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto found = desk.plan();
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& plan = std::get<appraisal::Plan>(found);
  if (!shows_results(desk, plan)) return not_found();
  auto all = appraisal::results(desk.store(), plan.id);
  auto reach = desk.reach();
  std::vector<Json> items;
  for (const auto& one : all)
    if (reach->staff(one.staff)) items.push_back(result_json(desk, one));
  Answer out{.items = Items::of(std::move(items))};
  auto [average, counted] = average_of(all, plan);
  out.items->beside = {{"average", std::move(average)}, {"counted", counted}};
  return out;
}

Outcome show_result(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto found = desk.plan();
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& plan = std::get<appraisal::Plan>(found);
  const std::string& staff = call.part("staff");
  if (!shows_results(desk, plan) || !desk.reach()->staff(staff)) return not_found();
  auto one = appraisal::result(desk.store(), plan.id, staff);
  if (!one) return not_found();
  Json out = result_json(desk, *one);
  JsonArray forms;
  if (desk.bank())
    for (Json& form : appraisal::open_forms(desk.store(), plan, staff)) {
      for (auto& [name, value] : *form.as_object())
        if ((name == "assessor" || name == "delegated_from") && value.as_string())
          value = desk.person(*value.as_string());
      forms.push_back(std::move(form));
    }
  out.as_object()->emplace_back("average", average_of(appraisal::results(desk.store(), plan.id), plan).first);
  out.as_object()->emplace_back("forms", std::move(forms));
  return Answer{std::move(out)};
}

Outcome export_results(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto found = desk.plan();
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& plan = std::get<appraisal::Plan>(found);
  if (!shows_results(desk, plan)) return not_found();
  auto all = appraisal::results(desk.store(), plan.id);
  auto reach = desk.reach();
  std::erase_if(all, [&](const auto& one) { return !reach->staff(one.staff); });
  AssessmentSheet sheet{plan.spec.title + "  " + plan.spec.period.str(),
                        desk.facts().bank_name,
                        "plan " + std::to_string(plan.id) + "  " + plan.pack_hash.substr(0, 16) + "  " +
                            s.clock().now().str().substr(0, 19) + "Z  " + call.login().login,
                        {}};
  for (const auto& one : all) {
    Json who = desk.person(one.staff);
    sheet.names.push_back({one.staff, *who.find("name")->as_string(), *who.find("org_name")->as_string()});
  }
  http::Response response;
  response.body = assessment_xlsx(sheet, plan, all, call.language == Language::en);
  desk.store().transaction([&] {
    record(desk.store(), call.login().login, "export.assessment", appraisal::subject_of_plan(plan.id),
           JsonObject{{"rows", all.size()}, {"scope", people::scope_name(call.scope)}}, s.clock());
  });
  response.headers = {
      {"content-type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"content-disposition", "attachment; filename=\"assessment-" + std::to_string(plan.id) + ".xlsx\""},
      {"cache-control", "no-store"}};
  response.compress = false;
  return Answer{.raw = std::move(response)};
}

Outcome show_quality(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto found = desk.plan();
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& plan = std::get<appraisal::Plan>(found);
  const Json kept = appraisal::quality(desk.store(), plan.id);
  if (kept.is_null()) return not_found();
  JsonArray assessors, pairs;
  for (const Json& one : *kept.find("assessors")->as_array()) {
    Json who = desk.person(*one.find("staff_id")->as_string());
    for (const char* name : {"assigned", "submitted", "late", "leniency", "halo", "alike", "same_for_all",
                             "lenient", "severe", "blurred"})
      who.as_object()->emplace_back(name, one.find(name) ? *one.find(name) : Json());
    assessors.push_back(std::move(who));
  }
  for (const Json& one : *kept.find("pairs")->as_array())
    pairs.push_back(JsonObject{{"one", desk.person(*one.find("one")->as_string())},
                               {"other", desk.person(*one.find("other")->as_string())},
                               {"from_one", *one.find("from_one")},
                               {"from_other", *one.find("from_other")}});
  return Answer{JsonObject{{"anonymous", plan.spec.anonymous},
                           {"limits", *policy::to_json(*plan.form).find("quality")},
                           {"assessors", std::move(assessors)},
                           {"profiles", *kept.find("profiles")},
                           {"pairs", std::move(pairs)},
                           {"mutual", *kept.find("mutual")},
                           {"reciprocal", *kept.find("reciprocal")}}};
}

}  // namespace

Table assessment_result_endpoints() {
  return {{.method = "GET",
           .path = "/assessment-plans/{id}/progress",
           .summary = "who has handed in how many forms; who stepped aside, handed on, took back",
           .permission = Permission::assessment_read,
           .output = ref("AssessmentProgress"),
           .handler = show_progress},
          {.method = "GET",
           .path = "/assessment-plans/{id}/results",
           .summary = "results of those in scope, once they are reported",
           .permission = Permission::assessment_read,
           .parameters = {{"branch", text(100), false, "only people of this branch", "branch_id"}},
           .output = list_of("AssessmentResult", {{"average", amount()}, {"counted", integer()}}),
           .handler = list_results,
           .list = true,
           .searched = {"staff_id", "name", "org_name", "branch_name"}},
          {.method = "GET",
           .path = "/assessment-plans/{id}/results/{staff}",
           .summary = "one person's result",
           .permission = Permission::assessment_read,
           .output = ref("AssessmentResultWhole"),
           .handler = show_result},
          {.method = "GET",
           .path = "/assessment-plans/{id}/report.xlsx",
           .summary = "the results of those in scope as a file",
           .permission = Permission::score_export,
           .handler = export_results,
           .produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
          {.method = "GET",
           .path = "/assessment-plans/{id}/quality",
           .summary = "how assessors judge: leniency, halo, reciprocity, forms all alike, late and missing ones",
           .permission = Permission::assessment_quality,
           .output = ref("AssessmentQuality"),
           .handler = show_quality}};
}

}  // namespace guanhu::api
