// Filling in: one form for each assessor and assessed. What is half filled in is kept (QUA-610), handed in once,
// taken back before the deadline with a reason, handed on to somebody else, or given up by who should not judge.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "appraisal/assess_plan.h"

namespace guanhu::appraisal {

struct FormSheet {
  int64_t id = 0, plan = 0, revision = 0;
  std::string assessor, assessed, state;  // "open", "submitted", "recused"
  size_t group = 0;
  base::Json marks;    // {"1.2": "8.5", "1.3": "skip"}; null: nothing yet, or no longer kept
  std::string remark;  // for the report; may be empty
  std::string saved_at, submitted_at, delegated_from;
  bool late = false;
};

// Of running plans: the to-dos of a member of staff, also those handed in, in the order of deadlines.
std::vector<FormSheet> sheets_of(store::Session& store, const std::string& assessor);
std::vector<FormSheet> sheets_in(store::Session& store, int64_t plan);
// Refused: assess.unknown, also for somebody else's.
base::Result<FormSheet> sheet(store::Session& store, int64_t id, const std::string& assessor);

// The marks as they are kept. What is wrong goes to `faults` (code assess.mark, where "/marks/1.2"); QUA-603:
// 0 <= mark <= full, one of the levels where there are levels. `whole`: every entry must have one (QUA-609).
base::Json checked_marks(const policy::Form& form, const base::Json& marks, bool whole,
                         std::vector<base::Error>& faults);
// Entries that have a mark, and entries there are.
std::pair<size_t, size_t> answered(const policy::Form& form, const base::Json& marks);

// All of them are refused: assess.unknown (none, or somebody else's), assess.state (not open, or its plan is not
// running), assess.over (the time is over), assess.stale (saved elsewhere since `revision`), assess.relative.
// Refused also: what checked_marks says, the first of it.
base::Result<FormSheet> save_sheet(store::Session& store, int64_t id, int64_t revision, const base::Json& marks,
                                   const std::string& remark, const Act& act);
base::Result<FormSheet> submit_sheet(store::Session& store, int64_t id, int64_t revision, const Act& act);
// Before the deadline. Refused also: assess.late.
base::Result<FormSheet> withdraw_sheet(store::Session& store, int64_t id, const std::string& reason,
                                       const Act& act);
// Refused also: assess.delegate (not allowed by the plan, handed on already, to the assessed himself, a relative
// of his, somebody who assesses him anyway, nobody in post).
base::Result<FormSheet> delegate_sheet(store::Session& store, int64_t id, const std::string& to,
                                       const std::string& reason, const World& world, const Act& act);
// Who steps aside; the answer says who came in for him ("" nobody).
base::Result<std::string> recuse_sheet(store::Session& store, int64_t id, const std::string& reason,
                                       const Act& act);

// Inside a transaction: the forms of running plans between the two are given up.
void take_back_between(store::Session& store, const std::string& one, const std::string& other, const Act& act);

}  // namespace guanhu::appraisal
