#include "base/clock.h"

#include <chrono>
#include <cstdio>

#include "base/date.h"

namespace guanhu::base {

namespace {
constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kDay = 86'400 * kSecond;

// Two digits at `at`, or -1.
int two(std::string_view t, size_t at) {
  if (at + 2 > t.size() || t[at] < '0' || t[at] > '9' || t[at + 1] < '0' || t[at + 1] > '9') return -1;
  return (t[at] - '0') * 10 + (t[at + 1] - '0');
}

// Reads ".ffffff" at the front of `t` and removes it; -1 when it is malformed.
int64_t take_fraction(std::string_view& t) {
  if (t.empty() || t[0] != '.') return 0;
  int64_t value = 0, scale = kSecond / 10;
  size_t i = 1;
  for (; i < t.size() && t[i] >= '0' && t[i] <= '9'; ++i, scale /= 10) value += (t[i] - '0') * scale;
  if (i == 1 || i > 7) return -1;
  t.remove_prefix(i);
  return value;
}

// "", "Z" or "+08:00": microseconds to subtract.
std::optional<int64_t> offset(std::string_view t) {
  if (t.empty() || t == "Z") return 0;
  if (t.size() != 6 || (t[0] != '+' && t[0] != '-') || t[3] != ':') return std::nullopt;
  int h = two(t, 1), m = two(t, 4);
  if (h < 0 || h > 14 || m < 0 || m > 59) return std::nullopt;
  return (t[0] == '+' ? 1 : -1) * (h * 3600 + m * 60) * kSecond;
}
}  // namespace

std::string Instant::str() const {
  int64_t day = micros / kDay, rest = micros % kDay;
  if (rest < 0) rest += kDay, --day;
  int64_t s = rest / kSecond, f = rest % kSecond;
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d", static_cast<int>(s / 3600),
                static_cast<int>(s / 60 % 60), static_cast<int>(s % 60));
  std::string out = Date(static_cast<int32_t>(day)).str() + buffer;
  if (f) {
    std::snprintf(buffer, sizeof buffer, ".%06d", static_cast<int>(f));
    out += buffer;
  }
  return out + "Z";
}

std::optional<Instant> Instant::parse(std::string_view t) {
  auto day = Date::parse(t.substr(0, std::min<size_t>(10, t.size())));
  if (!day) return std::nullopt;
  int64_t at = day->days() * kDay;
  if (t.size() == 10) return Instant{at};
  if (t.size() < 19 || t[10] != 'T' || t[13] != ':' || t[16] != ':') return std::nullopt;
  int h = two(t, 11), m = two(t, 14), s = two(t, 17);
  if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59) return std::nullopt;
  t.remove_prefix(19);
  int64_t f = take_fraction(t);
  auto off = offset(t);
  if (f < 0 || !off) return std::nullopt;
  return Instant{at + (h * 3600 + m * 60 + s) * kSecond + f - *off};
}

Instant SystemClock::now() {
  auto t = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::microseconds>(t).count()};
}

}  // namespace guanhu::base
