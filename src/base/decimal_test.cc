#include "base/decimal.h"

#include <gtest/gtest.h>

#include <random>

#include "base/error.h"

namespace guanhu::base {
namespace {
Decimal d(const char* text) {
  auto v = Decimal::parse(text);
  if (!v) throw std::runtime_error(std::string("no decimal: ") + text);
  return *v;
}
std::string s(const std::optional<Decimal>& v) { return v ? v->str() : "none"; }

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "-", "+1", "1.", ".", "1e", "1e+", "1 ", " 1", "1,000", "0x1", "1.2.3", "--1", "e5",
                           "NaN", "Infinity", "1e6145", "9e99999999999999999999"})
    EXPECT_FALSE(Decimal::parse(text)) << text;
  EXPECT_THROW(Decimal::make(1, 7000), Broken);
}

TEST(Decimal, ReadsAndWritesCanonically) {
  const char* table[][2] = {
      {"0", "0"},
      {"-0", "0"},
      {"0.00", "0"},
      {".5", "0.5"},
      {"-.5", "-0.5"},
      {"007", "7"},
      {"1.50", "1.5"},
      {"1e3", "1000"},
      {"1E-3", "0.001"},
      {"12.5e1", "125"},
      {"1e60", "1000000000000000000000000000000000000000000000000000000000000"},
      {"1e61", "1e61"},
      {"12e60", "1.2e61"},
      {"1e-60", "0.000000000000000000000000000000000000000000000000000000000001"},
      {"1e-61", "1e-61"},
      {"-1.25e-100", "-1.25e-100"},
      {"1e6144", "1e6144"},
      {"1e-6176", "1e-6176"},
      {"1e-6177", "0"},
      {"0e99999", "0"},
      {"0.1e-99999999999", "0"},
      {"1234567890123456789012345678901234", "1234567890123456789012345678901234"},
      {"12345678901234567890123456789012345", "12345678901234567890123456789012340"},  // tie to even
      {"12345678901234567890123456789012335", "12345678901234567890123456789012340"},
      {"12345678901234567890123456789012345.0000000000000000000001", "12345678901234567890123456789012350"},
      {"99999999999999999999999999999999995", "100000000000000000000000000000000000"},
      {"0.10000000000000000000000000000000005", "0.1"}};
  for (auto& [in, out] : table) EXPECT_EQ(s(Decimal::parse(in)), out) << in;
}

TEST(Decimal, AddsExactly) {
  EXPECT_EQ(s(Decimal::add(d("0.1"), d("0.2"))), "0.3");
  EXPECT_EQ(s(Decimal::subtract(d("1"), d("0.9"))), "0.1");
  EXPECT_EQ(s(Decimal::add(d("1e33"), d("0.1"))), "1000000000000000000000000000000000");
  EXPECT_EQ(s(Decimal::add(d("1e33"), d("0.5"))), "1000000000000000000000000000000000");
  EXPECT_EQ(s(Decimal::add(d("1e33"), d("0.6"))), "1000000000000000000000000000000001");
  EXPECT_EQ(s(Decimal::subtract(d("1e33"), d("0.06"))), "999999999999999999999999999999999.9");
  EXPECT_EQ(s(Decimal::add(d("1e40"), d("1234567890123456789012345678901234"))),
            "10000001234567890123456789012345680000000");
  EXPECT_EQ(s(Decimal::add(d("1e100"), d("1"))), "1e100");
  EXPECT_EQ(s(Decimal::add(d("1"), d("-1e100"))), "-1e100");
  EXPECT_EQ(s(Decimal::subtract(d("5e40"), d("5e40"))), "0");
  EXPECT_EQ(s(Decimal::add(d("9999999999999999999999999999999999e6111"), d("1e6111"))), "none");
}

TEST(Decimal, MultipliesWithOneRounding) {
  EXPECT_EQ(s(Decimal::multiply(d("1.005"), d("100"))), "100.5");
  EXPECT_EQ(s(Decimal::multiply(d("-3"), d("0.1"))), "-0.3");
  EXPECT_EQ(s(Decimal::multiply(d("9223372036854775807"), d("-9223372036854775808"))),
            "-85070591730234615856620279821087280000");
  EXPECT_EQ(s(Decimal::multiply(d("1234567890123456789012345678901234"), d("9876543210987654321098765432109876"))),
            "1.219326311370217952261850327338667e67");
  EXPECT_EQ(s(Decimal::multiply(d("1e4000"), d("1e4000"))), "none");
  EXPECT_EQ(s(Decimal::multiply(d("1e-4000"), d("1e-4000"))), "0");
}

TEST(Decimal, DividesTo34Digits) {
  EXPECT_EQ(s(Decimal::divide(d("1"), d("0"))), "none");
  EXPECT_EQ(s(Decimal::divide(d("0"), d("7"))), "0");
  EXPECT_EQ(s(Decimal::divide(d("1"), d("3"))), "0.3333333333333333333333333333333333");
  EXPECT_EQ(s(Decimal::divide(d("2"), d("3"))), "0.6666666666666666666666666666666667");
  EXPECT_EQ(s(Decimal::divide(d("-200"), d("3"))), "-66.66666666666666666666666666666667");
  EXPECT_EQ(s(Decimal::divide(d("1"), d("8"))), "0.125");
  EXPECT_EQ(s(Decimal::divide(d("100"), d("10"))), "10");
  EXPECT_EQ(s(Decimal::divide(d("10"), d("1e20"))), "0.0000000000000000001");
  EXPECT_EQ(s(Decimal::divide(d("-9223372036854775808"), d("-1"))), "9223372036854775808");
  EXPECT_EQ(s(Decimal::divide(d("1"), d("12345678901234567890123"))),
            "0.0000000000000000000000810000007290000066339030573612545");
  EXPECT_EQ(s(Decimal::divide(d("1"), d("1267650600228229401496703205376"))),
            "0.0000000000000000000000000000007888609052210118054117285652827862");
  EXPECT_EQ(s(Decimal::divide(d("10141204801825835211973625643008"), d("1267650600228229401496703205376"))), "8");
  EXPECT_EQ(s(Decimal::divide(d("1e6000"), d("1e-6000"))), "none");
}

TEST(Decimal, Powers) {
  EXPECT_EQ(s(Decimal::power(d("2"), d("10"))), "1024");
  EXPECT_EQ(s(Decimal::power(d("2"), d("100"))), "1267650600228229401496703205376");
  EXPECT_EQ(s(Decimal::power(d("2"), d("-10"))), "0.0009765625");
  EXPECT_EQ(s(Decimal::power(d("-2"), d("3"))), "-8");
  EXPECT_EQ(s(Decimal::power(d("1.01"), d("365"))), "37.78343433288715887761660479649761");
  EXPECT_EQ(s(Decimal::power(d("4"), d("0.5"))), "2");
  EXPECT_EQ(s(Decimal::power(d("2"), d("0.5"))), "1.414213562373095048801688724209698");
  EXPECT_EQ(s(Decimal::power(d("-4"), d("0.5"))), "none");
  EXPECT_EQ(s(Decimal::power(d("0"), d("-1"))), "none");
  EXPECT_EQ(s(Decimal::power(d("0"), d("0"))), "1");
  EXPECT_EQ(s(Decimal::power(d("10"), d("6144"))), "1e6144");
  EXPECT_EQ(s(Decimal::power(d("10"), d("6145"))), "none");
  EXPECT_EQ(s(Decimal::power(d("10"), d("999999999"))), "none");
  EXPECT_EQ(s(Decimal::power(d("10"), d("-999999999"))), "0");
  EXPECT_EQ(s(Decimal::power(d("0.1"), d("999999999"))), "0");
  EXPECT_EQ(s(Decimal::power(d("0.1"), d("-999999999"))), "none");
  EXPECT_EQ(s(Decimal::sqrt(d("16"))), "4");
  EXPECT_EQ(s(Decimal::sqrt(d("-1"))), "none");
  EXPECT_EQ(s(Decimal::exp(d("1"))), "2.718281828459045235360287471352662");
  EXPECT_EQ(s(Decimal::exp(d("20000"))), "none");
  EXPECT_EQ(s(Decimal::ln(d("10"))), "2.302585092994045684017991454684364");
  EXPECT_EQ(s(Decimal::ln(d("0"))), "none");
}

TEST(Decimal, RoundsInEveryMode) {
  struct Row {
    const char* value;
    const char* up;
    const char* down;
    const char* half_up;
    const char* half_down;
    const char* half_even;
    const char* floor;
    const char* ceiling;
  };
  const Row rows[] = {
      {"2.5", "3", "2", "3", "2", "2", "2", "3"},         {"1.5", "2", "1", "2", "1", "2", "1", "2"},
      {"-2.5", "-3", "-2", "-3", "-2", "-2", "-3", "-2"}, {"1.1", "2", "1", "1", "1", "1", "1", "2"},
      {"-1.1", "-2", "-1", "-1", "-1", "-1", "-2", "-1"}, {"1.6", "2", "1", "2", "2", "2", "1", "2"},
      {"1.0", "1", "1", "1", "1", "1", "1", "1"}};
  for (auto& r : rows) {
    Decimal v = d(r.value);
    EXPECT_EQ(v.round(0, Rounding::up).str(), r.up) << r.value;
    EXPECT_EQ(v.round(0, Rounding::down).str(), r.down) << r.value;
    EXPECT_EQ(v.round(0, Rounding::half_up).str(), r.half_up) << r.value;
    EXPECT_EQ(v.round(0, Rounding::half_down).str(), r.half_down) << r.value;
    EXPECT_EQ(v.round(0, Rounding::half_even).str(), r.half_even) << r.value;
    EXPECT_EQ(v.round(0, Rounding::floor).str(), r.floor) << r.value;
    EXPECT_EQ(v.round(0, Rounding::ceiling).str(), r.ceiling) << r.value;
  }
  EXPECT_EQ(d("12345.675").round(2, Rounding::half_up).str(), "12345.68");
  EXPECT_EQ(d("12355").round(-1, Rounding::half_even).str(), "12360");
  EXPECT_EQ(d("1e-100").round(2, Rounding::up).str(), "0.01");
  EXPECT_EQ(d("9e-100").round(2, Rounding::half_up).str(), "0");
  EXPECT_EQ(d("-1e-100").round(0, Rounding::floor).str(), "-1");
  EXPECT_EQ(d("1.5").round(9999999, Rounding::up).str(), "1.5");
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(d("1.0"), d("1.00"));
  EXPECT_EQ(d("0"), d("0.000"));
  EXPECT_LT(d("-1"), d("0"));
  EXPECT_LT(d("1e-6000"), d("1e6000"));
  EXPECT_GT(d("-1e-6000"), d("-1e6000"));
  EXPECT_LT(d("1234567890123456789012345678901233e10"), d("1234567890123456789012345678901234e10"));
  EXPECT_EQ(d("1e33"), d("1000000000000000000000000000000000"));
  EXPECT_LT(d("9.99e20"), d("1000000000000000000000"));
  EXPECT_GT(d("12345678901234567890e30"), d("1234567890123456789012345678901234e15"));
}

TEST(Decimal, KnowsWholeNumbers) {
  EXPECT_TRUE(d("10.00").is_integer());
  EXPECT_FALSE(d("10.01").is_integer());
  EXPECT_EQ(d("10.00").to_int64(), 10);
  EXPECT_EQ(d("1e18").to_int64(), 1'000'000'000'000'000'000);
  EXPECT_FALSE(d("1e19").to_int64());
  EXPECT_FALSE(d("0.5").to_int64());
  EXPECT_FALSE(d("9223372036854775808").to_int64());
  EXPECT_EQ(Decimal::fen(-12345).str(), "-123.45");
  EXPECT_DOUBLE_EQ(d("-0.25").approximate(), -0.25);  // double: the function under test
}

// Every fast path must agree with the arithmetic of plain integers.
TEST(Decimal, AgreesWithIntegerArithmetic) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    auto a = static_cast<int64_t>(random()) >> (random() % 60),
         b = static_cast<int64_t>(random()) >> (random() % 60);
    int ea = static_cast<int>(random() % 25) - 12, eb = static_cast<int>(random() % 25) - 12;
    Decimal x = Decimal::make(a, ea), y = Decimal::make(b, eb);
    auto sum = Decimal::add(x, y);
    auto back = Decimal::subtract(*sum, y);
    int spread = std::abs(ea - eb);
    if (spread <= 14) {
      EXPECT_EQ(*back, x) << x.str() << " " << y.str();
    }
    if (b != 0) {
      auto q = Decimal::divide(x, y);
      auto error = Decimal::subtract(*Decimal::multiply(*q, y), x)->abs();
      EXPECT_LE(error, *Decimal::multiply(x.abs(), d("1e-33"))) << x.str() << " / " << y.str();
    }
    EXPECT_EQ(d(x.str().c_str()), x);
  }
}
}  // namespace
}  // namespace guanhu::base
