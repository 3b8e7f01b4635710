// Exams: called, prolonged, cancelled, released; results of people and figures of questions; certificates.
#include <algorithm>
#include <map>

#include "api/training_desk.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using people::Scope;
using workbench::Exam;
using workbench::Sitting;

namespace {

// When it is open, by the bank's clock: "early", "open", "over".
std::string phase_of(TrainingDesk& desk, const Exam& e) {
  if (e.record.state != "called") return e.record.state;
  const auto now = desk.clock().bank_now;
  return now < e.open_from() ? "early" : now < e.open_until() ? "open" : "over";
}

// A mark is the candidate's to see when results are released; where there are more tries already when it is
// marked.
bool shown(const Exam& e, const Sitting& s) {
  return s.state == "released" || (e.tries > 1 && s.state == "marked");
}

Json own_json(const Exam& e, const Sitting& s) {
  const bool open = shown(e, s);
  return JsonObject{{"id", s.id},
                    {"attempt", s.attempt},
                    {"state", s.state},
                    {"started_at", s.started.str()},
                    {"ends_at", s.ends.str()},
                    {"handed_at", s.handed ? Json(s.handed->str()) : Json()},
                    {"handed_how", s.handed_how},
                    {"points", open ? Json(workbench::hundredths_text(s.points)) : Json()},
                    {"most", workbench::hundredths_text(s.most)},
                    {"passed", open ? Json(s.passed) : Json()}};
}

std::vector<Sitting> own_sittings(TrainingDesk& desk, const Exam& e) {
  auto all = workbench::sittings(desk.store(), e.record.id);
  std::erase_if(all, [&](const Sitting& s) { return s.staff != desk.person(); });
  return all;
}

JsonArray may(TrainingDesk& desk, const Exam& e, bool called, const std::vector<Sitting>& own) {
  JsonArray out;
  const std::string phase = phase_of(desk, e);
  const bool manages = desk.can(Permission::exam_manage), live = e.record.state == "called";
  const bool open =
      own.empty() || own.back().state == "sitting" ||
      (own.back().state == "marked" && !own.back().passed && static_cast<int64_t>(own.size()) < e.tries);
  if (called && phase == "open" && open && !desk.exam_staff() && desk.can(Permission::exam_take))
    out.emplace_back("sit");
  if (manages && live) out.emplace_back("call"), out.emplace_back("prolong");
  if (manages && live && workbench::sittings(desk.store(), e.record.id).empty()) out.emplace_back("cancel");
  if (manages) out.emplace_back("mark");
  if (desk.can(Permission::exam_check) && live && (phase == "over" || workbench::all_done(desk.store(), e)) &&
      e.record.made_by != desk.login())
    out.emplace_back("release");
  if (desk.exam_staff() || desk.scope(Permission::training_read) >= Scope::branch) out.emplace_back("results");
  return out;
}

Json exam_json(TrainingDesk& desk, const Exam& e) {
  JsonObject out = desk.head(e.record);
  const auto called = workbench::candidates(desk.store(), e.record.id);
  const bool mine = std::find(called.begin(), called.end(), desk.person()) != called.end();
  const auto own = own_sittings(desk, e);
  JsonArray sittings;
  for (const Sitting& one : own) sittings.push_back(own_json(e, one));
  auto paper = records::record(desk.store(), workbench::kPaper, e.record.parent);
  const workbench::Paper of = workbench::paper_of(*paper);
  out.emplace_back("exam_kind", e.kind), out.emplace_back("about", e.about),
      out.emplace_back("phase", phase_of(desk, e));
  out.emplace_back("opens", e.opens), out.emplace_back("closes", e.closes), out.emplace_back("minutes", e.minutes);
  out.emplace_back("tries", e.tries), out.emplace_back("pass", e.pass.str()),
      out.emplace_back("certificate", e.certificate);
  out.emplace_back("course", e.course ? Json(e.course) : Json()),
      out.emplace_back("course_title", desk.course_title(e.course));
  out.emplace_back("paper", e.record.parent), out.emplace_back("questions", of.questions.size());
  out.emplace_back("most", workbench::hundredths_text(of.most()));
  out.emplace_back("called", mine), out.emplace_back("candidates", called.size());
  out.emplace_back("sittings", std::move(sittings)), out.emplace_back("may", may(desk, e, mine, own));
  out.emplace_back("released_by", e.released_by), out.emplace_back("today", desk.today().str());
  return out;
}

void hand_in_late(TrainingDesk& desk) {
  workbench::hand_in_expired(desk.store(), desk.rules(), desk.now(), desk.writing());
}

Outcome list_exams(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    hand_in_late(desk);
    records::Filter filter;
    filter.kinds = {workbench::kExam}, filter.limit = 2000;
    std::vector<Json> items;
    for (const auto& one : records::list(desk.store(), filter))
      if (desk.sees(one)) items.push_back(exam_json(desk, workbench::exam_of(one)));
    return Answer{.items = Items::of(std::move(items))};
  });
}

template <class Act>
Outcome on_exam(Services& s, const Call& call, Act act) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    auto found = desk.found(workbench::kExam, call.part("id"));
    if (!found) return not_found();
    hand_in_late(desk);
    return act(desk, workbench::exam_of(*found));
  });
}

Outcome show_exam(Services& s, const Call& call) {
  return on_exam(s, call, [](TrainingDesk& desk, const Exam& e) -> Outcome { return Answer{exam_json(desk, e)}; });
}

Outcome call_exam(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    workbench::ExamAsk ask;
    ask.owner = desk.person(), ask.org = desk.org_of(desk.person()), ask.title = call.text("title");
    ask.paper = workbench::whole_in(call.body, "paper"), ask.course = workbench::whole_in(call.body, "course");
    ask.kind = call.text("exam_kind"), ask.about = text_member(call, "about");
    ask.opens = call.text("opens"), ask.closes = call.text("closes"),
    ask.minutes = workbench::whole_in(call.body, "minutes");
    ask.day = *day_member(call, "day"), ask.until = *day_member(call, "until");
    auto made = workbench::call_exam(desk.store(), desk.rules(), ask, desk.writing());
    if (!made.ok()) return record_refusal(made.error());
    return Answer{exam_json(desk, *made)};
  });
}

Outcome call_people(Services& s, const Call& call) {
  return on_exam(s, call, [&](TrainingDesk& desk, const Exam& e) -> Outcome {
    auto who = desk.people_asked(Permission::exam_manage);
    if (!who.ok()) return record_refusal(who.error());
    const auto before = workbench::candidates(desk.store(), e.record.id);
    auto done = workbench::call_candidates(desk.store(), e.record.id, *who, desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    for (const auto& one : *who)
      if (std::find(before.begin(), before.end(), one) == before.end())
        desk.tell(one, "请参加考试", e.record.title + "，" + e.record.day->str() + " 至 " + e.record.until->str(),
                  "/exams/" + std::to_string(e.record.id));
    return Answer{exam_json(desk, e)};
  });
}

Outcome step_exam(Services& s, const Call& call) {
  return on_exam(s, call, [&](TrainingDesk& desk, const Exam& e) -> Outcome {
    const std::string what = call.text("what"), why = text_member(call, "why");
    const int64_t version = workbench::whole_in(call.body, "version");
    if (!desk.can(what == "release" ? Permission::exam_check : Permission::exam_manage)) return forbidden();
    base::Result<Exam> done = base::Error{"exam.step", "没有“" + what + "”这一步", "what", ""};
    if (what == "cancel") done = workbench::cancel_exam(desk.store(), e.record.id, version, why, desk.writing());
    if (what == "prolong")
      done = workbench::prolong_exam(
          desk.store(), e.record.id, version, day_member(call, "until").value_or(*e.record.until),
          text_member(call, "closes").empty() ? e.closes : text_member(call, "closes"), why, desk.writing());
    if (what == "release")
      done = workbench::release_exam(desk.store(), desk.rules(), e.record.id, version,
                                     {desk.clock().bank_now, desk.today()}, desk.people_doing(), desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    if (what == "release")
      for (const auto& [staff, best] : workbench::best_of(workbench::sittings(desk.store(), e.record.id)))
        desk.tell(staff, "考试成绩公布了", e.record.title, "/exams/" + std::to_string(e.record.id));
    return Answer{exam_json(desk, *done)};
  });
}

// ---------------------------------------------------------------------------- results

struct OrgFigures {
  int64_t called = 0, sat = 0, passed = 0;
  Decimal sum;  // of shares of 100
};

Decimal share_of(const Sitting& s) {
  return Decimal::divide(Decimal(s.points * 100), Decimal(s.most))
      .value_or(Decimal(0))
      .round(2, base::Rounding::half_up);
}

JsonArray orgs_json(TrainingDesk& desk, const std::map<std::string, OrgFigures>& orgs) {
  JsonArray out;
  for (const auto& [org, of] : orgs)
    out.push_back(JsonObject{
        {"org", org},
        {"org_name", desk.org_name(org)},
        {"called", of.called},
        {"sat", of.sat},
        {"passed", of.passed},
        {"mean", of.sat ? Json(Decimal::divide(of.sum, Decimal(of.sat))->round(2, base::Rounding::half_up).str())
                        : Json()}});
  return out;
}

JsonArray questions_json(TrainingDesk& desk, const Exam& e, std::vector<Sitting> marked) {
  JsonArray out;
  std::erase_if(marked, [](const Sitting& s) { return s.state != "marked" && s.state != "released"; });
  const auto paper = workbench::paper_of(*records::record(desk.store(), workbench::kPaper, e.record.parent));
  const auto figures = workbench::question_figures(desk.store(), paper, marked);
  auto text = [](const std::optional<Decimal>& value) { return value ? Json(value->str()) : Json(); };
  for (size_t i = 0; i < figures.size(); ++i)
    out.push_back(JsonObject{{"place", i},
                             {"question", paper.questions[i].id},
                             {"stem", paper.questions[i].body.stem},
                             {"type", paper.questions[i].body.type},
                             {"n", figures[i].n},
                             {"full", figures[i].full},
                             {"ease", text(figures[i].ease)},
                             {"discriminates", text(figures[i].discriminates)}});
  return out;
}

// Of the people in reach: exam staff everybody's, a head the branch's. Before the release only exam staff see
// marks.
Outcome show_results(Services& s, const Call& call) {
  return on_exam(s, call, [&](TrainingDesk& desk, const Exam& e) -> Outcome {
    const bool staff_of_exams = desk.exam_staff();
    if (!staff_of_exams && desk.scope(Permission::training_read) < Scope::branch) return forbidden();
    const auto all = workbench::sittings(desk.store(), e.record.id);
    const auto best = workbench::best_of(all);
    std::map<std::string, const Sitting*> last;
    for (const Sitting& one : all) last[one.staff] = &one;
    std::map<std::string, OrgFigures> orgs;
    JsonArray people;
    const bool open = staff_of_exams || e.record.state == "released";
    for (const auto& staff : workbench::candidates(desk.store(), e.record.id)) {
      const std::string org = desk.org_of(staff);
      if (!staff_of_exams && !desk.reaches(Permission::training_read, staff, org)) continue;
      auto found = best.find(staff);
      const bool sat = last.contains(staff), marked = found != best.end() && found->second.state != "handed";
      OrgFigures& of = orgs[desk.directory().branch_of(org)];
      ++of.called, of.sat += marked && open, of.passed += marked && open && found->second.passed;
      if (marked && open) of.sum = Decimal::add(of.sum, share_of(found->second)).value_or(of.sum);
      JsonObject line = *desk.person_json(staff).as_object();
      line.emplace_back("state", sat ? last[staff]->state : "absent");
      line.emplace_back("sitting",
                        sat && staff_of_exams && last[staff]->state != "sitting" ? Json(last[staff]->id) : Json());
      line.emplace_back("attempts", sat ? last[staff]->attempt : int64_t{0});
      line.emplace_back("points",
                        marked && open ? Json(workbench::hundredths_text(found->second.points)) : Json());
      line.emplace_back("share", marked && open ? Json(share_of(found->second).str()) : Json());
      line.emplace_back("passed", marked && open ? Json(found->second.passed) : Json());
      people.push_back(std::move(line));
    }
    JsonArray certificates;
    for (const auto& one : workbench::certificates_of(desk.store(), ""))
      if (one.exam == e.record.id &&
          (staff_of_exams || desk.reaches(Permission::training_read, one.staff, desk.org_of(one.staff))))
        certificates.push_back(certificate_json(desk, one));
    return Answer{JsonObject{{"exam", exam_json(desk, e)},
                             {"people", std::move(people)},
                             {"orgs", orgs_json(desk, orgs)},
                             {"questions", staff_of_exams ? questions_json(desk, e, all) : JsonArray{}},
                             {"certificates", std::move(certificates)}}};
  });
}

// ---------------------------------------------------------------------------- certificates

std::optional<workbench::Certificate> certificate_seen(TrainingDesk& desk, const Call& call) {
  auto found = workbench::certificate(desk.store(), call.part("number"));
  if (!found || !desk.reaches(Permission::training_read, found->staff, desk.org_of(found->staff)))
    return std::nullopt;
  return found;
}

Outcome print_certificate(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  auto found = certificate_seen(desk, call);
  if (!found) return not_found();
  auto exam = records::record(desk.store(), workbench::kExam, found->exam);
  Report out;
  out.bank = desk.facts().bank_name, out.title = found->title + (found->withdrawn_at.empty() ? "" : "（已撤销）");
  out.head = {{"证书编号", found->number},
              {"姓名", desk.name_of(found->staff) + "（" + found->staff + "）"},
              {"机构", desk.org_name(desk.org_of(found->staff))},
              {"考试", exam.ok() ? exam->title : ""}};
  out.boxes = {
      {"成绩", workbench::hundredths_text(found->points) + " / " + workbench::hundredths_text(found->most)},
      {"有效期自", found->from.str()},
      {"有效期至", found->to ? found->to->str() : "长期"}};
  out.notes = {"经考试合格，发给此证。编号可以在系统“培训—记录”里核对；过期的办理换证。"};
  if (!found->withdrawn_at.empty()) out.notes.push_back("撤销理由：" + found->withdrawn_why);
  out.signers = {"发证部门", "持证人"};
  out.source =
      "证书 " + found->number + " · 考试 " + std::to_string(found->exam) + " · 打印 " + desk.today().str();
  desk.store().transaction([&] {
    desk.audit("export.report", "certificate " + found->number,
               JsonObject{{"report", "certificate"}, {"form", "print"}});
  });
  return printed_answer({out}, false, found->number);
}

Outcome withdraw_certificate(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  auto found = certificate_seen(desk, call);
  if (!found) return not_found();
  auto done = workbench::withdraw_certificate(desk.store(), found->number, text_member(call, "why"), desk.person(),
                                              desk.people_doing());
  if (!done.ok()) return record_refusal(done.error());
  return Answer{certificate_json(desk, *done)};
}

}  // namespace

Table exam_endpoints() {
  const SchemaRef exam = optional(object({{"title", text(800)},
                                          {"paper", integer()},
                                          {"course", nullable(integer())},
                                          {"exam_kind", text(100)},
                                          {"about", text(16000)},
                                          {"day", date()},
                                          {"until", date()},
                                          {"opens", text(5)},
                                          {"closes", text(5)},
                                          {"minutes", integer()}}),
                                  {"course", "about"});
  const Permission read = Permission::training_read, manage = Permission::exam_manage;
  return {
      listed(made("GET", "/exams", "exams one is called to or sees", read, nullptr, list_of("Exam"), list_exams),
             {"title", "exam_kind"}, {}),
      made("POST", "/exams", "calls an exam with a checked paper; terms are the rules'", manage, exam, ref("Exam"),
           call_exam),
      made("GET", "/exams/{id}", "an exam, and one's own attempts", read, nullptr, ref("Exam"), show_exam),
      made("POST", "/exams/{id}/candidates", "calls candidates", manage, people_asked_shape(), ref("Exam"),
           call_people),
      made("POST", "/exams/{id}/steps",
           "prolong, cancel (exam.manage); release (exam.check, not by who called it): certificates "
           "and facts of people",
           read,
           optional(object({{"version", integer()},
                            {"what", choice({"prolong", "cancel", "release"})},
                            {"why", text(2000)},
                            {"until", nullable(date())},
                            {"closes", text(5)}}),
                    {"why", "until", "closes"}),
           ref("Exam"), step_exam),
      made("GET", "/exams/{id}/results", "results of people in reach, by branch, and of the questions", read,
           nullptr, ref("ExamResults"), show_results),
      special(made("GET", "/exam-certificates/{number}/print.html", "a certificate, to print on A4", read, nullptr,
                   nullptr, print_certificate),
              {.produces = "text/html"}),
      made("POST", "/exam-certificates/{number}/withdraw", "withdraws it and what was recorded with it",
           Permission::exam_check, object({{"why", text(2000)}}), ref("ExamCertificate"), withdraw_certificate)};
}

}  // namespace guanhu::api
