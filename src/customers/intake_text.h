// What people write into cells, read: blanks, dates in several ways, numbers with separators, several values.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"

namespace guanhu::customers {

// Without blanks at both ends, also the wide ones of Chinese keyboards.
std::string trimmed(std::string_view text);
size_t characters_in(std::string_view text);  // of UTF-8
// "2025-03-01", "2025/3/1", "2025.3.1", "2025年3月1日", "20250301".
std::optional<base::Date> read_day(std::string_view text);
// "1,200.50", "１２" is none; at most 12 digits before the point and 6 behind it.
std::optional<base::Decimal> read_number(std::string_view text);
// "养殖；种植、运输" parted at ; ； 、 | and line ends, without blanks and empty ones.
std::vector<std::string> parted(std::string_view text);
// "AB" of column 27; from 0.
std::string column_letters(size_t column);

}  // namespace guanhu::customers
