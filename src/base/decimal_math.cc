// Powers, roots, logarithms: the operations of Decimal whose results are rarely finite.
#include <boost/multiprecision/cpp_dec_float.hpp>

#include "base/decimal_detail.h"

namespace guanhu::base {
namespace {
using Float =
    boost::multiprecision::number<boost::multiprecision::cpp_dec_float<100>, boost::multiprecision::et_off>;

// digits * 10^exponent with at most 70 digits; `cut`: something was left out.
struct Working {
  Wide digits = 1;
  long exponent = 0;
  bool cut = false;
};
constexpr int kWorkingDigits = 70;
constexpr long kFar = 20'000;  // exponents beyond it are out of range for good

Working times(const Working& a, const Working& b) {
  Working out{a.digits * b.digits, a.exponent + b.exponent, a.cut || b.cut};
  int drop = DecimalDetail::wide_digits(out.digits) - kWorkingDigits;
  if (drop > 0) {
    const Wide& unit = DecimalDetail::wide_power(drop);
    Wide kept = out.digits / unit;
    out.cut = out.cut || kept * unit != out.digits;
    out.digits = kept;
    out.exponent += drop;
  }
  return out;
}

std::optional<Decimal> whole_power(const Decimal& base, int64_t n) {
  Decimal reduced = base.reduced();
  bool negative = base.is_negative() && n % 2 != 0, inverse = n < 0;
  uint64_t left = inverse ? -static_cast<uint64_t>(n) : static_cast<uint64_t>(n);
  Working square{DecimalDetail::widen(reduced), reduced.exponent(), false}, out;
  while (left != 0) {
    if (left & 1) out = times(out, square);
    left >>= 1;
    if (left != 0) square = times(square, square);
    if (std::abs(square.exponent) > kFar || std::abs(out.exponent) > kFar) {
      bool huge = (out.exponent > kFar || square.exponent > kFar) != inverse;
      return huge ? std::nullopt : std::optional<Decimal>(Decimal());
    }
  }
  if (!inverse) return DecimalDetail::finish(out.digits, static_cast<int>(out.exponent), negative, out.cut);
  // 1 / digits with at least 36 digits of quotient.
  int shift = DecimalDetail::wide_digits(out.digits) + Decimal::kDigits + 2;
  Wide one = DecimalDetail::wide_power(shift), quotient = one / out.digits;
  bool sticky = out.cut || quotient * out.digits != one;
  auto result = DecimalDetail::finish(quotient, static_cast<int>(-out.exponent - shift), negative, sticky);
  return result && !sticky ? result->reduced() : result;
}

Float widen_float(const Decimal& a) {
  Float f(DecimalDetail::widen(a).str());
  f *= pow(Float(10), a.exponent());
  return a.is_negative() ? Float(-f) : f;
}

// Rounded to 34 digits by way of its text with 60: what is left of a finite result after that are zeros.
std::optional<Decimal> narrow(const Float& f) {
  if (!(boost::multiprecision::isfinite)(f)) return std::nullopt;
  auto out = Decimal::parse(f.str(60, std::ios_base::scientific));
  if (!out) return std::nullopt;
  return out->reduced();
}
}  // namespace

std::optional<Decimal> Decimal::power(const Decimal& base, const Decimal& exponent) {
  if (exponent.is_zero()) return Decimal(1);
  if (base.is_zero()) return exponent.is_negative() ? std::nullopt : std::optional<Decimal>(Decimal());
  if (base == Decimal(1)) return Decimal(1);
  if (auto n = exponent.to_int64(); n && *n < 1'000'000'000 && *n > -1'000'000'000) return whole_power(base, *n);
  if (base.is_negative()) return std::nullopt;
  Float logarithm = log(widen_float(base)) * widen_float(exponent);
  if (logarithm > 15'000) return std::nullopt;
  if (logarithm < -15'000) return Decimal();
  return narrow(boost::multiprecision::exp(logarithm));
}

std::optional<Decimal> Decimal::sqrt(const Decimal& a) {
  if (a.is_negative()) return std::nullopt;
  if (a.is_zero()) return Decimal();
  return narrow(boost::multiprecision::sqrt(widen_float(a)));
}

std::optional<Decimal> Decimal::exp(const Decimal& a) {
  if (a > Decimal(15'000)) return std::nullopt;
  if (a < Decimal(-15'000)) return Decimal();
  return narrow(boost::multiprecision::exp(widen_float(a)));
}

std::optional<Decimal> Decimal::ln(const Decimal& a) {
  if (a.is_negative() || a.is_zero()) return std::nullopt;
  return narrow(boost::multiprecision::log(widen_float(a)));
}

}  // namespace guanhu::base
