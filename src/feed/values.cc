#include "feed/values.h"

#include "base/date.h"
#include "base/money.h"

namespace guanhu::feed {
namespace {

constexpr int64_t kPower[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
int two(std::string_view t, size_t i) { return (t[i] - '0') * 10 + (t[i + 1] - '0'); }

}  // namespace

std::optional<int64_t> parse_scaled(std::string_view t, int places) {
  bool negative = !t.empty() && t[0] == '-';
  size_t i = negative ? 1 : 0;
  // 17 digits in all always fit; money keeps 15 before the point.
  size_t most = static_cast<size_t>(17 - places);
  size_t first = i;
  int64_t v = 0;
  for (; i < t.size() && is_digit(t[i]); ++i) {
    if (i - first >= most) return std::nullopt;
    v = v * 10 + (t[i] - '0');
  }
  if (i == first) return std::nullopt;
  int left = places;
  if (i < t.size()) {
    if (t[i] != '.' || i + 1 == t.size()) return std::nullopt;
    for (++i; i < t.size(); ++i, --left) {
      if (!is_digit(t[i]) || left == 0) return std::nullopt;
      v = v * 10 + (t[i] - '0');
    }
  }
  v *= kPower[left];
  return negative ? -v : v;
}

std::optional<int32_t> parse_day(std::string_view t) {
  auto date = base::Date::parse(t);
  if (!date) return std::nullopt;
  return date->days();
}

std::optional<int64_t> parse_moment(std::string_view t) {
  if (t.size() != 19 || t[10] != 'T' || t[13] != ':' || t[16] != ':') return std::nullopt;
  for (size_t i : {11, 12, 14, 15, 17, 18})
    if (!is_digit(t[i])) return std::nullopt;
  auto day = parse_day(t.substr(0, 10));
  int hour = two(t, 11), minute = two(t, 14), second = two(t, 17);
  if (!day || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return (int64_t{*day} * 86400 + hour * 3600 + minute * 60 + second) * 1'000'000;
}

std::optional<int32_t> parse_count(std::string_view t) {
  if (t.empty() || t.size() > 10) return std::nullopt;
  int64_t v = 0;
  for (char c : t) {
    if (!is_digit(c)) return std::nullopt;
    v = v * 10 + (c - '0');
  }
  if (v > INT32_MAX) return std::nullopt;
  return static_cast<int32_t>(v);
}

std::optional<bool> parse_flag(std::string_view t) {
  if (t == "true") return true;
  if (t == "false") return false;
  return std::nullopt;
}

bool is_choice(std::string_view choices, std::string_view text) {
  if (text.empty() || text.find(' ') != std::string_view::npos) return false;
  while (!choices.empty()) {
    size_t n = std::min(choices.find(' '), choices.size());
    if (choices.substr(0, n) == text) return true;
    choices.remove_prefix(std::min(n + 1, choices.size()));
  }
  return false;
}

int places_of(Kind kind) {
  switch (kind) {
    case Kind::money: return 2;
    case Kind::rate: return 6;
    case Kind::share: return 8;
    case Kind::quantity: return 4;
    default: return 0;
  }
}

std::string format_scaled(__int128 value, int places) {
  std::string digits = base::format_int128(value < 0 ? -value : value);
  auto p = static_cast<size_t>(places);
  if (digits.size() <= p) digits.insert(0, p + 1 - digits.size(), '0');
  std::string out = digits.substr(0, digits.size() - p);
  std::string fraction = digits.substr(digits.size() - p);
  if (places != 2) {
    while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  }
  if (!fraction.empty()) out += "." + fraction;
  return value < 0 ? "-" + out : out;
}

}  // namespace guanhu::feed
