// A pack with changes in its text: what is simulated is always a whole pack, read and checked like any other, with
// a hash of its own, so that it can be kept, compared and made again.
#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "appraisal/life_replay.h"
#include "appraisal/simulate_ask.h"

namespace guanhu::appraisal {

// `files`: of the pack and of those it imports or extends. `scheme`: whose weights and grades are meant. `day`: on
// which parameters are changed, the last one of the period. Refused: simulate.parameter, simulate.formula,
// simulate.weight, simulate.grade (there is no such thing, or it cannot be changed so), and the first problem of a
// pack that is not sound.
base::Result<RunPack> changed_pack(const std::filesystem::path& room, const std::string& pack,
                                   const std::string& scheme, base::Date day,
                                   const std::vector<std::pair<std::string, std::string>>& files,
                                   const PackChange& change);

}  // namespace guanhu::appraisal
