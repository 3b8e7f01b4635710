// A rulebook tried before anybody runs it, and targets that it gives itself.
#include "appraisal/preview.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "appraisal/explain.h"
#include "appraisal/scheme_testing.h"

namespace guanhu::appraisal {
namespace {

using measures::testing::day;
using warehouse::Warehouse;

constexpr const char* kPack = R"pack(# 考核
来源: 示例.txt 示例办法 · 施行: 2000-01-01

## 第一条 计分

存款按计划计分，单价各支行自定。

```measure 期末存款
fact      = "存款余额"
aggregate = "期末"
unit      = "元"
rules     = ["KPI-313"]
```

```measure 计划
fact        = "计划"
target      = "存款"
unit        = "元"
null_reason = "没有下达"
rules       = ["KPI-313"]
```

```measure 单价
fact        = "计划"
target      = "单价"
attribution = "归机构"
unit        = "元"
null_reason = "没有单价"
rules       = ["KPI-313"]
```

```target 存款
unit   = "元"
rules  = ["KPI-313"]
values = """
对象 | 编号 | 名称 | 2025
员工 | S1   | 甲   | 600
"""
```

```target 单价
unit   = "元"
rules  = ["KPI-313"]
values = """
对象 | 编号 | 名称   | 2025
全行 |      | 全行   | 1
机构 | B1   | 甲支行 | 2.5
"""
```

```indicator 倒数
unit    = "比率"
inputs  = ["期末存款"]
formula = "if 期末存款 = 0 then 0 else 1 / (期末存款 - 300)"
rules   = ["KPI-313"]
```

```score 存款得分
full        = 10
inputs      = ["期末存款", "计划"]
formula     = "if 计划 = null or 计划 = 0 then null else 满分 * 期末存款 / 计划"
null_reason = "没有下达"
rules       = ["KPI-313"]
```

```scheme 考核
title      = "考核"
holders    = "manager"
periods    = ["year"]
figures    = ["期末存款", "计划"]
full_total = 100
missing    = "no total"
rules      = ["KPI-313"]

[[items]]
score  = "存款得分"
weight = 1
```
)pack";

class PreviewTest : public testing::SchemeBank {
 protected:
  PreviewTest() : SchemeBank(kPack) {}
  void read_pack() override { pack_ = policy::load_pack(folder_ / "x").pack; }

  // S1 of B1 holds 300, S2 of B2 200; the feed asks 400 of S1 and S2, and names a price for B2.
  void fill() override {
    measures::testing::TinyBank bank;
    int i = bank.import("2025-12-31");
    bank.orgs = {{i, "B0", ""}, {i, "B1", "B0"}, {i, "B2", "B0"}, {i, "B3", "B0"}};
    bank.staff = {{i, "S1", "B1"}, {i, "S2", "B2"}, {i, "S3", "B3"}};
    bank.customers = {{i, "C1", "person", false}, {i, "C2", "person", false}};
    const auto opened = day("2025-01-10");
    bank.accounts = {{i, "A1", "C1", "B1", "p", "demand", opened, std::nullopt},
                     {i, "A2", "C2", "B2", "p", "demand", opened, std::nullopt}};
    bank.balances = {{i, "A1", opened, 30'000}, {i, "A2", opened, 20'000}};
    bank.assignments = {{i, "account", "A1", "S1", true, kOne, opened, std::nullopt},
                        {i, "account", "A2", "S2", true, kOne, opened, std::nullopt}};
    bank.targets = {{i, "staff", "S1", "存款", "2025", 4'000'000},
                    {i, "staff", "S2", "存款", "2025", 4'000'000},
                    {i, "org", "B2", "单价", "2025", 30'000}};
    bank.write(*db_);
  }

  base::Result<Preview> tried(const std::string& scheme, std::vector<std::string> figures,
                              const char* period = "2025") {
    return preview(pack_, {scheme, std::move(figures), *base::Period::parse(period)}, *engine_, directory_,
                   nullptr);
  }
  static std::string value(const Preview& made, const std::string& holder, const std::string& figure) {
    const HolderResult* found = made.run.holder(holder);
    for (const auto& one : found->figures)
      if (one.name == figure) return one.value ? one.value->str() : one.reason;
    for (const auto& one : found->scores)
      if (one.name == figure) return one.value ? one.value->str() : one.reason;
    return "?";
  }
};

TEST_P(PreviewTest, RefusesWhatNobodyCanTry) {
  EXPECT_EQ(tried("没有", {}).error().code, "scheme.unknown");
  EXPECT_EQ(tried("", {}).error().code, "preview.nothing");
  EXPECT_EQ(tried("考核", {}, "2025Q4").error().code, "scheme.period");
  EXPECT_EQ(tried("", {"没有"}).error().code, "policy.reference");
}

TEST_P(PreviewTest, OneFigureThatFailsLeavesTheOthers) {
  auto made = tried("考核", {"倒数", "单价"});
  ASSERT_TRUE(made.ok()) << made.error().text();
  ASSERT_EQ(made->failed.size(), 1u);
  EXPECT_EQ(made->failed[0].name, "倒数");
  EXPECT_EQ(made->failed[0].error.code, "scheme.formula") << "S1 divides by 300 - 300";
  EXPECT_EQ(value(*made, "S2", "期末存款"), "200");
  EXPECT_TRUE(made->total);
}

TEST_P(PreviewTest, ThePackSaysATargetBeforeTheFeed) {
  auto made = tried("考核", {});
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(value(*made, "S1", "计划"), "600") << "of the pack";
  EXPECT_EQ(value(*made, "S2", "计划"), "400") << "the pack says nothing: of targets.csv";
  EXPECT_EQ(value(*made, "S3", "计划"), "没有下达");
  EXPECT_EQ(value(*made, "S1", "存款得分"), "5");
  EXPECT_EQ(made->run.holder("S2")->total->str(), "50");
}

TEST_P(PreviewTest, AnOrganisationsNumberIsThatOfTheNearest) {
  auto made = tried("", {"单价"});
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(value(*made, "S1", "单价"), "2.5") << "B1 in the pack";
  EXPECT_EQ(value(*made, "S2", "单价"), "3") << "B2 in the feed";
  EXPECT_EQ(value(*made, "S3", "单价"), "1") << "neither B3 nor B0: the bank's";
  EXPECT_FALSE(made->total) << "no scheme, no total";
}

TEST_P(PreviewTest, ATargetOpensIntoTheLineThatSaysIt) {
  auto made = tried("考核", {"单价"});
  ASSERT_TRUE(made.ok());
  auto tree = explain(made->evaluation, *engine_, {"S1", "计划", 50});
  ASSERT_TRUE(tree.ok()) << tree.error().text();
  ASSERT_EQ(tree->children.size(), 1u);
  const std::string json = to_json(*tree).dump();
  EXPECT_NE(json.find("考核.md:37"), std::string::npos) << json;
  EXPECT_NE(json.find("第一条"), std::string::npos) << json;
  auto fed = explain(made->evaluation, *engine_, {"S2", "计划", 50});
  EXPECT_NE(to_json(*fed).dump().find("targets.csv"), std::string::npos);
  EXPECT_TRUE(explain(made->evaluation, *engine_, {"S2", "单价", 50}).ok());
}

INSTANTIATE_TEST_SUITE_P(duckdb, PreviewTest, ::testing::Values(Warehouse::Engine::duckdb));
INSTANTIATE_TEST_SUITE_P(postgres, PreviewTest, ::testing::Values(Warehouse::Engine::postgres));

}  // namespace
}  // namespace guanhu::appraisal
