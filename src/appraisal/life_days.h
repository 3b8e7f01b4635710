// The days of a published result: how long it is shown, until when it may be disputed, until when an answer is
// due. A pack decides; this asks it. The pack the run was made with comes first (its own `appeal-window` or
// `result-deadline`), else the one that stands for banks whose regulation does not say.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "policy/pack.h"

namespace guanhu::appraisal {

// The days on which the calendar of the weekdays does not hold.
struct Calendar {
  std::vector<base::Date> holidays;  // 法定节假日
  std::vector<base::Date> workdays;  // 调休工作日
  // A file of the bank: lines "2026-10-01,holiday" or "2026-10-10,workday"; empty lines and "#..." are left out. A
  // file that is not there is an empty calendar. Refused: calendar.line.
  static base::Result<Calendar> read(const std::filesystem::path& file);
};

enum class Term { notice, appeal, answer, review, review_answer };

struct Deadline {
  base::Date last;     // belongs to the term
  std::string policy;  // "rcb-a-class/appeal-window"
};

inline constexpr const char* kDeadlinePack = "appraisal-results";

// The last day of a term that begins on `start`. `own`: the pack of the run; `fallback`: appraisal-results.
// Refused: life.deadline (no date came out), and what policy::decide refuses.
base::Result<Deadline> deadline(const policy::Pack& own, const policy::Pack& fallback, Term term, base::Date start,
                                const Calendar& calendar);

// The bank's day: it begins in China.
base::Date bank_day(base::Instant at);

}  // namespace guanhu::appraisal
