#include "feed/values.h"

#include <gtest/gtest.h>

namespace guanhu::feed {
namespace {

TEST(Values, RefusesWhatIsNoMoney) {
  for (std::string_view t : {"", "-", ".", "1.", ".5", "1.005", "1,000", " 1", "1 ", "+1", "1e3", "--1", "1.2.3",
                             "１", "1234567890123456", "0x1"})
    EXPECT_FALSE(parse_scaled(t, 2)) << t;
}

TEST(Values, ReadsMoneyExactly) {
  EXPECT_EQ(parse_scaled("0", 2), 0);
  EXPECT_EQ(parse_scaled("-0.01", 2), -1);
  EXPECT_EQ(parse_scaled("1.5", 2), 150);
  EXPECT_EQ(parse_scaled("193120455.40", 2), 19312045540);
  EXPECT_EQ(parse_scaled("999999999999999.99", 2), 99999999999999999);
}

TEST(Values, ReadsSharesAndRates) {
  EXPECT_EQ(parse_scaled("0.33333333", 8), 33333333);
  EXPECT_FALSE(parse_scaled("0.333333333", 8));
  EXPECT_EQ(parse_scaled("5.65", 6), 5650000);
  EXPECT_EQ(parse_scaled("1", 8), 100000000);
}

TEST(Values, RefusesDaysAndMomentsThatDoNotExist) {
  for (std::string_view t : {"2025-02-29", "2025-13-01", "2025-1-01", "20250101", "2025/01/01", "2025-01-01 ", ""})
    EXPECT_FALSE(parse_day(t)) << t;
  for (std::string_view t :
       {"2025-01-01T24:00:00", "2025-01-01T00:60:00", "2025-01-01T00:00:60", "2025-01-01 00:00:00",
        "2025-01-01T00:00", "2025-01-01T0a:00:00", "2025-02-30T00:00:00", "2025-01-01T00:00:00Z"})
    EXPECT_FALSE(parse_moment(t)) << t;
}

TEST(Values, ReadsDaysAndMoments) {
  EXPECT_EQ(parse_day("1970-01-02"), 1);
  EXPECT_EQ(parse_day("2024-02-29"), 19782);
  EXPECT_EQ(parse_moment("1970-01-02T00:00:01"), 86401000000);
  EXPECT_EQ(parse_moment("2024-02-29T23:59:59"), (19782LL * 86400 + 86399) * 1000000);
}

TEST(Values, ReadsCountsAndFlags) {
  EXPECT_EQ(parse_count("2147483647"), 2147483647);
  for (std::string_view t : {"2147483648", "-1", "", "1.0", "99999999999"}) EXPECT_FALSE(parse_count(t)) << t;
  EXPECT_EQ(parse_flag("true"), true);
  EXPECT_EQ(parse_flag("false"), false);
  for (std::string_view t : {"True", "1", "yes", ""}) EXPECT_FALSE(parse_flag(t)) << t;
}

TEST(Values, KnowsChoices) {
  EXPECT_TRUE(is_choice("main assist", "assist"));
  for (std::string_view t : {"", "mai", "main assist", "Main", " "})
    EXPECT_FALSE(is_choice("main assist", t)) << t;
}

TEST(Values, PrintsExactly) {
  EXPECT_EQ(format_scaled(-5, 2), "-0.05");
  EXPECT_EQ(format_scaled(19312045540, 2), "193120455.40");
  EXPECT_EQ(format_scaled(75000, 4), "7.5");
  EXPECT_EQ(format_scaled(0, 8), "0");
}

}  // namespace
}  // namespace guanhu::feed
