// What the calendar does to a rural bank: pay days, the Spring Festival, interest days, seasons.
#pragma once
#include <cstdint>

#include "base/date.h"

namespace guanhu::sample {

// The years for which the Spring Festival is known.
inline constexpr int kFirstYear = 2010;
inline constexpr int kLastYear = 2040;

// First day of the lunar year in `year` (kFirstYear to kLastYear).
base::Date spring_festival(int year);

// One calendar day, with everything the bank's days ask for computed once.
struct Day {
  base::Date date;
  int year = 0, month = 0, dom = 0;  // dom: day of the month
  int weekday = 0;                   // Monday 1 ... Sunday 7
  int day_of_year = 0;               // 1 to 366
  int festival = 0;                  // days since the nearest Spring Festival, negative before it
  int to_quarter_end = 0;            // 0 on the last day of a quarter
  int since_quarter_start = 0;       // 0 on the first day of a quarter
  bool month_end = false;
  bool interest_day = false;  // 21st of March, June, September, December
  bool working = false;       // Monday to Friday, not in the festival week
  int32_t number() const { return date.days(); }
};
Day make_day(base::Date date);

}  // namespace guanhu::sample
