// What a person's grade ought to become: computed from an appraisal by a decision of the pack, or asked for by
// hand with a reason; decided by the authority the regulation names, never by who proposed it or whom it is about.
//
// The decision `建议` of the plan gets, by name: the figures, scores, 考核总分 and 考核等级 of the run, recorded
// facts in force on the day, 职级 (what is held, or `无`), 评定日期. Its result is a context with
//   变动      what is proposed, in the pack's words
//   新职级    the grade it leads to
//   提请      whether there is something to decide (false: it is only listed)
//   依据      list of texts, shown to who decides
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "appraisal/grade_book.h"
#include "appraisal/people_facts.h"

namespace guanhu::appraisal {

// Somebody as the decision sees them.
struct GradePerson {
  std::string id, name, org, branch;
  Names told;  // from the run
};

struct GradeProposal {
  int64_t id = 0, batch = 0;
  std::string pack, staff, name, org, branch, was, becomes, change;
  base::Date from;
  base::Json answer;  // {"decision", "result", "cites", "inputs", "error"}
  std::string body;
  std::vector<std::string> roles;
  std::string reason, document;
  std::optional<int64_t> corrects;
  // "listed" nothing to decide, "waiting" something is missing, "proposed", "accepted", "rejected", "superseded"
  std::string state;
  std::string made_by, made_staff, made_at;
  std::string decided_at, decided_by, decided_why, decided_document;  // "" not yet
  std::optional<base::Date> appeal_until;
};

struct GradeAsk {
  const policy::Pack* pack = nullptr;
  std::optional<int64_t> run;
  base::Date on;                   // 评定日期
  std::optional<base::Date> from;  // when the grades shall hold; else `on`
};
// One batch over all people; undecided proposals of earlier batches of the pack for them are superseded.
// Refused: grade.plan and what policy::decide refuses of it; grade.nobody.
base::Result<int64_t> propose_grades(store::Session& session, const GradeAsk& ask,
                                     const std::vector<GradePerson>& people, const PeopleDoing& doing);

struct GradeByHand {
  GradePerson person;
  std::string grade, change;  // change "": 晋升, 下调, 取消资格, 定级 or 更正 by the scale
  base::Date from;
  std::string reason, document;
  std::optional<int64_t> corrects;  // a step of the history that is wrong
};
// Refused: grade.plan, grade.unknown.grade, grade.same, grade.reason, grade.document, grade.authority,
// grade.corrects.
base::Result<int64_t> propose_grade(store::Session& session, const policy::Pack& pack, const GradeByHand& ask,
                                    const PeopleDoing& doing);

struct ProposalFilter {
  int64_t id = 0, batch = 0;  // 0 any
  std::string pack, staff, state;
};
std::vector<GradeProposal> grade_proposals(store::Session& session, const ProposalFilter& filter);

struct GradeDecision {
  int64_t proposal = 0;
  bool accept = false;
  std::string reason, document;    // a document is needed to accept
  std::optional<base::Date> from;  // else the proposal's
  std::vector<std::string> roles;  // of who decides
};
// Refused: grade.unknown, grade.state, grade.reason, grade.document, grade.authority (another body decides),
// grade.self (who proposed it, or whom it is about), grade.from (before the step in force, but for corrections).
// `appeal_until`: from the plan's decision, asked by the caller.
base::Result<GradeProposal> decide_grade(store::Session& session, const GradeDecision& decision,
                                         std::optional<base::Date> appeal_until, const PeopleDoing& doing);
// Until when a decision made today may be appealed; nothing: the pack knows no appeal. `names`: holidays.
base::Result<std::optional<base::Date>> grade_appeal_until(const policy::Pack& pack, const GradePlan& plan,
                                                           const Names& names, base::Date today);

struct GradeAppeal {
  int64_t id = 0, proposal = 0;
  std::string staff, reason, filed_at, filed_by, state, grade, decided_at, decided_by, decision;
};
std::vector<GradeAppeal> grade_appeals(store::Session& session, int64_t proposal = 0);
// Refused: grade.unknown (no decided proposal of theirs), grade.appeal.none, grade.appeal.late,
// grade.appeal.twice, grade.reason.
base::Result<int64_t> appeal_grade(store::Session& session, int64_t proposal, const std::string& reason,
                                   base::Date today, const PeopleDoing& doing);
// `grade` "": it stands. Else the grade becomes that from the proposal's day on, as a correction. Refused:
// grade.unknown, grade.state, grade.reason, grade.document, grade.authority, grade.self, grade.unknown.grade.
base::Status decide_appeal(store::Session& session, const policy::Pack& pack, int64_t appeal,
                           const std::string& grade, const GradeDecision& decision, const PeopleDoing& doing);

}  // namespace guanhu::appraisal
