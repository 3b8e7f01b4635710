#include "base/period.h"

namespace guanhu::base {

namespace {
std::optional<int> number(std::string_view s) {
  int v = 0;
  for (char c : s) {
    if (c < '0' || c > '9') return std::nullopt;
    v = v * 10 + (c - '0');
  }
  return v;
}
}  // namespace

std::optional<Period> Period::parse(std::string_view t) {
  if (t.size() < 4) return std::nullopt;
  auto year = number(t.substr(0, 4));
  if (!year || *year < 1000 || *year > 9998) return std::nullopt;
  auto at = [&](PeriodKind kind, int month) { return Period(kind, *Date::from_ymd(*year, month, 1)); };
  if (t.size() == 4) return at(PeriodKind::year, 1);
  if (t.size() == 6 && t[4] == 'H' && (t[5] == '1' || t[5] == '2'))
    return at(PeriodKind::half_year, (t[5] - '1') * 6 + 1);
  if (t.size() == 6 && t[4] == 'Q' && t[5] >= '1' && t[5] <= '4')
    return at(PeriodKind::quarter, (t[5] - '1') * 3 + 1);
  if (t.size() == 7 && t[4] == '-') {
    auto month = number(t.substr(5));
    if (month && *month >= 1 && *month <= 12) return at(PeriodKind::month, *month);
  }
  return std::nullopt;
}

Period Period::containing(PeriodKind kind, Date day) {
  Period p(kind, day);
  int first = (day.month() - 1) / p.months() * p.months() + 1;
  return Period(kind, *Date::from_ymd(day.year(), first, 1));
}

int Period::months() const {
  switch (kind_) {
    case PeriodKind::year: return 12;
    case PeriodKind::half_year: return 6;
    case PeriodKind::quarter: return 3;
    case PeriodKind::month: return 1;
  }
  return 1;
}

Date Period::last() const { return first_.add_months(months()) - 1; }
Period Period::previous() const { return Period(kind_, first_.add_months(-months())); }
Period Period::year_before() const { return Period(kind_, first_.add_months(-12)); }
Period Period::year() const { return containing(PeriodKind::year, first_); }

std::string Period::str() const {
  std::string y = first_.str().substr(0, 4);
  switch (kind_) {
    case PeriodKind::year: return y;
    case PeriodKind::half_year: return y + "H" + std::to_string((first_.month() - 1) / 6 + 1);
    case PeriodKind::quarter: return y + "Q" + std::to_string((first_.month() - 1) / 3 + 1);
    case PeriodKind::month: return first_.str().substr(0, 7);
  }
  return y;
}

}  // namespace guanhu::base
