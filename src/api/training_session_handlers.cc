// Sessions of training: who comes, who was there, what they said of it.
#include <algorithm>
#include <map>

#include "api/training_desk.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Attendance;
using workbench::Place;
using workbench::TrainingSession;

namespace {

struct Around {
  std::vector<Place> places;
  std::vector<Attendance> rows;

  Around(TrainingDesk& desk, int64_t id)
      : places(workbench::places(desk.store(), id)), rows(workbench::attendance_in(desk.store(), id)) {}
  const Place* of(const std::string& staff) const {
    for (const Place& one : places)
      if (one.staff == staff && one.state != "left") return &one;
    return nullptr;
  }
  const Attendance* came(const std::string& staff) const {
    for (const Attendance& one : rows)
      if (one.staff == staff && !one.replaced) return &one;
    return nullptr;
  }
  int64_t count(const char* state) const {
    return std::count_if(places.begin(), places.end(), [&](const Place& p) { return p.state == state; });
  }
};

JsonObject line_of(TrainingDesk& desk, const TrainingSession& s, const Around& around) {
  JsonObject out = desk.head(s.record);
  out.emplace_back("course", s.record.parent),
      out.emplace_back("course_title", desk.course_title(s.record.parent));
  out.emplace_back("from", s.from), out.emplace_back("to", s.to), out.emplace_back("place", s.place);
  out.emplace_back("teacher_name", s.teacher.empty() ? s.lecturer : desk.name_of(s.teacher));
  out.emplace_back("hours", workbench::hundredths_text(s.hours)), out.emplace_back("capacity", s.capacity);
  out.emplace_back("enrolled", around.count("enrolled")), out.emplace_back("waiting", around.count("waiting"));
  const Place* mine = around.of(desk.person());
  const Attendance* came = around.came(desk.person());
  out.emplace_back("mine", mine ? Json(mine->state) : Json());
  out.emplace_back("attended", came ? Json(came->state) : Json());
  out.emplace_back("self_enrol", s.self_enrol);
  out.emplace_back("enrol_until", workbench::day_or_null(s.enrol_until));
  return out;
}

Outcome list_sessions(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  records::Filter filter;
  filter.kinds = {workbench::kSession}, filter.limit = 5000;
  filter.from = Date::parse(call.get("from").value_or("")), filter.to = Date::parse(call.get("to").value_or(""));
  std::vector<Json> items;
  const bool mine = call.get("mine").value_or("") == "true";
  for (const auto& one : records::list(desk.store(), filter)) {
    const Around around(desk, one.id);
    const TrainingSession of = workbench::training_session_of(one);
    if (mine && !around.of(desk.person()) && of.teacher != desk.person()) continue;
    items.push_back(line_of(desk, of, around));
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"today", desk.today().str()}};
  return out;
}

// Everybody who is in, with what is recorded of them: for who runs or teaches it.
JsonArray people_json(TrainingDesk& desk, const Around& around) {
  JsonArray out;
  for (const Place& one : around.places) {
    JsonObject line = *desk.person_json(one.staff).as_object();
    JsonArray history;
    const Attendance* came = around.came(one.staff);
    for (const Attendance& row : around.rows)
      if (row.staff == one.staff)
        history.push_back(JsonObject{{"state", row.state},
                                     {"reason", row.reason},
                                     {"way", row.way},
                                     {"at", row.at},
                                     {"by", row.by},
                                     {"replaced", row.replaced}});
    line.emplace_back("state", one.state), line.emplace_back("how", one.how);
    line.emplace_back("reason", one.reason), line.emplace_back("at", one.at);
    line.emplace_back("attended", came ? Json(came->state) : Json());
    line.emplace_back("attended_why", came ? came->reason : "");
    line.emplace_back("hours", came ? Json(workbench::hundredths_text(came->hours)) : Json());
    line.emplace_back("history", std::move(history));
    out.push_back(std::move(line));
  }
  return out;
}

Json mean(int64_t sum, size_t n) {
  auto out = base::Decimal::divide(base::Decimal(sum), base::Decimal(static_cast<int64_t>(n)));
  return out ? Json(out->round(2, base::Rounding::half_up).str()) : Json();
}

// Shown when there is enough of it, and only to who runs or teaches it.
Json feedback_json(TrainingDesk& desk, int64_t id) {
  const auto said = workbench::feedback(desk.store(), id);
  auto shown = desk.rules().feedback_shown(said.size());
  const bool open = shown.ok() && *shown;
  int64_t content = 0, teacher = 0, use = 0;
  JsonArray words;
  for (const auto& one : said) {
    content += one.content, teacher += one.teacher, use += one.use;
    if (open && !one.words.empty()) words.emplace_back(one.words);
  }
  return JsonObject{{"given", said.size()},
                    {"shown", open},
                    {"content", open ? mean(content, said.size()) : Json()},
                    {"teacher", open ? mean(teacher, said.size()) : Json()},
                    {"use", open ? mean(use, said.size()) : Json()},
                    {"words", std::move(words)}};
}

JsonArray may(TrainingDesk& desk, const TrainingSession& s, const Around& around) {
  JsonArray out;
  const std::string& state = s.record.state;
  const bool runs = desk.manages(s.record), teaches = desk.teaches(s),
             open = state == "planned" || state == "held";
  const Date today = desk.today();
  const Place* mine = around.of(desk.person());
  const Attendance* came = around.came(desk.person());
  const bool on = today >= *s.record.day && today <= *s.record.until;
  if (runs && state == "planned") out.emplace_back("write"), out.emplace_back("cancel");
  if (runs && open) out.emplace_back("enrol");
  if (teaches && open && today >= *s.record.day) out.emplace_back("attendance");
  if (teaches && open && on) out.emplace_back("code");
  if (teaches && state == "held") out.emplace_back("close");
  if (!mine && s.self_enrol && state == "planned" && today <= s.enrol_until.value_or(*s.record.day))
    out.emplace_back("join");
  if (mine && state == "planned") out.emplace_back("leave");
  if (mine && mine->state == "enrolled" && open && on && !came) out.emplace_back("sign_in");
  if (came && (came->state == "present" || came->state == "late") &&
      !workbench::has_given(desk.store(), s.record.id, desk.person()))
    out.emplace_back("feedback");
  return out;
}

Json session_json(TrainingDesk& desk, const TrainingSession& s) {
  const Around around(desk, s.record.id);
  JsonObject out = line_of(desk, s, around);
  const bool over = desk.teaches(s);
  out.emplace_back("teacher", s.teacher), out.emplace_back("lecturer", s.lecturer);
  out.emplace_back("contents", workbench::texts_json(s.contents));
  out.emplace_back("plan", s.plan ? Json(s.plan) : Json()),
      out.emplace_back("line", s.line ? Json(s.line) : Json());
  out.emplace_back("files", desk.files_json(s.record.id));
  out.emplace_back("people", over ? people_json(desk, around) : JsonArray{});
  out.emplace_back("feedback", over ? feedback_json(desk, s.record.id) : Json());
  out.emplace_back("may", may(desk, s, around)), out.emplace_back("today", desk.today().str());
  return out;
}

// What every handler about one session does: finds it, asks whether one may, acts, shows what became of it.
template <class May, class Act>
Outcome on_session(Services& services, const Call& call, May may_do, Act act) {
  return with_training(services, call, [&](TrainingDesk& desk) -> Outcome {
    auto found = desk.found(workbench::kSession, call.part("id"));
    if (!found) return not_found();
    const TrainingSession s = workbench::training_session_of(*found);
    if (!may_do(desk, s)) return forbidden();
    base::Status done = act(desk, s);
    if (!done.ok()) return record_refusal(done.error());
    return Answer{session_json(
        desk, workbench::training_session_of(*records::record(desk.store(), workbench::kSession, found->id)))};
  });
}
const auto kAnybody = [](TrainingDesk&, const TrainingSession&) { return true; };
const auto kTeacher = [](TrainingDesk& desk, const TrainingSession& s) { return desk.teaches(s); };
const auto kManager = [](TrainingDesk& desk, const TrainingSession& s) { return desk.manages(s.record); };

template <class T>
base::Status status_of_result(const base::Result<T>& result) {
  return result.ok() ? base::Status() : base::Status(result.error());
}

Outcome show_session(Services& s, const Call& call) {
  return on_session(s, call, kAnybody, [](TrainingDesk&, const TrainingSession&) { return base::Status(); });
}

Outcome keep_session(Services& services, const Call& call) {
  return with_training(services, call, [&](TrainingDesk& desk) -> Outcome {
    TrainingSession s;
    s.record.owner = desk.person(), s.record.org = desk.org_of(desk.person());
    s.record.parent = workbench::whole_in(call.body, "course");
    if (call.path.contains("id")) {
      auto found = desk.found(workbench::kSession, call.part("id"));
      if (!found) return not_found();
      if (!desk.manages(*found)) return forbidden();
      s.record = *found, s.record.version = workbench::whole_in(call.body, "version");
    }
    const Json& body = call.body;
    s.record.title = call.text("title"), s.record.day = day_member(call, "day");
    s.record.until = day_member(call, "until") ? day_member(call, "until") : s.record.day;
    s.plan = workbench::whole_in(body, "plan"), s.line = workbench::whole_in(body, "line");
    s.from = call.text("from"), s.to = call.text("to"), s.place = text_member(call, "place");
    s.teacher = text_member(call, "teacher"), s.lecturer = text_member(call, "lecturer");
    s.hours = hundredths_member(body, "hours").value_or(0), s.capacity = workbench::whole_in(body, "capacity");
    s.self_enrol = workbench::flag_in(body, "self_enrol"), s.enrol_until = day_member(call, "enrol_until");
    if (!s.teacher.empty() && !desk.directory().person(s.teacher))
      return record_refusal({"tsession.teacher", "没有员工 " + s.teacher, "teacher", "外请的写姓名"});
    auto kept = workbench::keep_session(desk.store(), desk.rules(), s, files_member(call), desk.writing());
    if (!kept.ok()) return record_refusal(kept.error());
    return Answer{session_json(desk, *kept)};
  });
}

Outcome step_session(Services& s, const Call& call) {
  const std::string what = call.text("what");
  return on_session(
      s, call,
      [&](TrainingDesk& desk, const TrainingSession& of) {
        return what == "close" ? desk.teaches(of) : desk.manages(of.record);
      },
      [&](TrainingDesk& desk, const TrainingSession& of) {
        auto done = workbench::step_session(desk.store(), of.record.id, workbench::whole_in(call.body, "version"),
                                            what, text_member(call, "why"), desk.writing());
        if (done.ok() && what == "cancel")
          for (const Place& one : workbench::places(desk.store(), of.record.id))
            if (one.state != "left")
              desk.tell(one.staff, "培训取消", of.record.title + "：" + text_member(call, "why"),
                        "/training/sessions/" + std::to_string(of.record.id));
        return status_of_result(done);
      });
}

Outcome enrol(Services& s, const Call& call) {
  return on_session(s, call, kManager, [&](TrainingDesk& desk, const TrainingSession& of) -> base::Status {
    auto who = desk.people_asked(Permission::training_manage);
    if (!who.ok()) return who.error();
    auto done = workbench::enrol(desk.store(), of.record.id, *who, false, desk.today(), desk.writing());
    if (done.ok())
      for (const auto& one : *who)
        desk.tell(one, "请参加培训",
                  of.record.title + "，" + of.record.day->str() + " " + of.from + " " + of.place,
                  "/training/sessions/" + std::to_string(of.record.id));
    return status_of_result(done);
  });
}

Outcome join(Services& s, const Call& call) {
  return on_session(s, call, kAnybody, [](TrainingDesk& desk, const TrainingSession& of) -> base::Status {
    if (!desk.directory().person(desk.person()))
      return base::Error{"tsession.self", "您不是在岗员工，不能报名", "", ""};
    return status_of_result(
        workbench::enrol(desk.store(), of.record.id, {desk.person()}, true, desk.today(), desk.writing()));
  });
}

// One's own, or somebody's by whoever runs it.
Outcome leave(Services& s, const Call& call) {
  const std::string staff = text_member(call, "staff");
  return on_session(
      s, call,
      [&](TrainingDesk& desk, const TrainingSession& of) {
        return staff.empty() || staff == desk.person() || desk.manages(of.record);
      },
      [&](TrainingDesk& desk, const TrainingSession& of) -> base::Status {
        auto next = workbench::leave_place(desk.store(), of.record.id, staff.empty() ? desk.person() : staff,
                                           text_member(call, "why"), desk.writing());
        if (!next.ok()) return next.error();
        if (!next->empty())
          desk.tell(*next, "候补到了名额", of.record.title + "，" + of.record.day->str(),
                    "/training/sessions/" + std::to_string(of.record.id));
        return {};
      });
}

Outcome attendance(Services& s, const Call& call) {
  return on_session(s, call, kTeacher, [&](TrainingDesk& desk, const TrainingSession& of) {
    std::vector<workbench::AttendanceAsk> asks;
    for (const Json& one : workbench::list_in(call.body, "rows"))
      asks.push_back(
          {workbench::text_in(one, "staff"), workbench::text_in(one, "state"), workbench::text_in(one, "reason")});
    return workbench::record_attendance(desk.store(), desk.rules(), of.record.id, asks, desk.person(),
                                        desk.today(), desk.writing());
  });
}

Outcome show_code(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  auto found = desk.found(workbench::kSession, call.part("id"));
  if (!found) return not_found();
  const TrainingSession of = workbench::training_session_of(*found);
  if (!desk.teaches(of)) return forbidden();
  if (desk.today() < *found->day || desk.today() > *found->until)
    return record_refusal({"tsession.today", "今天没有这场培训", "", "在 " + found->day->str() + " 再看口令"});
  return Answer{JsonObject{{"code", workbench::code_of_day(desk.store(), found->id, desk.today())},
                           {"day", desk.today().str()}}};
}

Outcome sign_in(Services& s, const Call& call) {
  return on_session(s, call, kAnybody, [&](TrainingDesk& desk, const TrainingSession& of) {
    return workbench::sign_in(desk.store(), desk.rules(), of.record.id, desk.person(), call.text("code"),
                              desk.today(), desk.writing());
  });
}

Outcome give_feedback(Services& s, const Call& call) {
  return on_session(s, call, kAnybody, [&](TrainingDesk& desk, const TrainingSession& of) {
    auto mark = [&](const char* name) { return workbench::whole_in(call.body, name); };
    return workbench::give_feedback(desk.store(), of.record.id, desk.person(),
                                    {mark("content"), mark("teacher"), mark("use"), text_member(call, "words")},
                                    desk.writing());
  });
}

SchemaRef session_shape() {
  return optional(object({{"version", integer()},
                          {"title", text(800)},
                          {"course", integer()},
                          {"plan", nullable(integer())},
                          {"line", nullable(integer())},
                          {"day", date()},
                          {"until", nullable(date())},
                          {"from", text(5)},
                          {"to", text(5)},
                          {"place", text(400)},
                          {"teacher", text(100)},
                          {"lecturer", text(200)},
                          {"hours", decimal()},
                          {"capacity", integer()},
                          {"self_enrol", boolean()},
                          {"enrol_until", nullable(date())},
                          {"files", list(text(64))}}),
                  {"version", "plan", "line", "until", "place", "teacher", "lecturer", "capacity", "self_enrol",
                   "enrol_until", "files"});
}

}  // namespace

Table training_session_endpoints() {
  const SchemaRef rows =
      object({{"rows", list(optional(object({{"staff", text(100)},
                                             {"state", choice({"present", "late", "excused", "absent"})},
                                             {"reason", text(2000)}}),
                                     {"reason"}))}});
  const SchemaRef marks =
      optional(object({{"content", integer()}, {"teacher", integer()}, {"use", integer()}, {"words", text(4000)}}),
               {"words"});
  const Permission read = Permission::training_read, manage = Permission::training_manage;
  const SchemaRef out = ref("TrainingSession");
  const std::string one = "/training-sessions/{id}";
  return {
      listed(made("GET", "/training-sessions", "sessions of a span, or those one is in or teaches", read, nullptr,
                  list_of("TrainingSessionLine", {{"today", date()}}), list_sessions),
             {"title", "course_title", "teacher_name", "place"},
             {{"from", date()},
              {"to", date()},
              {"mine", choice({"true", "false"})},
              {"state", choice({"planned", "held", "closed", "cancelled"}), false, "", "state"}}),
      made("POST", "/training-sessions", "calls a session of a course", manage, session_shape(), out,
           keep_session),
      made("GET", one, "a session; who comes only for who runs or teaches it", read, nullptr, out, show_session),
      made("PUT", one, "changes what is planned", manage, session_shape(), out, keep_session),
      made("POST", one + "/steps", "cancel with a reason, close when everybody is recorded", read,
           optional(object({{"version", integer()}, {"what", choice({"cancel", "close"})}, {"why", text(2000)}}),
                    {"why"}),
           out, step_session),
      made("POST", one + "/places", "calls people: organisations, positions, teams, one by one", manage,
           people_asked_shape(), out, enrol),
      made("POST", one + "/join", "puts oneself in; beyond the capacity one waits", read, nullptr, out, join),
      made("POST", one + "/leave", "leaves, or takes somebody out; who waits longest moves up", read,
           optional(object({{"staff", text(100)}, {"why", text(2000)}}), {"staff"}), out, leave),
      special(made("POST", one + "/attendance", "attendance by the teacher; a correction is a new version", read,
                   rows, out, attendance),
              {.body_limit = 1024 * 1024}),
      made("GET", one + "/code", "the code of the day, for the teacher to show", read, nullptr,
           object({{"code", text()}, {"day", date()}}), show_code),
      made("POST", one + "/sign-in", "signs oneself in with the code of the day", read,
           object({{"code", text(10)}}), out, sign_in),
      made("POST", one + "/feedback", "what one says of it; without a name", read, marks, out, give_feedback)};
}

}  // namespace guanhu::api
