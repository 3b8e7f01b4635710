// Formulas of a scheme over its holders.
#pragma once
#include "appraisal/evaluate.h"

namespace guanhu::appraisal::detail {

// Whether the scheme's filter takes this person; without a filter: position manager.
base::Result<bool> takes_holder(const policy::CompiledScheme& scheme, const people::Staff& person);

// An indicator or score for every holder, from the steps before it.
base::Result<StepValues> take_formula(const policy::SchemeStep& step, const Evaluation& evaluation);

}  // namespace guanhu::appraisal::detail
