#include "attribution/timeline.h"

#include <gtest/gtest.h>

namespace guanhu::attribution {
namespace {

constexpr int64_t kOne = 100'000'000;

Assignment row(uint32_t staff, int64_t raw, int32_t from, int32_t to = kForever, bool main = true) {
  return {{staff, main, raw}, from, to};
}
Entry entry(int32_t from, uint32_t staff, Via via, int32_t share, int32_t main_share) {
  return {from, staff, static_cast<uint32_t>(via), share, main_share};
}
const Entry kNobodyEver = entry(kAlways, kNobody, Via::nobody, 10'000, 10'000);

TEST(Timeline, withoutRowsNobodyHoldsItAlways) { EXPECT_EQ(lay_out({}, Via::own), Timeline{kNobodyEver}); }

TEST(Timeline, rowThatEndsBeforeItBeginsIsNeverInForce) {
  Assignment rows[] = {row(1, kOne, 10, 9)};
  EXPECT_EQ(lay_out(rows, Via::own), Timeline{kNobodyEver});
}

TEST(Timeline, firstAndLastDayAreIncluded) {
  Assignment rows[] = {row(1, kOne, 10, 20), row(2, kOne, 21)};
  Timeline t = lay_out(rows, Via::own);
  EXPECT_EQ(
      t, (Timeline{kNobodyEver, entry(10, 1, Via::own, 10'000, 10'000), entry(21, 2, Via::own, 10'000, 10'000)}));
  EXPECT_EQ(on_day(t, 9)[0].staff, kNobody);
  EXPECT_EQ(on_day(t, 10)[0].staff, 1u);
  EXPECT_EQ(on_day(t, 20)[0].staff, 1u);
  EXPECT_EQ(on_day(t, 21)[0].staff, 2u);
  EXPECT_EQ(on_day(t, kForever)[0].staff, 2u);
}

TEST(Timeline, oneDayRow) {
  Assignment rows[] = {row(1, kOne, 10, 10)};
  Timeline t = lay_out(rows, Via::own);
  EXPECT_EQ(on_day(t, 10)[0].staff, 1u);
  EXPECT_EQ(on_day(t, 11)[0].staff, kNobody);
}

TEST(Timeline, ownRowsDecideOnTheirDaysAndTheCustomersOnOthers) {
  Assignment own_rows[] = {row(1, kOne, 10, 19)};
  Assignment customer_rows[] = {row(2, kOne, 5, 14), row(3, kOne / 2, 15)};
  Timeline own = lay_out(own_rows, Via::own), customer = lay_out(customer_rows, Via::customer);
  CustomerSpan spans[] = {{kAlways, customer}};
  EXPECT_EQ(
      decide(own, spans),
      (Timeline{kNobodyEver, entry(5, 2, Via::customer, 10'000, 10'000), entry(10, 1, Via::own, 10'000, 10'000),
                entry(20, kNobody, Via::customer, 5'000, 0), entry(20, 3, Via::customer, 5'000, 10'000)}));
}

TEST(Timeline, aRowOfShareZeroInForceStillDecides) {
  Assignment own_rows[] = {row(1, 0, 10, 19)};
  Assignment customer_rows[] = {row(2, kOne, 5)};
  Timeline own = lay_out(own_rows, Via::own), customer = lay_out(customer_rows, Via::customer);
  CustomerSpan spans[] = {{kAlways, customer}};
  Timeline t = decide(own, spans);
  EXPECT_EQ(on_day(t, 9)[0].staff, 2u);
  EXPECT_EQ(on_day(t, 10)[0].staff, kNobody);
  EXPECT_EQ(on_day(t, 19)[0].share, 10'000);
  EXPECT_EQ(on_day(t, 20)[0].staff, 2u);
}

TEST(Timeline, aNewCustomerBringsTheirManager) {
  Assignment first[] = {row(1, kOne, 0)}, second[] = {row(2, kOne, 0)};
  Timeline a = lay_out(first, Via::customer), b = lay_out(second, Via::customer);
  CustomerSpan spans[] = {{kAlways, a}, {30, b}, {40, {}}};
  Timeline t = decide({}, spans);
  EXPECT_EQ(on_day(t, 29)[0].staff, 1u);
  EXPECT_EQ(on_day(t, 30)[0].staff, 2u);
  EXPECT_EQ(on_day(t, 39)[0].staff, 2u);
  EXPECT_EQ(on_day(t, 40)[0].staff, kNobody);
}

TEST(Timeline, sameCustomerTwiceMakesNoNewGroup) {
  Assignment first[] = {row(1, kOne, 0)};
  Timeline a = lay_out(first, Via::customer);
  CustomerSpan spans[] = {{kAlways, a}, {30, a}};
  EXPECT_EQ(decide({}, spans), a);
}

TEST(Timeline, overAssignedGroupShowsItsClaims) {
  Assignment rows[] = {row(1, kOne, 10), row(2, kOne / 2, 15, 16, false)};
  Timeline t = lay_out(rows, Via::own);
  EXPECT_EQ(claimed(on_day(t, 14)), 10'000);
  EXPECT_EQ(claimed(on_day(t, 15)), 15'000);
  EXPECT_EQ(claimed(on_day(t, 16)), 15'000);
  EXPECT_EQ(claimed(on_day(t, 17)), 10'000);
}

TEST(Timeline, groupsAreClippedToTheAskedDays) {
  Assignment rows[] = {row(1, kOne, 10, 20), row(2, kOne, 21)};
  Timeline t = lay_out(rows, Via::own);
  std::vector<std::array<int32_t, 3>> seen;
  auto take = [&](std::span<const Entry> g, int32_t from, int32_t to) {
    seen.push_back({static_cast<int32_t>(g[0].staff), from, to});
  };
  each_group(t, 20, 21, take);
  EXPECT_EQ(seen, (std::vector<std::array<int32_t, 3>>{{1, 20, 20}, {2, 21, 21}}));
  seen.clear();
  each_group(t, 5, 9, take);
  EXPECT_EQ(seen, (std::vector<std::array<int32_t, 3>>{{0, 5, 9}}));
  seen.clear();
  each_group(t, 12, 400, take);
  EXPECT_EQ(seen, (std::vector<std::array<int32_t, 3>>{{1, 12, 20}, {2, 21, 400}}));
}

}  // namespace
}  // namespace guanhu::attribution
