// Dividing money so that the parts add up to the whole exactly: by the largest remainder.
#pragma once
#include <vector>

#include "base/decimal.h"
#include "base/error.h"
#include "base/money.h"

namespace guanhu::appraisal {

// Whole fen near the exact parts (in 元) that add up to `total`: each is rounded down, what is missing goes fen by
// fen to the largest fractions, of equal ones to the first. `total` must be within one fen per part of their sum;
// anything else throws Broken.
std::vector<base::Fen> largest_remainder(const std::vector<base::Decimal>& exact, base::Fen total);

// `total` by weights. Refused: pay.weights (a weight below 0, or none above 0).
base::Result<std::vector<base::Fen>> split_fen(base::Fen total, const std::vector<base::Decimal>& weights);

// Half up (away from zero) to the fen. Throws Broken beyond what an amount can be (10^15 元).
base::Fen to_fen(const base::Decimal& yuan);

}  // namespace guanhu::appraisal
