#include "workbench/calendar.h"

#include <gtest/gtest.h>

#include "base/files.h"

namespace guanhu::workbench {
namespace {

base::Date on(const char* text) { return base::Date::parse(text).value(); }

BusinessCalendar spring() {
  BusinessCalendar out;
  EXPECT_TRUE(out.merge("date,name,day_kind,arrangement_year\n2026-02-16,春节,off,2026\n2026-02-17,春节,off,2026\n"
                        "2026-02-18,春节,off,2026\n2026-02-19,春节,off,2026\n2026-02-20,春节,off,2026\n"
                        "2026-02-23,春节,off,2026\n2026-02-28,春节,work,2026\n")
                  .ok());
  return out;
}

TEST(Calendar, RefusesWhatIsNoCalendar) {
  BusinessCalendar calendar;
  EXPECT_EQ(calendar.merge("").error().code, "calendar.empty");
  EXPECT_EQ(calendar.merge("# nothing\n").error().code, "calendar.empty");
  auto wrong = calendar.merge("2026-02-16,holiday\n2026-02-30,holiday\n").error();
  EXPECT_EQ(wrong.code, "calendar.line");
  EXPECT_EQ(wrong.where, "line 2");
  EXPECT_EQ(calendar.merge("2026-02-16,free\n").error().code, "calendar.line");
  EXPECT_EQ(calendar.merge("2026-02-16,off\n2026-02-16,work\n").error().code, "calendar.twice");
  EXPECT_EQ(calendar.merge("{\"days\": [{\"date\": \"2026-02-16\"}]}").error().where, "days[0]");
  EXPECT_EQ(calendar.merge("{\"days\": 3}").error().where, "days");
  EXPECT_TRUE(calendar.exceptions().empty()) << "a refused file changes nothing";
}

TEST(Calendar, WeekendsAreOffUnlessTheyAreWorked) {
  const BusinessCalendar none, holidays = spring();
  EXPECT_TRUE(none.working(on("2026-02-16")));
  EXPECT_FALSE(none.working(on("2026-02-28")));
  EXPECT_FALSE(holidays.working(on("2026-02-16")));
  EXPECT_TRUE(holidays.working(on("2026-02-28")));
  EXPECT_FALSE(holidays.working(on("2026-02-22"))) << "a Sunday nobody spoke of";
}

TEST(Calendar, CountsWorkingDaysBothWays) {
  const BusinessCalendar calendar = spring();
  EXPECT_EQ(calendar.after(on("2026-02-13"), 1), on("2026-02-24"));
  EXPECT_EQ(calendar.after(on("2026-02-13"), 5), on("2026-02-28"));
  EXPECT_EQ(calendar.after(on("2026-02-24"), -1), on("2026-02-13"));
  EXPECT_EQ(calendar.after(on("2026-02-16"), 0), on("2026-02-16"));
  EXPECT_EQ(calendar.on_or_before(on("2026-02-23")), on("2026-02-13"));
  EXPECT_EQ(calendar.on_or_before(on("2026-02-28")), on("2026-02-28"));
}

TEST(Calendar, MovesByAnyUnit) {
  const BusinessCalendar calendar = spring();
  using Unit = policy::Delay::Unit;
  EXPECT_EQ(calendar.moved(on("2026-01-31"), {1, Unit::month}, 1), on("2026-02-28"));
  EXPECT_EQ(calendar.moved(on("2026-02-24"), {2, Unit::working_day}, -1), on("2026-02-12"));
  EXPECT_EQ(calendar.moved(on("2026-02-24"), {2, Unit::week}, -1), on("2026-02-10"));
  EXPECT_EQ(calendar.moved(on("2026-02-24"), {1, Unit::quarter}, 1), on("2026-05-24"));
  EXPECT_EQ(calendar.moved(on("2024-02-29"), {1, Unit::year}, 1), on("2025-02-28"));
}

TEST(Calendar, AYearTakesThePlaceOfTheSameYear) {
  BusinessCalendar calendar = spring();
  auto years = calendar.merge(
      "{\"days\": [{\"name\": \"元旦\", \"date\": \"2026-01-01\", \"isOffDay\": true},"
      "{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}]}");
  ASSERT_TRUE(years.ok());
  EXPECT_EQ(*years, (std::vector<int>{2026, 2027}));
  EXPECT_EQ(calendar.exceptions().size(), 2u);
  EXPECT_TRUE(calendar.working(on("2026-02-16")));
}

TEST(Calendar, IsKeptInTheBanksFolderAsOthersReadIt) {
  const auto folder = std::filesystem::temp_directory_path() / ("guanhu_calendar_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  spring().write(folder);
  EXPECT_NE(base::read_file(folder / "calendar.csv")->find("\n2026-02-28,workday\n"), std::string::npos);
  auto again = BusinessCalendar::read(folder);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->exceptions().at(on("2026-02-16")).name, "春节");
  EXPECT_EQ(again->exceptions().size(), 7u);
  std::filesystem::remove_all(folder);
  EXPECT_TRUE(BusinessCalendar::read(folder)->exceptions().empty());
}

// The State Council's arrangements: 248 working days in 2025 and 2026, 251 in 2024.
TEST(Calendar, TheRealYearsHaveTheirWorkingDays) {
  const std::filesystem::path file = GUANHU_SOURCE_DIR "/../shared/data/cn_calendar/holiday_cn_days.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no ../shared/data/cn_calendar";
  BusinessCalendar calendar;
  ASSERT_TRUE(calendar.merge(*base::read_file(file)).ok());
  for (auto [year, wanted] : {std::pair{2024, 251}, {2025, 248}, {2026, 248}, {2008, 251}}) {
    int days = 0;
    for (auto day = *base::Date::from_ymd(year, 1, 1); day.year() == year; day = day + 1)
      days += calendar.working(day);
    EXPECT_EQ(days, wanted) << year;
  }
}

}  // namespace
}  // namespace guanhu::workbench
