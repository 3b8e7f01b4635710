// What the peer figures of a kept run came to (an average over all holders, the same for everybody). A run keeps
// the figures that its scheme lists, so they are computed again, as it was known then; nobody can recompute a
// score on paper without them.
#pragma once
#include <map>
#include <string>

#include "appraisal/life_replay.h"

namespace guanhu::appraisal {

// By name, in the figure's unit; without those that have no value. Empty where the scheme has none, and where the
// run cannot be made again (its pack or its facts are gone). What was computed stays in memory until
// a figure of the run is put right.
std::map<std::string, base::Decimal> peer_values(const Desk& desk, int64_t run);

}  // namespace guanhu::appraisal
