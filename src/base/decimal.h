// An exact decimal number with 34 significant digits: the number of FEEL and of every formula.
//
// Value = coefficient * 10^exponent, |coefficient| < 10^34, exponent in [-6176, 6111] as in IEEE
// 754 decimal128. Results that do not fit 34 digits are rounded half to even (as DMN asks);
// everything smaller is exact. Ordinary numbers never leave a 128-bit fast path. No infinities and
// no NaN: an operation without a result (division by zero, overflow) returns nothing.
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
  constexpr Decimal() = default;
  constexpr Decimal(int64_t integer) : coefficient_(integer) {}  // NOLINT: numbers convert
  constexpr Decimal(int integer) : coefficient_(integer) {}      // NOLINT
  // coefficient * 10^exponent; the coefficient is rounded to 34 digits.
  static Decimal make(__int128 coefficient, int exponent);
  static Decimal fen(int64_t fen) { return make(fen, -2); }

  // "[-]digits[.digits][e[+-]digits]", also ".5"; nothing for any other text.
  static std::optional<Decimal> parse(std::string_view text);
  // The shortest exact plain form: "0.1", "-12", "1000000"; never an exponent below 10^±60, trailing
  // zeros after the point dropped.
  std::string str() const;

  __int128 coefficient() const { return coefficient_; }
  int exponent() const { return exponent_; }
  bool is_zero() const { return coefficient_ == 0; }
  bool is_negative() const { return coefficient_ < 0; }
  bool is_integer() const;
  std::optional<int64_t> to_int64() const;  // nothing when it has a fraction or does not fit
  double approximate() const;               // for charts and logarithms only, never for money

  // Overflow beyond the exponent range gives nothing.
  static std::optional<Decimal> add(const Decimal& a, const Decimal& b);
  static std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
  static std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
  static std::optional<Decimal> divide(const Decimal& a, const Decimal& b);  // nothing when b is 0
  static std::optional<Decimal> power(const Decimal& base, const Decimal& exponent);
  Decimal negated() const;
  Decimal abs() const;
  // Rounded to `scale` digits after the point (negative: before it).
  Decimal round(int scale, Rounding mode) const;

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  constexpr Decimal(__int128 coefficient, int exponent) : coefficient_(coefficient), exponent_(exponent) {}
  __int128 coefficient_ = 0;
  int32_t exponent_ = 0;
};

}  // namespace guanhu::base
