// An exact decimal number with 34 significant digits: the number of FEEL and of every formula.
//
// Value = coefficient * 10^exponent, |coefficient| < 10^34, exponent in [-6176, 6111] as in IEEE
// 754 decimal128. Results that do not fit 34 digits are rounded half to even (as DMN asks);
// everything smaller is exact. Ordinary numbers never leave a 128-bit fast path. No infinities and
// no NaN: an operation without a result (division by zero, overflow) returns nothing. A result too
// small for the exponent range is rounded towards what it can hold, at last 0.
//
// One value may have several coefficients (1.0 and 1.00): comparison and str() do not tell them
// apart, so nothing else should look at coefficient() without the exponent.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guanhu::base {

enum class Rounding { up, down, half_up, half_down, half_even, floor, ceiling };

class Decimal {
 public:
  static constexpr int kDigits = 34;
  static constexpr int kMinExponent = -6176;
  static constexpr int kMaxExponent = 6111;

  constexpr Decimal() = default;
  constexpr Decimal(int64_t integer) : coefficient_(integer) {}  // NOLINT: numbers convert
  constexpr Decimal(int integer) : coefficient_(integer) {}      // NOLINT
  // coefficient * 10^exponent; the coefficient is rounded to 34 digits. Throws Broken when the value
  // lies beyond the range (callers give constants and integers of the machine).
  static Decimal make(__int128 coefficient, int exponent);
  // Puts together again what coefficient() and exponent() of one Decimal gave; nothing is checked.
  static constexpr Decimal raw(__int128 coefficient, int exponent) { return Decimal(coefficient, exponent); }
  static Decimal fen(int64_t fen) { return Decimal(static_cast<__int128>(fen), -2); }

  // "[-]digits[.digits][e[+-]digits]", also ".5"; nothing for any other text and beyond the range.
  // More than 34 digits are rounded.
  static std::optional<Decimal> parse(std::string_view text);
  // The shortest exact plain form: "0.1", "-12", "1000000"; trailing zeros after the point dropped.
  // Only magnitudes beyond 10^±60 are written with an exponent ("1.5e100", "1e-70").
  std::string str() const;

  __int128 coefficient() const { return coefficient_; }
  int exponent() const { return exponent_; }
  bool is_zero() const { return coefficient_ == 0; }
  bool is_negative() const { return coefficient_ < 0; }
  bool is_integer() const;
  std::optional<int64_t> to_int64() const;  // nothing when it has a fraction or does not fit
  double approximate() const;               // double: for charts and logarithms only, never for money
  // The same value with the smallest possible coefficient: the form to hash.
  Decimal reduced() const;

  // Overflow beyond the exponent range gives nothing.
  static std::optional<Decimal> add(const Decimal& a, const Decimal& b);
  static std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
  static std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
  static std::optional<Decimal> divide(const Decimal& a, const Decimal& b);  // nothing when b is 0
  // Whole exponents by squaring with 70 digits, others by logarithm with 100; then rounded. Nothing
  // for 0 to a negative power and for a negative base with a fraction as exponent.
  static std::optional<Decimal> power(const Decimal& base, const Decimal& exponent);
  // Rounded from 100 digits. sqrt of a negative, ln of anything not above 0: nothing.
  static std::optional<Decimal> sqrt(const Decimal& a);
  static std::optional<Decimal> exp(const Decimal& a);
  static std::optional<Decimal> ln(const Decimal& a);
  Decimal negated() const { return Decimal(-coefficient_, exponent_); }
  Decimal abs() const { return coefficient_ < 0 ? negated() : *this; }
  // Rounded to `scale` digits after the point (negative: before it). Scales beyond the exponent
  // range are taken as its ends.
  Decimal round(int scale, Rounding mode) const;

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    if (a.exponent_ == b.exponent_) return a.coefficient_ <=> b.coefficient_;
    return compare_unaligned(a, b);
  }
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  friend struct DecimalDetail;
  constexpr Decimal(__int128 coefficient, int exponent) : coefficient_(coefficient), exponent_(exponent) {}
  static std::strong_ordering compare_unaligned(const Decimal& a, const Decimal& b);
  __int128 coefficient_ = 0;
  int32_t exponent_ = 0;
};

}  // namespace guanhu::base
