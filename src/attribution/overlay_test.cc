#include "attribution/overlay.h"

#include <gtest/gtest.h>

namespace guanhu::attribution {
namespace {

constexpr int64_t kOne = 100'000'000;

Assignment row(uint32_t staff, int32_t from, int32_t to = kForever, int64_t raw = kOne, bool main = true) {
  return {{staff, main, raw}, from, to};
}
RecordedRegime regime(uint32_t staff, int32_t from, int32_t to = kForever) {
  return {from, to, {{staff, true, kOne}}};
}

// Who holds the whole on the day; 0: nobody, 99: several.
uint32_t holder(const std::vector<Assignment>& feed, const std::vector<RecordedRegime>& recorded, int32_t day) {
  const auto rows = assignments_of(overlay(feed, recorded), feed, recorded);
  const Timeline laid = lay_out(rows, Via::own);
  auto group = on_day(laid, day);
  EXPECT_EQ(claimed(group) + (group[0].staff == kNobody ? group[0].share : 0), kWhole);
  return group.size() == 1 ? group[0].staff : 99;
}

TEST(Overlay, nothingRecordedLeavesTheFeedAsItIs) {
  std::vector<Assignment> feed = {row(1, 10, 20), row(2, 21)};
  auto over = overlay(feed, {});
  ASSERT_EQ(over.rows.size(), 2u);
  const auto rows = assignments_of(over, feed, {});
  EXPECT_EQ(lay_out(rows, Via::own), lay_out(feed, Via::own));
}

TEST(Overlay, recordedDecidesFromItsFirstDay) {
  std::vector<Assignment> feed = {row(1, 10)};
  EXPECT_EQ(holder(feed, {regime(2, 30)}, 29), 1u);
  EXPECT_EQ(holder(feed, {regime(2, 30)}, 30), 2u);
  EXPECT_EQ(holder(feed, {regime(2, 30)}, kForever), 2u);
}

TEST(Overlay, recordedDecidesWhereTheFeedKnowsNobody) {
  EXPECT_EQ(holder({}, {regime(2, 30)}, 29), 0u);
  EXPECT_EQ(holder({}, {regime(2, 30)}, 30), 2u);
}

TEST(Overlay, afterItsLastDayTheFeedDecidesAgain) {
  std::vector<Assignment> feed = {row(1, 10)};
  EXPECT_EQ(holder(feed, {regime(2, 30, 40)}, 40), 2u);
  EXPECT_EQ(holder(feed, {regime(2, 30, 40)}, 41), 1u);
}

TEST(Overlay, aRowOfTheFeedThatSaysOtherwiseLaterDoesNotBeatIt) {
  std::vector<Assignment> feed = {row(1, 10, 34), row(3, 35)};
  EXPECT_EQ(holder(feed, {regime(2, 30)}, 40), 2u);
  auto over = overlay(feed, std::vector{regime(2, 30)});
  EXPECT_FALSE(over.confirmed[0]);
}

// From the day on which the feed says the same it decides again, also when it changes its mind later.
TEST(Overlay, theFeedConfirmsAndThenDecides) {
  std::vector<Assignment> feed = {row(1, 10, 34), row(2, 35, 49), row(3, 50)};
  std::vector<RecordedRegime> recorded = {regime(2, 30)};
  EXPECT_EQ(holder(feed, recorded, 29), 1u);
  EXPECT_EQ(holder(feed, recorded, 30), 2u);
  EXPECT_EQ(holder(feed, recorded, 49), 2u);
  EXPECT_EQ(holder(feed, recorded, 50), 3u);
  EXPECT_EQ(overlay(feed, recorded).confirmed[0], 35);
}

TEST(Overlay, theSamePersonWithAnotherShareConfirmsNothing) {
  std::vector<Assignment> feed = {row(2, 30, kForever, kOne / 2), row(3, 30, kForever, kOne / 2, false)};
  EXPECT_EQ(holder(feed, {regime(2, 30)}, 31), 2u);
  EXPECT_EQ(holder(feed, {}, 31), 99u);
}

TEST(Overlay, theOneKnownLastDecides) {
  std::vector<RecordedRegime> recorded = {regime(2, 30), regime(3, 40, 49)};
  EXPECT_EQ(holder({row(1, 10)}, recorded, 39), 2u);
  EXPECT_EQ(holder({row(1, 10)}, recorded, 40), 3u);
  EXPECT_EQ(holder({row(1, 10)}, recorded, 50), 2u);
}

TEST(Overlay, goingBackToWhomTheFeedStillNamesIsConfirmedAtOnce) {
  std::vector<Assignment> feed = {row(1, 10)};
  std::vector<RecordedRegime> recorded = {regime(2, 30), regime(1, 40)};
  EXPECT_EQ(holder(feed, recorded, 39), 2u);
  EXPECT_EQ(holder(feed, recorded, 40), 1u);
  EXPECT_EQ(overlay(feed, recorded).confirmed[1], 40);
}

TEST(Overlay, howEachStands) {
  std::vector<RecordedRegime> one = {regime(2, 30)};
  auto stand = [&](std::vector<Assignment> feed, std::vector<RecordedRegime> recorded, int32_t day) {
    return standings(overlay(feed, recorded), feed, recorded, day)[0];
  };
  EXPECT_EQ(stand({row(1, 10)}, one, 29), Standing::pending);
  EXPECT_EQ(stand({row(1, 10)}, one, 30), Standing::waiting);
  EXPECT_EQ(stand({row(1, 10, 29), row(3, 30)}, one, 30), Standing::contradicted);
  EXPECT_EQ(stand({row(1, 10, 34), row(3, 35)}, one, 34), Standing::waiting);
  EXPECT_EQ(stand({row(1, 10, 34), row(3, 35)}, one, 35), Standing::contradicted);
  EXPECT_EQ(stand({row(1, 10, 29), row(2, 30)}, one, 30), Standing::confirmed);
  EXPECT_EQ(stand({row(1, 10)}, {regime(2, 30), regime(3, 31)}, 31), Standing::superseded);
  EXPECT_EQ(stand({row(1, 10)}, {regime(2, 30, 40)}, 41), Standing::over);
}

}  // namespace
}  // namespace guanhu::attribution
