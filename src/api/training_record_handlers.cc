// What a person was taught and learned alone, hours of a year, study plans, who holds certificates.
#include <algorithm>
#include <map>
#include <set>

#include "api/training_desk.h"
#include "appraisal/people_facts.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Attendance;
using workbench::Hundredths;

namespace {

int year_asked(TrainingDesk& desk, const Call& call) {
  const int64_t year = id_in(call.get("year").value_or(""));
  return year >= 1990 && year <= 2100 ? static_cast<int>(year) : desk.today().year();
}

struct Year {
  Hundredths taught = 0, studied = 0;
  int64_t sessions = 0;
  std::vector<std::string> contents;  // each once
};

std::vector<records::Record> studies_of(TrainingDesk& desk, const std::string& staff,
                                        const std::optional<Date>& from, const std::optional<Date>& to) {
  records::Filter filter;
  filter.kinds = {workbench::kStudy}, filter.from = from, filter.to = to, filter.limit = 20'000;
  if (!staff.empty()) filter.owners = {staff};
  return records::list(desk.store(), filter);
}

// Own study counts when somebody else has confirmed it.
std::map<std::string, Year> years_of(TrainingDesk& desk, const std::string& staff, int year) {
  const auto first = Date::from_ymd(year, 1, 1), last = Date::from_ymd(year, 12, 31);
  std::map<std::string, Year> out;
  for (const Attendance& one : workbench::attendance(desk.store(), {staff, first, last})) {
    Year& of = out[one.staff];
    of.taught += one.hours, of.sessions += one.state == "present" || one.state == "late";
    for (const auto& content : one.contents)
      if (std::find(of.contents.begin(), of.contents.end(), content) == of.contents.end())
        of.contents.push_back(content);
  }
  for (const auto& one : studies_of(desk, staff, first, last))
    if (one.state == "confirmed") out[one.owner].studied += workbench::study_of(one).hours;
  return out;
}

// Hours, whether they reach the year's, which contents of the unified training were taught (TRN-309).
void add_year(TrainingDesk& desk, JsonObject& out, const Year& year) {
  auto standing = desk.rules().standing(year.taught + year.studied);
  auto unified = desk.rules().unified(year.contents);
  out.emplace_back("hours", workbench::hundredths_text(year.taught + year.studied));
  out.emplace_back("taught", workbench::hundredths_text(year.taught));
  out.emplace_back("studied", workbench::hundredths_text(year.studied));
  out.emplace_back("sessions", year.sessions);
  out.emplace_back("wanted", standing.ok() ? Json(standing->wanted.str()) : Json());
  out.emplace_back("reached", standing.ok() && standing->reached);
  out.emplace_back("unified", unified.ok() ? workbench::texts_json(*unified) : Json(JsonArray{}));
}

Outcome list_records(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    const int year = year_asked(desk, call);
    auto years = years_of(desk, "", year);
    std::map<std::string, int64_t> certificates;
    for (const auto& one : workbench::certificates_of(desk.store(), ""))
      certificates[one.staff] += one.withdrawn_at.empty();
    // TRN-302: who has a study plan of the year.
    std::set<std::string> planned;
    records::Filter plans;
    plans.kinds = {workbench::kStudyPlan}, plans.limit = 20'000;
    for (const auto& one : records::list(desk.store(), plans))
      if (workbench::study_plan_of(one).year == year) planned.insert(one.owner);
    std::vector<Json> items;
    for (const auto* one : desk.reached(Permission::training_read)) {
      JsonObject line = *desk.person_json(one->id).as_object();
      line.emplace_back("position", one->position), line.emplace_back("org", one->org);
      add_year(desk, line, years[one->id]);
      line.emplace_back("certificates", certificates[one->id]);
      line.emplace_back("planned", planned.contains(one->id));
      items.push_back(std::move(line));
    }
    Answer out{.items = Items::of(std::move(items))};
    out.items->beside = {{"year", year}};
    return out;
  });
}

Json study_json(TrainingDesk& desk, const workbench::Study& s) {
  JsonObject out = desk.head(s.record);
  const bool others = !desk.own(s.record.owner) && s.record.made_by != desk.login();
  out.emplace_back("content", s.content), out.emplace_back("result", s.result), out.emplace_back("study", s.kind);
  out.emplace_back("hours", workbench::hundredths_text(s.hours));
  out.emplace_back("files", desk.files_json(s.record.id));
  out.emplace_back("decided_by", s.decided_by), out.emplace_back("decided_why", s.decided_why);
  out.emplace_back("may_decide",
                   others && s.record.state == "noted" && desk.reaches(Permission::training_approve, s.record));
  out.emplace_back("may_change", s.record.owner == desk.person() && s.record.state != "confirmed");
  return out;
}

Json study_plan_json(TrainingDesk& desk, const workbench::StudyPlan& p) {
  JsonObject out = desk.head(p.record);
  JsonArray goals;
  for (const auto& one : p.goals)
    goals.push_back(JsonObject{{"id", one.id},
                               {"what", one.what},
                               {"how", one.how},
                               {"result", one.result},
                               {"by", workbench::day_or_null(one.by)},
                               {"done", workbench::day_or_null(one.done)}});
  out.emplace_back("year", p.year), out.emplace_back("gap", p.gap), out.emplace_back("goals", std::move(goals));
  return out;
}

JsonArray attended_json(TrainingDesk& desk, const std::string& staff) {
  JsonArray out;
  for (const Attendance& one : workbench::attendance(desk.store(), {staff, std::nullopt, std::nullopt})) {
    auto session = records::record(desk.store(), workbench::kSession, one.session);
    out.push_back(JsonObject{{"session", one.session},
                             {"title", session.ok() ? session->title : ""},
                             {"day", one.day.str()},
                             {"state", one.state},
                             {"reason", one.reason},
                             {"hours", workbench::hundredths_text(one.hours)},
                             {"contents", workbench::texts_json(one.contents)}});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

JsonArray exams_json(TrainingDesk& desk, const std::string& staff) {
  JsonArray out;
  for (const auto& one : workbench::sittings_of(desk.store(), staff)) {
    auto exam = records::record(desk.store(), workbench::kExam, one.exam);
    const bool shown = one.state == "released";
    out.push_back(JsonObject{{"exam", one.exam},
                             {"title", exam.ok() ? exam->title : ""},
                             {"day", one.day.str()},
                             {"attempt", one.attempt},
                             {"state", one.state},
                             {"points", shown ? Json(workbench::hundredths_text(one.points)) : Json()},
                             {"most", workbench::hundredths_text(one.most)},
                             {"passed", shown ? Json(one.passed) : Json()}});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

// TRN-303: what an exam of the bank gave, and what was recorded from outside (基金从业, ...).
JsonArray qualifications_json(TrainingDesk& desk, const std::string& staff) {
  JsonArray out;
  for (const auto& one : appraisal::people_facts(desk.store(), {.of = "staff", .subject = staff}))
    if (one.kind == "certificate" || one.kind == "exam" || one.kind == "title")
      out.push_back(JsonObject{{"kind", one.kind},
                               {"name", one.name},
                               {"value", one.value},
                               {"from", one.from.str()},
                               {"to", workbench::day_or_null(one.to)},
                               {"document", one.document}});
  return out;
}

// Of staff and year in path and query, where the asker reaches them.
template <class Body>
Outcome of_person(Services& s, const Call& call, Body body) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    const std::string& staff = call.part("staff");
    if (!desk.directory().person(staff) || !desk.reaches(Permission::training_read, staff, desk.org_of(staff)))
      return not_found();
    return body(desk, staff);
  });
}

Outcome show_record(Services& s, const Call& call) {
  return of_person(s, call, [&](TrainingDesk& desk, const std::string& staff) -> Outcome {
    const int year = year_asked(desk, call);
    JsonObject out = *desk.person_json(staff).as_object();
    out.emplace_back("position", desk.directory().person(staff)->position), out.emplace_back("year", year);
    auto years = years_of(desk, staff, year);
    add_year(desk, out, years[staff]);
    JsonArray studies, certificates;
    for (const auto& one : studies_of(desk, staff, std::nullopt, std::nullopt))
      studies.push_back(study_json(desk, workbench::study_of(one)));
    for (const auto& one : workbench::certificates_of(desk.store(), staff))
      certificates.push_back(certificate_json(desk, one));
    auto plan = records::with_key(desk.store(), workbench::kStudyPlan, workbench::study_plan_key(staff, year));
    out.emplace_back("attended", attended_json(desk, staff)), out.emplace_back("exams", exams_json(desk, staff));
    out.emplace_back("studies", std::move(studies)), out.emplace_back("certificates", std::move(certificates));
    out.emplace_back("qualifications", qualifications_json(desk, staff));
    auto unified = desk.rules().unified(years[staff].contents);
    add_gaps(desk, out, staff, unified.ok() ? *unified : std::vector<std::string>{});
    out.emplace_back("study_plan",
                     plan && !plan->removed ? study_plan_json(desk, workbench::study_plan_of(*plan)) : Json());
    out.emplace_back("all_unified", workbench::texts_json(desk.rules().unified(desk.rules().contents()).value()));
    out.emplace_back("own", staff == desk.person()), out.emplace_back("today", desk.today().str());
    return Answer{std::move(out)};
  });
}

// TRN-007: one's own; nobody writes another's.
Outcome keep_study(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    workbench::StudyAsk ask;
    ask.owner = desk.person(), ask.org = desk.org_of(desk.person());
    if (call.path.contains("id")) {
      auto found = desk.found(workbench::kStudy, call.part("id"));
      if (!found) return not_found();
      if (found->owner != desk.person()) return forbidden();
      ask.id = found->id, ask.version = workbench::whole_in(call.body, "version");
    }
    ask.title = call.text("title"), ask.content = call.text("content"), ask.result = text_member(call, "result");
    ask.kind = call.text("study"), ask.day = *day_member(call, "day"), ask.hours = call.text("hours");
    ask.files = files_member(call);
    auto kept = workbench::keep_study(desk.store(), ask, desk.today(), desk.writing());
    if (!kept.ok()) return record_refusal(kept.error());
    return Answer{study_json(desk, *kept)};
  });
}

Outcome decide_study(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    auto found = desk.found(workbench::kStudy, call.part("id"));
    if (!found) return not_found();
    if (!desk.reaches(Permission::training_approve, *found)) return forbidden();
    auto done = workbench::decide_study(desk.store(), found->id, workbench::whole_in(call.body, "version"),
                                        workbench::flag_in(call.body, "confirmed"), text_member(call, "why"),
                                        desk.person(), desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    return Answer{study_json(desk, *done)};
  });
}

// TRN-609 TRN-612: one's own; TRN-302: a superior writes one where something is missing.
Outcome keep_study_plan(Services& s, const Call& call) {
  return of_person(s, call, [&](TrainingDesk& desk, const std::string& staff) -> Outcome {
    const std::string org = desk.org_of(staff);
    if (staff != desk.person() && !desk.reaches(Permission::training_manage, staff, org)) return forbidden();
    workbench::StudyPlan plan;
    plan.year = static_cast<int>(workbench::whole_in(call.body, "year"));
    if (plan.year < 1990 || plan.year > 2100)
      return record_refusal({"studyplan.year", "年度写成四位数", "year", ""});
    if (auto there =
            records::with_key(desk.store(), workbench::kStudyPlan, workbench::study_plan_key(staff, plan.year)))
      plan.record = *there;
    plan.record.version = workbench::whole_in(call.body, "version");
    plan.record.owner = staff, plan.record.org = org;
    plan.record.title = desk.name_of(staff) + " " + std::to_string(plan.year) + " 年学习计划";
    plan.gap = text_member(call, "gap");
    for (const Json& one : workbench::list_in(call.body, "goals"))
      plan.goals.push_back({workbench::whole_in(one, "id"), workbench::text_in(one, "what"),
                            workbench::text_in(one, "how"), workbench::text_in(one, "result"),
                            workbench::day_in(one, "by"), workbench::day_in(one, "done")});
    auto kept = workbench::keep_study_plan(desk.store(), plan, desk.writing());
    if (!kept.ok()) return record_refusal(kept.error());
    return Answer{study_plan_json(desk, *kept)};
  });
}

// TRN-303: who holds a certificate and is no manager.
Outcome list_candidates(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    auto held = certificates_held(desk);
    std::vector<Json> items;
    for (const auto* one : desk.reached(Permission::training_read)) {
      const bool manager = one->position == "manager" || one->position == "trainee_manager";
      auto listed = desk.rules().candidate(manager, held[one->id].size());
      if (!listed.ok() || !*listed) continue;
      JsonObject line = *desk.person_json(one->id).as_object();
      line.emplace_back("position", one->position), line.emplace_back("held", std::move(held[one->id]));
      line.emplace_back("registered", workbench::texts_json(exams_registered(desk, one->id)));
      items.push_back(std::move(line));
    }
    return Answer{.items = Items::of(std::move(items))};
  });
}

}  // namespace

Table training_record_endpoints() {
  const SchemaRef study = optional(object({{"version", integer()},
                                           {"title", text(800)},
                                           {"content", text(8000)},
                                           {"result", text(8000)},
                                           {"study", choice({"self", "external"})},
                                           {"day", date()},
                                           {"hours", decimal()},
                                           {"files", list(text(64))}}),
                                   {"version", "result", "files"});
  const SchemaRef goal = optional(object({{"id", integer()},
                                          {"what", text(800)},
                                          {"how", text(2000)},
                                          {"result", text(2000)},
                                          {"by", date()},
                                          {"done", nullable(date())}}),
                                  {"id", "how", "result", "done"});
  const SchemaRef plan =
      optional(object({{"version", integer()}, {"year", integer()}, {"gap", text(8000)}, {"goals", list(goal)}}),
               {"version", "gap"});
  const Permission read = Permission::training_read;
  const Parameter year{"year", integer(), false, "this one when absent"};
  return {listed(made("GET", "/training-records", "hours of a year, of everybody in reach", read, nullptr,
                      list_of("TrainingRecordLine", {{"year", integer()}}), list_records),
                 {"name", "staff", "org_name"}, {year}),
          special(made("GET", "/training-records/{staff}", "everything a person was taught, learned, sat", read,
                       nullptr, ref("TrainingRecord"), show_record),
                  {.parameters = {year}}),
          made("POST", "/training-studies", "what one learned alone or outside", read, study, ref("TrainingStudy"),
               keep_study),
          made("PUT", "/training-studies/{id}", "changes one's own until it is confirmed", read, study,
               ref("TrainingStudy"), keep_study),
          made("POST", "/training-studies/{id}/decide", "confirms it, or not with a reason; never one's own",
               Permission::training_approve,
               optional(object({{"version", integer()}, {"confirmed", boolean()}, {"why", text(2000)}}), {"why"}),
               ref("TrainingStudy"), decide_study),
          made("PUT", "/study-plans/{staff}", "the study plan of a year", read, plan, ref("StudyPlan"),
               keep_study_plan),
          listed(made("GET", "/training-candidates", "who holds certificates and is no customer manager", read,
                      nullptr, list_of("TrainingCandidate"), list_candidates),
                 {"name", "staff", "org_name"}, {})};
}

}  // namespace guanhu::api
