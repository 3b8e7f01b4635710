#include "base/money.h"

#include <gtest/gtest.h>

namespace guanhu::base {
namespace {

TEST(Money, RefusesWhatIsNoAmount) {
  for (const char* text : {"", "-", ".", "1.", ".5", "1.005", "1,000", "+1", " 1", "1 ", "1e3", "--1", "1.2.3",
                           "1234567890123456", "abc", "0x10", "1.-5"})
    EXPECT_FALSE(parse_fen(text)) << text;
}

TEST(Money, ReadsToTheFen) {
  EXPECT_EQ(parse_fen("0"), 0);
  EXPECT_EQ(parse_fen("1"), 100);
  EXPECT_EQ(parse_fen("1.5"), 150);
  EXPECT_EQ(parse_fen("-0.01"), -1);
  EXPECT_EQ(parse_fen("193120455.40"), 19312045540);
  EXPECT_EQ(parse_fen("999999999999999.99"), 99999999999999999);
}

TEST(Money, WritesTwoDecimals) {
  EXPECT_EQ(format_fen(0), "0.00");
  EXPECT_EQ(format_fen(-1), "-0.01");
  EXPECT_EQ(format_fen(19312045540), "193120455.40");
  EXPECT_EQ(format_fen(INT64_MIN), "-92233720368547758.08");
}

TEST(Money, RoundsHalfAwayFromZero) {
  EXPECT_EQ(static_cast<int64_t>(divide_half_up(5, 10)), 1);
  EXPECT_EQ(static_cast<int64_t>(divide_half_up(4, 10)), 0);
  EXPECT_EQ(static_cast<int64_t>(divide_half_up(-5, 10)), -1);
  EXPECT_EQ(static_cast<int64_t>(divide_half_up(-4, 10)), 0);
  EXPECT_EQ(static_cast<int64_t>(divide_half_up(1, 3)), 0);
  EXPECT_EQ(static_cast<int64_t>(divide_half_up(2, 3)), 1);
  EXPECT_EQ(static_cast<int64_t>(divide_half_up(7, 2)), 4);
}

TEST(Money, WritesWideIntegers) {
  EXPECT_EQ(format_int128(0), "0");
  EXPECT_EQ(format_int128(-static_cast<Int128>(INT64_MAX) * 10), "-92233720368547758070");
}

}  // namespace
}  // namespace guanhu::base
