// A scheme for organisations on a small bank, from the pack's text to ranks and explained rows; what a
// scheme for teams is told; the way back from rows.
#include <gtest/gtest.h>

#include "appraisal/evaluate.h"
#include "appraisal/explain.h"
#include "appraisal/scheme_testing.h"
#include "policy/scheme.h"

namespace guanhu::appraisal {
namespace {

using measures::testing::day;
using warehouse::Warehouse;

constexpr const char* kPack = R"pack(# 机构考核
来源: 示例.txt 示例办法 · 施行: 2000-01-01

## 第一条 存款

期末存款每十元得一分，最多一百分；计划按全年下达。

```measure 机构存款
fact        = "存款余额"
aggregate   = "期末"
attribution = "归机构"
unit        = "元"
rules = ["KPI-313"]
```

```measure 机构计划
fact        = "计划"
target      = "存款"
period      = "本期"
unit        = "元"
null_reason = "没有计划"
rules = ["KPI-313"]
```

```measure 个人存款
fact        = "存款余额"
aggregate   = "期末"
attribution = "按份额"
unit        = "元"
rules = ["KPI-313"]
```

```measure 个人回收
fact        = "还款"
aggregate   = "合计"
column      = "本金"
attribution = "按份额"
unit        = "元"
rules = ["KPI-313"]
```

```score 存款得分
full    = 100
inputs  = ["机构存款"]
formula = "min(满分, 机构存款 / 10)"
rules = ["KPI-313"]
```

```score 个人得分
full    = 100
inputs  = ["个人存款", "个人回收"]
formula = "min(满分, (个人存款 + 个人回收) / 10)"
rules = ["KPI-313"]
```

```scheme 机构考核
title      = "机构考核"
holders    = "organisation"
periods    = ["year"]
figures    = ["机构存款", "机构计划"]
full_total = 100
missing    = "rescale"
rank       = ["bank"]
rules      = ["KPI-313"]

[[items]]
score  = "存款得分"
weight = 1
```

```scheme 团队考核
title      = "团队考核"
holders    = "team"
periods    = ["year"]
figures    = ["个人存款"]
full_total = 100
missing    = "rescale"
rank       = ["bank"]
rules      = ["KPI-313"]

[[items]]
score  = "个人得分"
weight = 1
```

```scheme 按职级考核
title         = "按职级考核"
holders       = "manager"
holder_filter = '职级 in ("一级", "二级")'
periods       = ["year"]
figures       = ["个人存款"]
full_total    = 100
missing       = "rescale"
rank          = ["bank"]
rules         = ["KPI-313"]

[[items]]
score  = "个人得分"
weight = 1
```

```scheme 个人考核
title      = "个人考核"
holders    = "manager"
periods    = ["year"]
figures    = ["个人存款", "个人回收", "机构计划"]
full_total = 100
missing    = "rescale"
rank       = ["bank"]
rules      = ["KPI-313"]

[[items]]
score  = "个人得分"
weight = 1
```
)pack";

class HolderKinds : public testing::SchemeBank {
 protected:
  HolderKinds() : SchemeBank(kPack) {}

  // Head office B0 over B1 over B11; A1 at B1 with 300, A2 at B11 with 200, A3 at B2 with 50.
  void fill() override {
    measures::testing::TinyBank bank;
    int i = bank.import("2025-12-31");
    bank.orgs = {{i, "B0", ""}, {i, "B1", "B0"}, {i, "B11", "B1"}, {i, "B2", "B0"}};
    bank.staff = {{i, "S1", "B1"}, {i, "S2", "B2"}};
    bank.customers = {{i, "C1", "person", false}, {i, "C2", "person", false}};
    const auto opened = day("2025-01-10");
    bank.accounts = {{i, "A1", "C1", "B1", "p", "demand", opened, std::nullopt},
                     {i, "A2", "C2", "B11", "p", "demand", opened, std::nullopt},
                     {i, "A3", "C2", "B2", "p", "demand", opened, std::nullopt}};
    bank.balances = {{i, "A1", opened, 30'000}, {i, "A2", opened, 20'000}, {i, "A3", opened, 5'000}};
    bank.loans = {{i, "L1", "C2", "B2", "k", opened, std::nullopt}};
    bank.states = {{i, "L1", opened, 90'000, 0, 0, "normal", false}};
    bank.repayments = {{i, "P1", "L1", day("2025-05-05"), 1'000, 50},
                       {i, "P2", "L1", day("2025-06-05"), 2'000, 50}};
    bank.assignments = {{i, "account", "A1", "S1", true, kOne, opened, std::nullopt},
                        {i, "customer", "C2", "S2", true, kOne, opened, std::nullopt}};
    bank.targets = {{i, "org", "B1", "存款", "2025", 4'000'000},
                    {i, "org", "B1", "贷款", "2025", 1},
                    {i, "staff", "S1", "存款", "2025", 1'000'000}};
    bank.write(*db_);
  }

  base::Result<Evaluation> run(const char* scheme, std::shared_ptr<const RecordedFacts> facts = nullptr) {
    auto compiled = policy::compile_scheme(pack_, scheme, period_.last());
    if (!compiled) return compiled.error();
    return evaluate(*compiled, period_, *engine_, directory_, std::nullopt, {}, std::move(facts));
  }
  Node moved_by(const Evaluation& evaluation, const std::string& row) {
    auto subject = subject_of(*db_, *RowAddress::parse(row), std::nullopt);
    EXPECT_TRUE(subject.ok()) << (subject.ok() ? "" : subject.error().text());
    auto tree = explain_subject(evaluation, *engine_, *subject);
    EXPECT_TRUE(tree.ok()) << (tree.ok() ? "" : tree.error().text());
    return *tree;
  }
};

std::string text_of(const std::optional<base::Decimal>& value) { return value ? value->str() : "null"; }

TEST_P(HolderKinds, HoldersAreChosenByTheGradeTheyHoldOnTheLastDay) {
  EXPECT_TRUE(asks_grade(*pack_.scheme("按职级考核")));
  EXPECT_FALSE(asks_grade(*pack_.scheme("个人考核")));
  EXPECT_EQ(run("按职级考核").error().code, "scheme.holders") << "nobody has a grade";
  auto on = [](const char* text) { return *base::Date::parse(text); };
  auto holders = [&](std::vector<RecordedFacts::Grade> grades) {
    auto made = run("按职级考核", RecordedFacts::of({}, std::move(grades)));
    std::string out;
    if (made)
      for (const auto& one : made->holders) out += one.id + " ";
    return out;
  };
  EXPECT_EQ(holders({{"S1", "x", "二级", on("2025-12-31")}, {"S2", "x", "三级", on("2025-01-01")}}), "S1 ");
  EXPECT_EQ(holders({{"S1", "x", "二级", on("2026-01-01")}, {"S2", "x", "一级", on("2025-01-01")}}), "S2 ")
      << "not yet";
  EXPECT_EQ(holders({{"S1", "x", "一级", on("2025-01-01")}, {"S1", "x", "三级", on("2025-07-01")}}), "")
      << "no more";
  // The scheme's own pack is believed before others.
  EXPECT_EQ(holders({{"S1", "x", "一级", on("2025-01-01")}, {"S1", "y", "三级", on("2025-07-01")}}), "S1 ");
  EXPECT_EQ(holders({{"S1", "y", "一级", on("2025-01-01")}}), "S1 ") << "its own pack has none";
}

TEST_P(HolderKinds, TeamsAreRefusedWhileThereAreNone) {
  auto done = run("团队考核");
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, "scheme.holders");
  EXPECT_NE(done.error().message.find("团队"), std::string::npos);
  EXPECT_NE(done.error().where.find("考核.md:"), std::string::npos) << done.error().where;
  EXPECT_FALSE(done.error().hint.empty());
}

TEST_P(HolderKinds, OrganisationsHoldWhatTheirSubtreeHolds) {
  auto done = run("机构考核");
  ASSERT_TRUE(done.ok()) << done.error().text();
  const auto result = run_of(*done, directory_, std::nullopt);
  ASSERT_EQ(result.holders.size(), 4u);
  const char* expected[][4] = {// deposits, plan, score, place in the bank
                               {"550.00", "null", "55", "1"},
                               {"500.00", "400", "50", "2"},
                               {"200.00", "null", "20", "3"},
                               {"50.00", "null", "5", "4"}};
  for (size_t h = 0; h < 4; ++h) {
    const HolderResult& holder = result.holders[h];
    EXPECT_EQ(base::Decimal::parse(expected[h][0]), holder.figures[0].value) << holder.id;
    EXPECT_EQ(text_of(holder.figures[1].value), expected[h][1]) << holder.id;
    EXPECT_EQ(text_of(holder.scores[0].value), expected[h][2]) << holder.id;
    EXPECT_EQ(std::to_string(holder.in_bank.place), expected[h][3]) << holder.id;
  }
  EXPECT_EQ(result.holders[0].figures[1].reason, "没有计划");
  ASSERT_EQ(result.sums.size(), 1u) << "the organisations must add up to the bank";
  EXPECT_EQ(result.sums[0].bank, "550");
}

TEST_P(HolderKinds, AnOrganisationsScoreOpensDownToRows) {
  auto done = run("机构考核");
  ASSERT_TRUE(done.ok()) << done.error().text();
  auto tree = explain(*done, *engine_, {"B1", "总分", 1});
  ASSERT_TRUE(tree.ok()) << tree.error().text();
  const Node& measure = tree->children.at(0).children.at(0);
  EXPECT_EQ(measure.name, "机构存款");
  ASSERT_EQ(measure.children.size(), 1u) << "the largest one of two";
  EXPECT_EQ(measure.children[0].name, "账户 A1");
  EXPECT_EQ(measure.children[0].children.at(0).name, "2025-12-31/balances.csv:2");
  EXPECT_EQ(explain(*done, *engine_, {"B9", "总分", 1}).error().code, "explain.holder");
  EXPECT_EQ(explain(*done, *engine_, {"B1", "个人存款", 1}).error().code, "explain.figure");
}

TEST_P(HolderKinds, ARowOfTheFeedLeadsToTheFiguresItMoved) {
  auto done = run("个人考核");
  ASSERT_TRUE(done.ok()) << done.error().text();
  Node balance = moved_by(*done, "2025-12-31/balances.csv:3");  // A2
  ASSERT_EQ(balance.children.size(), 1u);
  EXPECT_EQ(balance.children[0].name, "个人存款");
  EXPECT_EQ(balance.children[0].children.at(0).name, "S2 ← 账户 A2");
  EXPECT_EQ(balance.children[0].value.dump(), "200");

  Node repayment = moved_by(*done, "2025-12-31/repayments.csv:3");  // P2 and not P1
  ASSERT_EQ(repayment.children.size(), 1u);
  EXPECT_EQ(repayment.children[0].name, "个人回收");
  ASSERT_EQ(repayment.children[0].children.size(), 1u);
  EXPECT_EQ(repayment.children[0].children[0].name, "S2 ← 还款 P2");
  EXPECT_EQ(repayment.children[0].value.dump(), "20");

  Node customer = moved_by(*done, "2025-12-31/customers.csv:3");  // C2: A2, A3 and both repayments
  ASSERT_EQ(customer.children.size(), 2u);
  EXPECT_EQ(customer.children[0].value.dump(), "250");
  EXPECT_EQ(customer.children[1].value.dump(), "30");

  Node target = moved_by(*done, "2025-12-31/targets.csv:4");  // of S1
  ASSERT_EQ(target.children.size(), 1u);
  EXPECT_EQ(target.children[0].name, "机构计划");
  EXPECT_EQ(target.children[0].value.dump(), "100");
  EXPECT_EQ(moved_by(*done, "2025-12-31/targets.csv:3").children.size(), 0u) << "nothing asks for that plan";
}

TEST_P(HolderKinds, WhatIsNotThereIsSaid) {
  for (const RowSubject& unknown : {RowSubject{"account", "A9"}, RowSubject{"loan", "A1"},
                                    RowSubject{"customer", ""}, RowSubject{"sale", "P1"}}) {
    auto status = check_subject(*db_, unknown, std::nullopt);
    ASSERT_FALSE(status.ok()) << unknown.kind;
    EXPECT_EQ(status.error().code, "explain.subject");
    EXPECT_EQ(status.error().where, "--" + unknown.kind);
  }
  EXPECT_TRUE(check_subject(*db_, {"account", "A1"}, std::nullopt).ok());
  EXPECT_FALSE(check_subject(*db_, {"account", "A1"}, base::Instant{0}).ok()) << "not yet known then";
  for (const char* row : {"x", "2025-12-31/balances.csv", "2025-12-31/balances.csv:1", "2025-12-31/nothing.csv:2"})
    EXPECT_FALSE(RowAddress::parse(row).ok()) << row;
  EXPECT_EQ(subject_of(*db_, *RowAddress::parse("2025-12-31/balances.csv:99"), std::nullopt).error().code,
            "explain.row");
  EXPECT_EQ(subject_of(*db_, *RowAddress::parse("2025-12-31/orgs.csv:2"), std::nullopt).error().code,
            "explain.row");
}

INSTANTIATE_TEST_SUITE_P(duckdb, HolderKinds, ::testing::Values(Warehouse::Engine::duckdb));
INSTANTIATE_TEST_SUITE_P(postgres, HolderKinds, ::testing::Values(Warehouse::Engine::postgres));

}  // namespace
}  // namespace guanhu::appraisal
