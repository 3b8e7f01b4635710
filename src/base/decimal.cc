#include "base/decimal.h"

#include <array>
#include <bit>
#include <charconv>

#include "base/decimal_detail.h"
#include "base/error.h"

namespace guanhu::base {
namespace {
using Int = __int128;
using UInt = unsigned __int128;

constexpr std::array<UInt, 39> kPower = [] {
  std::array<UInt, 39> p{};
  p[0] = 1;
  for (size_t i = 1; i < p.size(); ++i) p[i] = p[i - 1] * 10;
  return p;
}();
constexpr Int kLimit = static_cast<Int>(kPower[Decimal::kDigits]);  // |coefficient| stays below

bool fits64(Int v) { return v == static_cast<int64_t>(v); }
UInt magnitude(Int v) { return v < 0 ? -static_cast<UInt>(v) : static_cast<UInt>(v); }
bool in_limit(Int v) { return v < kLimit && v > -kLimit; }

int digits(UInt v) {
  if (v == 0) return 1;
  uint64_t high = static_cast<uint64_t>(v >> 64);
  int bits = high ? 128 - std::countl_zero(high) : 64 - std::countl_zero(static_cast<uint64_t>(v));
  int guess = bits * 1233 >> 12;  // log10(2) = 0.30103 = 1233/4096, never too big by more than 1
  return guess + (v >= kPower[static_cast<size_t>(guess)] ? 1 : 0);
}

// v / 10^drop with the given rounding; 0 < drop <= 38.
UInt drop_digits(UInt v, int drop, Rounding mode, bool negative) {
  UInt unit = kPower[static_cast<size_t>(drop)];
  UInt quotient = v / unit, rest = v - quotient * unit;
  if (rest == 0) return quotient;
  UInt half = unit / 2;
  bool away = false;
  switch (mode) {
    case Rounding::up: away = true; break;
    case Rounding::down: away = false; break;
    case Rounding::floor: away = negative; break;
    case Rounding::ceiling: away = !negative; break;
    case Rounding::half_up: away = rest >= half; break;
    case Rounding::half_down: away = rest > half; break;
    case Rounding::half_even: away = rest > half || (rest == half && (quotient & 1)); break;
  }
  return quotient + (away ? 1 : 0);
}

Int signed_value(UInt v, bool negative) { return negative ? -static_cast<Int>(v) : static_cast<Int>(v); }

// Takes off trailing zeros, down to `floor_exponent` at most.
void strip(Int& coefficient, int& exponent, int highest) {
  if (coefficient == 0) return;
  while (exponent < highest && coefficient % 10 == 0) {
    coefficient /= 10;
    ++exponent;
  }
}
}  // namespace

const Wide& DecimalDetail::wide_power(int n) {
  static const std::array<Wide, kWideDigits + 1> powers = [] {
    std::array<Wide, kWideDigits + 1> p;
    p[0] = 1;
    for (size_t i = 1; i < p.size(); ++i) p[i] = p[i - 1] * 10;
    return p;
  }();
  return powers[static_cast<size_t>(n)];
}

int DecimalDetail::wide_digits(const Wide& value) {
  if (value == 0) return 1;
  int guess = static_cast<int>((boost::multiprecision::msb(value) + 1) * 1233 >> 12);
  while (guess <= kWideDigits && value >= wide_power(guess)) ++guess;
  while (guess > 1 && value < wide_power(guess - 1)) --guess;
  return guess;
}

Wide DecimalDetail::widen(const Decimal& value) {
  UInt m = magnitude(value.coefficient_);
  return (Wide(static_cast<uint64_t>(m >> 64)) << 64) | Wide(static_cast<uint64_t>(m));
}

std::optional<Decimal> DecimalDetail::finish(const Wide& value, int exponent, bool negative, bool sticky) {
  Wide kept = value;
  int drop = std::max(wide_digits(value) - Decimal::kDigits, Decimal::kMinExponent - exponent);
  if (drop > 0) {
    if (drop > kWideDigits) return Decimal();
    const Wide& unit = wide_power(drop);
    kept = value / unit;
    Wide rest = value - kept * unit, twice = rest * 2;
    bool odd = static_cast<uint64_t>(kept & 1) != 0;
    if (twice > unit || (twice == unit && (sticky || odd))) ++kept;
    exponent += drop;
    if (kept == wide_power(Decimal::kDigits)) {
      kept = wide_power(Decimal::kDigits - 1);
      ++exponent;
    }
  }
  if (kept == 0) return Decimal();
  if (exponent > Decimal::kMaxExponent) {
    int pad = exponent - Decimal::kMaxExponent;
    if (pad > Decimal::kDigits - wide_digits(kept)) return std::nullopt;
    kept *= wide_power(pad);
    exponent = Decimal::kMaxExponent;
  }
  UInt low = static_cast<uint64_t>(kept & UINT64_MAX), high = static_cast<uint64_t>(kept >> 64);
  return Decimal(signed_value(high << 64 | low, negative), exponent);
}

namespace {
bool usual(int exponent) { return exponent >= Decimal::kMinExponent && exponent <= Decimal::kMaxExponent; }

// m * 10^exponent rounded half to even; `sticky`: a little more than m. Exponents near the ends take
// the wide road.
std::optional<Decimal> finish128(UInt m, int exponent, bool negative, bool sticky) {
  int drop = digits(m) - Decimal::kDigits;
  if (!usual(exponent) || !usual(exponent + drop + 1)) {
    Wide wide = (Wide(static_cast<uint64_t>(m >> 64)) << 64) | Wide(static_cast<uint64_t>(m));
    return DecimalDetail::finish(wide, exponent, negative, sticky);
  }
  if (drop <= 0) return Decimal::raw(signed_value(m, negative), exponent);
  UInt unit = kPower[static_cast<size_t>(drop)], kept = m / unit, rest = m - kept * unit, half = unit / 2;
  if (rest > half || (rest == half && (sticky || (kept & 1)))) ++kept;
  exponent += drop;
  if (kept == static_cast<UInt>(kLimit)) kept /= 10, ++exponent;
  return Decimal::raw(signed_value(kept, negative), exponent);
}
std::optional<Decimal> finish128(Int coefficient, int exponent) {
  return finish128(magnitude(coefficient), exponent, coefficient < 0, false);
}
}  // namespace

Decimal Decimal::make(Int coefficient, int exponent) {
  if (in_limit(coefficient) && usual(exponent)) return Decimal(coefficient, exponent);
  auto made = finish128(coefficient, exponent);
  if (!made) throw Broken("a decimal constant is beyond the range of 34 digits and exponent 6111");
  return *made;
}

namespace {
struct Scanned {
  std::string_view digits_before, digits_after;
  bool negative = false;
  long exponent = 0;
};

size_t digit_run(std::string_view t, size_t from) {
  size_t i = from;
  while (i < t.size() && t[i] >= '0' && t[i] <= '9') ++i;
  return i - from;
}

std::optional<Scanned> scan(std::string_view t) {
  Scanned s;
  if (!t.empty() && t[0] == '-') s.negative = true, t.remove_prefix(1);
  size_t before = digit_run(t, 0), at = before, after = 0;
  s.digits_before = t.substr(0, before);
  if (at < t.size() && t[at] == '.') {
    after = digit_run(t, at + 1);
    if (after == 0) return std::nullopt;
    s.digits_after = t.substr(at + 1, after);
    at += 1 + after;
  }
  if (before + after == 0) return std::nullopt;
  if (at == t.size()) return s;
  if (t[at] != 'e' && t[at] != 'E') return std::nullopt;
  ++at;
  bool down = at < t.size() && t[at] == '-';
  if (at < t.size() && (t[at] == '+' || t[at] == '-')) ++at;
  size_t run = digit_run(t, at);
  if (run == 0 || at + run != t.size()) return std::nullopt;
  long e = 0;
  for (char c : t.substr(at)) e = std::min(e * 10 + (c - '0'), 100'000'000L);
  s.exponent = down ? -e : e;
  return s;
}
}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  auto s = scan(text);
  if (!s) return std::nullopt;
  // 38 digits of the machine, the rest only as "there is more" and places of the exponent.
  UInt value = 0;
  int taken = 0;
  long exponent = s->exponent;
  bool sticky = false;
  auto take = [&](std::string_view run, bool fraction) {
    for (char c : run) {
      if (taken < 37) {
        value = value * 10 + static_cast<unsigned>(c - '0');
        if (value != 0) ++taken;
        if (fraction) --exponent;
      } else {
        sticky = sticky || c != '0';
        if (!fraction) ++exponent;
      }
    }
  };
  take(s->digits_before, false);
  take(s->digits_after, true);
  if (value == 0) return Decimal(0, exponent <= 0 && exponent > -kDigits ? static_cast<int>(exponent) : 0);
  if (exponent > 100'000) return std::nullopt;
  if (exponent < -100'000) return Decimal();
  return finish128(value, static_cast<int>(exponent), s->negative, sticky);
}

namespace {
std::string digit_text(UInt v) {
  char buffer[40];
  char* end = buffer + sizeof buffer;
  char* at = end;
  do {
    *--at = static_cast<char>('0' + static_cast<int>(v % 10));
    v /= 10;
  } while (v != 0);
  return {at, end};
}
}  // namespace

std::string Decimal::str() const {
  if (coefficient_ == 0) return "0";
  Decimal r = reduced();
  std::string d = digit_text(magnitude(r.coefficient_));
  std::string sign = r.coefficient_ < 0 ? "-" : "";
  int count = static_cast<int>(d.size()), point = count + r.exponent_;  // the point stands before digit `point`
  if (point > 61 || point < -59) {
    d.erase(d.find_last_not_of('0') + 1);  // at the highest exponent zeros stay in the coefficient
    count = static_cast<int>(d.size());
    std::string fraction = count > 1 ? "." + d.substr(1) : "";
    return sign + d.substr(0, 1) + fraction + "e" + std::to_string(point - 1);
  }
  if (r.exponent_ >= 0) return sign + d + std::string(static_cast<size_t>(r.exponent_), '0');
  if (point <= 0) return sign + "0." + std::string(static_cast<size_t>(-point), '0') + d;
  return sign + d.substr(0, static_cast<size_t>(point)) + "." + d.substr(static_cast<size_t>(point));
}

Decimal Decimal::reduced() const {
  if (coefficient_ == 0) return Decimal();
  Decimal r = *this;
  if (fits64(r.coefficient_)) {
    auto c = static_cast<int64_t>(r.coefficient_);
    while (c % 10 == 0 && r.exponent_ < kMaxExponent) c /= 10, ++r.exponent_;
    r.coefficient_ = c;
    return r;
  }
  strip(r.coefficient_, r.exponent_, kMaxExponent);
  return r;
}

bool Decimal::is_integer() const {
  if (exponent_ >= 0 || coefficient_ == 0) return true;
  if (exponent_ < -kDigits) return false;
  return coefficient_ % static_cast<Int>(kPower[static_cast<size_t>(-exponent_)]) == 0;
}

std::optional<int64_t> Decimal::to_int64() const {
  Int v = coefficient_;
  if (exponent_ < 0) {
    if (!is_integer()) return std::nullopt;
    if (v != 0) v /= static_cast<Int>(kPower[static_cast<size_t>(-exponent_)]);
  } else if (exponent_ > 0 && v != 0) {
    if (exponent_ > 18 || !fits64(v)) return std::nullopt;
    v *= static_cast<Int>(kPower[static_cast<size_t>(exponent_)]);
  }
  if (!fits64(v)) return std::nullopt;
  return static_cast<int64_t>(v);
}

double Decimal::approximate() const {  // double: declared so
  std::string text = str();
  double out = 0;  // double: declared so
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::optional<Decimal> Decimal::add(const Decimal& a, const Decimal& b) {
  if (a.exponent_ == b.exponent_) {
    Int sum = a.coefficient_ + b.coefficient_;
    if (in_limit(sum)) [[likely]]
      return Decimal(sum, a.exponent_);
    return finish128(sum, a.exponent_);
  }
  const Decimal& high = a.exponent_ > b.exponent_ ? a : b;
  const Decimal& low = a.exponent_ > b.exponent_ ? b : a;
  int gap = high.exponent_ - low.exponent_;
  if (gap <= 18 && fits64(high.coefficient_)) {
    // 2^63 * 10^18 + 10^34 < 2^127
    Int sum = high.coefficient_ * static_cast<Int>(kPower[static_cast<size_t>(gap)]) + low.coefficient_;
    if (in_limit(sum)) return Decimal(sum, low.exponent_);
    return finish128(sum, low.exponent_);
  }
  if (low.coefficient_ == 0) return high;
  if (high.coefficient_ == 0) return low;
  // Beyond 70 places the low one is less than a hundredth of the last digit: it cannot move it.
  if (gap > 70) return finish128(high.coefficient_, high.exponent_);
  Wide x = DecimalDetail::widen(high) * DecimalDetail::wide_power(gap), y = DecimalDetail::widen(low);
  bool same = high.is_negative() == low.is_negative(), x_wins = x >= y;
  Wide sum = same ? Wide(x + y) : x_wins ? Wide(x - y) : Wide(y - x);
  bool negative = (same || x_wins) ? high.is_negative() : low.is_negative();
  return DecimalDetail::finish(sum, low.exponent_, negative, false);
}

std::optional<Decimal> Decimal::subtract(const Decimal& a, const Decimal& b) { return add(a, b.negated()); }

std::optional<Decimal> Decimal::multiply(const Decimal& a, const Decimal& b) {
  int exponent = a.exponent_ + b.exponent_;
  if (fits64(a.coefficient_) && fits64(b.coefficient_)) {
    Int product = a.coefficient_ * b.coefficient_;
    if (in_limit(product) && usual(exponent)) [[likely]]
      return Decimal(product, exponent);
    return finish128(product, exponent);
  }
  Wide product = DecimalDetail::widen(a) * DecimalDetail::widen(b);
  return DecimalDetail::finish(product, exponent, a.is_negative() != b.is_negative(), false);
}

namespace {
// The quotient of 64-bit numbers where it is finite within 18 more digits.
std::optional<Decimal> divide_short(int64_t a, int64_t b, int exponent) {
  if (b == -1) return Decimal::make(-static_cast<Int>(a), exponent);  // INT64_MIN / -1 traps
  if (a % b == 0) return Decimal::make(a / b, exponent);
  Int scaled = static_cast<Int>(a) * static_cast<Int>(kPower[18]);
  Int quotient = scaled / b;
  if (quotient * b != scaled) return std::nullopt;
  exponent -= 18;
  for (int step : {8, 4, 2, 1}) {
    Int unit = static_cast<Int>(kPower[static_cast<size_t>(step)]);
    while (quotient % unit == 0) quotient /= unit, exponent += step;
  }
  if (!in_limit(quotient)) return std::nullopt;
  return Decimal::make(quotient, exponent);
}

// a * 10^shift / b with b of 64 bits, limb by limb; the quotient has 35 to 37 digits.
struct LongQuotient {
  UInt quotient;
  bool sticky;
};
// value / b and the remainder, where the quotient fits 64 bits: one instruction of the machine.
uint64_t divide_step(UInt value, uint64_t b, uint64_t& rest) {
#if defined(__x86_64__)
  uint64_t quotient;
  __asm__("divq %4"
          : "=a"(quotient), "=d"(rest)
          : "a"(static_cast<uint64_t>(value)), "d"(static_cast<uint64_t>(value >> 64)), "r"(b)
          : "cc");
  return quotient;
#else
  rest = static_cast<uint64_t>(value % b);
  return static_cast<uint64_t>(value / b);
#endif
}

LongQuotient divide_long(UInt a, int shift, uint64_t b) {
  UInt quotient = a / b;
  auto rest = static_cast<uint64_t>(a - quotient * b);
  while (shift > 0) {  // rest < b and 10^19 < 2^64: the next 19 digits fit 64 bits
    int step = std::min(shift, 19);
    auto unit = static_cast<uint64_t>(kPower[static_cast<size_t>(step)]);
    uint64_t next = divide_step(static_cast<UInt>(rest) * unit, b, rest);
    quotient = quotient * unit + next;
    shift -= step;
  }
  return {quotient, rest != 0};
}
}  // namespace

std::optional<Decimal> Decimal::divide(const Decimal& a, const Decimal& b) {
  if (b.coefficient_ == 0) return std::nullopt;
  if (a.coefficient_ == 0) return Decimal();
  int exponent = a.exponent_ - b.exponent_;
  bool negative = a.is_negative() != b.is_negative();
  UInt x = magnitude(a.coefficient_), y = magnitude(b.coefficient_);
  if (y <= static_cast<UInt>(INT64_MAX)) {
    if (fits64(a.coefficient_) && usual(exponent) && usual(exponent - 18)) {
      auto exact =
          divide_short(static_cast<int64_t>(a.coefficient_), static_cast<int64_t>(b.coefficient_), exponent);
      if (exact) return exact;
    }
    // The quotient of a 36-digit scaled number: at least 35 digits, at most 37.
    int shift = std::max(0, kDigits + 2 + digits(y) - digits(x));
    auto [quotient, sticky] = divide_long(x, shift, static_cast<uint64_t>(y));
    auto out = finish128(quotient, exponent - shift, negative, sticky);
    if (out && !sticky) strip(out->coefficient_, out->exponent_, std::max(exponent, kMinExponent));
    return out;
  }
  Wide dividend = DecimalDetail::widen(a) * DecimalDetail::wide_power(2 * kDigits + 2),
       divisor = DecimalDetail::widen(b);
  Wide quotient = dividend / divisor;
  bool sticky = quotient * divisor != dividend;
  auto out = DecimalDetail::finish(quotient, exponent - 2 * kDigits - 2, negative, sticky);
  if (out && !sticky) strip(out->coefficient_, out->exponent_, std::max(exponent, kMinExponent));
  return out;
}

Decimal Decimal::round(int scale, Rounding mode) const {
  scale = std::min(std::max(scale, -kMaxExponent), -kMinExponent);
  int drop = -scale - exponent_;
  if (drop <= 0 || coefficient_ == 0) return *this;
  UInt m = magnitude(coefficient_);
  bool negative = coefficient_ < 0;
  // Beyond 38 places the value is less than a tenth of the unit whatever its digits: 1 stands for it.
  if (drop > 38) m = 1, drop = 38;
  return Decimal(signed_value(drop_digits(m, drop, mode, negative), negative), -scale);
}

std::strong_ordering Decimal::compare_unaligned(const Decimal& a, const Decimal& b) {
  const Decimal& high = a.exponent_ > b.exponent_ ? a : b;
  int gap = a.exponent_ - b.exponent_;
  if (gap < 0) gap = -gap;
  if (gap <= 18 && fits64(high.coefficient_)) {
    Int scaled = high.coefficient_ * static_cast<Int>(kPower[static_cast<size_t>(gap)]);
    return &high == &a ? scaled <=> b.coefficient_ : a.coefficient_ <=> scaled;
  }
  int sign_a = (a.coefficient_ > 0) - (a.coefficient_ < 0), sign_b = (b.coefficient_ > 0) - (b.coefficient_ < 0);
  if (sign_a != sign_b) return sign_a <=> sign_b;
  if (sign_a == 0) return std::strong_ordering::equal;
  UInt x = magnitude(a.coefficient_), y = magnitude(b.coefficient_);
  int top_a = digits(x) + a.exponent_, top_b = digits(y) + b.exponent_;
  std::strong_ordering by_size = top_a <=> top_b;
  if (by_size == 0) {  // equally long: the one with the higher exponent has `gap` fewer digits, so it fits
    if (a.exponent_ > b.exponent_) x *= kPower[static_cast<size_t>(gap)];
    else y *= kPower[static_cast<size_t>(gap)];
    by_size = x <=> y;
  }
  return sign_a > 0 ? by_size : 0 <=> by_size;
}

}  // namespace guanhu::base
