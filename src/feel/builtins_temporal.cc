// Parts of dates, now() and today(), is() (DMN 1.5, tables 79-80).
#include <array>

#include "feel/builtins.h"
#include "feel/compare.h"
#include "feel/temporal.h"

namespace guanhu::feel {
namespace {
using Arguments = std::span<const Value>;

int64_t day_of(const Value& v) { return v.is(Kind::date) ? v.days() : v.date_time().days; }

Value day_of_year(Arguments a, Eval&) {
  int64_t day = day_of(a[0]);
  return Value(day - days_from_civil(civil_from_days(day).year, 1, 1) + 1);
}
Value day_of_week(Arguments a, Eval&) {
  static constexpr std::array kNames = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
  return Value::string(kNames[static_cast<size_t>(weekday(day_of(a[0])) - 1)]);
}
Value month_of_year(Arguments a, Eval&) {
  static constexpr std::array kNames = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
  return Value::string(kNames[static_cast<size_t>(civil_from_days(day_of(a[0])).month - 1)]);
}
Value week_of(Arguments a, Eval&) { return Value(static_cast<int64_t>(week_of_year(day_of(a[0])))); }

Value now(Arguments, Eval& eval) {
  auto& options = eval.options();
  if (!options.now)
    return eval.fail([] { return std::string("now() and today() have no clock here; give the day as an input"); });
  Nanos local =
      static_cast<Nanos>(options.now->micros) * 1000 + static_cast<Nanos>(options.now_offset) * kNanosPerSecond;
  auto moment = at_instant(local, {Zone::offset, options.now_offset, ""});
  return moment ? *moment : Value();
}
Value today(Arguments a, Eval& eval) {
  Value moment = now(a, eval);
  return moment.is_null() ? moment : Value::date(moment.date_time().days);
}

Value is(Arguments a, Eval&) { return Value(identical(a[0], a[1])); }
}  // namespace

const std::vector<Builtin>& temporal_builtins() {
  constexpr Kinds moment = kinds::date | kinds::date_time;
  static const std::vector<Builtin> all = {
      {"day of year", {{"date", moment}}, false, day_of_year},
      {"day of week", {{"date", moment}}, false, day_of_week},
      {"month of year", {{"date", moment}}, false, month_of_year},
      {"week of year", {{"date", moment}}, false, week_of},
      {"now", {}, false, now, false},
      {"today", {}, false, today, false},
      {"is", {{"value1"}, {"value2"}}, false, is},
  };
  return all;
}

}  // namespace guanhu::feel
