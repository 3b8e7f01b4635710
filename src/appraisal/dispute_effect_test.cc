// What a claim would change, for the one who makes it and for the others.
#include "appraisal/dispute_effect.h"

#include <gtest/gtest.h>

#include "appraisal/evaluate.h"
#include "appraisal/life_testing.h"
#include "appraisal/scheme_testing.h"

namespace guanhu::appraisal::testing {
namespace {

using measures::testing::day;
using warehouse::Warehouse;

// A score against the average of the peers: what one has moves everybody.
constexpr const char* kPack = R"pack(# 考核
来源: 示例.txt 示例办法 · 施行: 2000-01-01

## 第一条 存款

存款和全体平均相比，等于平均得五十分，最多一百分。

```measure 存款
fact        = "存款余额"
aggregate   = "期末"
attribution = "按份额"
unit        = "元"
rules = ["KPI-313"]
```

```peer 平均存款
of  = "存款"
how = "平均"
unit = "元"
rules = ["KPI-313"]
```

```score 存款得分
full    = 100
inputs  = ["存款", "平均存款"]
formula = "if 平均存款 = 0 then 0 else min(满分, 存款 / 平均存款 * 50)"
rules = ["KPI-313"]
null_reason = "没有平均"
```

```scheme 比较
title      = "比较"
holders    = "manager"
periods    = ["year"]
figures    = ["存款"]
full_total = 100
missing    = "rescale"
rank       = ["bank"]
rules      = ["KPI-313"]

[[items]]
score  = "存款得分"
weight = 1

[[grades]]
grade = "好"
at_least = 60

[[grades]]
grade = "差"
at_least = 0
```
)pack";

class Effect : public SchemeBank {
 protected:
  Effect() : SchemeBank(kPack) {}
  void fill() override {
    measures::testing::TinyBank bank;
    int i = bank.import("2025-12-31");
    bank.orgs = {{i, "B0", ""}};
    const auto opened = day("2025-01-10");
    for (const auto& [n, fen] : {std::pair<std::string, int64_t>{"1", 10'000}, {"2", 20'000}, {"3", 30'000}}) {
      bank.staff.push_back({i, "S" + n, "B0"});
      bank.customers.push_back({i, "C" + n, "person", false});
      bank.accounts.push_back({i, "A" + n, "C" + n, "B0", "p", "demand", opened, std::nullopt});
      bank.balances.push_back({i, "A" + n, opened, fen});
      bank.assignments.push_back({i, "account", "A" + n, "S" + n, true, kOne, opened, std::nullopt});
    }
    bank.write(*db_);
  }
  appraisal::Run run(const std::vector<Replacement>& replaced) {
    auto compiled = policy::compile_scheme(pack_, "比较", period_.last());
    EXPECT_TRUE(compiled.ok()) << compiled.error().text();
    auto done = evaluate(*compiled, period_, *engine_, directory_, std::nullopt, replaced);
    EXPECT_TRUE(done.ok()) << done.error().text();
    return run_of(*done, directory_, std::nullopt);
  }
};

TEST_P(Effect, OfAClaimOnNobodyOrNothingIsNone) {
  const auto before = run({});
  EXPECT_EQ(run_hash(run({{"S9", "存款", number("1")}})), run_hash(before));
  EXPECT_EQ(run_hash(run({{"S1", "别的", number("1")}})), run_hash(before));
  EXPECT_THROW(effect_of(before, before, "S9", "存款"), base::Broken);
  auto effect = effect_of(before, before, "S1", "存款");
  EXPECT_EQ(effect.find("changed")->dump(), "[]");
  EXPECT_EQ(effect.find("others")->dump(), R"({"changed": 0, "up": 0, "down": 0, "items": []})");
}

// 100, 200, 300 against an average of 200 are 25, 50, 75 points. With 400 for S1 the average is
// 300: 66.7, 33.3, 50.
TEST_P(Effect, ReachesEverybodyThroughTheAverage) {
  const auto before = run({}), after = run({{"S1", "存款", number("400")}});
  auto effect = effect_of(before, after, "S1", "存款");
  EXPECT_EQ(effect.find("figure")->dump(), R"({"name": "存款", "unit": "元", "was": "100", "would": "400"})");
  EXPECT_EQ(effect.find("total")->dump(), R"({"was": "25", "would": "66.6666666667"})");
  EXPECT_EQ(effect.find("grade")->dump(), R"({"was": "差", "would": "好"})");
  EXPECT_EQ(effect.find("rank")->dump(),
            R"({"bank": {"was": {"place": 3, "of": 3}, "would": {"place": 1, "of": 3}}})");
  const base::Json& others = *effect.find("others");
  EXPECT_EQ(others.find("changed")->dump(), "2");
  EXPECT_EQ(others.find("down")->dump(), "2");
  EXPECT_EQ(others.find("items")->as_array()->at(0).find("id")->dump(), "\"S3\"") << "who moves most stands first";
  EXPECT_EQ(others.find("items")->as_array()->at(0).find("total")->dump(), R"({"was": "75", "would": "50"})");
  EXPECT_EQ(others.find("items")->as_array()->at(0).find("grade")->dump(), R"({"was": "好", "would": "差"})");
  EXPECT_EQ(without_others(effect).find("others")->dump(), R"({"changed": 2, "up": 0, "down": 2})");
}

TEST_P(Effect, OfAScoreStaysWithItsOwner) {
  const auto before = run({}), after = run({{"S1", "存款得分", number("30")}});
  auto effect = effect_of(before, after, "S1", "存款得分");
  EXPECT_EQ(effect.find("changed")->dump(),
            R"([{"kind": "score", "name": "存款得分", "was": "25", "would": "30"}])");
  EXPECT_EQ(effect.find("others")->find("changed")->dump(), "0");
}

INSTANTIATE_TEST_SUITE_P(duckdb, Effect, ::testing::Values(Warehouse::Engine::duckdb));
INSTANTIATE_TEST_SUITE_P(postgres, Effect, ::testing::Values(Warehouse::Engine::postgres));

}  // namespace
}  // namespace guanhu::appraisal::testing
