// A calendar day (proleptic Gregorian), without time zone.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guanhu::base {

// Days since 1970-01-01. Cheap to copy, ordered, hashable by its number.
class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(int32_t days) : days_(days) {}

  // The day y-m-d, or nothing when there is no such day. Years 1 to 9999.
  static std::optional<Date> from_ymd(int year, int month, int day);
  // Exactly "YYYY-MM-DD"; nothing for any other text and for days that do not exist.
  static std::optional<Date> parse(std::string_view text);

  constexpr int32_t days() const { return days_; }
  int year() const;
  int month() const;    // 1-12
  int day() const;      // 1-31
  int weekday() const;  // ISO: Monday 1 ... Sunday 7
  bool is_month_end() const;
  // The same day `months` later (earlier when negative), clamped to the last day of the month.
  Date add_months(int months) const;
  std::string str() const;  // "YYYY-MM-DD"

  friend constexpr auto operator<=>(Date, Date) = default;
  friend constexpr Date operator+(Date d, int32_t n) { return Date(d.days_ + n); }
  friend constexpr Date operator-(Date d, int32_t n) { return Date(d.days_ - n); }
  friend constexpr int32_t operator-(Date a, Date b) { return a.days_ - b.days_; }

 private:
  int32_t days_ = 0;
};

}  // namespace guanhu::base
