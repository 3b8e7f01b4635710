#include "feel/arithmetic.h"

#include "feel/temporal.h"

namespace guanhu::feel {
namespace {
using Result = std::optional<Value>;

Result wrap(const std::optional<Decimal>& number) {
  if (!number) return std::nullopt;
  return Value(*number);
}

constexpr Nanos kMostNanos = static_cast<Nanos>(kMaxYear) * 2 * 366 * kNanosPerDay;
constexpr int64_t kMostMonths = kMaxYear * 24;

Result duration(Nanos nanos) {
  if (nanos > kMostNanos || nanos < -kMostNanos) return std::nullopt;
  return Value::days_duration(nanos);
}
Result months(__int128 count) {
  if (count > kMostMonths || count < -kMostMonths) return std::nullopt;
  return Value::months_duration(static_cast<int64_t>(count));
}

Nanos local_nanos(const DateTime& m) { return static_cast<Nanos>(m.days) * kNanosPerDay + m.nanos; }

Result shift_date_time(const DateTime& m, Nanos by) {
  // With a named zone the duration is elapsed time: the wall clock follows the zone's changes.
  return at_instant(local_nanos(m) + by, m.zone);
}

Result shift_time(const TimeOfDay& t, Nanos by) {
  Nanos n = (t.nanos + by % kNanosPerDay) % kNanosPerDay;
  if (n < 0) n += kNanosPerDay;
  return Value::time(static_cast<int64_t>(n), t.zone);
}

// A moment moved by a duration.
Result shift(const Value& moment, const Value& by, int sign) {
  if (by.is(Kind::months_duration)) {
    if (moment.is(Kind::date)) {
      auto days = add_months(moment.days(), sign * by.months());
      return days ? Result(Value::date(*days)) : std::nullopt;
    }
    if (!moment.is(Kind::date_time)) return std::nullopt;
    const DateTime& m = moment.date_time();
    auto days = add_months(m.days, sign * by.months());
    return days ? Result(Value::date_time(*days, m.nanos, m.zone)) : std::nullopt;
  }
  if (!by.is(Kind::days_duration)) return std::nullopt;
  Nanos nanos = sign * by.nanos();
  if (moment.is(Kind::time)) return shift_time(moment.time(), nanos);
  if (moment.is(Kind::date_time)) return shift_date_time(moment.date_time(), nanos);
  if (!moment.is(Kind::date)) return std::nullopt;
  auto moved = at_instant(static_cast<Nanos>(moment.days()) * kNanosPerDay + nanos, {});
  return moved ? Result(Value::date(moved->date_time().days)) : std::nullopt;
}

Result add(const Value& a, const Value& b) {
  if (a.is(Kind::string) && b.is(Kind::string)) return Value::string(a.text() + b.text());
  if (a.is(Kind::days_duration) && b.is(Kind::days_duration)) return duration(a.nanos() + b.nanos());
  if (a.is(Kind::months_duration) && b.is(Kind::months_duration))
    return months(static_cast<__int128>(a.months()) + b.months());
  if (auto moved = shift(a, b, 1)) return moved;
  return shift(b, a, 1);
}

Result subtract(const Value& a, const Value& b) {
  if (a.is(Kind::days_duration) && b.is(Kind::days_duration)) return duration(a.nanos() - b.nanos());
  if (a.is(Kind::months_duration) && b.is(Kind::months_duration))
    return months(static_cast<__int128>(a.months()) - b.months());
  if (a.is(Kind::time) && b.is(Kind::time)) {
    if (has_zone(a.time().zone) != has_zone(b.time().zone)) return std::nullopt;
    return duration(instant(a.time()) - instant(b.time()));
  }
  if (a.is(Kind::date) && b.is(Kind::date))
    return duration(static_cast<Nanos>(a.days() - b.days()) * kNanosPerDay);
  auto x = as_date_time(a), y = as_date_time(b);
  if (x && y) {
    const DateTime &from = y->date_time(), &to = x->date_time();
    if (has_zone(from.zone) != has_zone(to.zone)) return std::nullopt;
    return duration(instant(to) - instant(from));
  }
  return shift(a, b, -1);
}

Result scale(const Value& value, const Decimal& factor) {
  bool by_month = value.is(Kind::months_duration);
  Decimal amount = by_month ? Decimal(value.months()) : Decimal::make(value.nanos(), 0);
  auto product = Decimal::multiply(amount, factor);
  if (!product) return std::nullopt;
  Decimal whole = product->round(0, base::Rounding::down);
  if (by_month) {
    auto count = whole.to_int64();
    return count ? months(*count) : std::nullopt;
  }
  if (whole.abs() > Decimal::make(kMostNanos, 0)) return std::nullopt;
  Nanos nanos = whole.coefficient();
  for (int e = whole.exponent(); e > 0; --e) nanos *= 10;
  for (int e = whole.exponent(); e < 0; ++e) nanos /= 10;
  return duration(nanos);
}

bool is_duration(const Value& v) { return v.is(Kind::days_duration) || v.is(Kind::months_duration); }

Result multiply(const Value& a, const Value& b) {
  if (is_duration(a) && b.is_number()) return scale(a, b.number());
  if (a.is_number() && is_duration(b)) return scale(b, a.number());
  return std::nullopt;
}

Result divide(const Value& a, const Value& b) {
  if (a.is(Kind::days_duration) && b.is(Kind::days_duration))
    return wrap(Decimal::divide(Decimal::make(a.nanos(), 0), Decimal::make(b.nanos(), 0)));
  if (a.is(Kind::months_duration) && b.is(Kind::months_duration))
    return wrap(Decimal::divide(Decimal(a.months()), Decimal(b.months())));
  if (!is_duration(a) || !b.is_number()) return std::nullopt;
  Decimal amount = a.is(Kind::months_duration) ? Decimal(a.months()) : Decimal::make(a.nanos(), 0);
  auto quotient = Decimal::divide(amount, b.number());
  if (!quotient) return std::nullopt;
  return scale(a.is(Kind::months_duration) ? Value::months_duration(1) : Value::days_duration(1), *quotient);
}
}  // namespace

std::optional<Value> calculate(Op op, const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) {
    Decimal x = a.number(), y = b.number();
    switch (op) {
      case Op::add: return wrap(Decimal::add(x, y));
      case Op::subtract: return wrap(Decimal::subtract(x, y));
      case Op::multiply: return wrap(Decimal::multiply(x, y));
      case Op::divide: return wrap(Decimal::divide(x, y));
      default: return wrap(Decimal::power(x, y));
    }
  }
  switch (op) {
    case Op::add: return add(a, b);
    case Op::subtract: return subtract(a, b);
    case Op::multiply: return multiply(a, b);
    case Op::divide: return divide(a, b);
    default: return std::nullopt;
  }
}

std::optional<Value> negate(const Value& v) {
  switch (v.kind()) {
    case Kind::number: return Value(v.number().negated());
    case Kind::days_duration: return Value::days_duration(-v.nanos());
    case Kind::months_duration: return Value::months_duration(-v.months());
    default: return std::nullopt;
  }
}

std::string why_not(Op op, const Value& a, const Value& b) {
  std::string sign(op_text(op));
  bool nothing = (b.is_number() && b.number().is_zero()) || (b.is(Kind::days_duration) && b.nanos() == 0) ||
                 (b.is(Kind::months_duration) && b.months() == 0);
  if (op == Op::divide && nothing && (b.is_number() ? a.is_number() || is_duration(a) : a.kind() == b.kind()))
    return "division by zero: " + a.show() + " / " + b.show();
  if (a.is_number() && b.is_number())
    return a.show() + " " + sign + " " + b.show() + " has no result within 34 digits";
  if (a.is_null() || b.is_null())
    return std::string(a.is_null() ? "the left" : "the right") + " side of '" + sign + "' is null (" + a.show() +
           " " + sign + " " + b.show() + ")";
  return "'" + sign + "' does not take " + std::string(kind_name(a.kind())) + " and " +
         std::string(kind_name(b.kind())) + " (" + a.show() + " " + sign + " " + b.show() + ")";
}

}  // namespace guanhu::feel
