// The business calendar: which days the bank works. Weekends are off unless the calendar says otherwise; holidays
// and weekends worked in exchange are data of the bank (`calendar.csv` in its folder, the same that deadlines of
// published results read), brought in by `guanhu calendar import`.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "policy/work.h"

namespace guanhu::workbench {

class BusinessCalendar {
 public:
  // The bank's own; a folder without one has weekends alone. Refused: calendar.line.
  static base::Result<BusinessCalendar> read(const std::filesystem::path& bank_folder);

  bool working(base::Date day) const;
  // The last working day on or before the day: who must be done by a Sunday is done on Friday.
  base::Date on_or_before(base::Date day) const;
  // The n-th working day after the day, which does not count itself; n below 0: before it.
  base::Date after(base::Date day, int working_days) const;
  // A day so much later (sign +1) or earlier (-1): working days by this calendar, months clamped to their last
  // day.
  base::Date moved(base::Date day, const policy::Delay& delay, int sign) const;

  struct Exception {
    bool off = false;  // a holiday; else a weekend that is worked
    std::string name;  // "春节"; may be empty
  };
  const std::map<base::Date, Exception>& exceptions() const { return days_; }

  // A file of holidays, told by its first line: CSV "date,name,day_kind,…" with off and work, lines
  // "2026-10-01,holiday" and "2026-10-10,workday", or JSON {"days": [{"name", "date", "isOffDay"}]}. Whole years
  // that the file speaks of take the place of what was known of them. Refused: calendar.empty, calendar.line
  // (which line, what is wrong), calendar.twice (a day both off and worked).
  base::Result<std::vector<int>> merge(std::string_view file_text);  // the years that were taken over
  void write(const std::filesystem::path& bank_folder) const;

 private:
  std::map<base::Date, Exception> days_;
};

}  // namespace guanhu::workbench
