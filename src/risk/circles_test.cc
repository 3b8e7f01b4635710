#include "risk/circles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace guanhu::risk {
namespace {

constexpr int64_t kHour = 3'600'000'000, kDay = 24 * kHour;

CircleRules rules(int most = 6, int days = 10, int64_t percent = 5) {
  return {.least = 2, .most = most, .days = days, .tolerance = {percent, 100}};
}

// A ring of `hops` transfers of one amount, `step` apart.
std::vector<Transfer> ring(uint32_t hops, int64_t step, int64_t amount = 100'000) {
  std::vector<Transfer> out;
  for (uint32_t i = 0; i < hops; ++i) out.push_back({i, (i + 1) % hops, 100 * kDay + i * step, amount});
  return out;
}

size_t circles(const std::vector<Transfer>& all, const CircleRules& r = rules()) {
  return find_circles(all, r).circles.size();
}

TEST(Circles, NothingIsNoCircle) {
  EXPECT_EQ(circles({}), 0u);
  EXPECT_EQ(circles({{0, 1, 0, 100}}), 0u);
  EXPECT_EQ(circles({{0, 0, 0, 100}}), 0u);                      // to oneself
  EXPECT_EQ(circles({{0, 1, 0, 100}, {2, 0, kHour, 100}}), 0u);  // does not close
}

TEST(Circles, AgainstTheOrderOfTimeIsNoCircle) {
  EXPECT_EQ(circles({{0, 1, 2 * kHour, 100}, {1, 2, kHour, 100}, {2, 0, 0, 100}}), 0u);
  EXPECT_EQ(circles({{0, 1, 0, 100}, {1, 2, kHour, 100}, {2, 0, 2 * kHour, 100}}), 1u);
}

TEST(Circles, TwoTransfersAreOneUnlessMoreAreWanted) {
  auto pair = ring(2, kHour);
  EXPECT_EQ(circles(pair), 1u);
  auto three = rules();
  three.least = 3;
  EXPECT_EQ(circles(pair, three), 0u);
  EXPECT_EQ(circles(ring(3, kHour), three), 1u);
}

TEST(Circles, SixTransfersAreFoundSevenAreNot) {
  for (uint32_t hops = 2; hops <= 6; ++hops) EXPECT_EQ(circles(ring(hops, kHour)), 1u) << hops;
  EXPECT_EQ(circles(ring(7, kHour)), 0u);
  EXPECT_EQ(circles(ring(7, kHour), rules(7)), 1u);
}

TEST(Circles, TenDaysAreFoundElevenAreNot) {
  auto pair = [](int64_t later) {
    return std::vector<Transfer>{{0, 1, kDay + 23 * kHour, 100}, {1, 0, later, 100}};
  };
  EXPECT_EQ(circles(pair(11 * kDay + 23 * kHour)), 1u);
  EXPECT_EQ(circles(pair(12 * kDay)), 0u);  // the eleventh day, though but ten days and an hour later
  EXPECT_EQ(circles(ring(6, 2 * kDay)), 1u);
  EXPECT_EQ(circles(ring(6, 2 * kDay + 12 * kHour)), 0u);
}

TEST(Circles, ADifferenceEqualToTheToleranceIsFoundAFenMoreIsNot) {
  auto pair = [](int64_t back) { return std::vector<Transfer>{{0, 1, 0, 10'000}, {1, 0, kHour, back}}; };
  EXPECT_EQ(circles(pair(9'500)), 1u);
  EXPECT_EQ(circles(pair(9'499)), 0u);
  EXPECT_EQ(circles({{0, 1, 0, 9'500}, {1, 0, kHour, 10'000}}), 1u);
  EXPECT_EQ(circles({{0, 1, 0, 9'499}, {1, 0, kHour, 10'000}}), 0u);
  // Every pair of neighbours is close enough, the largest and the smallest are not.
  EXPECT_EQ(circles({{0, 1, 0, 10'000}, {1, 2, kHour, 9'700}, {2, 0, 2 * kHour, 9'400}}), 0u);
  EXPECT_EQ(circles({{0, 1, 0, 10'000}, {1, 2, kHour, 9'700}, {2, 0, 2 * kHour, 9'500}}), 1u);
}

TEST(Circles, OneMomentForAllIsOneCircle) {
  auto found = find_circles(ring(4, 0), rules());
  ASSERT_EQ(found.circles.size(), 1u);
  EXPECT_EQ(found.circles[0].transfers.size(), 4u);
}

TEST(Circles, ATransferIsPartOfOneCircleOnly) {
  // 0-1-0 closes first; 0-1-2-0 shares its first transfer.
  auto found = find_circles(
      std::vector<Transfer>{{0, 1, 0, 100}, {1, 0, kHour, 100}, {1, 2, 2 * kHour, 100}, {2, 0, 3 * kHour, 100}},
      rules());
  ASSERT_EQ(found.circles.size(), 1u);
  EXPECT_EQ(found.circles[0].transfers, (std::vector<uint32_t>{0, 1}));
  EXPECT_EQ(found.circles[0].others, 1u);
}

TEST(Circles, APartyIsOnceInACircle) {
  // 0-1-2-1-0 goes through 1 twice: two circles of two.
  auto found = find_circles(
      std::vector<Transfer>{{0, 1, 0, 100}, {1, 2, kHour, 100}, {2, 1, 2 * kHour, 100}, {1, 0, 3 * kHour, 100}},
      rules());
  ASSERT_EQ(found.circles.size(), 2u);
  for (const Circle& c : found.circles) EXPECT_EQ(c.transfers.size(), 2u);
}

TEST(Circles, AMarketPlaceIsGivenUpAndSaysSo) {
  // Everybody pays everybody one amount at all times.
  std::vector<Transfer> all;
  for (uint32_t i = 0; i < 60; ++i)
    for (uint32_t j = 0; j < 60; ++j)
      if (i != j) all.push_back({i, j, static_cast<int64_t>(i * 60 + j) * kHour / 20, 100});
  auto few = rules();
  few.steps = 500;
  few.least = 6;
  auto found = find_circles(all, few);
  EXPECT_GT(found.given_up, 0u);
  EXPECT_EQ(found.considered, all.size());
}

// Every simple cycle by plain recursion over all transfers, no pruning, other data structures.
void plain(const std::vector<Transfer>& all, const CircleRules& r, std::vector<size_t>& path,
           std::set<std::set<size_t>>& out) {
  const Transfer &first = all[path[0]], &last = all[path.back()];
  for (size_t i = 0; i < all.size() && path.size() < static_cast<size_t>(r.most); ++i) {
    if (all[i].from != last.to || all[i].at < last.at) continue;
    if (all[i].at / kDay - first.at / kDay > r.days) continue;
    path.push_back(i);
    int64_t low = all[i].amount, high = low;
    bool twice = false;
    for (size_t k : path) low = std::min(low, all[k].amount), high = std::max(high, all[k].amount);
    for (size_t k = 0; k + 1 < path.size(); ++k) twice |= all[path[k]].to == all[i].to;
    if ((high - low) * r.tolerance.denominator <= r.tolerance.numerator * high && !twice) {
      if (all[i].to == first.from) out.insert({path.begin(), path.end()});
      else plain(all, r, path, out);
    }
    path.pop_back();
  }
}

TEST(Circles, SameAsPlainRecursionOnChance) {
  std::mt19937 random(20251231);
  size_t seen = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<Transfer> all;
    auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
    uint32_t parties = 3 + below(6);
    for (uint32_t i = 0, n = 5 + below(16); i < n; ++i) {
      Transfer t{below(parties), below(parties), static_cast<int64_t>(below(20)) * 18 * kHour, 950 + below(100)};
      if (t.from != t.to) all.push_back(t);
    }
    std::set<std::set<size_t>> every;
    for (size_t i = 0; i < all.size(); ++i) {
      std::vector<size_t> path{i};
      plain(all, rules(), path, every);
    }
    seen += every.size();
    auto found = find_circles(all, rules());
    std::set<size_t> used;
    for (const Circle& c : found.circles) {
      EXPECT_TRUE(every.contains({c.transfers.begin(), c.transfers.end()})) << round;
      for (uint32_t i : c.transfers) EXPECT_TRUE(used.insert(i).second) << round;
    }
    // What was left out shares a transfer with one that was taken.
    for (const auto& cycle : every)
      EXPECT_TRUE(std::any_of(cycle.begin(), cycle.end(), [&](size_t i) { return used.contains(i); })) << round;
  }
  EXPECT_GT(seen, 500u);
}

}  // namespace
}  // namespace guanhu::risk
