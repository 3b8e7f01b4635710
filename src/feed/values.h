// One field's text into the number that the warehouse keeps (docs/warehouse-schema.md).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "feed/tables.h"

namespace guanhu::feed {

// A decimal with at most `places` digits after the point and at most 15 - places + 2 before it, as an
// integer of 10^-places. "[-]digits[.digits]": no plus, no exponent, no separators, no blanks.
std::optional<int64_t> parse_scaled(std::string_view text, int places);
// "YYYY-MM-DD" to days since 1970; nothing for days that do not exist.
std::optional<int32_t> parse_day(std::string_view text);
// "YYYY-MM-DDTHH:MM:SS" to microseconds since 1970.
std::optional<int64_t> parse_moment(std::string_view text);
std::optional<int32_t> parse_count(std::string_view text);  // 0 to 2,147,483,647
std::optional<bool> parse_flag(std::string_view text);      // "true", "false"
bool is_choice(std::string_view choices, std::string_view text);

// Digits after the point that a kind of number keeps; money 2, rate 6, share 8, quantity 4.
int places_of(Kind kind);
// 12345 with 4 places as "1.2345": the shortest exact form; money always with two decimals.
std::string format_scaled(__int128 value, int places);

}  // namespace guanhu::feed
