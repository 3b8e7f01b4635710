// Late facts: what a later run knows more than was counted, never counted twice.
#include "appraisal/difference.h"

#include "appraisal/life_testing.h"

namespace guanhu::appraisal::testing {
namespace {

class Differences : public RunStore {
 protected:
  void SetUp() override {
    RunStore::SetUp();
    if (IsSkipped()) return;
    sealed_ = keep(small_run("80"));
    ASSERT_TRUE(show(sealed_).ok());
    ASSERT_TRUE(close(sealed_, "2026-01-20").ok());
  }
  // A run made `days` after the seal.
  int64_t later(const std::string& total, int days) {
    clock_.set(base::Instant{clock_.now().micros + days * 86'400'000'000ll});
    return keep(small_run(total));
  }
  std::string state(int64_t run, const char* into = "2026Q1", const char* reason = "补录") {
    auto made = state_difference(*store_, {run, into}, doing("business", reason));
    return made.ok() ? "" : made.error().code;
  }
  int64_t sealed_ = 0;
};

TEST_P(Differences, AreRefusedWithoutASealAReasonOrALaterPeriod) {
  int64_t run = later("81", 1), other = keep(small_run("80", "2025Q3"));
  EXPECT_EQ(state(999), "life.unknown");
  EXPECT_EQ(state(run, "2026Q1", ""), "life.reason");
  EXPECT_EQ(state(other), "difference.sealed");
  EXPECT_EQ(state(sealed_), "difference.state") << "the seal itself is no later run";
  EXPECT_EQ(state(run, "2025Q5"), "difference.period");
  EXPECT_EQ(state(run, "2025Q4"), "difference.period");
  EXPECT_EQ(state(run, "2025-12"), "difference.period") << "a part of the sealed period";
  EXPECT_TRUE(differences(*store_).empty());
}

TEST_P(Differences, IntoASealedPeriodThereIsNone) {
  int64_t next = keep(small_run("80", "2026Q1"));
  ASSERT_TRUE(show(next).ok());
  ASSERT_TRUE(close(next, "2026-04-20").ok());
  EXPECT_EQ(state(later("81", 1), "2026Q1"), "difference.period");
  EXPECT_EQ(state(later("82", 1), "2026Q2"), "");
}

TEST_P(Differences, OfARunThatKnowsNoMoreThereIsNone) {
  appraisal::Run run = small_run("81");
  run.known_at = clock_.now();  // the very moment of the publication
  EXPECT_EQ(state(keep(run)), "difference.earlier");
}

TEST_P(Differences, AreNewLessCountedPerPersonAndFigure) {
  int64_t run = later("85", 1);
  ASSERT_EQ(state(run), "");
  auto all = differences(*store_);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].sealed_run, sealed_);
  EXPECT_EQ(all[0].counted_run, sealed_);
  EXPECT_EQ(all[0].holders, 1) << "M2 is the same";
  auto lines = lines_of(*store_, all[0].id);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].holder, "M1");
  EXPECT_EQ(lines[0].lines.dump(),
            R"([{"what": "figures.日均余额", "counted": "80000.5", "now": "85000.5", "difference": "5000"}, )"
            R"({"what": "scores.得分", "counted": "80", "now": "85", "difference": "5"}, )"
            R"({"what": "total", "counted": "80", "now": "85", "difference": "5"}])");
  EXPECT_EQ(carried_into(*store_, "sample/x", "2026Q1", "M1").as_array()->size(), 1u);
  EXPECT_TRUE(carried_into(*store_, "sample/x", "2026Q1", "M2").as_array()->empty());
  EXPECT_TRUE(carried_into(*store_, "sample/x", "2026Q2", "M1").as_array()->empty());
  EXPECT_TRUE(carried_into(*store_, "sample/y", "2026Q1", "M1").as_array()->empty());
  EXPECT_EQ(steps_of(*store_, sealed_).back().what, "difference");
}

TEST_P(Differences, FollowEachOtherSoThatNothingCountsTwice) {
  int64_t first = later("81", 1), second = later("83", 1), same = later("83", 0);
  EXPECT_EQ(same, second);
  ASSERT_EQ(state(first), "");
  EXPECT_EQ(state(first), "difference.used");
  ASSERT_EQ(state(second), "");
  auto all = differences(*store_);
  EXPECT_EQ(all[0].counted_run, first) << "the second counts from the first";
  auto total = [&](int64_t id) {
    const auto all_lines = lines_of(*store_, id);
    for (const auto& line : *all_lines.at(0).lines.as_array())
      if (*line.find("what")->as_string() == "total") return *line.find("difference")->as_string();
    return std::string();
  };
  EXPECT_EQ(total(all[1].id), "1");
  EXPECT_EQ(total(all[0].id), "2") << "together the latest knowledge less the seal";
  EXPECT_EQ(show(second).error().code, "life.sealed_period");
  EXPECT_NE(tamper("DELETE FROM run_differences"), "");
  EXPECT_NE(tamper("UPDATE run_difference_lines SET lines = '[]'"), "");
}

TEST_P(Differences, SayWhoCameAndWhoWent) {
  clock_.set(base::Instant{clock_.now().micros + 86'400'000'000});
  appraisal::Run run = small_run("80");
  run.holders[1].id = "M3";  // M2 is gone, M3 is new
  ASSERT_EQ(state(keep(run)), "");
  auto lines = lines_of(*store_, differences(*store_)[0].id);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].holder, "M2");
  EXPECT_NE(lines[0].lines.dump().find(R"({"what": "total", "counted": "70", "now": null, "difference": "-70"})"),
            std::string::npos);
  EXPECT_NE(lines[1].lines.dump().find(R"({"what": "total", "counted": null, "now": "70", "difference": "70"})"),
            std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(sqlite, Differences, ::testing::Values(store::Engine::sqlite));
INSTANTIATE_TEST_SUITE_P(postgres, Differences, ::testing::Values(store::Engine::postgres));

}  // namespace
}  // namespace guanhu::appraisal::testing
