#include "workbench/plan_period.h"

#include <array>

namespace guanhu::workbench {

using base::Date;

namespace {

constexpr std::array<std::string_view, 4> kNames = {"year", "quarter", "month", "week"},
                                          kTitles = {"年", "季", "月", "周"};

base::PeriodKind measured_kind(PlanKind kind) {
  return kind == PlanKind::year      ? base::PeriodKind::year
         : kind == PlanKind::quarter ? base::PeriodKind::quarter
                                     : base::PeriodKind::month;
}

std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

// The Monday of a week of a year: its first week holds the fourth of January.
Date monday(int year, int week) {
  const Date fourth = *Date::from_ymd(year, 1, 4);
  return fourth - (fourth.weekday() - 1) + 7 * (week - 1);
}

int week_of(Date thursday) { return (thursday - *Date::from_ymd(thursday.year(), 1, 1)) / 7 + 1; }

}  // namespace

std::string_view plan_kind_name(PlanKind kind) { return kNames[static_cast<size_t>(kind)]; }
std::string_view plan_kind_title(PlanKind kind) { return kTitles[static_cast<size_t>(kind)]; }

std::optional<PlanPeriod> PlanPeriod::parse(std::string_view text) {
  if (text.size() == 8 && text[4] == '-' && text[5] == 'W') {
    for (size_t i : {0, 1, 2, 3, 6, 7})
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
    const int year = std::stoi(std::string(text.substr(0, 4))), week = std::stoi(std::string(text.substr(6)));
    if (year < 1000 || year > 9998 || week < 1) return std::nullopt;
    const Date first = monday(year, week);
    if ((first + 3).year() != year) return std::nullopt;  // a year has 52 or 53
    return PlanPeriod{PlanKind::week, first, first + 6};
  }
  auto period = base::Period::parse(text);
  if (!period || period->kind() == base::PeriodKind::half_year) return std::nullopt;
  const PlanKind kind = period->kind() == base::PeriodKind::year      ? PlanKind::year
                        : period->kind() == base::PeriodKind::quarter ? PlanKind::quarter
                                                                      : PlanKind::month;
  return PlanPeriod{kind, period->first(), period->last()};
}

PlanPeriod PlanPeriod::containing(PlanKind kind, Date day) {
  if (kind == PlanKind::week) {
    const Date first = day - (day.weekday() - 1);
    return {kind, first, first + 6};
  }
  const auto period = base::Period::containing(measured_kind(kind), day);
  return {kind, period.first(), period.last()};
}

std::string PlanPeriod::str() const {
  if (auto period = measured()) return period->str();
  const Date thursday = first + 3;
  return std::to_string(thursday.year()) + "-W" + two(week_of(thursday));
}

std::string PlanPeriod::title() const {
  const std::string year = std::to_string(kind == PlanKind::week ? (first + 3).year() : first.year()) + " 年";
  switch (kind) {
    case PlanKind::year: return year;
    case PlanKind::quarter: return year + "第 " + std::to_string((first.month() + 2) / 3) + " 季度";
    case PlanKind::month: return year + " " + std::to_string(first.month()) + " 月";
    case PlanKind::week: return year + "第 " + std::to_string(week_of(first + 3)) + " 周";
  }
  return year;
}

std::vector<PlanPeriod> PlanPeriod::parts() const {
  std::vector<PlanPeriod> out;
  if (kind == PlanKind::week) return out;
  const auto smaller = static_cast<PlanKind>(static_cast<int>(kind) + 1);
  PlanPeriod part = containing(smaller, first);
  if (part.first < first) part = part.next();
  for (; part.first <= last; part = part.next()) out.push_back(part);
  return out;
}

std::optional<base::Period> PlanPeriod::measured() const {
  if (kind == PlanKind::week) return std::nullopt;
  return base::Period::containing(measured_kind(kind), first);
}

}  // namespace guanhu::workbench
