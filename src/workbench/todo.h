// To-dos (待办事项): everything a person must do, from whatever source, in one list. A to-do knows the rule it
// comes from, what it is about, when it is due and which page does it; what happens to it leaves a trace.
// docs/todo.md tells its life; todo_run.h makes them, todo_sources.h reads the work that waits inside the program.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::workbench {

// Tables of this module.
std::span<const store::Migration> migrations();

// The rule behind to-dos that arise by themselves, as it stood when they arose.
struct TodoRule {
  int64_t id = 0;
  std::string pack, duty, pack_hash, article, document, subject, checklist;
  std::vector<std::string> rules;  // "PLM-012"
  std::vector<std::string> marks;  // columns like 上次检查日期 that doing it sets to the day it was done
};

struct Todo {
  int64_t id = 0;
  // What makes it this one and no other: "duty:PACK/ID|loan|L1|2026-03-31"; nothing makes it twice.
  std::string key;
  std::string source;  // "duty", "assigned", "assessment", "dispute", "run", "pay", "deposit", "grade", "draft",
                       // "claim", "handover", "assignment", "training", "exam"
  std::optional<TodoRule> rule;
  std::string subject, object, object_name, customer, org;  // "loan", "L1", "张三", "C1", "B01"
  std::string title;
  std::string assignee;                // member of staff, or "login:NAME" of who is none; "" nobody was found
  std::optional<base::Date> rule_day;  // the day the rule names
  std::optional<base::Date> due;       // its last working day; nothing: as soon as possible
  int priority = 0;                    // 1 before others of the day
  std::string state;                   // "open", "done" by hand, "fact" (the facts say so), "cancelled"
  std::string note, link;
  std::string made_at, made_by, changed_at, changed_by;
  std::optional<base::Date> snoozed_until;
  std::string snooze_why;
  int64_t escalated = 0;     // how many times
  std::string escalated_to;  // to whom last
  std::optional<base::Date> escalated_on;

  bool open() const { return state == "open"; }
  bool snoozed(base::Date today) const { return open() && snoozed_until && *snoozed_until > today; }
  bool late(base::Date today) const { return open() && due && *due < today; }
};

struct TodoEvent {
  std::string at, by, what, detail;  // what: made, moved, reassigned, done, fact, reopened, snoozed, woken,
                                     // cancelled, escalated
};

// Columns of a to-do's row, as read_todo takes them; FROM todos t LEFT JOIN todo_rules r.
extern const char* const kTodoColumns;
Todo read_todo(const store::Row& row);

struct TodoFilter {
  std::vector<std::string> people;  // whose; empty: anybody's
  std::string escalated_to;         // or escalated to them
  std::string state;                // "open", "closed", "" any
  std::string source, pack, object, customer;
  std::optional<base::Date> due_before;   // only what is due before that day
  std::optional<base::Date> closed_from;  // of closed ones
  size_t limit = 5000;
};
// By due day, without one first; then priority, then number.
std::vector<Todo> todos(store::Session& session, const TodoFilter& filter);
// Refused: todo.unknown.
base::Result<Todo> todo(store::Session& session, int64_t id);
std::vector<TodoEvent> todo_events(store::Session& session, int64_t id);  // oldest first

// Who does something, when, on which day of the bank; `also` runs inside the transaction, for the audit record.
struct TodoDoing {
  std::string login, person;  // person: as Todo::assignee
  base::Instant at;
  base::Date today;
  std::function<void(const std::string& action, const std::string& subject, base::Json detail)> also = {};
};
std::string person_of(const std::string& login, const std::string& staff);

// All are refused: todo.unknown, todo.state (closed already, by whom), todo.note / todo.reason (nothing written,
// or beyond 2000 characters). Who may is the caller's to see.
//
// Done by hand, with a note. Columns like 上次检查日期 of what it is about become `today`.
base::Result<Todo> finish_todo(store::Session& session, int64_t id, const std::string& note,
                               const TodoDoing& doing);
// The same inside the caller's transaction: what was done (a visit, say) is written together with it.
base::Result<Todo> finish_todo_in(store::Session& session, int64_t id, const std::string& note,
                                  const TodoDoing& doing);
// A column like 上次走访日期 of a thing ("customer", "C1") becomes `day`, unless it is later already; inside a
// transaction.
void mark_done(store::Session& session, const std::string& subject, const std::string& object,
               const std::string& name, base::Date day);
// Out of sight until the day. Refused also: todo.snooze.day (not after today, or more than 92 days off).
base::Result<Todo> snooze_todo(store::Session& session, int64_t id, base::Date until, const std::string& reason,
                               const TodoDoing& doing);
base::Result<Todo> wake_todo(store::Session& session, int64_t id, const TodoDoing& doing);
base::Result<Todo> cancel_todo(store::Session& session, int64_t id, const std::string& reason,
                               const TodoDoing& doing);
// What was done or cancelled by hand is open again. Refused also: todo.open.
base::Result<Todo> reopen_todo(store::Session& session, int64_t id, const std::string& reason,
                               const TodoDoing& doing);
// To somebody else.
base::Result<Todo> hand_todo(store::Session& session, int64_t id, const std::string& to, const std::string& reason,
                             const TodoDoing& doing);

struct AssignedTodo {
  std::string title, assignee, org, subject, object, object_name, customer, link;
  base::Date due;
  int priority = 0;
};
// PLN-303: a task that a leader gives. Refused: todo.title, todo.due (before today).
base::Result<Todo> assign_todo(store::Session& session, const AssignedTodo& ask, const TodoDoing& doing);

// ------------------------------------------------------------------------------- for this module

// One line of the trace; inside a transaction.
void add_event(store::Session& session, int64_t todo, const std::string& what, const std::string& detail,
               const std::string& by, base::Instant at);
// Rows with these keys: of a to-do that was live in its source until somebody did something to it.
std::optional<int64_t> todo_with_key(store::Session& session, const std::string& key);
// A new row, unless its key is there; inside a transaction. The number of the row with the key.
int64_t keep_todo(store::Session& session, const Todo& todo, const std::string& by, base::Instant at);

}  // namespace guanhu::workbench
