#include "attribution/shares.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace guanhu::attribution {
namespace {

constexpr int64_t kOne = 100'000'000;

TEST(Shares, overAssignmentIsSeenFromTheFirstRoundedHalf) {
  struct Case {
    int64_t a, b;
    int32_t total;
    bool over;
  } cases[] = {
      {kOne / 2, kOne / 2, 10'000, false},
      {kOne / 2, kOne / 2 + 4'999, 10'000, false},  // 1.00004999 rounds to the whole
      {kOne / 2, kOne / 2 + 5'000, 10'001, true},   // 1.00005 does not
      {kOne, kOne, 20'000, true},
  };
  for (const Case& c : cases) {
    Claim claims[] = {{1, true, c.a}, {2, false, c.b}};
    Split s = split(claims);
    EXPECT_EQ(s.total, c.total) << c.b;
    EXPECT_EQ(s.over(), c.over) << c.b;
  }
}

TEST(Shares, overAssignedPartsStillAddUpThroughANegativeRest) {
  Claim claims[] = {{1, true, kOne}, {2, false, kOne / 2}};
  Split s = split(claims);
  EXPECT_EQ(s.parts, (std::vector<Part>{{kNobody, -5'000, 0}, {1, 10'000, 10'000}, {2, 5'000, 0}}));
}

TEST(Shares, nothingAssignedIsNobodys) {
  EXPECT_EQ(split({}).parts, (std::vector<Part>{{kNobody, 10'000, 10'000}}));
  Claim zero[] = {{1, true, 0}};
  EXPECT_EQ(split(zero).parts, (std::vector<Part>{{kNobody, 10'000, 10'000}}));
}

TEST(Shares, thirdsAddUpAndTiesGoToMainThenToTheLowerId) {
  Claim thirds[] = {{1, false, 33'333'333}, {2, true, 33'333'333}, {3, false, 33'333'333}};
  EXPECT_EQ(split(thirds).parts, (std::vector<Part>{{1, 3'333, 0}, {2, 3'334, 10'000}, {3, 3'333, 0}}));
  Claim no_main[] = {{3, false, 33'333'333}, {1, false, 33'333'333}, {2, false, 33'333'333}};
  EXPECT_EQ(split(no_main).parts,
            (std::vector<Part>{{kNobody, 0, 10'000}, {1, 3'334, 0}, {2, 3'333, 0}, {3, 3'333, 0}}));
}

TEST(Shares, largestRemainderFirst) {
  Claim claims[] = {{1, true, 12'340'001}, {2, false, 12'349'999}, {3, false, 25'310'000}};
  EXPECT_EQ(split(claims).parts,
            (std::vector<Part>{{kNobody, 5'000, 0}, {1, 1'234, 10'000}, {2, 1'235, 0}, {3, 2'531, 0}}));
}

TEST(Shares, aShareThatRoundsToNothingKeepsItsHolder) {
  Claim tiny[] = {{4, false, 1}};
  EXPECT_EQ(split(tiny).parts, (std::vector<Part>{{kNobody, 10'000, 10'000}, {4, 0, 0}}));
}

TEST(Shares, mainOnlyGoesWholeToMainAndSeveralMainsDivideInProportion) {
  Claim one[] = {{1, true, kOne * 3 / 10}, {2, false, kOne * 7 / 10}};
  EXPECT_EQ(split(one).parts, (std::vector<Part>{{1, 3'000, 10'000}, {2, 7'000, 0}}));
  Claim two[] = {{1, true, kOne / 10}, {2, true, kOne / 5}, {3, false, kOne / 10}};
  EXPECT_EQ(split(two).parts,
            (std::vector<Part>{{kNobody, 6'000, 0}, {1, 1'000, 3'333}, {2, 2'000, 6'667}, {3, 1'000, 0}}));
}

TEST(Shares, twoRowsOfOneManagerAreOnePart) {
  Claim twice[] = {{7, true, kOne / 4}, {7, false, kOne / 2}};
  EXPECT_EQ(split(twice).parts, (std::vector<Part>{{kNobody, 2'500, 0}, {7, 7'500, 10'000}}));
}

TEST(Shares, randomSetsAddUpAndStayWithinOneOfTheExactShare) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<Claim> claims(random() % 6);
    int64_t sum = 0;
    for (uint32_t i = 0; i < claims.size(); ++i) {
      claims[i] = {i + 1, random() % 3 == 0, static_cast<int64_t>(random() % (kOne / 5))};
      sum += claims[i].raw;
    }
    Split s = split(claims);
    int32_t share = 0, main = 0;
    for (const Part& p : s.parts) {
      share += p.share;
      main += p.main_share;
      if (p.staff == kNobody) continue;
      int64_t off = p.share * kRawPerShare - claims[p.staff - 1].raw;
      EXPECT_LE(std::abs(off), kRawPerShare) << "round " << round;
    }
    EXPECT_EQ(share, kWhole) << "round " << round;
    EXPECT_EQ(main, kWhole) << "round " << round;
    EXPECT_EQ(s.total, (sum + 5'000) / 10'000) << "round " << round;
  }
}

}  // namespace
}  // namespace guanhu::attribution
