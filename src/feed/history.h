// Is the history before a day known to be whole? Pure. (docs/decisions/0003-import.md)
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace guanhu::feed {

// Business dates (days since 1970) that are missing after `base` and up to `day`, as far as the dates that
// are there show a rhythm: year ends, quarter ends, month ends (the first and the last date apart), or
// days, with or without weekends. Where they show none, nothing is missing.
// `imported`: ascending.
std::vector<int32_t> missing_dates(std::span<const int32_t> imported, int32_t base, int32_t day);

}  // namespace guanhu::feed
