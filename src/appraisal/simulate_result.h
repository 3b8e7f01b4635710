// A simulation as it is shown and kept: a headline, everyone's before and after, flips, spread, cost.
#pragma once
#include "appraisal/simulate.h"
#include "appraisal/simulate_margins.h"
#include "base/json.h"

namespace guanhu::appraisal {

// Numbers of a simulation, exact texts but for counts.
// {"hash", "base": {"kind", "run", "run_hash", "pack_hash", "known_at"}, "pack_hash", "engine", "title", "words",
//  "notes", "steps", "reused", "people", "gainers", "losers", "same", "appeared", "gone", "most", "least",
//  "average": {"before", "after"}, "grade_changes", "grades": [{"from", "to", "people"}],
//  "weights": [{"name", "before", "after"}], "spread": [{"from", "to", "before", "after"}], "cost": {"before",
//  "after", "change"} | null, "headline"}
base::Json summary_json(const Simulation& simulation);
// {"id", "name", "org", "branch", "before": {"total", "grade", "place", "reason"} | null, "after": …, "change",
//  "pay": {"before", "after", "change"} | null, "scores": [{"name", "before", "after"}]}
base::Json holder_json(const SimulatedHolder& holder);
// How far everyone stands from the next grade, after the change: {"id", "name", "branch", "total", "grade",
// "next", "missing", "need", "lead", "jump": {"after", "size"} | null}, the nearest first. `jumps`: as `cliffs`,
// or empty.
base::Json cliffs_json(const Evaluation& evaluation, const std::vector<Cliff>& cliffs,
                       const std::vector<Jump>& jumps, const people::Directory& directory);

}  // namespace guanhu::appraisal
