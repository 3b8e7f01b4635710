#include "base/money.h"

#include <algorithm>

namespace guanhu::base {

std::optional<Fen> parse_fen(std::string_view t) {
  bool negative = !t.empty() && t[0] == '-';
  if (negative) t.remove_prefix(1);
  size_t point = std::min(t.find('.'), t.size());
  if (point == 0 || point > 15) return std::nullopt;
  size_t decimals = point == t.size() ? 0 : t.size() - point - 1;
  if (point != t.size() && (decimals < 1 || decimals > 2)) return std::nullopt;
  Fen v = 0;
  for (size_t i = 0; i < t.size(); ++i) {
    if (i == point) continue;
    if (t[i] < '0' || t[i] > '9') return std::nullopt;
    v = v * 10 + (t[i] - '0');
  }
  for (size_t i = decimals; i < 2; ++i) v *= 10;
  return negative ? -v : v;
}

std::string format_int128(Int128 value) {
  if (value == 0) return "0";
  unsigned __int128 u = value < 0 ? -static_cast<unsigned __int128>(value) : value;
  std::string s;
  for (; u; u /= 10) s += static_cast<char>('0' + static_cast<int>(u % 10));
  if (value < 0) s += '-';
  std::reverse(s.begin(), s.end());
  return s;
}

std::string format_fen(Fen fen) {
  uint64_t u = fen < 0 ? 0 - static_cast<uint64_t>(fen) : static_cast<uint64_t>(fen);
  std::string cents = std::to_string(u % 100);
  if (cents.size() < 2) cents = "0" + cents;
  return (fen < 0 ? "-" : "") + std::to_string(u / 100) + "." + cents;
}

Int128 divide_half_up(Int128 n, Int128 d) {
  Int128 a = n < 0 ? -n : n;
  Int128 q = a / d, r = a % d;
  if (r >= d - r) ++q;
  return n < 0 ? -q : q;
}

}  // namespace guanhu::base
