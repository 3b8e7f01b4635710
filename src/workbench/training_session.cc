// Sessions and who comes.
#include "workbench/training_session.h"

#include <algorithm>

#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonObject;

namespace {

bool is_time(const std::string& t) {
  return t.size() == 5 && t[2] == ':' && t[0] >= '0' && t[0] <= '2' && t[1] >= '0' && t[1] <= '9' &&
         (t[0] < '2' || t[1] <= '3') && t[3] >= '0' && t[3] <= '5' && t[4] >= '0' && t[4] <= '9';
}

std::string state_title(const std::string& state) {
  return state == "planned"  ? "还没有办"
         : state == "held"   ? "已经开始登记出勤"
         : state == "closed" ? "已经办完"
                             : "已经取消";
}

Error wrong_state(const std::string& state) {
  return {"tsession.state", "这场培训" + state_title(state) + "，不能这样做", "state", "刷新以后再看"};
}

base::Status check(store::Session& session, const TrainingSession& s) {
  auto course = records::record(session, kCourse, s.record.parent);
  if (!course.ok() || course->removed || (course->state != "on" && !s.record.id))
    return Error{"tsession.course", "没有这门课，或者已经停用", "course", "先建课程"};
  if (!s.record.day || !s.record.until || *s.record.until < *s.record.day || *s.record.until - *s.record.day > 60)
    return Error{"tsession.day", "止日不能早于起日，一场最多六十天", "until", ""};
  if (!is_time(s.from) || !is_time(s.to) || (s.to <= s.from && *s.record.day == *s.record.until))
    return Error{"tsession.time", "起止时间写成 09:00，结束在开始以后", "from", ""};
  if (s.teacher.empty() && s.lecturer.empty())
    return Error{"tsession.teacher", "要写谁讲：本行员工，或者外请的人", "teacher", ""};
  if (s.capacity < 0 || s.capacity > 10'000)
    return Error{"tsession.capacity", "名额在 0 至 10000 之间", "capacity", "0 不限"};
  if (s.hours <= 0 || s.hours > 100'000)
    return Error{"tsession.hours", "学时在 0.01 至 1000 之间，最多两位小数", "hours", ""};
  if (s.enrol_until && *s.enrol_until > *s.record.until)
    return Error{"tsession.enrol", "报名截止不能在培训结束以后", "enrol_until", ""};
  if (!s.plan) return {};
  auto plan = records::record(session, kTrainingPlan, s.plan);
  if (plan.ok() && plan->state == "approved")
    for (const PlanLine& one : training_plan_of(*plan).lines)
      if (one.id == s.line) return {};
  return Error{"tsession.plan", "没有批准的计划里有这一项", "plan", "计划批准以后再排班"};
}

}  // namespace

TrainingSession training_session_of(const records::Record& record) {
  if (record.kind != kSession || !record.day || !record.until)
    throw base::Broken("record " + std::to_string(record.id) + " is no session of training");
  const Json& body = record.body;
  TrainingSession out;
  out.record = record, out.plan = whole_in(body, "plan"), out.line = whole_in(body, "line");
  out.from = text_in(body, "from"), out.to = text_in(body, "to"), out.place = text_in(body, "place");
  out.teacher = text_in(body, "teacher"), out.lecturer = text_in(body, "lecturer");
  out.contents = texts_in(body, "contents"), out.hours = whole_in(body, "hours");
  out.capacity = whole_in(body, "capacity"), out.self_enrol = flag_in(body, "self_enrol");
  out.enrol_until = day_in(body, "enrol_until");
  return out;
}

namespace {

base::Result<TrainingSession> kept(store::Session& session, const TrainingSession& s, const std::string& action,
                                   const std::string& why, const std::vector<std::string>* files,
                                   const records::Doing& doing, bool inside = false) {
  records::Change change;
  change.record = s.record, change.action = action, change.why = why, change.words = s.place + "\n" + s.lecturer;
  change.record.body = JsonObject{{"plan", s.plan},
                                  {"line", s.line},
                                  {"from", s.from},
                                  {"to", s.to},
                                  {"place", s.place},
                                  {"teacher", s.teacher},
                                  {"lecturer", s.lecturer},
                                  {"contents", texts_json(s.contents)},
                                  {"hours", s.hours},
                                  {"capacity", s.capacity},
                                  {"self_enrol", s.self_enrol},
                                  {"enrol_until", day_or_null(s.enrol_until)}};
  if (files) change.files = *files;
  else
    for (const auto& file : records::files_of(session, s.record.id)) change.files.push_back(file.digest);
  auto written = inside ? records::write_in(session, change, doing) : records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return training_session_of(*written);
}

base::Result<TrainingSession> found_session(store::Session& session, int64_t id) {
  auto found = records::record(session, kSession, id);
  if (!found.ok()) return found.error();
  return training_session_of(*found);
}

void tell(const records::Doing& doing, const TrainingSession& s, const std::string& action) {
  if (doing.also) doing.also(s.record, action);
}

}  // namespace

// TRN-607
base::Result<TrainingSession> keep_session(store::Session& session, const TrainingRules& rules,
                                           const TrainingSession& ask, const std::vector<std::string>& files,
                                           const records::Doing& doing) {
  TrainingSession s = ask;
  if (auto fits = check(session, s); !fits.ok()) return fits.error();
  const Course course = course_of(*records::record(session, kCourse, s.record.parent));
  s.contents = course.contents;
  if (auto known = rules.unified(s.contents); !known.ok()) return known.error();
  if (s.record.id) {
    auto found = records::record(session, kSession, s.record.id);
    if (!found.ok()) return found.error();
    if (found->state != "planned") return wrong_state(found->state);
    records::Record kept_head = *found;
    kept_head.version = s.record.version, kept_head.title = s.record.title, kept_head.day = s.record.day;
    kept_head.until = s.record.until;
    s.record = kept_head;
  } else {
    s.record.kind = kSession, s.record.state = "planned";
  }
  return kept(session, s, "training.session", "", &files, doing);
}

base::Result<TrainingSession> step_session(store::Session& session, int64_t id, int64_t version,
                                           const std::string& what, const std::string& why,
                                           const records::Doing& doing) {
  auto s = found_session(session, id);
  if (!s.ok()) return s;
  if (what == "cancel") {
    if (s->record.state != "planned") return wrong_state(s->record.state);
    if (why.empty()) return Error{"tsession.why", "写为什么取消", "why", "一句话"};
    s->record.state = "cancelled";
  } else if (what == "close") {
    if (s->record.state != "held") return wrong_state(s->record.state);
    size_t open = 0;
    const auto rows = attendance_in(session, id);
    for (const Place& one : places(session, id))
      open += one.state == "enrolled" && std::none_of(rows.begin(), rows.end(), [&](const Attendance& a) {
                return !a.replaced && a.staff == one.staff;
              });
    if (open)
      return Error{"tsession.open", "还有 " + std::to_string(open) + " 人没有登记出勤", "attendance",
                   "登记完再结束"};
    s->record.state = "closed";
  } else {
    return Error{"tsession.step", "没有“" + what + "”这一步", "what", ""};
  }
  s->record.version = version;
  return kept(session, *s, "training.session." + what, why, nullptr, doing);
}

// ---------------------------------------------------------------------------- places

namespace {

constexpr const char* kPlaceColumns = "session, staff, state, how, reason, seq, wrong_codes, at, actor";

Place read_place(const store::Row& row) {
  return {row.integer(0), row.text(1), row.text(2),    row.text(3),   row.text(4),
          row.text(7),    row.text(8), row.integer(5), row.integer(6)};
}

int64_t taken(store::Session& session, int64_t training) {
  return session
      .query("SELECT count(*) FROM training_places WHERE session = ? AND state = 'enrolled'", {training})[0]
      .integer(0);
}

void put(store::Session& session, const TrainingSession& s, const std::string& staff, bool by_self,
         const records::Doing& doing) {
  const auto there =
      session.query("SELECT state FROM training_places WHERE session = ? AND staff = ?", {s.record.id, staff});
  if (!there.empty() && there[0].text(0) != "left") return;
  const int64_t seq =
      session.query("SELECT coalesce(max(seq), 0) + 1 FROM training_places WHERE session = ?", {s.record.id})[0]
          .integer(0);
  const bool full = s.capacity && taken(session, s.record.id) >= s.capacity;
  session.exec("DELETE FROM training_places WHERE session = ? AND staff = ?", {s.record.id, staff});
  session.exec(
      "INSERT INTO training_places (session, staff, state, how, reason, seq, wrong_codes, at, actor)"
      " VALUES (?, ?, ?, ?, '', ?, 0, ?, ?)",
      {s.record.id, staff, full ? "waiting" : "enrolled", by_self ? "self" : "called", seq, doing.at.str(),
       doing.login});
}

}  // namespace

std::vector<Place> places(store::Session& session, int64_t training) {
  std::vector<Place> out;
  for (const auto& row : session.query(
           std::string("SELECT ") + kPlaceColumns + " FROM training_places WHERE session = ? ORDER BY seq",
           {training}))
    out.push_back(read_place(row));
  return out;
}

std::vector<Place> places_of(store::Session& session, const std::string& staff) {
  std::vector<Place> out;
  for (const auto& row :
       session.query(std::string("SELECT ") + kPlaceColumns +
                         " FROM training_places WHERE staff = ? AND state <> 'left' ORDER BY session",
                     {staff}))
    out.push_back(read_place(row));
  return out;
}

// TRN-305: who has the right to be trained puts himself in.
base::Result<int64_t> enrol(store::Session& session, int64_t training, const std::vector<std::string>& staff,
                            bool by_self, Date today, const records::Doing& doing) {
  base::Result<int64_t> out = int64_t{0};
  session.transaction([&] {
    auto s = found_session(session, training);
    if (!s.ok()) out = s.error();
    else if (s->record.state != "planned" && (by_self || s->record.state != "held"))
      out = wrong_state(s->record.state);
    else if (by_self && !s->self_enrol)
      out = Error{"tsession.self", "这场培训由组织的人点名，不能自己报名", "", "要参加的找组织的人"};
    else if (by_self && today > s->enrol_until.value_or(*s->record.day))
      out = Error{"tsession.enrol", "报名已经截止", "", "要参加的找组织的人"};
    if (!out.ok()) return;
    const size_t before = places(session, training).size();
    for (const auto& one : staff) put(session, *s, one, by_self, doing);
    tell(doing, *s, by_self ? "training.enrol.self" : "training.enrol");
    out = static_cast<int64_t>(places(session, training).size() - before);
  });
  return out;
}

base::Result<std::string> leave_place(store::Session& session, int64_t training, const std::string& staff,
                                      const std::string& why, const records::Doing& doing) {
  base::Result<std::string> out = std::string();
  session.transaction([&] {
    auto s = found_session(session, training);
    if (!s.ok()) return void(out = s.error());
    if (s->record.state != "planned") return void(out = wrong_state(s->record.state));
    if (why.empty()) return void(out = Error{"tsession.why", "写为什么不参加", "why", "一句话"});
    const auto there =
        session.query("SELECT state FROM training_places WHERE session = ? AND staff = ? AND state <> 'left'",
                      {training, staff});
    if (there.empty()) return void(out = Error{"tsession.place", "名单里没有这个人", "staff", ""});
    session.exec(
        "UPDATE training_places SET state = 'left', reason = ?, at = ?, actor = ? WHERE session = ? AND staff = ?",
        {why, doing.at.str(), doing.login, training, staff});
    const auto next = session.query(
        "SELECT staff FROM training_places WHERE session = ? AND state = 'waiting' ORDER BY seq LIMIT 1",
        {training});
    if (there[0].text(0) == "enrolled" && !next.empty()) {
      out = next[0].text(0);
      session.exec("UPDATE training_places SET state = 'enrolled' WHERE session = ? AND staff = ?",
                   {training, *out});
    }
    tell(doing, *s, "training.leave");
  });
  return out;
}

// ---------------------------------------------------------------------------- used by training_attendance.cc

base::Status mark_held(store::Session& session, TrainingSession s, const records::Doing& doing) {
  if (s.record.state != "planned") return {};
  s.record.state = "held";
  auto done = kept(session, s, "training.session.hold", "", nullptr, doing, true);
  if (!done.ok()) return done.error();
  return {};
}

}  // namespace guanhu::workbench
