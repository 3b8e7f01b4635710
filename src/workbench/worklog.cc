#include "workbench/worklog.h"

#include <algorithm>
#include <set>

#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json json_of(const LogDone& one) {
  return JsonObject{{"key", one.key},           {"kind", one.kind}, {"title", one.title},
                    {"customer", one.customer}, {"link", one.link}, {"note", one.note}};
}

Json body_json(const WorkLog& log) {
  Json out = json_of(log.body);
  JsonArray readings;
  for (const LogReading& one : log.readings)
    readings.push_back(JsonObject{{"at", one.at},
                                  {"by", one.by},
                                  {"person", one.person},
                                  {"text", one.text},
                                  {"level", one.level},
                                  {"mark", decimal_or_null(one.mark)}});
  JsonObject& members = *out.as_object();
  members.emplace_back("late", log.late), members.emplace_back("submitted_at", log.submitted_at);
  members.emplace_back("deadline", log.deadline), members.emplace_back("readings", std::move(readings));
  return out;
}

// What can be found: the words people wrote, not names of fields.
std::string words_of(const WorkLog& log) {
  std::string out = log.body.text + "\n" + log.body.tomorrow;
  for (const LogDone& one : log.body.done) out += "\n" + one.title + " " + one.note;
  for (const LogReading& one : log.readings) out += "\n" + one.text;
  return out;
}

base::Result<WorkLog> kept(store::Session& session, const WorkLog& log, const std::string& action,
                           const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = log.record, change.record.body = body_json(log);
  change.action = action, change.why = why, change.words = words_of(log);
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return log_of(*written);
}

}  // namespace

WorkLog log_of(const records::Record& record) {
  if (record.kind != kWorkLog || !record.day)
    throw base::Broken("record " + std::to_string(record.id) + " is no work log");
  WorkLog out;
  out.record = record;
  auto body = log_body(record.body);
  if (!body.ok()) throw base::Broken("work log " + std::to_string(record.id) + ": " + body.error().text());
  out.body = std::move(*body);
  out.late = flag_in(record.body, "late");
  out.submitted_at = text_in(record.body, "submitted_at"), out.deadline = text_in(record.body, "deadline");
  for (const Json& one : list_in(record.body, "readings"))
    out.readings.push_back({text_in(one, "at"), text_in(one, "by"), text_in(one, "person"), text_in(one, "text"),
                            text_in(one, "level"), decimal_in(one, "mark")});
  return out;
}

std::string log_key(const std::string& staff, Date day) { return staff + "|" + day.str(); }

base::Result<LogBody> log_body(const Json& json) {
  LogBody out;
  out.text = text_in(json, "text"), out.tomorrow = text_in(json, "tomorrow");
  if (characters(out.text) > kLogText || characters(out.tomorrow) > kLogText)
    return Error{"log.text", "一篇日志最多两万字", characters(out.text) > kLogText ? "text" : "tomorrow",
                 "写短一些，材料作为附件"};
  const JsonArray& done = list_in(json, "done");
  if (done.size() > kLogDone) return Error{"log.done", "一天最多记 200 件事", "done", "把同类的并成一件"};
  for (size_t i = 0; i < done.size(); ++i) {
    LogDone one{text_in(done[i], "key"),      text_in(done[i], "kind"), text_in(done[i], "title"),
                text_in(done[i], "customer"), text_in(done[i], "link"), text_in(done[i], "note")};
    if (one.title.empty() || characters(one.title) > 300 || characters(one.note) > 2000)
      return Error{"log.done", "第 " + std::to_string(i + 1) + " 件事要有一句话（最多 300 字），说明最多 2000 字",
                   "done/" + std::to_string(i), ""};
    if (!one.link.empty() && (one.link[0] != '/' || one.link.starts_with("//"))) one.link.clear();
    out.done.push_back(std::move(one));
  }
  return out;
}

Json json_of(const LogBody& body) {
  JsonArray done;
  for (const LogDone& one : body.done) done.push_back(json_of(one));
  return JsonObject{{"done", std::move(done)}, {"text", body.text}, {"tomorrow", body.tomorrow}};
}

std::vector<std::string> mentioned(const LogBody& body) {
  std::vector<std::string> out;
  std::set<std::string> seen;
  auto take = [&](const std::string& customer) {
    if (!customer.empty() && seen.insert(customer).second) out.push_back(customer);
  };
  for (const std::string* text : {&body.text, &body.tomorrow})
    for (size_t at = text->find('@'); at != text->npos; at = text->find('@', at + 1)) {
      const size_t open = text->find_first_of("(@\n \t", at + 1);
      if (open == text->npos || open == at + 1 || (*text)[open] != '(') continue;
      const size_t close =
          text->find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.", open + 1);
      if (close != text->npos && (*text)[close] == ')') take(text->substr(open + 1, close - open - 1));
    }
  for (const LogDone& one : body.done) take(one.customer);
  return out;
}

// ------------------------------------------------------------------------------------- drafts

std::string draft_name(Date day) { return std::string(kWorkLog) + "|" + day.str(); }

std::optional<Draft> draft(store::Session& session, const std::string& what, const std::string& owner) {
  auto rows =
      session.query("SELECT seq, body, at, actor FROM work_drafts WHERE what = ? AND owner = ?", {what, owner});
  if (rows.empty()) return std::nullopt;
  return Draft{rows[0].integer(0), Json::parse(rows[0].text(1)).value(), rows[0].text(2), rows[0].text(3)};
}

base::Result<Draft> keep_draft(store::Session& session, const std::string& what, const std::string& owner,
                               int64_t seq, const Json& body, const records::Doing& doing) {
  const std::string text = body.dump();
  if (text.size() > records::kBodyLimit) return Error{"draft.large", "草稿太长", "text", "写短一些"};
  base::Result<Draft> out = Error{};
  session.transaction([&] {
    auto before = draft(session, what, owner);
    if (before && before->seq != seq) {
      out = Error{"draft.changed", before->by + " 在 " + before->at + " 另存了这篇草稿",
                  std::to_string(before->seq), "对照两份，留下要的"};
      return;
    }
    // A draft that went (it was submitted on another device) does not come back under the writer's hands.
    const int64_t next = seq + 1;
    session.exec(
        "INSERT INTO work_drafts (what, owner, seq, body, at, actor) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (what, owner) DO UPDATE SET seq = excluded.seq, body = excluded.body, at = excluded.at,"
        " actor = excluded.actor",
        {what, owner, next, text, doing.at.str(), doing.login});
    out = Draft{next, body, doing.at.str(), doing.login};
  });
  return out;
}

void drop_draft(store::Session& session, const std::string& what, const std::string& owner) {
  session.exec("DELETE FROM work_drafts WHERE what = ? AND owner = ?", {what, owner});
}

// ------------------------------------------------------------------------------- submitted logs

namespace {

void settle(store::Session& session, const WorkLog& log, int64_t id) {
  const std::string& owner = log.record.owner;
  drop_draft(session, draft_name(*log.record.day), owner);
  session.exec("DELETE FROM log_mentions WHERE log_id = ?", {id});
  for (const std::string& customer : mentioned(log.body))
    session.exec("INSERT INTO log_mentions (log_id, customer) VALUES (?, ?)", {id, customer});
  session.exec(
      "INSERT INTO todo_marks (subject, object, name, day) VALUES ('manager', ?, '上次日志日期', ?)"
      " ON CONFLICT (subject, object, name) DO UPDATE SET day = CASE WHEN excluded.day > todo_marks.day"
      " THEN excluded.day ELSE todo_marks.day END",
      {owner, log.record.day->str()});
}

}  // namespace

base::Result<WorkLog> submit_log(store::Session& session, const WorkRules& rules, const LogAsk& ask, Date today,
                                 const records::Doing& doing) {
  if (ask.body.done.empty() && ask.body.text.empty())
    return Error{"log.empty", "日志里什么都没有", "text", "写几句，或者收下系统看到的几件事"};
  if (ask.day > today) return Error{"log.day", "那一天还没有到", "day", "写今天的，明天的打算写在“明天”里"};
  WorkLog log;
  if (ask.version) {
    if (ask.why.empty()) return Error{"log.why", "提交以后要改，先写为什么", "why", "一句话，改动别人看得到"};
    auto found = records::with_key(session, kWorkLog, log_key(ask.staff, ask.day));
    if (!found) return Error{"record.unknown", "没有这篇日志", "", ""};
    log = log_of(*found);
    log.record.version = ask.version;
  } else {
    auto deadline = rules.log_deadline(ask.day);
    if (!deadline.ok()) return deadline.error();
    const base::Instant now = bank_now(today, doing.at);
    log.late = now > *deadline, log.submitted_at = doing.at.str(), log.deadline = deadline->str();
    records::Record& r = log.record;
    r.kind = kWorkLog, r.key = log_key(ask.staff, ask.day), r.state = "submitted", r.owner = ask.staff;
    r.org = ask.org, r.day = ask.day, r.title = ask.name + " " + ask.day.str() + " 工作日志";
  }
  log.body = ask.body;
  records::Doing with = doing;
  with.also = [&](const records::Record& record, const std::string& action) {
    settle(session, log, record.id);
    if (doing.also) doing.also(record, action);
  };
  return kept(session, log, ask.version ? "log.change" : "log.submit", ask.why, with);
}

base::Result<WorkLog> read_log(store::Session& session, const WorkRules& rules, int64_t id, int64_t version,
                               LogReading reading, const records::Doing& doing) {
  auto found = records::record(session, kWorkLog, id);
  if (!found.ok()) return found.error();
  WorkLog log = log_of(*found);
  if (version) log.record.version = version;
  if (!reading.level.empty()) {
    auto mark = rules.log_mark(reading.level, log.late);
    if (!mark.ok()) return mark.error();
    reading.mark = *mark;
  }
  log.record.state = "read";
  log.readings.push_back(reading);
  records::Doing with = doing;
  with.also = [&](const records::Record& record, const std::string& action) {
    if (reading.mark)
      add_mark(session, {record.id, 0, log.record.owner, reading.level, reading.text, reading.at, reading.by,
                         *log.record.day, log.late, *reading.mark});
    if (doing.also) doing.also(record, action);
  };
  return kept(session, log, "log.read", reading.text, with);
}

std::vector<int64_t> logs_naming(store::Session& session, const std::string& customer) {
  std::vector<int64_t> out;
  for (const auto& row :
       session.query("SELECT log_id FROM log_mentions WHERE customer = ? ORDER BY log_id DESC", {customer}))
    out.push_back(row.integer(0));
  return out;
}

}  // namespace guanhu::workbench
