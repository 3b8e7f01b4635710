// Sales of one product to one customer by one seller, split in time.
#pragma once
#include <vector>

#include "risk/books.h"

namespace guanhu::risk {

// Runs of sales whose neighbours lie at most so many days apart and whose last one lies in the period.
std::vector<Finding> find_splits(const Books& books, const Rules& rules, const base::Period& period);

}  // namespace guanhu::risk
