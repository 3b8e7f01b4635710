#include "workbench/todo.h"

#include <sstream>

#include "base/length.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonObject;
using store::Value;

const char* const kTodoColumns =
    "t.todo_id, t.key, t.source, t.subject, t.object, t.object_name, t.customer, t.org, t.title, t.assignee,"
    " t.rule_day, t.due_on, t.priority, t.state, t.note, t.link, t.made_at, t.made_by, t.changed_at, t.changed_by,"
    " t.snoozed_until, t.snooze_why, t.escalated, t.escalated_to, t.escalated_on,"
    " r.rule_id, r.pack, r.duty, r.pack_hash, r.article, r.document, r.subject, r.checklist, r.rules, r.marks";

namespace {

constexpr size_t kLongestText = 2000;
constexpr int kLongestSnooze = 92;

std::vector<std::string> words_in(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

std::optional<Date> day_in(const store::Row& row, size_t column) {
  auto text = row.maybe_text(column);
  return text && !text->empty() ? Date::parse(*text) : std::nullopt;
}

std::string from() {
  return std::string("SELECT ") + kTodoColumns +
         " FROM todos t LEFT JOIN todo_rules r ON r.rule_id = t.rule_id WHERE ";
}

const char* state_word(const std::string& state) {
  if (state == "done") return "已经办了";
  if (state == "fact") return "已经由业务数据了结";
  return "已经取消";
}

base::Status check_text(const std::string& text, const char* code, const char* what) {
  if (text.find_first_not_of(" \t\r\n") == text.npos)
    return Error{code, std::string("没有写") + what, code == std::string("todo.note") ? "note" : "reason",
                 "用一两句话写明"};
  if (base::characters(text) > kLongestText)
    return Error{code, std::string(what) + "太长", code == std::string("todo.note") ? "note" : "reason",
                 "最多 2000 个字"};
  return {};
}

// The row, which stays as it is until the transaction ends.
base::Result<Todo> held(store::Session& session, int64_t id, bool open) {
  session.exec("UPDATE todos SET priority = priority WHERE todo_id = ?", {id});
  auto found = todo(session, id);
  if (!found.ok()) return found;
  if (open && !found->open())
    return Error{"todo.state", "这件事" + std::string(state_word(found->state)) + "（" + found->changed_by + "）",
                 "", "看它的经过；办错了的可以重新打开"};
  return found;
}

// Load, decide, write, for one to-do; what it refuses leaves everything as it was.
base::Result<Todo> change_in(store::Session& session, int64_t id, bool open, const TodoDoing& doing,
                             const std::function<base::Status(Todo&)>& what) {
  auto found = held(session, id, open);
  if (!found.ok()) return found.error();
  if (auto done = what(*found); !done.ok()) return done.error();
  session.exec("UPDATE todos SET changed_at = ?, changed_by = ? WHERE todo_id = ?",
               {doing.at.str(), doing.login, id});
  return todo(session, id);
}

base::Result<Todo> change(store::Session& session, int64_t id, bool open, const TodoDoing& doing,
                          const std::function<base::Status(Todo&)>& what) {
  std::optional<base::Result<Todo>> out;
  session.transaction([&] { out = change_in(session, id, open, doing, what); });
  return std::move(*out);
}

void tell(const TodoDoing& doing, const std::string& action, const Todo& of, JsonObject detail) {
  detail.emplace_back("key", of.key);
  if (!of.assignee.empty()) detail.emplace_back("assignee", of.assignee);
  if (doing.also) doing.also(action, "todo " + std::to_string(of.id), std::move(detail));
}

// Inside a transaction: one step of the life, with its trace and its audit record.
void step(store::Session& session, const Todo& of, const std::string& what, const std::string& detail,
          const TodoDoing& doing) {
  add_event(session, of.id, what, detail, doing.login, doing.at);
  tell(doing, "todo." + what, of, {{"detail", detail}});
}

}  // namespace

std::string person_of(const std::string& login, const std::string& staff) {
  return staff.empty() ? "login:" + login : staff;
}

Todo read_todo(const store::Row& row) {
  Todo out;
  auto text = [&](size_t column) { return row.maybe_text(column).value_or(""); };
  out.id = row.integer(0), out.key = row.text(1), out.source = row.text(2);
  out.subject = row.text(3), out.object = row.text(4), out.object_name = row.text(5);
  out.customer = row.text(6), out.org = row.text(7), out.title = row.text(8), out.assignee = row.text(9);
  out.rule_day = day_in(row, 10), out.due = day_in(row, 11);
  out.priority = static_cast<int>(row.integer(12)), out.state = row.text(13);
  out.note = row.text(14), out.link = row.text(15);
  out.made_at = row.text(16), out.made_by = row.text(17), out.changed_at = row.text(18);
  out.changed_by = row.text(19), out.snoozed_until = day_in(row, 20), out.snooze_why = row.text(21);
  out.escalated = row.integer(22), out.escalated_to = row.text(23), out.escalated_on = day_in(row, 24);
  if (row.is_null(25)) return out;
  TodoRule rule;
  rule.id = row.integer(25), rule.pack = text(26), rule.duty = text(27), rule.pack_hash = text(28);
  rule.article = text(29), rule.document = text(30), rule.subject = text(31), rule.checklist = text(32);
  rule.rules = words_in(text(33)), rule.marks = words_in(text(34));
  out.rule = std::move(rule);
  return out;
}

namespace {

struct Condition {
  std::string sql = "1 = 1";
  std::vector<Value> values;
  void add(const std::string& part, std::initializer_list<Value> more) {
    sql += " AND " + part;
    values.insert(values.end(), more.begin(), more.end());
  }
};

void whose(Condition& where, const TodoFilter& filter) {
  std::string parts;
  std::vector<Value> values;
  for (const std::string& person : filter.people) {
    parts += parts.empty() ? "?" : ", ?";
    values.emplace_back(person);
  }
  if (!parts.empty()) parts = "t.assignee IN (" + parts + ")";
  if (!filter.escalated_to.empty()) {
    parts += (parts.empty() ? "" : " OR ") + std::string("t.escalated_to = ?");
    values.emplace_back(filter.escalated_to);
  }
  if (parts.empty()) return;
  where.sql += " AND (" + parts + ")";
  where.values.insert(where.values.end(), values.begin(), values.end());
}

}  // namespace

std::vector<Todo> todos(store::Session& session, const TodoFilter& filter) {
  Condition where;
  whose(where, filter);
  if (filter.state == "open") where.add("t.state = 'open'", {});
  if (filter.state == "closed") where.add("t.state <> 'open'", {});
  if (!filter.source.empty()) where.add("t.source = ?", {filter.source});
  if (!filter.pack.empty()) where.add("r.pack = ?", {filter.pack});
  if (!filter.object.empty()) where.add("t.object = ?", {filter.object});
  if (!filter.customer.empty()) where.add("t.customer = ?", {filter.customer});
  if (filter.due_before) where.add("t.due_on < ?", {filter.due_before->str()});
  if (filter.closed_from) where.add("t.changed_at >= ?", {filter.closed_from->str()});
  std::vector<Todo> out;
  for (const auto& row :
       session.query(from() + where.sql + " ORDER BY coalesce(t.due_on, ''), t.priority DESC, t.todo_id LIMIT " +
                         std::to_string(filter.limit),
                     where.values))
    out.push_back(read_todo(row));
  return out;
}

base::Result<Todo> todo(store::Session& session, int64_t id) {
  auto rows = session.query(from() + "t.todo_id = ?", {id});
  if (rows.empty()) return Error{"todo.unknown", "没有这一件待办事项", "", ""};
  return read_todo(rows[0]);
}

std::vector<TodoEvent> todo_events(store::Session& session, int64_t id) {
  std::vector<TodoEvent> out;
  for (const auto& row :
       session.query("SELECT at, actor, what, detail FROM todo_events WHERE todo_id = ? ORDER BY event_id", {id}))
    out.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
  return out;
}

void add_event(store::Session& session, int64_t id, const std::string& what, const std::string& detail,
               const std::string& by, base::Instant at) {
  session.exec("INSERT INTO todo_events (todo_id, at, actor, what, detail) VALUES (?, ?, ?, ?, ?)",
               {id, at.str(), by, what, detail});
}

std::optional<int64_t> todo_with_key(store::Session& session, const std::string& key) {
  auto rows = session.query("SELECT todo_id FROM todos WHERE key = ?", {key});
  return rows.empty() ? std::nullopt : std::optional(rows[0].integer(0));
}

int64_t keep_todo(store::Session& session, const Todo& of, const std::string& by, base::Instant at) {
  auto day = [](const std::optional<Date>& d) { return d ? Value(d->str()) : Value(); };
  const Value rule = of.rule ? Value(of.rule->id) : Value();
  const std::string duty = of.rule ? of.rule->pack + "/" + of.rule->duty : "";
  session.exec(
      "INSERT INTO todos (key, source, rule_id, duty, subject, object, object_name, customer, org, title, "
      "assignee,"
      " rule_day, due_on, priority, state, note, link, made_at, made_by, changed_at, changed_by, snoozed_until,"
      " snooze_why, handed, escalated, escalated_to, escalated_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, "
      "'open',"
      " '', ?, ?, ?, ?, ?, NULL, '', 0, 0, '', NULL) ON CONFLICT (key) DO NOTHING",
      {of.key, of.source, rule, duty, of.subject, of.object, of.object_name, of.customer, of.org, of.title,
       of.assignee, day(of.rule_day), day(of.due), int64_t{of.priority}, of.link, at.str(), by, at.str(), by});
  return todo_with_key(session, of.key).value();
}

void mark_done(store::Session& session, const std::string& subject, const std::string& object,
               const std::string& name, Date day) {
  session.exec(
      "INSERT INTO todo_marks (subject, object, name, day) VALUES (?, ?, ?, ?)"
      " ON CONFLICT (subject, object, name) DO UPDATE SET day = excluded.day WHERE excluded.day > todo_marks.day",
      {subject, object, name, day.str()});
}

base::Result<Todo> finish_todo_in(store::Session& session, int64_t id, const std::string& note,
                                  const TodoDoing& doing) {
  if (auto said = check_text(note, "todo.note", "办理情况"); !said.ok()) return said.error();
  return change_in(session, id, true, doing, [&](Todo& of) -> base::Status {
    session.exec("UPDATE todos SET state = 'done', note = ?, snoozed_until = NULL WHERE todo_id = ?", {note, id});
    if (of.rule)
      for (const std::string& mark : of.rule->marks) mark_done(session, of.subject, of.object, mark, doing.today);
    step(session, of, "done", note, doing);
    return {};
  });
}

base::Result<Todo> finish_todo(store::Session& session, int64_t id, const std::string& note,
                               const TodoDoing& doing) {
  std::optional<base::Result<Todo>> out;
  session.transaction([&] { out = finish_todo_in(session, id, note, doing); });
  return std::move(*out);
}

base::Result<Todo> snooze_todo(store::Session& session, int64_t id, Date until, const std::string& reason,
                               const TodoDoing& doing) {
  if (auto said = check_text(reason, "todo.reason", "推迟的理由"); !said.ok()) return said.error();
  if (until <= doing.today || until > doing.today + kLongestSnooze)
    return Error{"todo.snooze.day", "推迟到的日子要在 " + doing.today.str() + " 以后，最多三个月", "until",
                 "另选一天"};
  return change(session, id, true, doing, [&](Todo& of) -> base::Status {
    session.exec("UPDATE todos SET snoozed_until = ?, snooze_why = ? WHERE todo_id = ?",
                 {until.str(), reason, id});
    step(session, of, "snoozed", until.str() + " " + reason, doing);
    return {};
  });
}

base::Result<Todo> wake_todo(store::Session& session, int64_t id, const TodoDoing& doing) {
  return change(session, id, true, doing, [&](Todo& of) -> base::Status {
    session.exec("UPDATE todos SET snoozed_until = NULL, snooze_why = '' WHERE todo_id = ?", {id});
    step(session, of, "woken", "", doing);
    return {};
  });
}

base::Result<Todo> cancel_todo(store::Session& session, int64_t id, const std::string& reason,
                               const TodoDoing& doing) {
  if (auto said = check_text(reason, "todo.reason", "取消的理由"); !said.ok()) return said.error();
  return change(session, id, true, doing, [&](Todo& of) -> base::Status {
    session.exec("UPDATE todos SET state = 'cancelled', note = ?, snoozed_until = NULL WHERE todo_id = ?",
                 {reason, id});
    step(session, of, "cancelled", reason, doing);
    return {};
  });
}

base::Result<Todo> reopen_todo(store::Session& session, int64_t id, const std::string& reason,
                               const TodoDoing& doing) {
  if (auto said = check_text(reason, "todo.reason", "重新打开的理由"); !said.ok()) return said.error();
  return change(session, id, false, doing, [&](Todo& of) -> base::Status {
    if (of.open()) return Error{"todo.open", "这件事还没有办", "", "不用重新打开"};
    if (of.state == "fact") return Error{"todo.state", "这件事已经由业务数据了结", "", "数据更正以后它会自己回来"};
    session.exec("UPDATE todos SET state = 'open', note = '' WHERE todo_id = ?", {id});
    step(session, of, "reopened", reason, doing);
    return {};
  });
}

base::Result<Todo> hand_todo(store::Session& session, int64_t id, const std::string& to, const std::string& reason,
                             const TodoDoing& doing) {
  if (auto said = check_text(reason, "todo.reason", "转交的理由"); !said.ok()) return said.error();
  return change(session, id, true, doing, [&](Todo& of) -> base::Status {
    if (of.assignee == to) return Error{"todo.same", "这件事已经在他名下", "to", "换一个人"};
    session.exec("UPDATE todos SET assignee = ?, handed = 1, snoozed_until = NULL WHERE todo_id = ?", {to, id});
    step(session, of, "reassigned", of.assignee + " → " + to + " " + reason, doing);
    return {};
  });
}

base::Result<Todo> assign_todo(store::Session& session, const AssignedTodo& ask, const TodoDoing& doing) {
  // PLN-303: who gave it, to whom, until when, and its state.
  if (ask.title.find_first_not_of(" \t\r\n") == ask.title.npos || base::characters(ask.title) > 300)
    return Error{"todo.title", "没有写要办什么，或太长", "title", "一句话，最多 300 个字"};
  if (ask.due < doing.today)
    return Error{"todo.due", "期限 " + ask.due.str() + " 已经过去", "due", "写今天或以后的日子"};
  Todo made;
  made.source = "assigned", made.title = ask.title, made.assignee = ask.assignee, made.org = ask.org;
  made.subject = ask.subject, made.object = ask.object, made.object_name = ask.object_name;
  made.customer = ask.customer, made.link = ask.link;
  made.rule_day = ask.due, made.due = ask.due, made.priority = ask.priority;
  made.key = "assigned:" + doing.login + "|" + doing.at.str() + "|" + ask.assignee + "|" + ask.title;
  session.transaction([&] {
    made.id = keep_todo(session, made, doing.login, doing.at);
    step(session, made, "made", ask.due.str(), doing);
  });
  return todo(session, made.id);
}

}  // namespace guanhu::workbench
