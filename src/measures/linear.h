// Figures that are sums over days and subjects: the common form of everything that adds up.
//
// Amounts are whole: fen (or 1/10,000 of a quantity, or 1 for a count) × share in 1/10,000 × days.
#pragma once
#include <cstdint>
#include <vector>

#include "base/money.h"

namespace guanhu::measures {

struct Sums {
  std::vector<base::Int128> owner;  // by staff or organisation number; 0 is nobody
  base::Int128 bank = 0;            // the whole, computed without looking at who holds what
  bool adds_up() const {
    base::Int128 sum = 0;
    for (base::Int128 v : owner) sum += v;
    return sum == bank;
  }
};

class Linear {
 public:
  virtual ~Linear() = default;
  // Over the days first to last (since 1970, both included): for a balance the sum of what stood at
  // the end of each day, for events the sum of those of these days.
  virtual Sums days(int32_t first, int32_t last) = 0;
};

}  // namespace guanhu::measures
