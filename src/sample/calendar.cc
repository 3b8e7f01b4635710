#include "sample/calendar.h"

#include <array>

namespace guanhu::sample {

namespace {
// Month * 100 + day of the first day of the lunar year, 2010 to 2040.
constexpr std::array<int, 31> kFestivals = {214, 203, 123, 210, 131, 219, 208, 128, 216, 205, 125,
                                            212, 201, 122, 210, 129, 217, 206, 126, 213, 203, 123,
                                            211, 131, 219, 208, 128, 215, 204, 124, 212};

base::Date ymd(int y, int m, int d) { return *base::Date::from_ymd(y, m, d); }
}  // namespace

base::Date spring_festival(int year) {
  int md = kFestivals.at(static_cast<size_t>(year - kFirstYear));
  return ymd(year, md / 100, md % 100);
}

Day make_day(base::Date date) {
  Day day;
  day.date = date;
  day.year = date.year();
  day.month = date.month();
  day.dom = date.day();
  day.weekday = date.weekday();
  day.day_of_year = date - ymd(day.year, 1, 1) + 1;
  day.festival = date - spring_festival(day.year);
  base::Date quarter = ymd(day.year, (day.month - 1) / 3 * 3 + 1, 1);
  day.since_quarter_start = date - quarter;
  day.to_quarter_end = quarter.add_months(3) - 1 - date;
  day.month_end = date.is_month_end();
  day.interest_day = day.month % 3 == 0 && day.dom == 21;
  day.working = day.weekday <= 5 && (day.festival < -1 || day.festival > 6);
  return day;
}

}  // namespace guanhu::sample
