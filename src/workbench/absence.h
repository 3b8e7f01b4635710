// Absence and substitutes (AB 岗): on which days somebody is away and who does the work. To-dos stay in the name
// of whom they belong to; on these days the substitute has them in the list as well.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "people/directory.h"
#include "store/store.h"
#include "workbench/todo.h"

namespace guanhu::workbench {

struct Absence {
  int64_t id = 0;
  std::string staff, substitute;
  base::Date from, to;  // both included
  std::string kind;     // "leave" 休假, "rotation" 轮岗, "training" 培训, "post_b" AB 岗, "other"
  std::string reason, made_at, made_by, ended_at, ended_by;  // ended: taken back, counts no more
};

struct AbsenceFilter {
  std::string staff, substitute;
  std::optional<base::Date> on;  // that hold on the day
  bool ended = false;            // these too
};
std::vector<Absence> absences(store::Session& session, const AbsenceFilter& filter);  // by first day

// Refused: absence.staff, absence.substitute (unknown, not in post on the first day, the same person),
// absence.days (turned round, or longer than a year), absence.overlap (away already on a day of it), absence.both
// (the substitute is away himself on a day of it), absence.kind, todo.reason.
base::Result<Absence> record_absence(store::Session& session, const people::Directory& directory,
                                     const Absence& absence, const TodoDoing& doing);
// Refused: absence.unknown, absence.ended, todo.reason.
base::Result<Absence> end_absence(store::Session& session, int64_t id, const std::string& reason,
                                  const TodoDoing& doing);

// Whose work `staff` does on the day: those that are away and named them, and theirs in turn (who stands in for
// somebody who stands in), each once; without `staff`.
std::vector<std::string> stands_in_for(store::Session& session, const std::string& staff, base::Date day);

}  // namespace guanhu::workbench
