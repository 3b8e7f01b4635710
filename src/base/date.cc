#include "base/date.h"

#include <chrono>
#include <cstdio>

namespace guanhu::base {
namespace chr = std::chrono;

namespace {
chr::year_month_day ymd(int32_t days) { return chr::year_month_day{chr::sys_days{chr::days{days}}}; }

int digits(std::string_view s) {
  int v = 0;
  for (char c : s) {
    if (c < '0' || c > '9') return -1;
    v = v * 10 + (c - '0');
  }
  return v;
}
}  // namespace

std::optional<Date> Date::from_ymd(int year, int month, int day) {
  if (year < 1 || year > 9999) return std::nullopt;
  chr::year_month_day v{chr::year{year}, chr::month{static_cast<unsigned>(month)},
                        chr::day{static_cast<unsigned>(day)}};
  if (month < 1 || day < 1 || !v.ok()) return std::nullopt;
  return Date(static_cast<int32_t>(chr::sys_days{v}.time_since_epoch().count()));
}

std::optional<Date> Date::parse(std::string_view t) {
  if (t.size() != 10 || t[4] != '-' || t[7] != '-') return std::nullopt;
  return from_ymd(digits(t.substr(0, 4)), digits(t.substr(5, 2)), digits(t.substr(8, 2)));
}

int Date::year() const { return static_cast<int>(ymd(days_).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(ymd(days_).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(ymd(days_).day())); }
int Date::weekday() const {
  return static_cast<int>(chr::weekday{chr::sys_days{chr::days{days_}}}.iso_encoding());
}
bool Date::is_month_end() const { return (*this + 1).day() == 1; }

Date Date::add_months(int months) const {
  auto v = ymd(days_);
  auto ym = chr::year_month{v.year(), v.month()} + chr::months{months};
  auto last = chr::year_month_day_last{ym.year(), chr::month_day_last{ym.month()}}.day();
  chr::year_month_day moved{ym.year(), ym.month(), v.day() < last ? v.day() : last};
  return Date(static_cast<int32_t>(chr::sys_days{moved}.time_since_epoch().count()));
}

std::string Date::str() const {
  char buffer[32];
  auto v = ymd(days_);
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(v.year()),
                static_cast<unsigned>(v.month()), static_cast<unsigned>(v.day()));
  return buffer;
}

}  // namespace guanhu::base
