// Targets that the pack itself gives its holders (policy/target.h).
#pragma once
#include "appraisal/evaluate.h"
#include "appraisal/tree.h"

namespace guanhu::appraisal::detail {

bool is_target(const policy::SchemeStep& step);

// A target measure for every person: what the pack says goes before the feed. With attribution `subtree` a person
// has the number of the nearest organisation above them. Refused: as the engine does.
base::Result<StepValues> take_target(const policy::SchemeStep& step, const Evaluation& evaluation,
                                     measures::Engine& engine, const people::Directory& directory);

// The values by another name than the measure has: they come from the pack, which a measure does not know.
std::string name_of_target(const policy::SchemeStep& step, const StepValues& values);

// What stands below a figure that the pack or an organisation gave: where it says so.
Node given_node(const Evaluation& evaluation, const policy::SchemeStep& step, const GivenTarget& given);

}  // namespace guanhu::appraisal::detail
