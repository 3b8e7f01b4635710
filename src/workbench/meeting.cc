#include "workbench/meeting.h"

#include <algorithm>
#include <set>

#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kMinutes = 20'000, kDecisions = 50, kPoints = 50;

std::string state_title(const std::string& state) {
  if (state == "prepared") return "还没有开";
  if (state == "held") return "开过了，纪要还没有发";
  if (state == "minuted") return "的纪要已经发出";
  if (state == "confirmed") return "的纪要已经确认";
  return "已经取消";
}

Json body_of(const Meeting& m) {
  JsonArray agenda, attendance, decisions, agreed;
  for (const AgendaPoint& one : m.agenda)
    agenda.push_back(JsonObject{{"title", one.title}, {"text", one.text}, {"figures", one.figures}});
  for (const Attended& one : m.attendance)
    attendance.push_back(JsonObject{{"staff", one.staff}, {"state", one.state}});
  for (const MeetingDecision& one : m.decisions)
    decisions.push_back(
        JsonObject{{"id", one.id}, {"text", one.text}, {"who", one.who}, {"due", day_or_null(one.due)}});
  for (const Agreed& one : m.agreed)
    agreed.push_back(JsonObject{{"staff", one.staff}, {"at", one.at}, {"objection", one.objection}});
  return JsonObject{{"time", m.time},
                    {"place", m.place},
                    {"people", texts_json(m.people)},
                    {"agenda", std::move(agenda)},
                    {"attendance", std::move(attendance)},
                    {"minutes", m.minutes},
                    {"decisions", std::move(decisions)},
                    {"agreed", std::move(agreed)}};
}

std::string words_of(const Meeting& m) {
  std::string out = m.minutes;
  for (const AgendaPoint& one : m.agenda) out += "\n" + one.title + " " + one.text;
  for (const MeetingDecision& one : m.decisions) out += "\n" + one.text;
  return out;
}

base::Result<Meeting> kept(store::Session& session, const Meeting& m, const std::string& action,
                           const std::string& why, const std::vector<std::string>* files,
                           const records::Doing& doing) {
  records::Change change;
  change.record = m.record, change.record.body = body_of(m), change.action = action, change.why = why;
  change.words = words_of(m);
  // What hangs on it stays, unless the writer says what hangs on it from now on.
  if (files) change.files = *files;
  else if (m.record.id)
    for (const auto& file : records::files_of(session, m.record.id)) change.files.push_back(file.digest);
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return meeting_of(*written);
}

base::Result<Meeting> open_meeting(store::Session& session, int64_t id, int64_t version,
                                   std::initializer_list<const char*> states) {
  auto found = records::record(session, kMeeting, id);
  if (!found.ok()) return found.error();
  Meeting m = meeting_of(*found);
  if (version) m.record.version = version;
  if (std::none_of(states.begin(), states.end(), [&](const char* s) { return found->state == s; }))
    return Error{"meeting.state", "这次会" + state_title(found->state) + "，不能这样做", "state", "刷新以后再看"};
  return m;
}

void read_parts(Meeting& out, const Json& body) {
  if (body.find("time")) out.time = text_in(body, "time");
  if (body.find("place")) out.place = text_in(body, "place");
  if (body.find("minutes")) out.minutes = text_in(body, "minutes");
  if (body.find("people")) out.people = texts_in(body, "people");
  if (body.find("agenda")) {
    out.agenda.clear();
    for (const Json& one : list_in(body, "agenda"))
      out.agenda.push_back({text_in(one, "title"), text_in(one, "text"), list_in(one, "figures")});
  }
  if (body.find("attendance")) {
    out.attendance.clear();
    for (const Json& one : list_in(body, "attendance"))
      out.attendance.push_back({text_in(one, "staff"), text_in(one, "state")});
  }
  if (body.find("decisions")) {
    out.decisions.clear();
    for (const Json& one : list_in(body, "decisions"))
      out.decisions.push_back(
          {whole_in(one, "id"), text_in(one, "text"), text_in(one, "who"), day_in(one, "due")});
  }
}

base::Status check_decisions(const Meeting& m) {
  if (m.decisions.size() > kDecisions) return Error{"meeting.decision", "一次会最多 50 项决定", "decisions", ""};
  for (size_t i = 0; i < m.decisions.size(); ++i) {
    const MeetingDecision& one = m.decisions[i];
    const std::string which = "第 " + std::to_string(i + 1) + " 项决定";
    const std::string where = "decisions/" + std::to_string(i);
    if (one.text.empty() || characters(one.text) > 100 || one.text.find('\n') != one.text.npos)
      return Error{"meeting.decision", which + "要用一句话写明做什么，最多 100 字", where, ""};
    if (std::find(m.people.begin(), m.people.end(), one.who) == m.people.end())
      return Error{"meeting.decision", which + "要由参加会议的人办", where, "从参加的人里选"};
    if (!one.due || *one.due < *m.record.day)
      return Error{"meeting.decision", which + "的期限不能早于开会那天", where, "写哪天以前办完"};
  }
  return {};
}

base::Status check(const Meeting& m) {
  if (m.people.empty() || m.people.size() > 500)
    return Error{"meeting.people", "参加的人要有 1 至 500 人", "people", "选参加的人"};
  if (characters(m.minutes) > kMinutes)
    return Error{"meeting.minutes", "纪要最多两万字", "minutes", "材料作为附件"};
  if (m.agenda.size() > kPoints) return Error{"meeting.agenda", "议程最多 50 项", "agenda", ""};
  for (const AgendaPoint& one : m.agenda)
    if (one.title.empty() || characters(one.title) > 200 || characters(one.text) > 4000)
      return Error{"meeting.agenda", "议程每项要有标题（最多 200 字）", "agenda", ""};
  static const std::set<std::string> kStates = {"present", "late", "excused", "absent"};
  std::set<std::string> seen;
  for (const Attended& one : m.attendance)
    if (!kStates.contains(one.state) || !m.attends(one.staff) || !seen.insert(one.staff).second)
      return Error{"meeting.attendance", "到会情况只记参加的人，一人一次", "attendance", ""};
  return check_decisions(m);
}

}  // namespace

bool Meeting::attends(const std::string& staff) const {
  return std::find(people.begin(), people.end(), staff) != people.end();
}

std::vector<std::string> Meeting::waits_for() const {
  std::vector<std::string> out;
  for (const Attended& one : attendance) {
    if (one.staff == record.owner || (one.state != "present" && one.state != "late")) continue;
    if (std::none_of(agreed.begin(), agreed.end(), [&](const Agreed& a) { return a.staff == one.staff; }))
      out.push_back(one.staff);
  }
  return out;
}

Meeting meeting_of(const records::Record& record) {
  if (record.kind != kMeeting || !record.day)
    throw base::Broken("record " + std::to_string(record.id) + " is no meeting");
  Meeting out;
  out.record = record;
  read_parts(out, record.body);
  for (const Json& one : list_in(record.body, "agreed"))
    out.agreed.push_back({text_in(one, "staff"), text_in(one, "at"), text_in(one, "objection")});
  return out;
}

std::string decision_key(int64_t meeting, int64_t decision) {
  return "meeting:" + std::to_string(meeting) + "|" + std::to_string(decision);
}

base::Result<Meeting> prepare_meeting(store::Session& session, const MeetingAsk& ask,
                                      const records::Doing& doing) {
  Meeting m;
  records::Record& r = m.record;
  r.kind = kMeeting, r.state = "prepared", r.owner = ask.owner, r.org = ask.org, r.day = ask.day;
  r.parent = ask.series, r.title = ask.title;
  if (ask.series) r.key = std::to_string(ask.series) + "|" + ask.day.str();
  m.time = ask.time, m.place = ask.place, m.people = ask.people, m.agenda = ask.agenda;
  if (auto fits = check(m); !fits.ok()) return fits.error();
  return kept(session, m, "meeting.prepare", "", nullptr, doing);
}

base::Result<Meeting> write_meeting(store::Session& session, int64_t id, int64_t version, const Json& json,
                                    const std::vector<std::string>& files, const records::Doing& doing) {
  auto m = open_meeting(session, id, version, {"prepared", "held"});
  if (!m.ok()) return m;
  read_parts(*m, json);
  int64_t most = 0;
  for (const MeetingDecision& one : m->decisions) most = std::max(most, one.id);
  for (MeetingDecision& one : m->decisions)
    if (one.id <= 0) one.id = ++most;
  if (auto fits = check(*m); !fits.ok()) return fits.error();
  if (!m->attendance.empty()) m->record.state = "held";
  return kept(session, *m, "meeting.write", "", &files, doing);
}

namespace {

void keep_decision(store::Session& session, const Meeting& m, const MeetingDecision& one, const TodoDoing& doing) {
  Todo todo;
  todo.key = decision_key(m.record.id, one.id);
  if (todo_with_key(session, todo.key)) return;
  todo.source = "assigned", todo.title = one.text, todo.org = m.record.org, todo.assignee = one.who;
  todo.subject = "meeting", todo.object = std::to_string(m.record.id), todo.object_name = m.record.title;
  todo.rule_day = todo.due = one.due, todo.link = "/meetings/" + std::to_string(m.record.id);
  add_event(session, keep_todo(session, todo, doing.login, doing.at), "made", one.who, doing.login, doing.at);
}

}  // namespace

base::Result<Meeting> send_minutes(store::Session& session, int64_t id, int64_t version, const TodoDoing& todo,
                                   const records::Doing& doing) {
  auto m = open_meeting(session, id, version, {"held"});
  if (!m.ok()) return m;
  if (m->attendance.empty()) return Error{"meeting.attendance", "还没有记谁到会", "attendance", "先记到会情况"};
  if (m->minutes.empty()) return Error{"meeting.minutes", "纪要还没有写", "minutes", "写说了什么、定了什么"};
  m->agreed.clear();
  m->record.state = m->waits_for().empty() ? "confirmed" : "minuted";
  records::Doing with = doing;
  with.also = [&](const records::Record& record, const std::string& action) {
    for (const MeetingDecision& one : m->decisions) keep_decision(session, *m, one, todo);
    if (doing.also) doing.also(record, action);
  };
  return kept(session, *m, "meeting.minutes", "", nullptr, with);
}

base::Result<Meeting> agree(store::Session& session, int64_t id, const std::string& staff,
                            const std::string& objection, const records::Doing& doing) {
  auto m = open_meeting(session, id, 0, {"minuted"});
  if (!m.ok()) return m;
  const auto waits = m->waits_for();
  if (std::find(waits.begin(), waits.end(), staff) == waits.end())
    return Error{"meeting.agreed", "您没有到会，或者已经答复过", "", ""};
  if (characters(objection) > 2000) return Error{"meeting.agreed", "意见最多 2000 字", "objection", ""};
  m->agreed.push_back({staff, doing.at.str(), objection});
  if (!objection.empty()) m->record.state = "held";
  else if (m->waits_for().empty()) m->record.state = "confirmed";
  return kept(session, *m, objection.empty() ? "meeting.agree" : "meeting.object", objection, nullptr, doing);
}

base::Result<Meeting> cancel_meeting(store::Session& session, int64_t id, int64_t version, const std::string& why,
                                     const records::Doing& doing) {
  if (why.empty()) return Error{"meeting.why", "写为什么不开", "why", "一句话"};
  auto m = open_meeting(session, id, version, {"prepared"});
  if (!m.ok()) return m;
  m->record.state = "cancelled";
  return kept(session, *m, "meeting.cancel", why, nullptr, doing);
}

}  // namespace guanhu::workbench
