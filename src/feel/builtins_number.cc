// Numeric functions (DMN 1.5, table 77).
#include "feel/builtins.h"

namespace guanhu::feel {
namespace {
using base::Rounding;
using Arguments = std::span<const Value>;

Value result(const std::optional<Decimal>& number, Eval& eval, const char* why) {
  if (number) return Value(*number);
  return eval.fail([&] { return std::string(why); });
}

// scale, cut to a whole number; within what a decimal can hold.
std::optional<int> scale_of(const Value& v, Eval& eval) {
  auto whole = v.number().round(0, Rounding::down).to_int64();
  if (!whole || *whole < -Decimal::kMaxExponent || *whole > -Decimal::kMinExponent) {
    eval.fail([&] { return "the scale " + v.show() + " is not between -6111 and 6176"; });
    return std::nullopt;
  }
  return static_cast<int>(*whole);
}

template <Rounding mode>
Value round_to(Arguments a, Eval& eval) {
  std::optional<int> scale = 0;
  if (a.size() > 1) scale = scale_of(a[1], eval);
  if (!scale) return {};
  return Value(a[0].number().round(*scale, mode));
}

Value absolute(Arguments a, Eval&) {
  switch (a[0].kind()) {
    case Kind::days_duration: return Value::days_duration(a[0].nanos() < 0 ? -a[0].nanos() : a[0].nanos());
    case Kind::months_duration: return Value::months_duration(a[0].months() < 0 ? -a[0].months() : a[0].months());
    default: return Value(a[0].number().abs());
  }
}

// dividend - divisor * floor(dividend / divisor): the sign of the divisor.
Value modulo(Arguments a, Eval& eval) {
  Decimal dividend = a[0].number(), divisor = a[1].number();
  auto quotient = Decimal::divide(dividend, divisor);
  if (!quotient)
    return eval.fail([&] { return "modulo by zero: modulo(" + a[0].show() + ", " + a[1].show() + ")"; });
  auto product = Decimal::multiply(divisor, quotient->round(0, Rounding::floor));
  auto rest = product ? Decimal::subtract(dividend, *product) : std::nullopt;
  return result(rest, eval, "modulo has no result within 34 digits");
}

// Steps by what a hundred digits take.
Value square_root(Arguments a, Eval& eval) {
  eval.step(4);
  return result(Decimal::sqrt(a[0].number()), eval, "sqrt of a negative number");
}
Value logarithm(Arguments a, Eval& eval) {
  eval.step(200);
  return result(Decimal::ln(a[0].number()), eval, "log of a number that is not above 0");
}
Value exponential(Arguments a, Eval& eval) {
  eval.step(20);
  return result(Decimal::exp(a[0].number()), eval, "exp has no result within the range of numbers");
}

template <bool odd>
Value parity(Arguments a, Eval& eval) {
  Decimal n = a[0].number();
  if (!n.is_integer())
    return eval.fail([&] { return a[0].show() + " is not a whole number: neither odd nor even"; });
  auto half = Decimal::multiply(n, Decimal::make(5, -1));
  return Value(half->is_integer() != odd);
}

constexpr Kinds kNumber = kinds::number;
const Builtin::Parameter kN{"n", kNumber}, kScale{"scale", kNumber};
}  // namespace

const std::vector<Builtin>& number_builtins() {
  static const std::vector<Builtin> all = {
      {"decimal", {kN, kScale}, false, round_to<Rounding::half_even>},
      {"floor", {kN}, false, round_to<Rounding::floor>},
      {"floor", {kN, kScale}, false, round_to<Rounding::floor>},
      {"ceiling", {kN}, false, round_to<Rounding::ceiling>},
      {"ceiling", {kN, kScale}, false, round_to<Rounding::ceiling>},
      {"round up", {kN, kScale}, false, round_to<Rounding::up>},
      {"round down", {kN, kScale}, false, round_to<Rounding::down>},
      {"round half up", {kN, kScale}, false, round_to<Rounding::half_up>},
      {"round half down", {kN, kScale}, false, round_to<Rounding::half_down>},
      {"abs", {{"n", kNumber | kinds::days | kinds::months}}, false, absolute},
      {"modulo", {{"dividend", kNumber}, {"divisor", kNumber}}, false, modulo},
      {"sqrt", {{"number", kNumber}}, false, square_root},
      {"log", {{"number", kNumber}}, false, logarithm},
      {"exp", {{"number", kNumber}}, false, exponential},
      {"odd", {{"number", kNumber}}, false, parity<true>},
      {"even", {{"number", kNumber}}, false, parity<false>},
  };
  return all;
}

}  // namespace guanhu::feel
