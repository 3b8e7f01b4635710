// Dates, times and durations of FEEL: calendar, texts, properties.
//
// Years from -999,999,999 to 999,999,999 (ISO 8601, proleptic Gregorian). Times to the nanosecond.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "feel/value.h"

namespace guanhu::feel {

constexpr int64_t kMaxYear = 999'999'999;

struct Civil {
  int64_t year;
  int month, day;
};
int64_t days_from_civil(int64_t year, int month, int day);  // since 1970-01-01
Civil civil_from_days(int64_t days);
int days_in_month(int64_t year, int month);
bool is_date(int64_t year, int64_t month, int64_t day);
bool in_years(int64_t days);  // within the range above
// The same day `months` later, clamped to the last day of the month; nothing beyond the years.
std::optional<int64_t> add_months(int64_t days, int64_t months);
int weekday(int64_t days);       // Monday 1 ... Sunday 7
int week_of_year(int64_t days);  // ISO 8601
inline int64_t floor_divide(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

// The texts FEEL accepts ("2025-12-31", "08:00:00.5+08:00", "2025-12-31T08:00:00@Asia/Shanghai",
// "P1DT2H", "P1Y2M"); null Values never come back, only nothing.
std::optional<Value> parse_date(std::string_view text);
std::optional<Value> parse_time(std::string_view text);
std::optional<Value> parse_date_time(std::string_view text);  // a date alone: its midnight
std::optional<Value> parse_duration(std::string_view text);
// Of @"…": whichever of the four it is.
std::optional<Value> parse_temporal(std::string_view text);
std::optional<Zone> parse_zone(std::string_view text);  // "", "Z", "+08:00[:00]", "@Europe/Paris"

std::string date_text(int64_t days);
std::string time_text(const TimeOfDay& time);
std::string date_time_text(const DateTime& moment);
std::string days_duration_text(Nanos nanos);
std::string months_duration_text(int64_t months);

// UTC nanoseconds; a local zone counts as UTC (has_zone tells them apart).
Nanos instant(const DateTime& moment);
Nanos instant(const TimeOfDay& time);
bool has_zone(const Zone& zone);
// That moment in the zone: nothing beyond the years.
std::optional<Value> at_instant(Nanos local_nanos, const Zone& zone);
// As date and time; a date is its midnight in UTC (spec 10.3.2.3.6). Nothing for other kinds.
std::optional<Value> as_date_time(const Value& value);
// ".year", ".time offset", ...; nothing when the kind has no such property.
std::optional<Value> temporal_property(const Value& value, std::string_view name);
// Whole months from `from` to `to`, both days.
int64_t months_between(int64_t from_days, int64_t from_nanos, int64_t to_days, int64_t to_nanos);

}  // namespace guanhu::feel
