// Whether anything that the pay of a month rests on is another than when it was worked out. A month that nothing
// touched is not worked out again: not for a correction, not for its costs.
//
// What a month rests on is its pack (kept with the run), the appraisal that counts, who came and left when, the
// grades and facts that hold on its days, work done together on its days. All of it goes into one digest. What
// begins after the month's last day is no part of it.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "appraisal/grade_book.h"
#include "appraisal/people_facts.h"
#include "appraisal/recorded.h"
#include "base/date.h"
#include "base/period.h"
#include "people/directory.h"
#include "store/store.h"

namespace guanhu::appraisal {

// Facts as they are recorded at the moment of reading, for many periods.
class FactsKnown {
 public:
  explicit FactsKnown(store::Session& session);
  // Of the facts that facts_in_force() would find in the period, as far as its days go.
  std::string digest(const base::Period& period) const;

 private:
  std::vector<PeopleFact> facts_;
  std::vector<Recorded> of_schemes_;
};

// Reads everything once, when it is made: what is recorded later is seen by the next one. So a digest is never
// newer than what is worked out after it, and a month is rather worked out once too often.
class PayInputs {
 public:
  PayInputs(store::Session& session, const people::Directory& directory, std::string pack);
  // `appraisal`: whose figures count. `grades`: the pack whose grades count; "" the plan's own.
  std::string digest(int64_t appraisal, const base::Period& period, base::Date pay_on, const std::string& grades);

 private:
  const std::vector<GradeStep>& grades_of(const std::string& pack);

  store::Session& session_;
  const people::Directory& directory_;
  std::string pack_;
  FactsKnown facts_;
  std::vector<std::pair<base::Date, std::string>> joint_;  // its day, and what counts of it
  std::map<std::string, std::vector<GradeStep>> grades_;
};

// Before a draft is kept, with its digest; of what was corrected, by whom nothing stays due.
void keep_inputs(store::Session& session, int64_t pay_id, const std::string& digest);
void keep_corrected_month(store::Session& session, int64_t pay_id, int64_t corrected, const std::string& digest);

// Whether the month is as it was when it was last put right: paid as it is, or wholly corrected by the last of the
// approved and paid runs that corrected it. A correction that became void, or left something due, touches it.
bool untouched(store::Session& session, int64_t pay_id, const std::string& digest);

}  // namespace guanhu::appraisal
