// A person's way through the grades, and what is recorded of them beside it: titles won, coaching, training. Pure:
// made of the history, the proposals behind it and recorded facts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "appraisal/grade_proposals.h"

namespace guanhu::appraisal {

// A grade and the days it was held: from its first day to its last, both included.
struct CareerStage {
  GradeStep step;
  std::optional<base::Date> to;  // nothing: still held
  std::string change;            // in the pack's words: 晋升, 下调, ...
  // The appraisal that moved it; nothing for what was proposed by hand.
  std::optional<base::Decimal> score;
  std::string scheme, period;
};
// In the order of days. Steps that were corrected, or that another one of the same day replaced, held for no day
// and are left out. `steps` and `proposals`: of one person and one pack.
std::vector<CareerStage> career_of(const std::vector<GradeStep>& steps,
                                   const std::vector<GradeProposal>& proposals);

// A title won year by year: 优秀客户经理.
struct Award {
  std::string name;
  std::vector<int> years;  // ascending, each once
  int in_a_row = 0;        // years up to the last one without a gap
};
// Of facts of the kind "award" that stand: the years their days touch; one without a last day is of its first
// year.
std::vector<Award> awards_of(const std::vector<PeopleFact>& facts);

// How often somebody was praised, blamed, coached, trained: facts that stand, by kind.
struct Balance {
  int awards = 0, blamed = 0, coached = 0, trained = 0;
  // Praise for each blame; nothing without blame.
  std::optional<base::Decimal> ratio() const;
};
Balance balance_of(const std::vector<PeopleFact>& facts);

// What a coaching record must say: who coached (`教练`), the gap (`差距`), what was agreed (`措施`), how it is
// followed up (`跟进`). Refused: fact.value, naming the part that is empty.
base::Status check_coaching(const base::Json& value);

}  // namespace guanhu::appraisal
