// Targets split down, and what a pack asks of its holders.
#include "appraisal/targets.h"

#include <gtest/gtest.h>

namespace guanhu::appraisal {
namespace {

using base::Decimal;
using policy::TargetOf;

Decimal d(const char* text) { return *Decimal::parse(text); }

people::Directory directory() {
  return people::Directory::of({{"HQ", "", "总行", "hq", {}, {}},
                                {"B1", "HQ", "城关支行", "branch", {}, {}},
                                {"O1", "B1", "东街分理处", "outlet", {}, {}},
                                {"B2", "HQ", "河西支行", "branch", {}, {}}},
                               {{.id = "S1", .name = "张敏", .org = "O1"},
                                {.id = "S2", .name = "李强", .org = "B1"},
                                {.id = "S3", .name = "王芳", .org = "B2"}});
}

// HQ 全行, B1 (S1, S2), B2 (S3) with last year's figures.
std::vector<TargetNode> tree(const char* total) {
  auto out = target_tree(directory(), {"S1", "S2", "S3"});
  out[0].given = d(total);
  const char* basis[] = {"0", "2", "1", "1", "1", "1"};
  for (size_t i = 0; i < out.size(); ++i) out[i].basis = d(basis[i]);
  return out;
}

std::string shown(const Split& split) {
  std::string out;
  for (const auto& node : split.nodes)
    out +=
        (node.value ? node.value->str() : "-") + (node.difference && !node.difference->is_zero() ? "!" : "") + " ";
  return out;
}

TEST(Targets, RefusesWhatCannotBeSplit) {
  auto nodes = tree("100");
  nodes[0].given.reset();
  EXPECT_EQ(split_down(nodes, SplitWay::basis, 2).error().code, "target.total");
  EXPECT_EQ(split_down(tree("100.001"), SplitWay::basis, 2).error().code, "target.scale");
  EXPECT_EQ(split_down(tree("0.5"), SplitWay::basis, 0).error().code, "target.scale");
  nodes = tree("100");
  nodes[1].given = d("100.01"), nodes[1].locked = true;
  auto refused = split_down(nodes, SplitWay::basis, 2);
  EXPECT_EQ(refused.error().code, "target.locked");
  EXPECT_NE(refused.error().message.find("0.01"), std::string::npos) << refused.error().message;
  nodes[1].given = d("100");
  EXPECT_TRUE(split_down(nodes, SplitWay::basis, 2).ok()) << "all of it may be fixed in one branch";
}

TEST(Targets, ATreeHasBranchesAndTheirPeople) {
  auto nodes = target_tree(directory(), {"S3", "S1", "S9", "S2"});
  std::string out;
  for (const auto& node : nodes) out += node.id + "<" + std::to_string(node.parent) + " ";
  EXPECT_EQ(out, "<-1 B1<0 S1<1 S2<1 B2<0 S3<4 ")
      << "an outlet's people stand at its branch; who is unknown does not";
}

TEST(Targets, PartsAddUpToTheFen) {
  EXPECT_EQ(shown(*split_down(tree("100"), SplitWay::basis, 2)), "100 66.67 33.34 33.33 33.33 33.33 ");
  EXPECT_EQ(shown(*split_down(tree("0.01"), SplitWay::basis, 2)), "0.01 0.01 0.01 0 0 0 ");
  EXPECT_EQ(shown(*split_down(tree("-100"), SplitWay::basis, 2)), "-100 -66.67 -33.33 -33.34 -33.33 -33.33 ");
  EXPECT_EQ(shown(*split_down(tree("7"), SplitWay::equal, 0)), "7 4 2 2 3 3 ");
}

TEST(Targets, WhatIsLockedStays) {
  auto nodes = tree("100");
  nodes[2].given = d("10"), nodes[2].locked = true;
  EXPECT_EQ(shown(*split_down(nodes, SplitWay::basis, 2)), "100 66.67 10 56.67 33.33 33.33 ");
  nodes[5].given = d("30"), nodes[5].locked = true;
  EXPECT_EQ(shown(*split_down(nodes, SplitWay::basis, 2)), "100 66.67 10 56.67 33.33! 30 ")
      << "nobody is left to take the rest: the difference is shown";
}

TEST(Targets, WithoutABasisAllGetTheSame) {
  auto nodes = tree("9");
  for (auto& node : nodes) node.basis = d("-3");
  auto split = split_down(nodes, SplitWay::basis, 0);
  EXPECT_EQ(shown(*split), "9 5 3 2 4 4 ");
  EXPECT_EQ(split->notes.size(), 3u) << "it is said where";
}

TEST(Targets, ByHandShowsDifferences) {
  auto nodes = tree("100");
  nodes[1].given = d("60"), nodes[2].given = d("60"), nodes[4].given = d("40");
  EXPECT_EQ(shown(*split_down(nodes, SplitWay::hand, 2)), "100 60 60 - 40! - ");
}

TEST(Targets, SharesGoToWhoHasWeight) {
  auto parts = shared_out(d("1"), {d("0"), d("1"), d("1"), d("1")}, 2);
  EXPECT_EQ(parts[0], d("0"));
  EXPECT_EQ(parts[1], d("0.34"));
  EXPECT_EQ(parts[3], d("0.33"));
  EXPECT_TRUE(shared_out(d("1"), {}, 2).empty());
}

// KPI-612: by last year's same period.
TEST(Targets, ByPatternWhoHasNoLastYearIsNamedAndWaitsForAShare) {
  auto nodes = tree("100");
  nodes[2].basis = d("0"), nodes[1].basis = d("1");  // S1 is new; S2 was all of B1
  Split first = *split_down(nodes, SplitWay::pattern, 2);
  EXPECT_EQ(shown(first), "100 50 - 50 50 50 ") << "the others add up without the one who waits";
  EXPECT_TRUE(first.nodes[2].without);
  EXPECT_FALSE(first.nodes[3].without);
  ASSERT_EQ(first.notes.size(), 1u);
  EXPECT_NE(first.notes[0].find("城关支行"), std::string::npos) << first.notes[0];
  EXPECT_NE(first.notes[0].find("张敏"), std::string::npos) << first.notes[0];
  nodes[2].share = d("0.3333");
  Split split = *split_down(nodes, SplitWay::pattern, 2);
  EXPECT_EQ(shown(split), "100 50 16.67 33.33 50 50 ") << "16.665 and 33.335: the remainders are alike";
  EXPECT_TRUE(split.notes.empty());
  nodes[2].share = d("0");
  EXPECT_EQ(shown(*split_down(nodes, SplitWay::pattern, 2)), "100 50 0 50 50 50 ") << "nothing, said by hand";
  nodes[2].basis = d("-5"), nodes[2].share.reset();
  EXPECT_TRUE(split_down(nodes, SplitWay::pattern, 2)->nodes[2].without) << "what fell is no share";
}

TEST(Targets, ByPatternSharesByHandMayTakeAllAndNoMore) {
  auto nodes = tree("100");
  nodes[2].share = d("1.0001");
  EXPECT_EQ(split_down(nodes, SplitWay::pattern, 2).error().code, "target.share");
  nodes[2].share = d("-0.0001");
  EXPECT_EQ(split_down(nodes, SplitWay::pattern, 2).error().code, "target.share");
  nodes[2].share = d("1");
  EXPECT_EQ(shown(*split_down(nodes, SplitWay::pattern, 2)), "100 66.67 66.67 0 33.33 33.33 ");
  nodes[3].share = d("0.0001");
  EXPECT_EQ(split_down(nodes, SplitWay::pattern, 2).error().code, "target.share") << "more than there is";
  nodes[3].share.reset(), nodes[3].given = d("0.01"), nodes[3].locked = true;
  EXPECT_EQ(split_down(nodes, SplitWay::pattern, 2).error().code, "target.share") << "with what is locked";
  nodes[2].share = d("0.5");
  EXPECT_EQ(shown(*split_down(nodes, SplitWay::pattern, 2)), "100 66.67! 33.33 0.01 33.33 33.33 ")
      << "nobody is left for the rest: the difference is shown";
}

TEST(Targets, ByPatternHoldsToTheFenForManyChildren) {
  // 7 branches of 3 with uneven figures, in fen: the parts add up whatever the total is.
  for (const char* total : {"0.01", "1", "99999999.99", "-1234.57", "80000000.01"}) {
    std::vector<TargetNode> nodes(1);
    nodes[0].of = TargetOf::bank, nodes[0].given = d(total);
    for (int b = 0; b < 7; ++b) {
      const int at = static_cast<int>(nodes.size());
      TargetNode branch;
      branch.of = TargetOf::organisation, branch.parent = 0, branch.basis = Decimal(3 * b * b + 7);
      nodes.push_back(branch);
      for (int m = 0; m < 3; ++m) {
        TargetNode one;
        one.parent = at, one.basis = Decimal::fen(37 * b + 11 * m + 1);
        if (m == 2 && b % 2) one.share = d("0.0777");
        nodes.push_back(one);
      }
    }
    Split split = *split_down(nodes, SplitWay::pattern, 2);
    for (const auto& node : split.nodes)
      if (node.difference) EXPECT_TRUE(node.difference->is_zero()) << total << " " << node.difference->str();
  }
}

// KPI-612
TEST(Targets, MonthsFollowLastYearsSeasonAndAddUpBothWays) {
  auto nodes = tree("100");
  nodes[2].basis = d("0"), nodes[2].share = d("0.5"), nodes[1].basis = d("1");
  Split split = *split_down(nodes, SplitWay::pattern, 2);
  ASSERT_EQ(shown(split), "100 50 25 25 50 50 ");
  // Four quarters: S2 sold only in the first and the last one, S3 alike; S1 was not there.
  const std::vector<Decimal> s2 = {d("3"), d("0"), d("-1"), d("1")}, s3 = {d("1"), d("1"), d("1"), d("0")},
                             none(4), branch = {d("3"), d("0"), d("0"), d("1")};
  std::vector<std::string> notes;
  auto parts = split_over(nodes, split, {s3, branch, none, s2, s3, s3}, 4, 2, notes);
  auto said = [](const std::vector<Decimal>& of) {
    std::string out;
    for (const Decimal& one : of) out += one.str() + " ";
    return out;
  };
  EXPECT_EQ(said(parts[3]), "18.75 0 0 6.25 ") << "a quarter that fell has no share";
  EXPECT_EQ(said(parts[5]), "16.67 16.67 16.66 0 ");
  EXPECT_EQ(said(parts[2]), "18.75 0 0 6.25 ") << "who was not there goes by the branch";
  EXPECT_EQ(said(parts[1]), "37.5 0 0 12.5 ");
  EXPECT_EQ(said(parts[0]), "54.17 16.67 16.66 12.5 ") << "the bank has the sum";
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes[0].find("张敏"), std::string::npos);
  notes.clear();
  parts = split_over(nodes, split, {}, 4, 2, notes);
  EXPECT_EQ(said(parts[3]), "6.25 6.25 6.25 6.25 ") << "without a season alike";
  EXPECT_TRUE(notes.empty());
  parts = split_over(nodes, split, std::vector<std::vector<Decimal>>(6, none), 4, 2, notes);
  EXPECT_EQ(said(parts[3]), "6.25 6.25 6.25 6.25 ") << "nobody sold anything";
}

TEST(Targets, AYearAndItsPartsAreHeldTogether) {
  EXPECT_EQ(periods_within(*base::Period::parse("2026H1"), base::PeriodKind::month).size(), 6u);
  EXPECT_TRUE(periods_within(*base::Period::parse("2026Q1"), base::PeriodKind::half_year).empty());
  std::vector<policy::TargetValue> values = {{TargetOf::staff, "S1", "张敏", "2026", d("100")}};
  for (const char* q : {"2026Q1", "2026Q2", "2026Q3"})
    values.push_back({TargetOf::staff, "S1", "张敏", q, d("25")});
  EXPECT_TRUE(period_differences(values).empty()) << "a part is still missing";
  values.push_back({TargetOf::staff, "S1", "张敏", "2026Q4", d("24.99")});
  auto found = period_differences(values);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].difference, d("0.01"));
  EXPECT_EQ(found[0].parts, "2026Q1…2026Q4");
}

}  // namespace
}  // namespace guanhu::appraisal
