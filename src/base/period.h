// An appraisal period: a year "2025", a half-year "2025H2", a quarter "2025Q4" or a month "2025-12".
// It includes its first and its last day (architecture: Time).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace guanhu::base {

enum class PeriodKind { year, half_year, quarter, month };

class Period {
 public:
  // Exactly one of the four forms, years 1000 to 9998; nothing for any other text.
  static std::optional<Period> parse(std::string_view text);
  static Period containing(PeriodKind kind, Date day);

  PeriodKind kind() const { return kind_; }
  Date first() const { return first_; }
  Date last() const;
  int days() const { return last() - first_ + 1; }
  Period previous() const;     // the period of the same kind just before
  Period year_before() const;  // the same period of the year before
  Period year() const;         // the calendar year it lies in
  std::string str() const;

  friend bool operator==(const Period&, const Period&) = default;

 private:
  Period(PeriodKind kind, Date first) : kind_(kind), first_(first) {}
  int months() const;
  PeriodKind kind_;
  Date first_;
};

}  // namespace guanhu::base
