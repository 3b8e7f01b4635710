// What decimal.cc and decimal_math.cc share; nothing outside of base includes it.
#pragma once
#include <boost/multiprecision/cpp_int.hpp>

#include "base/decimal.h"

namespace guanhu::base {

using Wide = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    512, 512, boost::multiprecision::unsigned_magnitude, boost::multiprecision::unchecked, void>>;

struct DecimalDetail {
  static constexpr int kWideDigits = 154;  // 10^154 < 2^512
  static const Wide& wide_power(int n);    // 10^n, n in [0, 154]
  static int wide_digits(const Wide& value);
  static Wide widen(const Decimal& value);  // the absolute coefficient
  // magnitude * 10^exponent rounded half to even; `sticky`: a little more than magnitude. Nothing on
  // overflow.
  static std::optional<Decimal> finish(const Wide& magnitude, int exponent, bool negative, bool sticky);
};

}  // namespace guanhu::base
