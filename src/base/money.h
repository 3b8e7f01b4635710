// Money is an integer number of fen (1/100 of the currency unit). Never a double.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guanhu::base {

using Fen = int64_t;
using Int128 = __int128;

// "[-]digits[.d[d]]", at most 15 digits before the point: the feed's money. Nothing for any other
// text ("1,000", "1.005", "", " 1", "1e3", "+1").
std::optional<Fen> parse_fen(std::string_view text);
// 193120455.40 as "193120455.40": always two decimals.
std::string format_fen(Fen fen);
std::string format_int128(Int128 value);

// numerator / denominator, rounded half away from zero (四舍五入). denominator > 0.
Int128 divide_half_up(Int128 numerator, Int128 denominator);

}  // namespace guanhu::base
