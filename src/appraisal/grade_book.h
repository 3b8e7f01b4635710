// Grades of people: which a bank has and who decides (both the pack says), the dated history of each person, and
// proposals that become history only by the decision of somebody else.
//
// A pack says it in a decision `grade-plan` without inputs, whose result is a context:
//   职级        list of texts, from low to high
//   见习        list of grades outside of the scale (见习, 助理)
//   无          what "no grade" is called
//   建议        the decision that proposes (grade_proposals.h)
//   决定权      list of {变动: list, 职级: list, 机关, 角色: list}: the first line that names the change and the
//               new grade (an empty list names all) says which body decides and which roles act for it
//   申诉        the decision that says until when one may appeal (申诉截止日); "" there is no appeal
//   权限        the decision that says what a grade may lend; "" the pack says nothing
//   权限职级, 权限金额  what its inputs are called
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "appraisal/named_inputs.h"
#include "appraisal/people_doing.h"
#include "base/date.h"
#include "base/error.h"
#include "store/store.h"

namespace guanhu::appraisal {

struct GradeBody {
  std::vector<std::string> changes, grades;  // empty: any
  std::string body;
  std::vector<std::string> roles;
};

struct GradePlan {
  std::string pack, pack_hash;
  std::vector<std::string> scale, trainees;
  std::string none, proposes, appeal, authority, authority_grade, authority_amount;
  std::vector<GradeBody> bodies;

  bool knows(const std::string& grade) const;
  // Higher is better; nothing outside of the scale.
  std::optional<size_t> place(const std::string& grade) const;
  // Refused: grade.authority (nobody may decide that).
  base::Result<GradeBody> body_for(const std::string& change, const std::string& grade) const;
};
// Refused: grade.plan (the pack has none, or it is not as above).
base::Result<GradePlan> read_grade_plan(const policy::Pack& pack, base::Date on);

struct GradeStep {
  int64_t id = 0;
  std::string pack, staff, grade;
  base::Date from;
  std::string reason, document, body;
  int64_t proposal = 0;
  std::optional<int64_t> corrects, corrected_by;
  std::string decided_at, decided_by, proposed_by;
};
// Every step, corrected ones too: by staff, day, number. `staff` "": of all.
std::vector<GradeStep> grade_history(store::Session& session, const std::string& pack,
                                     const std::string& staff = "");
// Those that were decided by then; what was corrected later was not corrected yet. Nothing: all.
std::vector<GradeStep> as_known(std::vector<GradeStep> steps, const std::optional<base::Instant>& known_at);
// The step in force at the end of the day; nullptr: none yet. Of one person's steps.
const GradeStep* grade_on(const std::vector<GradeStep>& steps, base::Date day);

}  // namespace guanhu::appraisal
