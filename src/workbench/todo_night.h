// A whole night run over a bank: its last business date, the packs that count, its calendar, its people, the work
// that waits inside the program; then what the packs' notices say (notice_night.h). What the command, the job
// after an import and the first visitor of a day all call.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "feed/bank.h"
#include "policy/life.h"
#include "workbench/todo_run.h"

namespace guanhu::workbench {

struct Night {
  std::filesystem::path policies;  // of installed packs
  policy::PolicyLife* life = nullptr;
  std::optional<base::Date> day;  // nothing: next_run_day()
};

// The version of a pack in force on the day, else the installed one.
base::Result<std::shared_ptr<const policy::Pack>> open_night_pack(feed::Bank& bank, const Night& night,
                                                                  const std::string& pack, base::Date day);

// The last business date that was imported; nothing in an empty bank.
std::optional<base::Date> last_business_date(warehouse::Warehouse& db);

// todo.day: a night made for the past would close what was done since, one for the future would raise what is not
// late.
base::Status check_night_day(base::Date day, base::Date last_business_date, base::Instant now);

// Refused: data.none (nothing was imported), todo.day (before the last business date, or beyond the machine's day
// and the next one), calendar.line. A pack that cannot be read is told in the report, its to-dos stay as they are.
base::Result<TodoRunReport> night_run(feed::Bank& bank, const Night& night, TodoDoing doing,
                                      const std::function<void(const std::string&)>& tell = {});
// Whether packs count and no list has been made for the day that is due.
bool night_is_due(store::Session& session, base::Date last_business_date, base::Instant now);

}  // namespace guanhu::workbench
