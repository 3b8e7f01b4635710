// What a claim would change if it were granted, before anyone decides: the holder's scores, total, grade and
// ranks, and those of everyone else whom it moves through averages of the peers and through ranks.
#pragma once
#include <string>

#include "appraisal/run.h"
#include "base/json.h"

namespace guanhu::appraisal {

// {"figure": {"name", "unit", "was", "would"}, "changed": [{"kind", "name", "was", "would"}],
//  "total": {"was", "would"}, "grade", "rank": {"branch", "bank"},
//  "others": {"changed", "up", "down", "items": [{"id", "name", "total", "grade", "rank"}]}}
// Values are texts or null; of others at most 50 stand in `items`, those whose total moves most first. The runs
// are of the same scheme and period and have the same holders.
base::Json effect_of(const Run& before, const Run& after, const std::string& holder, const std::string& figure);

// The same for somebody who may see only one's own: without `items`.
base::Json without_others(base::Json effect);

}  // namespace guanhu::appraisal
