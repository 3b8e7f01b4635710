// Working days of the packs that are there: of the bank's own regulation, else of the one that stands in for it.
#include "appraisal/life_days.h"

#include <gtest/gtest.h>

#include <fstream>

#include "policy/load.h"

namespace guanhu::appraisal {
namespace {

using base::Date;

class LifeDays : public ::testing::Test {
 protected:
  void SetUp() override {
    for (auto [id, to] : {std::pair<const char*, policy::Pack*>{"sample", &sample_},
                          {"rcb-a-class", &own_},
                          {kDeadlinePack, &fallback_}}) {
      auto pack = policy::open_pack(GUANHU_SOURCE_DIR "/policies", id);
      ASSERT_TRUE(pack.ok()) << pack.error().text();
      *to = std::move(*pack);
    }
    file_ = std::filesystem::path(::testing::TempDir()) / "guanhu-life-days.csv";
  }
  void TearDown() override { std::filesystem::remove(file_); }

  std::string last(const policy::Pack& own, Term term, const char* start) {
    auto found = deadline(own, fallback_, term, *Date::parse(start), calendar_);
    return found.ok() ? found->policy + " " + found->last.str() : found.error().code;
  }
  std::string read(const std::string& text) {
    std::ofstream(file_) << text;
    auto calendar = Calendar::read(file_);
    if (!calendar.ok()) return calendar.error().where.substr(calendar.error().where.rfind(':'));
    calendar_ = *calendar;
    return "";
  }

  policy::Pack sample_, own_, fallback_;
  Calendar calendar_;
  std::filesystem::path file_;
};

TEST_F(LifeDays, ACalendarThatCannotBeReadIsRefusedWithItsLine) {
  EXPECT_EQ(read("2026-01-05,holiday\n2026-01-06,feast\n"), ":2");
  EXPECT_EQ(read("\n# x\n2026-02-30,holiday\n"), ":3");
  EXPECT_EQ(read("2026-01-05\n"), ":1");
  EXPECT_TRUE(Calendar::read(file_ / "none").ok()) << "no file, no exceptions";
}

TEST_F(LifeDays, APackThatGivesNoDayIsRefused) {
  policy::Pack none;
  auto found = deadline(none, none, Term::notice, Date(0), {});
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, "decide.unknown");
}

// 2026-01-05 is a Monday.
TEST_F(LifeDays, AreWorkingDays) {
  EXPECT_EQ(last(sample_, Term::notice, "2026-01-05"), "appraisal-results/result-deadline 2026-01-12");
  EXPECT_EQ(last(sample_, Term::appeal, "2026-01-09"), "appraisal-results/result-deadline 2026-01-16");
  EXPECT_EQ(last(sample_, Term::answer, "2026-01-10"), "appraisal-results/result-deadline 2026-01-16");
  EXPECT_EQ(last(sample_, Term::review, "2026-01-05"), "appraisal-results/result-deadline 2026-01-08");
  EXPECT_EQ(last(sample_, Term::review_answer, "2026-01-05"), "appraisal-results/result-deadline 2026-01-19");
  EXPECT_EQ(last(own_, Term::appeal, "2024-03-04"), "rcb-a-class/appeal-window 2024-03-11") << "its own rule";
  EXPECT_EQ(last(own_, Term::notice, "2026-01-05"), "appraisal-results/result-deadline 2026-01-12");
  ASSERT_EQ(read("2026-01-06,holiday\r\n# x\n\n2026-01-10,workday\n"), "");
  EXPECT_EQ(last(sample_, Term::notice, "2026-01-05"), "appraisal-results/result-deadline 2026-01-12")
      << "a holiday more, a Saturday that is worked";
  EXPECT_EQ(last(sample_, Term::review, "2026-01-05"), "appraisal-results/result-deadline 2026-01-09");
}

TEST_F(LifeDays, TheBanksDayBeginsInChina) {
  EXPECT_EQ(bank_day(*base::Instant::parse("2026-01-05T15:59:59Z")).str(), "2026-01-05");
  EXPECT_EQ(bank_day(*base::Instant::parse("2026-01-05T16:00:00Z")).str(), "2026-01-06");
}

}  // namespace
}  // namespace guanhu::appraisal
