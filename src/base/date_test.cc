#include "base/date.h"

#include <gtest/gtest.h>

namespace guanhu::base {
namespace {

TEST(Date, RefusesWhatIsNoDay) {
  for (const char* text : {"", "2025-02-29", "2025-13-01", "2025-00-10", "2025-01-00", "2025-1-01", "20250101",
                           "2025-01-01 ", "2025/01/01", "0000-01-01", "2025-04-31", "+025-01-01", "2025-01-0a"})
    EXPECT_FALSE(Date::parse(text)) << text;
}

TEST(Date, ReadsAndWritesEveryDayOfFourYears) {
  Date day = *Date::from_ymd(2023, 12, 31);
  for (int i = 0; i < 1500; ++i, day = day + 1) {
    auto again = Date::parse(day.str());
    ASSERT_TRUE(again) << day.str();
    EXPECT_EQ(*again, day);
  }
}

TEST(Date, KnowsLeapDaysAndWeekdays) {
  EXPECT_TRUE(Date::parse("2024-02-29"));
  EXPECT_FALSE(Date::parse("2100-02-29"));
  EXPECT_TRUE(Date::parse("2000-02-29"));
  EXPECT_EQ(Date::parse("1970-01-01")->days(), 0);
  EXPECT_EQ(Date::parse("2025-12-31")->weekday(), 3);
  EXPECT_TRUE(Date::parse("2024-02-29")->is_month_end());
  EXPECT_FALSE(Date::parse("2024-02-28")->is_month_end());
}

TEST(Date, AddsMonthsClampedToTheMonthEnd) {
  EXPECT_EQ(Date::parse("2025-01-31")->add_months(1).str(), "2025-02-28");
  EXPECT_EQ(Date::parse("2024-01-31")->add_months(1).str(), "2024-02-29");
  EXPECT_EQ(Date::parse("2024-02-29")->add_months(12).str(), "2025-02-28");
  EXPECT_EQ(Date::parse("2025-03-31")->add_months(-1).str(), "2025-02-28");
  EXPECT_EQ(Date::parse("2025-12-15")->add_months(1).str(), "2026-01-15");
}

}  // namespace
}  // namespace guanhu::base
