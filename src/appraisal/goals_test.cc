// KPI-614: every figure of a person leads to a department's figure and to the goal above it.
#include "appraisal/goals.h"

#include <gtest/gtest.h>

#include <set>

#include "policy/load.h"

namespace guanhu::appraisal {
namespace {

const base::Date kDay = *base::Date::parse("2025-12-31");

TEST(Goals, APackWithoutLinksHasNone) {
  auto pack = policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "sample-counter").value();
  auto links = goals_of(pack, kDay);
  ASSERT_TRUE(links.ok());
  EXPECT_TRUE(links->empty());
}

TEST(Goals, EveryScoreOfTheSchemeLeadsToADepartmentAndAGoal) {
  auto pack = policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "sample").value();
  auto links = goals_of(pack, kDay);
  ASSERT_TRUE(links.ok()) << links.error().text();
  std::set<std::string> linked;
  for (const GoalLink& one : *links) linked.insert(one.figure);
  for (const auto& item : pack.scheme("经营业绩")->items) EXPECT_TRUE(linked.contains(item.score)) << item.score;
}

TEST(Goals, ALinkToAFigureThatIsNotThereIsRefused) {
  auto pack = policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "sample").value();
  const std::string first = goals_of(pack, kDay)->front().figure;
  std::erase_if(pack.scores, [&](const auto& one) { return one.name == first; });
  auto refused = goals_of(pack, kDay);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "goals.link");
  EXPECT_NE(refused.error().message.find(first), std::string::npos);
}

TEST(Goals, StandWithTheFigureWhereverItIsOpened) {
  Node root{.kind = "total", .name = "总分"};
  root.children.push_back({.kind = "score", .name = "甲得分"});
  root.children[0].children.push_back({.kind = "measure", .name = "甲"});
  put_goals(root, {{"甲得分", "业务部", "存款增量", "做大负债"}, {"甲得分", "支行", "存款份额", "做大负债"}});
  EXPECT_TRUE(root.fields.empty());
  ASSERT_EQ(root.children[0].fields.size(), 1u);
  EXPECT_EQ(root.children[0].fields[0].second.as_array()->size(), 2u) << "one figure may serve two departments";
  EXPECT_TRUE(root.children[0].children[0].fields.empty());
}

}  // namespace
}  // namespace guanhu::appraisal
