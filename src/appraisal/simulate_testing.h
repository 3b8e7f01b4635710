// For tests of simulations: a bank of four managers with one account each, and a pack in which everything that can
// be changed moves somebody.
#pragma once
#include <gtest/gtest.h>

#include <fstream>

#include "appraisal/assess_plan.h"
#include "appraisal/pay_runs.h"
#include "appraisal/recorded.h"
#include "appraisal/simulate_store.h"
#include "feed/testing.h"

namespace guanhu::appraisal::testing {

// S1 … S4 hold 100,000 … 400,000 元 all year; everyone's plan is 200,000 元. By hand for 2025:
//   存款得分 20 40 60 80, 档次得分 5 10 15 20, 计划得分 30 60 90 100; totals 17.5 35 52.5 66; 差 差 中 好.
inline constexpr const char* kSimulationPack = R"pack(# 考核
来源: 示例.txt 示例办法 · 施行: 2000-01-01

## 第一条 存款

存款同全体平均比，日均按档，计划按完成。

```measure 存款
fact        = "存款余额"
aggregate   = "期末"
attribution = "按份额"
unit        = "元"
rules = ["KPI-313"]
```

```measure 日均
fact        = "存款余额"
aggregate   = "日均"
attribution = "按份额"
unit        = "元"
rules = ["KPI-313"]
```

```measure 计划
fact        = "计划"
target      = "存款"
unit        = "元"
null_reason = "没有计划"
rules = ["KPI-313"]
```

```peer 平均存款
of  = "存款"
how = "平均"
unit = "元"
rules = ["KPI-313"]
```

```parameter
["步长"]
value = 100000
unit  = "元"

[["每档"]]
value = 4
unit  = "分"
to    = 2024-12-31

[["每档"]]
value = 5
from  = 2025-01-01
```

```score 存款得分
full    = 100
inputs  = ["存款", "平均存款"]
formula = "if 平均存款 = 0 then 0 else min(满分, 存款 / 平均存款 * 50)"
rules = ["KPI-313"]
null_reason = "没有平均"
```

```score 档次得分
full    = 100
inputs  = ["日均"]
formula = "min(满分, floor(日均 / 步长) * 每档)"
rules = ["KPI-313"]
```

```score 计划得分
full    = 100
inputs  = ["存款", "计划"]
formula = """
if 计划 = null or 计划 = 0 then null
else min(满分, 存款 / 计划 * 60)
"""
rules = ["KPI-313"]
null_reason = "没有计划"
```

```scheme 比较
title      = "比较考核"
holders    = "manager"
periods    = ["year", "quarter"]
figures    = ["存款", "日均", "计划"]
full_total = 100
missing    = "rescale"
rank       = ["bank"]
rules      = ["KPI-313"]

[[items]]
score  = "存款得分"
weight = 0.5

[[items]]
score  = "档次得分"
weight = 0.3

[[items]]
score  = "计划得分"
weight = 0.2

[[grades]]
grade = "好"
at_least = 60

[[grades]]
grade = "中"
at_least = 40

[[grades]]
grade = "差"
at_least = 0
```
)pack";

inline base::Decimal exact(const std::string& text) { return *base::Decimal::parse(text); }

class SimulationBank : public ::testing::TestWithParam<store::Engine> {
 protected:
  SimulationBank() : place_(GetParam()) {}
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    policies_ = place_.data().parent_path() / "policies";
    std::filesystem::create_directories(policies_ / "x");
    std::ofstream(policies_ / "x/pack.toml")
        << "id = \"x\"\ntitle = \"示例\"\nversion = \"1\"\nfrom = 2000-01-01\n[[sources]]\ndocument = "
           "\"示例.txt\"\ntitle = \"示例\"\n";
    std::ofstream(policies_ / "x/考核.md") << kSimulationPack;
    std::map<std::string, std::string> files = {
        {"orgs.csv", "org_id,parent_id,name,kind,opened_on\nHQ,,总行,hq,2010-01-01\n"},
        {"staff.csv", "staff_id,name,org_id,position\n"},
        {"customers.csv", "customer_id,kind,name,org_id,opened_on\n"},
        {"accounts.csv", "account_id,customer_id,org_id,product,kind,opened_on\n"},
        {"balances.csv", "account_id,date,balance\n"},
        {"assignments.csv", "subject_kind,subject_id,staff_id,role,share,valid_from,valid_to\n"},
        {"targets.csv", "holder_kind,holder_id,indicator,period,value\n"}};
    for (int n = 1; n <= 4; ++n) {
      const std::string i = std::to_string(n);
      files["staff.csv"] += "S" + i + ",经理" + i + ",HQ,manager\n";
      files["customers.csv"] += "C" + i + ",person,客户" + i + ",HQ,2020-01-01\n";
      files["accounts.csv"] += "A" + i + ",C" + i + ",HQ,p,demand,2020-01-01\n";
      files["balances.csv"] += "A" + i + ",2024-12-31," + i + "00000.00\n";
      files["assignments.csv"] += "customer,C" + i + ",S" + i + ",main,1,2020-01-01,\n";
      files["targets.csv"] += "staff,S" + i + ",存款,2025,200000\n";
    }
    feed::testing::FeedWriter writer(place_.feed());
    for (const char* day : {"2024-12-31", "2025-12-31"}) {
      if (std::string(day) == "2025-12-31") files["balances.csv"] = "account_id,date,balance\n";
      auto report = place_.import_one(writer.date(day, files));
      ASSERT_TRUE(report.applied) << text_of(report);
    }
  }

  static std::string text_of(const feed::DateReport& report) {
    std::ostringstream out;
    feed::write_text(out, report);
    return out.str();
  }
  feed::Bank open() {
    feed::BankOptions options;
    options.wait_seconds = 0;
    options.migrations = {{"appraisal", run_migrations()},
                          {"recorded", recorded_migrations()},
                          {"run_life", life_migrations()},
                          {"simulations", simulation_migrations()}};
    auto bank = feed::Bank::open(place_.data(), place_.clock, options);
    if (!bank) throw base::Broken(bank.error().text());
    return std::move(*bank);
  }
  std::unique_ptr<Simulator> simulator(feed::Bank& bank, const SimulationPlace& place = {"x/比较", "2025"}) {
    auto made = Simulator::open(bank.again(), policies_, place);
    if (!made) throw base::Broken(made.error().text());
    return std::move(*made);
  }
  static SimulationAsk ask(const std::string& changes) {
    auto json = base::Json::parse(R"({"scheme": "x/比较", "period": "2025")" +
                                  (changes.empty() ? "" : ", " + changes) + "}");
    if (!json) throw base::Broken(json.error().text());
    auto out = simulation_ask(*json);
    if (!out) throw base::Broken(out.error().text());
    return *out;
  }
  // "17.5 35 52.5 66"
  static std::string totals(const Simulation& made, bool after = true) {
    std::string out;
    for (const auto& one : made.holders) {
      const auto& side = after ? one.after : one.before;
      out += (out.empty() ? "" : " ") + (side && side->total ? shown(*side->total).str() : "-");
    }
    return out;
  }
  static std::string grades(const Simulation& made) {
    std::string out;
    for (const auto& one : made.holders) out += one.after->grade.value_or("-");
    return out;
  }

  feed::testing::BankPlace place_;
  std::filesystem::path policies_;
};

}  // namespace guanhu::appraisal::testing
