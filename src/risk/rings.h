// Circles of transfers as the bank's transactions show them.
#pragma once
#include <vector>

#include "risk/circles.h"
#include "risk/movements.h"

namespace guanhu::risk {

struct Rings {
  std::vector<Finding> findings;
  size_t transfers = 0, considered = 0, given_up = 0;
};

// Circles whose last transfer lies in the period. The accounts of one customer are one party. A transfer that
// both its accounts report is one.
Rings find_rings(const Books& books, const Rules& rules, const base::Period& period, const Movements& movements,
                 const Replaced& replaced);

}  // namespace guanhu::risk
