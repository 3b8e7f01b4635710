// Who was there, and what they said of it.
#include <sys/random.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "base/digest.h"
#include "workbench/training_session.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;

// Of training_session.cc: a session whose attendance begins is held; inside a transaction.
base::Status mark_held(store::Session& session, TrainingSession s, const records::Doing& doing);

namespace {

std::string random_hex() {
  unsigned char raw[16];
  if (::getrandom(raw, sizeof raw, 0) != static_cast<ssize_t>(sizeof raw)) throw base::Broken("no random bytes");
  return base::hex_of({reinterpret_cast<const char*>(raw), sizeof raw});
}

constexpr const char* kColumns =
    "attendance_id, session, staff, day, state, reason, way, hours, contents, unified, at, actor, replaced";

Attendance read_row(const store::Row& row) {
  Attendance out;
  out.id = row.integer(0), out.session = row.integer(1), out.staff = row.text(2);
  out.day = Date::parse(row.text(3)).value(), out.state = row.text(4), out.reason = row.text(5);
  out.way = row.text(6), out.hours = row.integer(7);
  if (auto contents = Json::parse(row.text(8)); contents.ok() && contents->as_array())
    for (const Json& one : *contents->as_array())
      if (one.as_string()) out.contents.push_back(*one.as_string());
  out.unified = row.integer(9) == 1, out.at = row.text(10), out.by = row.text(11);
  out.replaced = row.integer(12) == 1;
  return out;
}

struct Open {
  TrainingSession session;
  bool unified = false;
};
base::Result<Open> open_session(store::Session& session, const TrainingRules& rules, int64_t training) {
  auto found = records::record(session, kSession, training);
  if (!found.ok()) return found.error();
  if (found->state != "planned" && found->state != "held")
    return Error{"tsession.state", "这场培训已经结束或取消，不能再登记出勤", "state", ""};
  Open out{training_session_of(*found), false};
  auto unified = rules.unified(out.session.contents);
  if (!unified.ok()) return unified.error();
  out.unified = !unified->empty();
  return out;
}

std::map<std::string, Attendance> counting(store::Session& session, int64_t training) {
  std::map<std::string, Attendance> out;
  for (auto& one : attendance_in(session, training))
    if (!one.replaced) out.emplace(one.staff, one);
  return out;
}

void write(store::Session& session, const Open& open, const AttendanceAsk& ask, const std::string& way,
           Hundredths hours, const records::Doing& doing) {
  const TrainingSession& s = open.session;
  const bool there = ask.state == "present" || ask.state == "late";
  session.exec("UPDATE training_attendance SET replaced = 1 WHERE session = ? AND staff = ?",
               {s.record.id, ask.staff});
  session.exec(
      "INSERT INTO training_attendance (session, staff, day, state, reason, way, hours, contents, unified, at, "
      "actor,"
      " replaced) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
      {s.record.id, ask.staff, s.record.until->str(), ask.state, ask.reason, way, hours,
       there ? texts_json(s.contents).dump() : std::string("[]"), int64_t{there && open.unified}, doing.at.str(),
       doing.login});
}

base::Status check(const AttendanceAsk& one, const std::map<std::string, Attendance>& before,
                   const std::set<std::string>& enrolled, const std::string& person) {
  static const std::set<std::string> kStates = {"present", "late", "excused", "absent"};
  if (one.staff == person)
    return Error{"attendance.self", "自己的出勤由别人登记", "attendance", "由组织的人或者凭口令签到"};
  if (!enrolled.contains(one.staff))
    return Error{"attendance.place", "名单里没有 " + one.staff, "attendance", "先加进名单"};
  if (!kStates.contains(one.state))
    return Error{"attendance.state", "出勤是到场、迟到、请假、缺席之一", "attendance", ""};
  if ((one.state != "present" || before.contains(one.staff)) && one.reason.empty())
    return Error{"attendance.reason", "迟到、请假、缺席和更正要写原因", "attendance/" + one.staff, "一句话"};
  if (characters(one.reason) > 500)
    return Error{"attendance.reason", "原因最多 500 字", "attendance/" + one.staff, ""};
  return {};
}

}  // namespace

base::Status record_attendance(store::Session& session, const TrainingRules& rules, int64_t training,
                               const std::vector<AttendanceAsk>& asks, const std::string& person, Date today,
                               const records::Doing& doing) {
  base::Status out;
  session.transaction([&] {
    auto open = open_session(session, rules, training);
    if (!open.ok()) return void(out = open.error());
    if (today < *open->session.record.day)
      return void(
          out = Error{"tsession.early", "还没有到 " + open->session.record.day->str(), "day", "开了以后再登记"});
    const auto before = counting(session, training);
    std::set<std::string> enrolled;
    for (const Place& one : places(session, training))
      if (one.state == "enrolled") enrolled.insert(one.staff);
    for (const AttendanceAsk& one : asks)
      if (auto fits = check(one, before, enrolled, person); !fits.ok()) return void(out = fits);
    std::vector<Hundredths> counted;  // all of them before anything is written
    for (const AttendanceAsk& one : asks) {
      auto hours = rules.hours(one.state, open->session.hours);
      if (!hours.ok()) return void(out = hours.error());
      counted.push_back(*hours);
    }
    for (size_t i = 0; i < asks.size(); ++i) {
      auto same = before.find(asks[i].staff);
      if (same != before.end() && same->second.state == asks[i].state && same->second.reason == asks[i].reason)
        continue;
      write(session, *open, asks[i], "teacher", counted[i], doing);
    }
    out = mark_held(session, open->session, doing);
    if (out.ok() && doing.also) doing.also(open->session.record, "training.attendance");
  });
  return out;
}

std::string code_of_day(store::Session& session, int64_t training, Date day) {
  auto rows = session.query("SELECT secret FROM training_secrets WHERE session = ?", {training});
  if (rows.empty()) {
    session.exec("INSERT INTO training_secrets (session, secret) VALUES (?, ?) ON CONFLICT (session) DO NOTHING",
                 {training, random_hex()});
    rows = session.query("SELECT secret FROM training_secrets WHERE session = ?", {training});
  }
  const std::string mac = base::hmac_sha256(rows.at(0).text(0), std::to_string(training) + "|" + day.str());
  uint32_t number = 0;
  for (size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(mac[i]);
  char out[8];
  std::snprintf(out, sizeof out, "%06u", number % 1'000'000);
  return out;
}

base::Status sign_in(store::Session& session, const TrainingRules& rules, int64_t training,
                     const std::string& staff, const std::string& code, Date today, const records::Doing& doing) {
  base::Status out;
  session.transaction([&] {
    auto open = open_session(session, rules, training);
    if (!open.ok()) return void(out = open.error());
    const records::Record& head = open->session.record;
    if (today < *head.day || today > *head.until)
      return void(out = Error{"tsession.today", "今天没有这场培训", "code", "在 " + head.day->str() + " 签到"});
    const auto all = places(session, training);
    auto mine = std::find_if(all.begin(), all.end(),
                             [&](const Place& p) { return p.staff == staff && p.state == "enrolled"; });
    if (mine == all.end()) return void(out = Error{"attendance.place", "名单里没有您", "code", "请讲师加进名单"});
    if (counting(session, training).contains(staff))
      return void(out = Error{"attendance.done", "您的出勤已经登记", "code", "不对的请讲师更正"});
    if (mine->wrong_codes >= kCodeTries)
      return void(out = Error{"attendance.tries", "口令错了太多次", "code", "请讲师登记"});
    if (code != code_of_day(session, training, today)) {
      session.exec("UPDATE training_places SET wrong_codes = wrong_codes + 1 WHERE session = ? AND staff = ?",
                   {training, staff});
      return void(out = Error{"attendance.code",
                              "口令不对，还能试 " + std::to_string(kCodeTries - 1 - mine->wrong_codes) + " 次",
                              "code", "看讲师现在给出的六位数"});
    }
    auto hours = rules.hours("present", open->session.hours);
    if (!hours.ok()) return void(out = hours.error());
    write(session, *open, {staff, "present", ""}, "code", *hours, doing);
    out = mark_held(session, open->session, doing);
    if (out.ok() && doing.also) doing.also(head, "training.sign_in");
  });
  return out;
}

std::vector<Attendance> attendance_in(store::Session& session, int64_t training) {
  std::vector<Attendance> out;
  for (const auto& row : session.query(std::string("SELECT ") + kColumns +
                                           " FROM training_attendance WHERE session = ? ORDER BY attendance_id",
                                       {training}))
    out.push_back(read_row(row));
  return out;
}

std::vector<Attendance> attendance(store::Session& session, const AttendanceFilter& filter) {
  std::string where = " WHERE replaced = 0";
  std::vector<store::Value> values;
  auto also = [&](const char* condition, const std::string& value) {
    where += std::string(" AND ") + condition;
    values.emplace_back(value);
  };
  if (!filter.staff.empty()) also("staff = ?", filter.staff);
  if (filter.from) also("day >= ?", filter.from->str());
  if (filter.to) also("day <= ?", filter.to->str());
  std::vector<Attendance> out;
  for (const auto& row : session.query(std::string("SELECT ") + kColumns + " FROM training_attendance" + where +
                                           " ORDER BY day, attendance_id",
                                       values))
    out.push_back(read_row(row));
  return out;
}

// ---------------------------------------------------------------------------- feedback

base::Status give_feedback(store::Session& session, int64_t training, const std::string& staff,
                           const Feedback& said, const records::Doing& doing) {
  for (const int64_t mark : {said.content, said.teacher, said.use})
    if (mark < 1 || mark > 5) return Error{"feedback.marks", "三项各打一至五分", "content", ""};
  if (characters(said.words) > 1000) return Error{"feedback.words", "意见最多 1000 字", "words", ""};
  base::Status out;
  session.transaction([&] {
    auto found = records::record(session, kSession, training);
    if (!found.ok()) return void(out = found.error());
    const auto was = counting(session, training);
    auto mine = was.find(staff);
    if (mine == was.end() || (mine->second.state != "present" && mine->second.state != "late"))
      return void(out = Error{"feedback.place", "到场的人才评价", "", ""});
    if (has_given(session, training, staff)) return void(out = Error{"feedback.given", "您已经评价过", "", ""});
    session.exec("INSERT INTO training_feedback_given (session, staff) VALUES (?, ?)", {training, staff});
    session.exec(
        "INSERT INTO training_feedback (feedback_id, session, content, teacher, use_of_it, words)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        {random_hex(), training, said.content, said.teacher, said.use, said.words});
    if (doing.also) doing.also(*found, "training.feedback");
  });
  return out;
}

std::vector<Feedback> feedback(store::Session& session, int64_t training) {
  std::vector<Feedback> out;
  for (const auto& row : session.query("SELECT content, teacher, use_of_it, words FROM training_feedback WHERE "
                                       "session = ? ORDER BY feedback_id",
                                       {training}))
    out.push_back({row.integer(0), row.integer(1), row.integer(2), row.text(3)});
  return out;
}

bool has_given(store::Session& session, int64_t training, const std::string& staff) {
  return !session.query("SELECT 1 FROM training_feedback_given WHERE session = ? AND staff = ?", {training, staff})
              .empty();
}

std::vector<std::pair<std::string, Trained>> trained(store::Session& session) {
  std::map<std::string, Trained> out;
  for (const Attendance& one : attendance(session, {})) {
    Trained& of = out[one.staff];
    for (const auto& content : one.contents)
      if (std::find(of.contents.begin(), of.contents.end(), content) == of.contents.end())
        of.contents.push_back(content);
    if (one.unified && (!of.unified || *of.unified < one.day)) of.unified = one.day;
  }
  for (const auto& row :
       session.query("SELECT staff, max(day) FROM exam_sittings WHERE state <> 'sitting' GROUP BY staff"))
    out[row.text(0)].exam = Date::parse(row.text(1));
  return {out.begin(), out.end()};
}

}  // namespace guanhu::workbench
