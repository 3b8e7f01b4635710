// What the packs say of plans, logs and meetings: until when a log is in time, what a mark is, who may check whose
// log, when a plan is behind, how often there are meetings. Asked of the pack `daily-work`, or of the version of
// it that the bank has in force; no number stands here.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/error.h"
#include "policy/pack.h"
#include "workbench/calendar.h"

namespace guanhu::workbench {

inline constexpr const char* kWorkPack = "daily-work";

class WorkRules {
 public:
  // `pack` and `calendar` must outlive it; parameters are those of `on`.
  WorkRules(const policy::Pack& pack, const BusinessCalendar& calendar, base::Date on)
      : pack_(pack), calendar_(calendar), on_(on) {}

  const BusinessCalendar& calendar() const { return calendar_; }
  const policy::Pack& pack() const { return pack_; }

  // PLN-306, PLN-608: the moment after which the log of the day is late (the bank's clock).
  base::Result<base::Instant> log_deadline(base::Date day) const;
  // Who holds the position writes logs.
  bool log_required(const std::string& position) const;
  // PLN-609: whether somebody in the position may check the log.
  base::Result<bool> may_check(const std::string& position_title, bool same_branch, bool own) const;
  // The words a log is judged by, in their order; the last is that of a day without a log.
  std::vector<std::string> log_levels() const;
  // QUA-614. Refused: log.level (no such word).
  base::Result<base::Decimal> log_mark(const std::string& level, bool late) const;
  base::Decimal full_mark() const;  // of the best log in time
  // PLN-305: "reached", "ok", "behind", "unknown".
  base::Result<std::string> standing(const std::optional<base::Decimal>& share, const base::Decimal& passed) const;

  struct Rhythm {
    std::string every;  // "day", "week", "month"
    int weekday = 1;    // of "week": 1 Monday ... 7
    int nth = 1;        // of "month": the n-th working day; below 0 from the end
  };
  // PLN-307: of "morning", "weekly", "monthly".
  base::Result<Rhythm> rhythm(const std::string& kind) const;

  // Working days of a span that are over at the end of `day`, as a share of all of them, 0 to 1.
  base::Decimal passed(base::Date first, base::Date last, base::Date day) const;
  std::vector<base::Date> working_days(base::Date first, base::Date last) const;

 private:
  base::Result<base::Json> ask(const char* decision, base::Json input) const;
  const policy::Pack& pack_;
  const BusinessCalendar& calendar_;
  base::Date on_;
};

// The bank's clock stands in China.
base::Instant bank_moment(base::Date day, int hour);
base::Date bank_day_of(base::Instant at);
// Now, on the day the bank works on: where that stands still (a training bank), the hour of the machine on it.
base::Instant bank_now(base::Date today, base::Instant now);

}  // namespace guanhu::workbench
