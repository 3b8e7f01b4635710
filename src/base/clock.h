// Time is passed in, never read from the machine by business code.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guanhu::base {

// Microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  int64_t micros = 0;
  friend constexpr auto operator<=>(Instant, Instant) = default;
  // "2025-12-31T08:00:00.123456Z"; the fraction only where there is one.
  std::string str() const;
  // "YYYY-MM-DD" (its first moment), "YYYY-MM-DDTHH:MM:SS[.ffffff]" with "Z", "+08:00" or nothing (UTC).
  static std::optional<Instant> parse(std::string_view text);
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

class SystemClock : public Clock {
 public:
  Instant now() override;
};

// For tests: stands still until told otherwise.
class FixedClock : public Clock {
 public:
  explicit FixedClock(Instant at) : at_(at) {}
  Instant now() override { return at_; }
  void set(Instant at) { at_ = at; }

 private:
  Instant at_;
};

}  // namespace guanhu::base
