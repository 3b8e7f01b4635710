// A scheme that a decision scores, from facts: inputs, lists, what is missing, gates, and what opens a score.
#include <gtest/gtest.h>

#include "appraisal/evaluate.h"
#include "appraisal/explain.h"
#include "appraisal/scheme_testing.h"
#include "appraisal/under_way.h"
#include "policy/scheme.h"

namespace guanhu::appraisal {
namespace {

using measures::testing::day;
using warehouse::Warehouse;

constexpr const char* kPack = R"pack(# 考核
来源: 示例.txt 示例办法 · 施行: 2000-01-01

## 第一条 计分

存款每十元一分，加上登记的操行分；贷款每户另加五分。满五十分合格。

```measure 期末存款
fact      = "存款余额"
aggregate = "期末"
unit      = "元"
rules     = ["KPI-313"]
```

```measure 贷款户数
fact      = "贷款余额"
aggregate = "按份额户数"
unit      = "户"
rules     = ["KPI-313"]
```

```measure 期末贷款
fact      = "贷款余额"
aggregate = "期末"
unit      = "元"
rules     = ["KPI-313"]
```

```measure 现金还款
fact      = "还款"
aggregate = "合计"
column    = "本金"
filter    = '方式 = "cash"'
unit      = "元"
rules     = ["KPI-319"]
```

```fact 贷款置换
of    = "loan"
time  = "day"
rules = ["KPI-319"]
facts = """
贷款置换日?: date
"""
```

```list 还款表
of      = "现金还款"
rules   = ["KPI-319"]
entries = """
借据号 = 借据号
收回 = 数额
已置换 = 贷款置换日 != null and 日期 >= 贷款置换日
"""
```

```list 贷款表
of      = "期末贷款"
rules   = ["KPI-313"]
entries = """
借据号 = 编号
余额 = 数额
种类 = 种类
"""
```

```fact 操行
of    = "staff"
rules = ["KPI-313"]
facts = """
操行分: 分 [0..100]
已签字: boolean = true
"""
```

```decision scheme:all
title  = "考核得几分"
rules  = ["KPI-313"]
inputs = """
存款: 元
操行分: 分 [0..100]
户数: 户 >= 0
贷款表: list<{借据号: string, 余额: 元, 种类: string}>
签字: boolean
还款表: list<{借据号: string, 收回: 元, 已置换: boolean}> = []
"""
steps = """
得分: {存款: 分, 操行: 分, 贷款: 分} = {存款: 存款 / 10, 操行: 操行分, 贷款: 户数 * 5}
总分: 分 = 存款 / 10 + 操行分 + 户数 * 5
等级: 合格 | 不合格 = if 总分 >= 50 then "合格" else "不合格"
贷款笔数: integer 笔 = count(贷款表)
签了字: boolean = 签字
置换收回: 元 = 0 + sum(append(for 行 in 还款表[已置换] return 行.收回, 0))
"""
```

```scheme all
title    = "考核"
holders  = "manager"
periods  = ["year"]
decision = "scheme:all"
figures  = ["期末存款"]
rank     = ["bank"]
rules    = ["KPI-313"]
hold     = "还没有签字 | not(签字)"
sources  = """
存款 = 期末存款
户数 = 贷款户数
签字 = 已签字
"""
```
)pack";

class DecidedScheme : public testing::SchemeBank {
 protected:
  DecidedScheme() : SchemeBank(kPack) {}

  // S1 holds A1 (300) and six tenths of C2, S2 the rest of C2: A2 (200) and two loans.
  void fill() override {
    measures::testing::TinyBank bank;
    int i = bank.import("2025-12-31");
    bank.orgs = {{i, "B0", ""}, {i, "B1", "B0"}};
    bank.staff = {{i, "S1", "B1"}, {i, "S2", "B1"}};
    bank.customers = {{i, "C1", "person", false}, {i, "C2", "person", false}};
    const auto opened = day("2025-01-10");
    bank.accounts = {{i, "A1", "C1", "B1", "p", "demand", opened, std::nullopt},
                     {i, "A2", "C2", "B1", "p", "demand", opened, std::nullopt}};
    bank.balances = {{i, "A1", opened, 30'000}, {i, "A2", opened, 20'000}};
    bank.loans = {{i, "L1", "C2", "B1", "k", opened, std::nullopt},
                  {i, "L2", "C2", "B1", "m", opened, std::nullopt}};
    bank.states = {{i, "L1", opened, 90'000, 0, 0, "normal", false},
                   {i, "L2", opened, 10'000, 0, 0, "normal", false}};
    // Of L1 100 before and 200 after the day on which it was replaced; 50 of L2.
    bank.repayments = {{i, "R1", "L1", day("2025-03-01"), 10'000, 0},
                       {i, "R2", "L1", day("2025-05-01"), 20'000, 0},
                       {i, "R3", "L2", day("2025-06-01"), 5'000, 0}};
    bank.assignments = {{i, "account", "A1", "S1", true, kOne, opened, std::nullopt},
                        {i, "customer", "C2", "S1", true, kOne / 10 * 6, opened, std::nullopt},
                        {i, "customer", "C2", "S2", false, kOne / 10 * 4, opened, std::nullopt}};
    bank.write(*db_);
  }

  static Recorded row(const std::string& name, const std::string& staff, base::Json value) {
    return {
        7, {name, "staff", staff, "2025", "", std::move(value), "分", "表三", ""}, "x 1", "李四", "2026-01-02"};
  }
  Evaluation run(std::vector<Recorded> rows) {
    compiled_ = std::make_unique<policy::CompiledScheme>(*policy::compile_scheme(pack_, "all", period_.last()));
    auto out =
        evaluate(*compiled_, period_, *engine_, directory_, std::nullopt, {}, RecordedFacts::of(std::move(rows)));
    EXPECT_TRUE(out.ok()) << (out.ok() ? "" : out.error().text());
    return std::move(*out);
  }

  std::unique_ptr<policy::CompiledScheme> compiled_;
};

// KPI-619
TEST_P(DecidedScheme, WhatIsMissingIsSaidAndNeverCountsAsZero) {
  Evaluation e = run({row("操行分", "S2", 10)});
  appraisal::Run result = run_of(e, directory_, std::nullopt);
  const HolderResult& waiting = *result.holder("S1");
  EXPECT_FALSE(waiting.total || waiting.grade);
  ASSERT_EQ(waiting.waits.size(), 1u);
  EXPECT_EQ(waiting.waits[0], "操行分：没有登记");
  EXPECT_EQ(waiting.scores.size(), 3u);
  EXPECT_FALSE(waiting.scores[0].value);
  EXPECT_NE(to_json(result).dump().find("\"waiting\""), std::string::npos);
  EXPECT_TRUE(result.holder("S2")->total);
}

TEST_P(DecidedScheme, AGateHoldsAndAValueThatDoesNotFitWaits) {
  Evaluation e = run({row("操行分", "S1", 10), row("已签字", "S1", false), row("操行分", "S2", 101)});
  appraisal::Run result = run_of(e, directory_, std::nullopt);
  ASSERT_EQ(result.holder("S1")->waits.size(), 1u);
  EXPECT_EQ(result.holder("S1")->waits[0], "还没有签字");
  ASSERT_EQ(result.holder("S2")->waits.size(), 1u);
  EXPECT_NE(result.holder("S2")->waits[0].find("操行分"), std::string::npos);
}

TEST_P(DecidedScheme, AHolderIsScoredByTheDecisionItself) {
  Evaluation e = run({row("操行分", "S1", 10), row("操行分", "S2", 10)});
  appraisal::Run result = run_of(e, directory_, std::nullopt);
  const HolderResult& s1 = *result.holder("S1");
  // A1 300 + 0.6 × 200 = 420; 0.6 of one customer with two loans.
  EXPECT_EQ(s1.total->str(), "55");
  EXPECT_EQ(*s1.grade, "合格");
  EXPECT_EQ(s1.scores[0].value->str(), "42");
  EXPECT_EQ(s1.scores[2].value->str(), "3");
  const HolderResult& s2 = *result.holder("S2");
  EXPECT_EQ(s2.total->str(), "20");
  EXPECT_EQ(*s2.grade, "不合格");
  EXPECT_EQ(s1.in_bank.place, 1);
  ASSERT_EQ(s2.figures.size(), 4u);
  EXPECT_EQ(s2.figures[1].name, "贷款笔数");
  EXPECT_EQ(s2.figures[1].value->str(), "2");
  EXPECT_EQ(s2.figures[2].other.dump(), "true");
  // The same from given figures.
  auto answer = policy::decide(
      pack_, "scheme:all", *base::Json::parse(R"({"存款": 420, "操行分": 10, "户数": 0.6, "签字": true, "贷款表":
                               [{"借据号": "L1", "余额": 540, "种类": "k"}, {"借据号": "L2", "余额": 60, "种类": "m"}]})"),
      period_.last());
  ASSERT_TRUE(answer.ok()) << answer.error().text();
  EXPECT_EQ(answer->result.show(2000), e.decided[0].answer->result.show(2000));
}

TEST_P(DecidedScheme, AScoreOpensIntoDecisionInputsFactsAndRows) {
  Evaluation e = run({row("操行分", "S1", 10), row("操行分", "S2", 10)});
  auto tree = explain(e, *engine_, {"S1", "总分", 0});
  ASSERT_TRUE(tree.ok()) << tree.error().text();
  const std::string text = to_json(*tree).dump();
  for (const char* part : {"scheme:all", "第一条", "操行分", "李四", "表三", "期末存款", "balances.csv"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
  EXPECT_EQ(text.find("贷款表"), std::string::npos) << "the total does not rest on the list";
  auto score = explain(e, *engine_, {"S1", "操行", 0});
  ASSERT_TRUE(score.ok()) << score.error().text();
  EXPECT_EQ(to_json(*score).dump().find("期末存款"), std::string::npos);
  auto list = explain(e, *engine_, {"S1", "贷款笔数", 0});
  ASSERT_TRUE(list.ok()) << list.error().text();
  EXPECT_NE(to_json(*list).dump().find("L2"), std::string::npos);
  EXPECT_EQ(explain(e, *engine_, {"S1", "没有", 0}).error().code, "explain.figure");
}

// KPI-319: what is recorded of a loan is known at each of its repayments, from the day on that it says.
TEST_P(DecidedScheme, WhatIsRecordedOfALoanIsKnownAtItsRepayments) {
  auto replaced = [&](std::vector<Recorded> more) {
    more.push_back(row("操行分", "S1", 10)), more.push_back(row("操行分", "S2", 10));
    Evaluation e = run(std::move(more));
    return e.decided[0].part("置换收回")->show(100);
  };
  Recorded of_loan{8,
                   {"贷款置换日", "loan", "L1", "", "2025-05-01", "2025-05-01", "", "置换协议", ""},
                   "x 1",
                   "李四",
                   "2026-01-02"};
  EXPECT_EQ(replaced({}), "0") << "nothing is recorded: none was replaced";
  EXPECT_EQ(replaced({of_loan}), "120") << "0.6 of the 200 since that day";
  of_loan.what.subject_id = "R2";
  EXPECT_EQ(replaced({of_loan}), "0") << "a repayment's number is no loan's";
}

TEST_P(DecidedScheme, EndsAtAStepWhenWhoWaitedHasGone) {
  struct Gone {};
  size_t steps = 0;
  UnderWay heard([&](size_t, size_t, const std::string&) {
    if (++steps == 3) throw Gone();
  });
  EXPECT_THROW(run({}), Gone);
  EXPECT_EQ(steps, 3u);
}

INSTANTIATE_TEST_SUITE_P(duckdb, DecidedScheme, ::testing::Values(Warehouse::Engine::duckdb));
INSTANTIATE_TEST_SUITE_P(postgres, DecidedScheme, ::testing::Values(Warehouse::Engine::postgres));

}  // namespace
}  // namespace guanhu::appraisal
