// The periods people plan for: a year "2026", a quarter "2026Q1", a month "2026-01", a week "2026-W05". A week
// begins on Monday and belongs to the year of its Thursday (ISO 8601).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/period.h"

namespace guanhu::workbench {

enum class PlanKind { year, quarter, month, week };
std::string_view plan_kind_name(PlanKind kind);   // "month"
std::string_view plan_kind_title(PlanKind kind);  // "月"

struct PlanPeriod {
  PlanKind kind = PlanKind::month;
  base::Date first, last;  // both included

  // Exactly one of the four forms, years 1000 to 9998; nothing for any other text.
  static std::optional<PlanPeriod> parse(std::string_view text);
  static PlanPeriod containing(PlanKind kind, base::Date day);

  std::string str() const;
  std::string title() const;  // "2026 年 1 月", "2026 年第 5 周"
  PlanPeriod next() const { return containing(kind, last + 1); }
  PlanPeriod previous() const { return containing(kind, first - 1); }
  // The shorter periods that begin in it: the quarters of a year, the months of a quarter, the weeks whose Monday
  // lies in a month. A week has none.
  std::vector<PlanPeriod> parts() const;
  // As figures are appraised; a week is none.
  std::optional<base::Period> measured() const;
  bool holds(base::Date day) const { return first <= day && day <= last; }
  friend bool operator==(const PlanPeriod&, const PlanPeriod&) = default;
};

}  // namespace guanhu::workbench
