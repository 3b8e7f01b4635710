// The writing half of a night run: what the rules expect beside what is open, and the difference as few
// statements.
#include "workbench/todo_run.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/fault.h"
#include "workbench/todo_batch.h"
#include "workbench/todo_expect.h"

namespace guanhu::workbench {

using base::Date;
using base::Json;
using base::JsonObject;
using store::Value;

namespace {

// An open to-do as far as the run must know it.
struct OpenRow {
  int64_t id = 0;
  Date rule_day;
  std::string title, assignee, org, due;
  int64_t rule = 0, handed = 0;
  bool kept = false;  // a rule still wants it
};

constexpr const char* kInsert =
    "INSERT INTO todos (key, source, rule_id, duty, subject, object, object_name, customer, org, title, assignee,"
    " rule_day, due_on, priority, state, note, link, made_at, made_by, changed_at, changed_by, snoozed_until,"
    " snooze_why, handed, escalated, escalated_to, escalated_on) VALUES";
constexpr size_t kColumns = 27;

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string page_of(const std::string& subject, const std::string& id, const std::string& customer) {
  if (subject == "customer") return "/customers/" + id;
  if (!customer.empty()) return "/customers/" + customer;
  return "";
}

class Writer {
 public:
  Writer(store::Session& session, const TodoRunAsk& ask, const TodoDoing& doing, const Keepers& keepers,
         Date began, TodoRunReport& report)
      : session_(session),
        ask_(ask),
        doing_(doing),
        keepers_(keepers),
        began_(began),
        report_(report),
        at_(doing.at.str()),
        roles_(*ask.directory, ask.day),
        events_(session, "INSERT INTO todo_events (todo_id, at, actor, what, detail) VALUES", 5) {}

  void duties(Expects& expects) {
    load_open();
    std::set<std::string> known(expects.broken.begin(), expects.broken.end());
    for (DutyExpects& duty : expects.duties) {
      known.insert(duty.name);
      one(duty);
    }
    for (auto& [name, rows] : open_)
      if (!known.contains(name) && !left_alone(name))
        for (auto& [object, row] : rows) close(row, "这条规则不再施行");
    flush_closed();
    events_.flush();
  }

  void waiting() {
    std::unordered_map<std::string, const Todo*> wanted;
    for (const Todo& one : ask_.waiting) wanted[one.key] = &one;
    std::vector<std::string> gone;
    for (const auto& row : session_.query("SELECT todo_id, key, due_on FROM todos WHERE state = 'open' AND duty = "
                                          "'' AND source <> 'assigned'")) {
      const std::string key = row.text(1);
      auto found = wanted.find(key);
      OpenRow open;
      open.id = row.integer(0);
      if (found == wanted.end()) {
        close(open, "已经办理，或不用再办");
      } else {
        refresh_due(open.id, row.maybe_text(2).value_or(""), found->second->due);
        wanted.erase(found);
      }
    }
    flush_closed();
    for (const Todo& one : ask_.waiting) {
      if (!wanted.contains(one.key)) continue;
      if (auto id = todo_with_key(session_, one.key)) {
        if (session_.exec("UPDATE todos SET state = 'open' WHERE todo_id = ? AND state = 'fact'", {*id})) {
          ++report_.reopened;
          event(*id, "reopened", "又要办了");
        }
        continue;
      }
      keep_todo(session_, one, "system", doing_.at);
      ++report_.made;
    }
    events_.flush();
  }

  void escalate(const Expects& expects) {
    std::unordered_map<std::string, const policy::Duty*> by_name;
    for (const DutyExpects& duty : expects.duties) by_name[duty.name] = &duty.ask.duty();
    for (const auto& row :
         session_.query("SELECT todo_id, duty, due_on, assignee, org, escalated, title FROM todos"
                        " WHERE state = 'open' AND duty <> '' AND due_on < ?"
                        " ORDER BY todo_id",
                        {ask_.day.str()})) {
      auto found = by_name.find(row.text(1));
      auto due = Date::parse(row.text(2));
      if (found == by_name.end() || !due) continue;
      const auto& steps = found->second->escalations;
      size_t level = 0;
      while (level < steps.size() && ask_.calendar.moved(*due, steps[level].after, 1) < ask_.day) ++level;
      if (static_cast<int64_t>(level) <= row.integer(5)) continue;
      raise(row.integer(0), steps[level - 1].to, row.text(3), row.text(4), static_cast<int64_t>(level),
            row.text(6));
    }
    events_.flush();
  }

 private:
  bool left_alone(const std::string& name) const {
    return std::any_of(ask_.left_alone.begin(), ask_.left_alone.end(),
                       [&](const std::string& pack) { return name.starts_with(pack + "/"); });
  }

  void event(int64_t id, const char* what, std::string detail) {
    events_.add({id, at_, std::string("system"), std::string(what), std::move(detail)});
  }

  void load_open() {
    for (const auto& row : session_.query("SELECT duty, object, todo_id, rule_day, title, assignee, org, due_on,"
                                          " rule_id, handed FROM todos WHERE state = 'open' AND duty <> ''")) {
      OpenRow open;
      open.id = row.integer(2), open.rule_day = Date::parse(row.text(3)).value_or(ask_.day);
      open.title = row.text(4), open.assignee = row.text(5), open.org = row.text(6);
      open.due = row.maybe_text(7).value_or(""), open.rule = row.maybe_integer(8).value_or(0);
      open.handed = row.integer(9);
      open_[row.text(0)].insert_or_assign(row.text(1), std::move(open));
    }
  }

  int64_t rule_row(const DutyExpects& duty) {
    const policy::Duty& d = duty.ask.duty();
    std::string marks;
    for (const std::string& name : duty.ask.read_names())
      if (is_mark(name)) marks += (marks.empty() ? "" : " ") + name;
    session_.exec(
        "INSERT INTO todo_rules (pack, duty, pack_hash, article, document, subject, checklist, rules, marks)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pack, duty, pack_hash) DO NOTHING",
        {duty.pack->id, d.id, duty.pack->hash, d.origin.article, d.origin.locator, d.subject, d.checklist,
         joined(d.origin.rules), marks});
    return session_
        .query("SELECT rule_id FROM todo_rules WHERE pack = ? AND duty = ? AND pack_hash = ?",
               {duty.pack->id, d.id, duty.pack->hash})[0]
        .integer(0);
  }

  struct Wanted {
    std::string title, assignee, org, due;
    Date rule_day;
  };
  Wanted wanted(const DutyExpects& duty, size_t row, Date rule_day, Date show) {
    const SubjectRows& f = *duty.facts;
    const policy::Duty& d = duty.ask.duty();
    Date due = ask_.calendar.on_or_before(rule_day);
    if (due < show) due = rule_day;  // it shows on the very weekend
    const std::string about = d.subject == "manager" ? f.id[row] : "";
    return {duty.ask.title(f.columns, row),
            roles_.find(d.who, keepers_.of(d.subject, f.id[row], f.customer[row]), f.org[row], about), f.org[row],
            due.str(), rule_day};
  }

  Date shows_on(const policy::Duty& duty, Date rule_day) const {
    return duty.lead.count == 0 ? Date(0) : ask_.calendar.moved(rule_day, duty.lead, -1);
  }

  static std::string key_of(const DutyExpects& duty, const std::string& object, Date day) {
    return "duty:" + duty.name + "|" + duty.ask.duty().subject + "|" + object + "|" + day.str();
  }

  void one(DutyExpects& duty) {
    const policy::Duty& d = duty.ask.duty();
    auto& open = open_[duty.name];
    if (!duty.facts) return;  // nothing is known: what is open stays
    rule_ = rule_row(duty);
    const SubjectRows& f = *duty.facts;
    DutyCount count{duty.pack->id, d.id, d.title, static_cast<int64_t>(f.rows), 0, 0};
    std::vector<std::pair<uint32_t, Date>> fresh;
    for (const auto& [row, day] : duty.due) {
      const Date show = shows_on(d, day);
      auto found = open.find(f.id[row]);
      if (found != open.end() && !found->second.kept) {
        if (keep(duty, row, day, show, found->second)) continue;
      }
      if (show <= ask_.day && day >= began_) fresh.emplace_back(row, day);
    }
    for (auto& [object, row] : open)
      if (!row.kept && !duty.failed.contains(object)) close(row, "业务数据变了，规则不再要求办这件事");
    flush_closed();
    count.made = insert(duty, fresh);
    for (const auto& [object, row] : open) count.open += row.kept ? 1 : 0;
    count.open += count.made;
    report_.made += count.made;
    report_.duties.push_back(std::move(count));
  }

  static bool renewed(const DutyExpects& duty) {
    const auto names = duty.ask.read_names();
    return std::any_of(names.begin(), names.end(), [](const auto& name) { return is_renewed(name); });
  }

  // True: the open one is the one that is wanted now. False: the open one belongs to an occasion that has passed.
  bool keep(DutyExpects& duty, size_t row, Date day, Date show, OpenRow& open) {
    Wanted now = wanted(duty, row, day, show);
    if (day != open.rule_day) {
      // A day that doing it moves on: it was done, and comes again when its time has come.
      if (open.rule_day < ask_.day || (show > ask_.day && renewed(duty))) return false;
      const std::string key = key_of(duty, duty.facts->id[row], day);
      if (todo_with_key(session_, key)) return false;
      session_.exec("UPDATE todos SET key = ?, rule_day = ?, due_on = ?, snoozed_until = NULL WHERE todo_id = ?",
                    {key, day.str(), now.due, open.id});
      event(open.id, "moved", open.rule_day.str() + " → " + day.str());
      ++report_.moved;
      open.due = now.due;
    }
    open.kept = true;
    if (!open.handed && now.assignee != open.assignee) {
      session_.exec("UPDATE todos SET assignee = ? WHERE todo_id = ?", {now.assignee, open.id});
      event(open.id, "reassigned", open.assignee + " → " + now.assignee);
      ++report_.reassigned;
    }
    if (now.title != open.title || now.org != open.org || now.due != open.due || rule_ != open.rule)
      session_.exec("UPDATE todos SET title = ?, org = ?, due_on = ?, rule_id = ? WHERE todo_id = ?",
                    {now.title, now.org, now.due, rule_, open.id});
    return true;
  }

  int64_t insert(const DutyExpects& duty, const std::vector<std::pair<uint32_t, Date>>& fresh) {
    const policy::Duty& d = duty.ask.duty();
    const SubjectRows& f = *duty.facts;
    Batch rows(session_, kInsert, kColumns, " ON CONFLICT (key) DO NOTHING");
    for (const auto& [row, day] : fresh) {
      Wanted now = wanted(duty, row, day, shows_on(d, day));
      rows.add({key_of(duty, f.id[row], day),
                std::string("duty"),
                rule_,
                duty.name,
                d.subject,
                f.id[row],
                f.name[row],
                f.customer[row],
                f.org[row],
                std::move(now.title),
                std::move(now.assignee),
                day.str(),
                std::move(now.due),
                int64_t{0},
                std::string("open"),
                std::string(),
                page_of(d.subject, f.id[row], f.customer[row]),
                at_,
                std::string("system"),
                at_,
                std::string("system"),
                Value(),
                std::string(),
                int64_t{0},
                int64_t{0},
                std::string(),
                Value()});
    }
    rows.flush();
    base::fault("todo.rows");
    if (rows.changed() < static_cast<int64_t>(fresh.size())) reopen(duty, fresh);
    return rows.changed();
  }

  // Of those that were there already: what a fact had closed and a corrected fact asks for again.
  void reopen(const DutyExpects& duty, const std::vector<std::pair<uint32_t, Date>>& fresh) {
    std::unordered_set<std::string> keys;
    for (const auto& [row, day] : fresh) keys.insert(key_of(duty, duty.facts->id[row], day));
    std::vector<int64_t> ids;
    for (const auto& row :
         session_.query("SELECT todo_id, key FROM todos WHERE duty = ? AND state = 'fact'", {duty.name}))
      if (keys.contains(row.text(1))) ids.push_back(row.integer(0));
    for_ids(ids, [&](const std::string& list) {
      session_.exec(
          "UPDATE todos SET state = 'open', note = '', changed_at = ?, changed_by = 'system'"
          " WHERE todo_id IN " +
              list,
          {at_});
    });
    for (int64_t id : ids) event(id, "reopened", "业务数据更正了，又要办");
    report_.reopened += static_cast<int64_t>(ids.size());
  }

  void close(OpenRow& row, const char* why) {
    closing_.push_back(row.id);
    event(row.id, "fact", why);
    ++report_.closed;
  }
  void flush_closed() {
    for_ids(closing_, [&](const std::string& list) {
      session_.exec(
          "UPDATE todos SET state = 'fact', snoozed_until = NULL, changed_at = ?, changed_by = 'system'"
          " WHERE state = 'open' AND todo_id IN " +
              list,
          {at_});
    });
    closing_.clear();
  }

  void refresh_due(int64_t id, const std::string& was, const std::optional<Date>& due) {
    const std::string now = due ? due->str() : "";
    if (was == now) return;
    session_.exec("UPDATE todos SET due_on = ?, rule_day = ? WHERE todo_id = ?",
                  {due ? Value(now) : Value(), due ? Value(now) : Value(), id});
    event(id, "moved", was + " → " + now);
    ++report_.moved;
  }

  void raise(int64_t id, const std::string& role, const std::string& assignee, const std::string& org,
             int64_t level, const std::string& title) {
    const bool person = !assignee.empty() && !assignee.starts_with("login:");
    std::string to = roles_.find(role, {}, org, person ? assignee : "");
    if (to.empty() || to == assignee) to = person ? roles_.superior(assignee) : "";
    if (to == assignee) to.clear();
    session_.exec("UPDATE todos SET escalated = ?, escalated_to = ?, escalated_on = ? WHERE todo_id = ?",
                  {level, to, ask_.day.str(), id});
    event(id, "escalated", role + " " + to);
    ++report_.escalated;
    report_.escalations.push_back({id, to, title});
  }

  store::Session& session_;
  const TodoRunAsk& ask_;
  const TodoDoing& doing_;
  const Keepers& keepers_;
  Date began_;
  TodoRunReport& report_;
  std::string at_;
  RoleFinder roles_;
  Batch events_;
  std::unordered_map<std::string, std::unordered_map<std::string, OpenRow>> open_;  // by duty, object
  std::vector<int64_t> closing_;
  int64_t rule_ = 0;
};

// The first day a list was made for: what fell due before is not its business.
Date began_on(store::Session& session, Date day) {
  auto rows = session.query("SELECT min(day) FROM todo_runs");
  auto first = rows.empty() ? std::nullopt : rows[0].maybe_text(0);
  auto date = first ? Date::parse(*first) : std::nullopt;
  return date ? std::min(*date, day) : day;
}

void finish(store::Session& session, const TodoDoing& doing, TodoRunReport& report) {
  auto count = [&](const char* where) {
    return session.query(std::string("SELECT count(*) FROM todos WHERE state = 'open'") + where)[0].integer(0);
  };
  report.open = count(""), report.nobody = count(" AND assignee = ''");
  base::fault("todo.half");
  session.exec("INSERT INTO todo_runs (day, at, actor, report) VALUES (?, ?, ?, ?)",
               {report.day.str(), doing.at.str(), doing.login, to_json(report).dump()});
  if (doing.also && report.changed())
    doing.also("todo.run", "day " + report.day.str(),
               JsonObject{{"made", report.made},
                          {"moved", report.moved},
                          {"closed", report.closed},
                          {"reopened", report.reopened},
                          {"reassigned", report.reassigned},
                          {"escalated", report.escalated}});
  base::fault("todo.before_commit");
}

}  // namespace

TodoRunReport run_todos(warehouse::Warehouse& db, store::Session& session, const TodoRunAsk& ask,
                        const TodoDoing& doing, const std::function<void(const std::string&)>& tell) {
  const Date began = began_on(session, ask.day);
  Expects expects = expect_duties(db, session, ask, began, tell);
  const Keepers keepers = Keepers::load(db, ask.business);
  TodoRunReport report;
  if (tell) tell("记入待办事项");
  session.transaction([&] {
    report = {};
    report.day = ask.day, report.business = ask.business;
    report.problems = ask.problems;
    report.problems.insert(report.problems.end(), expects.problems.begin(), expects.problems.end());
    report.failed = expects.failures + static_cast<int64_t>(ask.problems.size());
    Writer writer(session, ask, doing, keepers, began, report);
    writer.duties(expects);
    if (ask.has_waiting) writer.waiting();
    writer.escalate(expects);
    finish(session, doing, report);
  });
  base::fault("todo.after_commit");
  return report;
}

}  // namespace guanhu::workbench
