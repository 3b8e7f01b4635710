// Formulas of a scheme over its holders.
#pragma once
#include <map>

#include "appraisal/evaluate.h"

namespace guanhu::appraisal::detail {

// What a condition over the staff may ask besides the person.
class Surroundings {
 public:
  const people::Directory& directory;
  const base::Period& period;
  // `facts` may be null: then nobody has a grade. `pack`: whose grades count.
  Surroundings(const people::Directory& all, const base::Period& when, measures::Engine& engine,
               const RecordedFacts* facts, std::string pack)
      : directory(all), period(when), engine_(engine), facts_(facts), pack_(std::move(pack)) {}
  int days_held(const std::string& staff) const;  // all are counted when the first is asked for
  std::string grade(const std::string& staff) const {
    return facts_ ? facts_->grade_on(staff, pack_, period.last()) : "";
  }

 private:
  measures::Engine& engine_;
  const RecordedFacts* facts_;
  std::string pack_;
  mutable std::map<std::string, int> days_;
};

// A column of the staff by its feed name, or one of those that the surroundings add.
feel::Value staff_column(const people::Staff& person, const std::string& name, const Surroundings& around);

// Whether the scheme's filter takes this person; without a filter: position manager.
base::Result<bool> takes_holder(const policy::CompiledScheme& scheme, const people::Staff& person,
                                const Surroundings& around);
// Fills in who counts in peer figures and for how much, where the scheme says so.
base::Status find_peers(const Surroundings& around, Evaluation& evaluation);
// A peer figure over these persons, each with their weight; nothing when one of them has no value.
StepValues take_weighted_peer(const policy::SchemeStep& step, const StepValues& of, const Evaluation& evaluation);

// An indicator or score for every holder, from the steps before it.
base::Result<StepValues> take_formula(const policy::SchemeStep& step, const Evaluation& evaluation);

}  // namespace guanhu::appraisal::detail
