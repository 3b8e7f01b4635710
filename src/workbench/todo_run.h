// The night run: what the packs' duties and the work inside the program ask of people on a day becomes to-dos, and
// those that the facts have settled are closed. The same run twice changes nothing the second time; killed at any
// moment it leaves everything as before, for all it writes is one transaction.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "people/directory.h"
#include "policy/pack.h"
#include "warehouse/warehouse.h"
#include "workbench/calendar.h"
#include "workbench/todo.h"
#include "workbench/todo_lacks.h"

namespace guanhu::workbench {

// Packs whose duties count in this bank: those of which a version is in force, and those that were switched on.
struct TodoPack {
  std::string pack;
  bool activated = false;  // has a version in force on the day: cannot be switched off here
  std::string at, by;      // switched on; "" not
};
std::vector<TodoPack> todo_packs(store::Session& session, base::Date day);
// Refused: todo.pack.on, todo.pack.off (is that already).
base::Status switch_pack(store::Session& session, const std::string& pack, bool on, const TodoDoing& doing);

// The day people work on. The machine's day; but in a bank whose facts stopped more than a month ago (a sample, a
// training bank) the day of its last run, for which the list was made.
base::Date working_day(store::Session& session, base::Instant now);
// For which day the next run is made when nobody says: the machine's day, or the last business date's next when
// that lies more than a month back.
base::Date next_run_day(base::Date last_business_date, base::Instant now);

struct TodoRunAsk {
  base::Date day;       // the list is made for this day
  base::Date business;  // from the facts of this business date
  std::vector<std::shared_ptr<const policy::Pack>> packs;
  BusinessCalendar calendar;
  const people::Directory* directory = nullptr;
  std::vector<Todo> waiting;            // work inside the program (todo_sources.h)
  bool has_waiting = true;              // false: leave to-dos of the program alone
  std::vector<std::string> left_alone;  // packs that cannot be read: what is open of theirs stays
  std::vector<std::string> problems;    // for the report
  FigureOf figure = {};                 // of plans' targets; empty: only those that are counted
};

struct DutyCount {
  std::string pack, duty, title;
  int64_t looked_at = 0, open = 0, made = 0;
};
struct TodoRunReport {
  base::Date day, business;
  int64_t made = 0, moved = 0, closed = 0, reopened = 0, reassigned = 0, escalated = 0, failed = 0, open = 0;
  int64_t nobody = 0;  // open ones for which nobody was found
  std::vector<DutyCount> duties;
  std::vector<std::string>
      problems;  // duties that were left out and rows whose formula failed, the first 20, in words
  struct Escalated {
    int64_t todo = 0;
    std::string to, title;
  };
  std::vector<Escalated> escalations;  // for whoever tells them
  bool changed() const { return made || moved || closed || reopened || reassigned || escalated; }
};
base::Json to_json(const TodoRunReport& report);

// `tell` (may be empty) is told how far it is.
TodoRunReport run_todos(warehouse::Warehouse& db, store::Session& session, const TodoRunAsk& ask,
                        const TodoDoing& doing, const std::function<void(const std::string&)>& tell = {});

// The last run; null when there was none: {"day", "at", "actor", "report"}.
base::Json last_run(store::Session& session);

}  // namespace guanhu::workbench
