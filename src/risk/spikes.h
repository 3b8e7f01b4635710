// Month-end spikes (存款偏离度): the balance of the last day against the month's daily average; and money that
// comes just before a month end and goes just after. Both need balances only.
#pragma once
#include <vector>

#include "risk/books.h"
#include "risk/effects.h"

namespace guanhu::risk {

// Month ends within the period that the facts reach.
std::vector<base::Date> month_ends(const base::Period& period, int32_t reached);

std::vector<Finding> find_spikes(const Books& books, const Rules& rules, base::Date month_end,
                                 const people::Directory& directory, const Subtrees& subtrees);
std::vector<Finding> find_passing(const Books& books, const Rules& rules, base::Date month_end);

}  // namespace guanhu::risk
