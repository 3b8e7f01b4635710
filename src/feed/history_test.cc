#include "feed/history.h"

#include <gtest/gtest.h>

#include "base/date.h"

namespace guanhu::feed {
namespace {

int32_t day(std::string_view text) { return base::Date::parse(text)->days(); }
std::vector<int32_t> days(std::initializer_list<std::string_view> texts) {
  std::vector<int32_t> out;
  for (auto t : texts) out.push_back(day(t));
  return out;
}
size_t missing(std::initializer_list<std::string_view> imported) {
  auto all = days(imported);
  return missing_dates(all, all.front(), all.back()).size();
}

TEST(History, ADayMissingBetweenTwoIsSeen) {
  EXPECT_EQ(missing({"2025-01-01", "2025-01-03"}), 1u);
  EXPECT_EQ(missing({"2025-01-01", "2025-01-02", "2025-01-03"}), 0u);
}

TEST(History, WeekendsAreMissedOnlyByBanksThatDeliverThem) {
  // 2025-01-03 is a Friday.
  EXPECT_EQ(missing({"2025-01-02", "2025-01-03", "2025-01-06"}), 0u);
  EXPECT_EQ(missing({"2025-01-03", "2025-01-06", "2025-01-11"}), 6u);
  // A month end on a Sunday does not make a weekend bank.
  EXPECT_EQ(missing({"2025-08-29", "2025-08-31", "2025-09-01", "2025-09-05", "2025-09-08"}), 3u);
}

TEST(History, MonthEndsFollowMonthEnds) {
  EXPECT_EQ(missing({"2021-01-31", "2021-02-28", "2021-03-31"}), 0u);
  EXPECT_EQ(missing({"2021-01-31", "2021-02-28", "2021-04-30"}), 1u);
  // The opening and the last batch may be any day.
  EXPECT_EQ(missing({"2021-01-01", "2021-01-31", "2021-02-28", "2021-03-30"}), 0u);
  // One month end between two days is no rhythm.
  EXPECT_EQ(missing({"2021-01-29", "2021-01-31", "2021-02-02"}), 1u);
}

TEST(History, QuarterEndsAndYearEnds) {
  EXPECT_EQ(missing({"2021-03-31", "2021-06-30", "2021-09-30"}), 0u);
  EXPECT_EQ(missing({"2021-03-31", "2021-09-30"}), 1u);
  EXPECT_EQ(missing({"2021-12-31", "2022-12-31"}), 0u);
  EXPECT_EQ(missing({"2021-01-31", "2021-06-30"}), 4u);
}

TEST(History, ALongGapAmongFewDatesSaysNothing) {
  EXPECT_EQ(missing({"2025-01-01", "2025-01-02", "2025-01-13"}), 0u);
  EXPECT_EQ(missing({"2025-01-01", "2025-01-02", "2025-01-12"}), 9u);  // a Sunday: weekends are delivered
  EXPECT_EQ(missing({"2025-01-01", "2025-01-02", "2025-01-10"}), 5u);  // workdays in between
}

TEST(History, ALongGapInADailyRhythmDoes) {
  EXPECT_EQ(missing({"2025-01-01", "2025-01-02", "2025-01-03", "2025-01-06", "2025-01-07", "2025-01-08",
                     "2025-01-09", "2025-01-24"}),
            10u);
}

TEST(History, OnlyFromTheBaseToTheDay) {
  auto all = days({"2025-01-01", "2025-01-03", "2025-01-04", "2025-01-06"});
  EXPECT_EQ(missing_dates(all, day("2025-01-03"), day("2025-01-04")).size(), 0u);
  EXPECT_EQ(missing_dates(all, day("2025-01-01"), day("2025-01-04")), days({"2025-01-02"}));
  EXPECT_EQ(missing_dates(all, day("2025-01-03"), day("2025-01-06")), days({"2025-01-05"}));
  // Neither need be a business date; nothing is known after the last.
  EXPECT_EQ(missing_dates(all, day("2025-01-02"), day("2025-01-05")), days({"2025-01-05"}));
  EXPECT_EQ(missing_dates(all, day("2025-01-04"), day("2025-01-09")), days({"2025-01-05"}));
}

}  // namespace
}  // namespace guanhu::feed
