// Conversion functions and not() (DMN 1.5, tables 73-74).
#include "feel/builtins.h"
#include "feel/format.h"
#include "feel/temporal.h"

namespace guanhu::feel {
namespace {
using Arguments = std::span<const Value>;

Value parsed(const std::optional<Value>& value, const Value& text, const char* what, const char* form,
             Eval& eval) {
  if (value) return *value;
  return eval.fail([&] { return text.show() + " is no " + what + " (" + form + ")"; });
}

Value date_from(Arguments a, Eval& eval) {
  if (a[0].is(Kind::date)) return a[0];
  if (a[0].is(Kind::date_time)) return Value::date(a[0].date_time().days);
  return parsed(parse_date(a[0].text()), a[0], "date", "YYYY-MM-DD", eval);
}

// A whole number that fits, or nothing.
std::optional<int64_t> whole(const Value& v) { return v.number().to_int64(); }

Value date_of_parts(Arguments a, Eval& eval) {
  auto year = whole(a[0]), month = whole(a[1]), day = whole(a[2]);
  if (!year || !month || !day || !is_date(*year, *month, *day))
    return eval.fail([&] { return "there is no day " + a[0].show() + "-" + a[1].show() + "-" + a[2].show(); });
  return Value::date(days_from_civil(*year, static_cast<int>(*month), static_cast<int>(*day)));
}

Value date_time_from(Arguments a, Eval& eval) {
  if (a[0].is(Kind::date_time)) return a[0];
  if (a[0].is(Kind::date)) return Value::date_time(a[0].days(), 0, {});
  return parsed(parse_date_time(a[0].text()), a[0], "date and time", "YYYY-MM-DDTHH:MM:SS", eval);
}

Value date_time_of(Arguments a, Eval&) {
  int64_t days = a[0].is(Kind::date) ? a[0].days() : a[0].date_time().days;
  return Value::date_time(days, a[1].time().nanos, a[1].time().zone);
}

// Nanoseconds since midnight of hour, minute, second; nothing when there is no such time.
std::optional<int64_t> clock(const Value& hour, const Value& minute, const Value& second) {
  auto h = whole(hour), m = whole(minute);
  auto s = Decimal::multiply(second.number(), Decimal(kNanosPerSecond));
  auto nanos = s ? s->round(0, base::Rounding::down).to_int64() : std::nullopt;
  if (!h || !m || !nanos || *h < 0 || *h > 23 || *m < 0 || *m > 59 || *nanos < 0 || *nanos >= 60 * kNanosPerSecond)
    return std::nullopt;
  return (*h * 3600 + *m * 60) * kNanosPerSecond + *nanos;
}

// An offset as a duration or a zone's name as a string; null: local.
std::optional<Zone> zone_of(const Value& v) {
  if (v.is_null()) return Zone{};
  if (v.is(Kind::string)) return parse_zone("@" + v.text());
  Nanos seconds = v.nanos() / kNanosPerSecond;
  if (seconds > 18 * 3600 || seconds < -18 * 3600) return std::nullopt;
  return Zone{Zone::offset, static_cast<int32_t>(seconds), ""};
}

Value date_time_of_parts(Arguments a, Eval& eval) {
  Value day = date_of_parts(a, eval);
  if (day.is_null()) return {};
  auto nanos = clock(a[3], a[4], a[5]);
  auto zone = zone_of(a[6]);
  if (!nanos || !zone)
    return eval.fail([&] {
      return "there is no time " + a[3].show() + ":" + a[4].show() + ":" + a[5].show() +
             (zone ? "" : " in the zone " + a[6].show());
    });
  return Value::date_time(day.days(), *nanos, *zone);
}

Value time_from(Arguments a, Eval& eval) {
  if (a[0].is(Kind::time)) return a[0];
  if (a[0].is(Kind::date_time)) return Value::time(a[0].date_time().nanos, a[0].date_time().zone);
  if (a[0].is(Kind::date)) return Value::time(0, {Zone::offset, 0, ""});
  return parsed(parse_time(a[0].text()), a[0], "time", "HH:MM:SS", eval);
}

Value time_of_parts(Arguments a, Eval& eval) {
  auto nanos = clock(a[0], a[1], a[2]);
  auto zone = zone_of(a[3]);
  if (!nanos || !zone)
    return eval.fail([&] { return "there is no time " + a[0].show() + ":" + a[1].show() + ":" + a[2].show(); });
  return Value::time(*nanos, *zone);
}

Value number_from(Arguments a, Eval& eval) {
  auto is = [](const Value& v, std::initializer_list<std::string_view> allowed) {
    if (v.is_null()) return true;
    for (auto s : allowed)
      if (v.text() == s) return true;
    return false;
  };
  if (!is(a[1], {" ", ",", "."}))
    return eval.fail([&] { return "the grouping separator must be \" \", \",\" or \".\", not " + a[1].show(); });
  if (!is(a[2], {",", "."}))
    return eval.fail([&] { return "the decimal separator must be \",\" or \".\", not " + a[2].show(); });
  if (!a[1].is_null() && !a[2].is_null() && a[1].text() == a[2].text())
    return eval.fail([&] { return std::string("the grouping and the decimal separator are the same"); });
  if (a[0].is_number()) return a[0];
  std::string text = a[0].text();
  if (!a[1].is_null()) std::erase(text, a[1].text()[0]);
  if (!a[2].is_null() && a[2].text() == ",") {
    if (text.find('.') != std::string::npos) text = "?";
    for (char& c : text) c = c == ',' ? '.' : c;
  }
  if (text.starts_with("+")) text.erase(0, 1);
  auto value = Decimal::parse(text);
  if (value) return Value(*value);
  return eval.fail([&] { return a[0].show() + " is no number"; });
}

Value string_from(Arguments a, Eval& eval) {
  if (a[0].is_null()) return {};
  std::string text = to_text(a[0]);
  eval.check_text(text.size());
  return Value::string(std::move(text));
}

Value duration_from(Arguments a, Eval& eval) {
  if (!a[0].is(Kind::string)) return a[0];
  return parsed(parse_duration(a[0].text()), a[0], "duration", "P1Y2M or P1DT2H3M4S", eval);
}

Value months_between_days(Arguments a, Eval&) {
  auto part = [](const Value& v) {
    return v.is(Kind::date) ? std::pair<int64_t, int64_t>{v.days(), 0}
                            : std::pair<int64_t, int64_t>{v.date_time().days, v.date_time().nanos};
  };
  auto [from, from_nanos] = part(a[0]);
  auto [to, to_nanos] = part(a[1]);
  return Value::months_duration(months_between(from, from_nanos, to, to_nanos));
}

Value negation(Arguments a, Eval& eval) {
  if (a[0].is(Kind::boolean)) return Value(!a[0].boolean());
  if (!a[0].is_null()) eval.fail([&] { return "not does not take " + a[0].show(); });
  return {};
}
}  // namespace

const std::vector<Builtin>& conversion_builtins() {
  using namespace kinds;
  constexpr Kinds moment = date | date_time, zone = days | string;
  static const std::vector<Builtin> every = {
      {"date", {{"from", string | moment}}, false, date_from},
      {"date", {{"year", number}, {"month", number}, {"day", number}}, false, date_of_parts},
      {"date and time", {{"from", string | moment}}, false, date_time_from},
      {"date and time", {{"date", moment}, {"time", time}}, false, date_time_of},
      {"date and time",
       {{"year", number},
        {"month", number},
        {"day", number},
        {"hour", number},
        {"minute", number},
        {"second", number},
        {"offset", days, true}},
       false,
       date_time_of_parts},
      {"date and time",
       {{"year", number},
        {"month", number},
        {"day", number},
        {"hour", number},
        {"minute", number},
        {"second", number},
        {"timezone", zone}},
       false,
       date_time_of_parts},
      {"time", {{"from", string | time | moment}}, false, time_from},
      {"time",
       {{"hour", number}, {"minute", number}, {"second", number}, {"offset", days, true}},
       false,
       time_of_parts},
      {"number",
       {{"from", string | number}, {"grouping separator", string, true}, {"decimal separator", string, true}},
       false,
       number_from},
      {"string", {{"from"}}, false, string_from},
      {"duration", {{"from", string | days | months}}, false, duration_from},
      {"years and months duration", {{"from", moment}, {"to", moment}}, false, months_between_days},
      {"not", {{"negand"}}, false, negation},
  };
  return every;
}

}  // namespace guanhu::feel
