#include "feel/temporal.h"

#include "feel/timezone.h"

namespace guanhu::feel {

// Days of the civil calendar by the era method (H. Hinnant, "chrono-compatible low-level date algorithms").
int64_t days_from_civil(int64_t year, int month, int day) {
  year -= month <= 2;
  int64_t era = floor_divide(year, 400);
  int64_t of_era = year - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

Civil civil_from_days(int64_t days) {
  days += 719'468;
  int64_t era = floor_divide(days, 146'097);
  int64_t of_era = days - era * 146'097;
  int64_t year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  int64_t shifted = (5 * of_year + 2) / 153;
  int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  int day = static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1);
  return {year + era * 400 + (month <= 2), month, day};
}

int days_in_month(int64_t year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return kDays[month - 1] + (month == 2 && leap);
}

bool is_date(int64_t year, int64_t month, int64_t day) {
  if (year < -kMaxYear || year > kMaxYear || month < 1 || month > 12 || day < 1) return false;
  return day <= days_in_month(year, static_cast<int>(month));
}

bool in_years(int64_t days) {
  static const int64_t first = days_from_civil(-kMaxYear, 1, 1), last = days_from_civil(kMaxYear, 12, 31);
  return days >= first && days <= last;
}

std::optional<int64_t> add_months(int64_t days, int64_t months) {
  Civil c = civil_from_days(days);
  __int128 total = static_cast<__int128>(c.year) * 12 + c.month - 1 + months;
  if (total > static_cast<__int128>(kMaxYear) * 12 + 11 || total < -static_cast<__int128>(kMaxYear) * 12)
    return std::nullopt;
  auto whole = static_cast<int64_t>(total);
  int64_t year = floor_divide(whole, 12);
  int month = static_cast<int>(whole - year * 12) + 1;
  return days_from_civil(year, month, std::min(c.day, days_in_month(year, month)));
}

int weekday(int64_t days) {
  int64_t shifted = (days + 3) % 7;  // 1970-01-01 was a Thursday
  return static_cast<int>(shifted < 0 ? shifted + 8 : shifted + 1);
}

int week_of_year(int64_t days) {
  int64_t thursday = days - weekday(days) + 4;
  int64_t first = days_from_civil(civil_from_days(thursday).year, 1, 1);
  return static_cast<int>((thursday - first) / 7) + 1;
}

bool has_zone(const Zone& zone) { return zone.kind != Zone::local; }

Nanos instant(const DateTime& m) {
  Nanos local = static_cast<Nanos>(m.days) * kNanosPerDay + m.nanos;
  auto offset = zone_offset(m.zone, m.days, m.nanos);
  return offset ? local - static_cast<Nanos>(*offset) * kNanosPerSecond : local;
}

Nanos instant(const TimeOfDay& t) {
  auto offset = zone_offset(t.zone, 0, t.nanos);
  return offset ? t.nanos - static_cast<Nanos>(*offset) * kNanosPerSecond : static_cast<Nanos>(t.nanos);
}

std::optional<Value> at_instant(Nanos local, const Zone& zone) {
  Nanos days = local / kNanosPerDay, rest = local % kNanosPerDay;
  if (rest < 0) rest += kNanosPerDay, days -= 1;
  if (days > INT64_MAX / 2 || days < INT64_MIN / 2 || !in_years(static_cast<int64_t>(days))) return std::nullopt;
  return Value::date_time(static_cast<int64_t>(days), static_cast<int64_t>(rest), zone);
}

std::optional<Value> as_date_time(const Value& value) {
  if (value.is(Kind::date_time)) return value;
  if (value.is(Kind::date)) return Value::date_time(value.days(), 0, {Zone::offset, 0, ""});
  return std::nullopt;
}

int64_t months_between(int64_t from_days, int64_t from_nanos, int64_t to_days, int64_t to_nanos) {
  Civil a = civil_from_days(from_days), b = civil_from_days(to_days);
  int64_t months = (b.year - a.year) * 12 + (b.month - a.month);
  bool short_end = b.day < a.day || (b.day == a.day && to_nanos < from_nanos);
  bool short_start = b.day > a.day || (b.day == a.day && to_nanos > from_nanos);
  if (months > 0 && short_end) --months;
  if (months < 0 && short_start) ++months;
  return months;
}

namespace {
Value integer(int64_t v) { return Value(v); }

std::optional<Value> date_property(int64_t days, std::string_view name) {
  Civil c = civil_from_days(days);
  if (name == "year") return integer(c.year);
  if (name == "month") return integer(c.month);
  if (name == "day") return integer(c.day);
  if (name == "weekday") return integer(weekday(days));
  return std::nullopt;
}

std::optional<Value> clock_property(int64_t days, int64_t nanos, const Zone& zone, std::string_view name) {
  int64_t seconds = nanos / kNanosPerSecond;
  if (name == "hour") return integer(seconds / 3600);
  if (name == "minute") return integer(seconds / 60 % 60);
  if (name == "second")
    return Value(*Decimal::add(Decimal(seconds % 60), Decimal::make(nanos % kNanosPerSecond, -9)));
  if (name == "timezone") return zone.kind == Zone::named ? Value::string(zone.name) : Value();
  if (name == "time offset") {
    auto offset = zone_offset(zone, days, nanos);
    return offset ? Value::days_duration(static_cast<Nanos>(*offset) * kNanosPerSecond) : Value();
  }
  return std::nullopt;
}

std::optional<Value> duration_property(Nanos nanos, std::string_view name) {
  Nanos seconds = nanos / kNanosPerSecond;
  auto whole = [](Nanos v) { return Value(Decimal::make(v, 0)); };
  if (name == "days") return whole(seconds / 86'400);
  if (name == "hours") return whole(seconds / 3600 % 24);
  if (name == "minutes") return whole(seconds / 60 % 60);
  if (name == "seconds")
    return Value(*Decimal::add(Decimal::make(seconds % 60, 0), Decimal::make(nanos % kNanosPerSecond, -9)));
  if (name == "value") return Value(Decimal::make(nanos, -9));
  return std::nullopt;
}
}  // namespace

std::optional<Value> temporal_property(const Value& value, std::string_view name) {
  switch (value.kind()) {
    case Kind::date:
      if (name == "value") return Value(Decimal::make(static_cast<__int128>(value.days()) * 86'400, 0));
      return date_property(value.days(), name);
    case Kind::date_time: {
      const DateTime& m = value.date_time();
      if (auto p = date_property(m.days, name)) return p;
      if (name == "value") return Value(Decimal::make(instant(m), -9));
      return clock_property(m.days, m.nanos, m.zone, name);
    }
    case Kind::time:
      if (name == "value") return Value(Decimal::make(value.time().nanos, -9));
      return clock_property(0, value.time().nanos, value.time().zone, name);
    case Kind::days_duration: return duration_property(value.nanos(), name);
    case Kind::months_duration:
      if (name == "years") return integer(value.months() / 12);
      if (name == "months") return integer(value.months() % 12);
      if (name == "value") return integer(value.months());
      return std::nullopt;
    default: return std::nullopt;
  }
}

}  // namespace guanhu::feel
