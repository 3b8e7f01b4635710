// Versions of a pack in a bank: drafted, approved by another, in force from a day; and decisions asked again.
#include "policy/life.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "policy/decision_log.h"
#include "store/migrations.h"
#include "store/testing.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;
using base::Date;

constexpr const char* kManifest = R"(id      = "demo"
title   = "示例"
version = "1.0"
from    = 2013-01-01

[[sources]]
document = "示例.txt"
title    = "示例办法"
)";

std::string document(const std::string& limit, const std::string& expected) {
  return R"(# 示例办法
来源: 示例.txt 篇二 · 施行: 2013-01-01

## 第三条 支付

小额的可以自主支付。

```parameter
["自主上限"]
value = )" +
         limit + R"(
unit  = "元"
```

```decision payment-mode
title   = "支付方式"
rules   = ["DIS-006"]
inputs  = "金额: 元 >= 0"
output  = "受托支付 | 自主支付"
formula = 'if 金额 <= 自主上限 then "自主支付" else "受托支付"'
```

```case payment-mode
金额   || 支付方式
300000 || )" +
         expected + R"(
```
)";
}

class Life : public testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    store_ = place_.open();
    store::ModuleMigrations all[] = {{"policy", life_migrations()}};
    base::FixedClock clock({});
    ASSERT_TRUE(store::migrate(*store_, all, clock).ok());
    fs::remove_all(root());
    write("300000", "自主支付");
  }
  void TearDown() override { fs::remove_all(root()); }

  fs::path root() const {
    return fs::path(testing::TempDir()) / ("guanhu-life-" + std::to_string(static_cast<int>(GetParam())));
  }
  fs::path policies() const { return root() / "policies"; }
  void write(const std::string& limit, const std::string& expected) const {
    fs::create_directories(policies() / "demo");
    std::ofstream(policies() / "demo/pack.toml") << kManifest;
    std::ofstream(policies() / "demo/支付.md") << document(limit, expected);
  }
  static Doing by(const std::string& who) { return {who, *base::Instant::parse("2026-03-02T01:00:00Z"), {}}; }
  base::Result<PolicyVersion> draft(const std::string& who = "author") {
    return life_.draft(*store_, policies(), "demo", "为了测试", by(who));
  }
  // Drafted, approved and in force from the day.
  PolicyVersion in_force(const char* from) {
    auto made = draft();
    EXPECT_TRUE(made.ok()) << made.error().text();
    EXPECT_TRUE(life_.approve(*store_, made->id, by("approver")).ok());
    auto out = life_.activate(*store_, made->id, *Date::parse(from), *Date::parse("2026-03-02"), by("approver"));
    EXPECT_TRUE(out.ok()) << out.error().text();
    return *out;
  }
  template <class T>
  static std::string code(const base::Result<T>& result) {
    return result.ok() ? "" : result.error().code;
  }

  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> store_;
  PolicyLife life_{root() / "room"};
};
INSTANTIATE_TEST_SUITE_P(Engines, Life, testing::Values(store::Engine::sqlite, store::Engine::postgres));

TEST_P(Life, RefusesWhatIsOutOfTurn) {
  EXPECT_EQ(code(life_.draft(*store_, policies(), "nothing", "", by("a"))), "policy.unknown");
  EXPECT_EQ(code(life_.draft(*store_, policies(), "../demo", "", by("a"))), "policy.unknown");
  EXPECT_EQ(code(life_.approve(*store_, 7, by("a"))), "policy.life.unknown");
  auto made = draft();
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(code(draft("another")), "policy.life.same");
  Date today = *Date::parse("2026-03-02");
  EXPECT_EQ(code(life_.activate(*store_, made->id, today, today, by("b"))), "policy.life.state") << "not approved";
  EXPECT_EQ(code(life_.approve(*store_, made->id, by("author"))), "policy.life.self");
  EXPECT_EQ(PolicyLife::version(*store_, made->id)->state, "draft");
  ASSERT_TRUE(life_.approve(*store_, made->id, by("approver")).ok());
  EXPECT_EQ(code(life_.approve(*store_, made->id, by("third"))), "policy.life.state");
  EXPECT_EQ(code(life_.activate(*store_, made->id, today + -1, today, by("b"))), "policy.life.past");
  ASSERT_TRUE(life_.activate(*store_, made->id, today, today, by("b")).ok());
  EXPECT_EQ(code(life_.activate(*store_, made->id, today + 1, today, by("b"))), "policy.life.state")
      << "what is in force does not move";
}

TEST_P(Life, WhatFailsItsCasesIsKeptAndNotApproved) {
  write("200000", "自主支付");
  auto failing = draft();
  ASSERT_TRUE(failing.ok());
  EXPECT_EQ(failing->problems, 0u);
  EXPECT_EQ(failing->cases, 1u);
  EXPECT_EQ(failing->failed, 1u);
  EXPECT_EQ(code(life_.approve(*store_, failing->id, by("approver"))), "policy.life.unsound");
  write("没有数", "自主支付");
  auto broken = draft();
  ASSERT_TRUE(broken.ok());
  EXPECT_GT(broken->problems, 0u);
  EXPECT_FALSE(PolicyLife::version(*store_, broken->id)->findings.empty());
  EXPECT_EQ(code(life_.approve(*store_, broken->id, by("approver"))), "policy.life.unsound");
}

TEST_P(Life, TheVersionOfTheDayIsInForce) {
  PolicyVersion first = in_force("2026-03-02");
  write("200000", "受托支付");
  PolicyVersion second = in_force("2026-04-01");
  EXPECT_FALSE(PolicyLife::in_force(*store_, "demo", *Date::parse("2026-03-01")));
  EXPECT_EQ(PolicyLife::in_force(*store_, "demo", *Date::parse("2026-03-31"))->id, first.id);
  EXPECT_EQ(PolicyLife::in_force(*store_, "demo", *Date::parse("2026-04-01"))->id, second.id);
  EXPECT_FALSE(PolicyLife::in_force(*store_, "other", *Date::parse("2026-04-01")));
  write("100000", "受托支付");
  auto third = draft();
  ASSERT_TRUE(life_.approve(*store_, third->id, by("approver")).ok());
  EXPECT_EQ(
      code(life_.activate(*store_, third->id, *Date::parse("2026-04-01"), *Date::parse("2026-03-02"), by("b"))),
      "policy.life.taken");
  // The documents have gone on; what was in force is what it was.
  EXPECT_EQ(life_.open(*store_, first)->parameter("自主上限")->values.back().value, base::Decimal(300000));
  EXPECT_EQ(life_.open(*store_, second)->hash, second.hash);
  EXPECT_EQ(PolicyLife::versions(*store_, "demo").front().id, third->id);
}

TEST_P(Life, NoDayBelongsToTwoEditions) {
  const Date today = *Date::parse("2026-03-02");
  // Manifest with these dates, activated on the day: the code it is refused with.
  std::string said;
  auto activated = [&](const std::string& dates, const char* day) {
    static int content = 100000;
    write(std::to_string(++content), "受托支付");
    std::string manifest = kManifest;
    manifest.replace(manifest.find("from    = 2013-01-01"), 20, dates);
    std::ofstream(policies() / "demo/pack.toml") << manifest;
    auto made = draft();
    EXPECT_TRUE(life_.approve(*store_, made->id, by("approver")).ok());
    auto out = life_.activate(*store_, made->id, *Date::parse(day), today, by("b"));
    said = out.ok() ? "" : out.error().message;
    return code(out);
  };
  EXPECT_EQ(activated("from = 2026-03-03", "2026-03-02"), "policy.life.outside");
  EXPECT_EQ(activated("from = 2020-01-01\nto = 2026-03-02", "2026-03-03"), "policy.life.outside");
  EXPECT_EQ(activated("from = 2020-01-01\nto = 2026-12-31", "2026-03-02"), "");
  EXPECT_EQ(activated("from = 2026-12-31", "2026-12-31"), "policy.life.overlap") << "the first one's last day";
  EXPECT_NE(said.find("第 3 版(1.0)"), said.npos) << said;
  EXPECT_NE(said.find("第 4 版(1.0)"), said.npos) << said;
  EXPECT_NE(said.find("2026-12-31"), said.npos) << said;
  EXPECT_EQ(activated("from = 2027-01-01", "2027-02-01"), "") << "between them nobody rules: that is no overlap";
  EXPECT_EQ(activated("from = 2020-01-01\nto = 2026-12-31", "2026-05-01"), "") << "a revision takes over";
  EXPECT_EQ(activated("from = 2027-06-01", "2027-07-01"), "policy.life.overlap")
      << "in June the edition before still rules, and this one says it does";
  EXPECT_EQ(activated("from = 2027-07-01", "2027-07-01"), "");
  EXPECT_EQ(activated("from = 2027-03-01", "2027-03-01"), "") << "until the next takes over";
  EXPECT_EQ(activated("from = 2027-04-01\nto = 2027-07-01", "2027-04-01"), "policy.life.overlap");
}

TEST_P(Life, AVersionThatWasTamperedWithIsNotOpened) {
  PolicyVersion version = in_force("2026-03-02");
  store_->exec("UPDATE policy_files SET content = content || '0a' WHERE path LIKE '%.md'");
  EXPECT_THROW(life_.open(*store_, version), base::Broken);
}

TEST_P(Life, TheRecordGoesWithTheChange) {
  Doing doing = by("author");
  doing.also = [](const PolicyVersion&) { throw base::Broken("no record, no change"); };
  EXPECT_THROW((void)life_.draft(*store_, policies(), "demo", "", doing), base::Broken);
  EXPECT_TRUE(PolicyLife::versions(*store_, "").empty());
}

TEST_P(Life, RecordedDecisionsAreAskedAgain) {
  PolicyVersion first = in_force("2026-03-02");
  auto pack = life_.open(*store_, first);
  auto ask = [&](const char* input, const char* at) {
    RecordedDecision one;
    one.asked_at = at, one.asked_by = "zhang", one.pack = "demo", one.decision = "payment-mode";
    one.pack_hash = pack->hash, one.on = *Date::parse("2026-03-05");
    one.input = *base::Json::parse(input);
    one.answer = answer_of(*pack, one.decision, one.input, one.on);
    return record_decision(*store_, one);
  };
  ask(R"({"金额": 100000})", "2026-03-05T02:00:00Z");
  ask(R"({"金额": 250000})", "2026-03-06T02:00:00Z");
  ask(R"({"金额": -1})", "2026-03-06T03:00:00Z");
  int64_t last = ask(R"({"金额": 250000})", "2026-03-07T02:00:00Z");
  auto all = recorded_decisions(*store_, {}, 100);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all.front().id, last);
  EXPECT_EQ(*all.front().answer.find("result")->as_string(), "自主支付");
  EXPECT_NE(all[1].answer.find("error"), nullptr);
  DecisionFilter days{"demo", "", Date::parse("2026-03-05"), Date::parse("2026-03-06"), 0};
  EXPECT_EQ(recorded_decisions(*store_, days, 100).size(), 3u);
  EXPECT_EQ(recorded_decisions(*store_, days, 2).size(), 2u);
  EXPECT_TRUE(recorded_decisions(*store_, {"other", "", {}, {}, 0}, 100).empty());
  write("200000", "受托支付");
  auto second = draft();
  Replay out = replay(recorded_decisions(*store_, days, 100), *life_.open(*store_, *second));
  EXPECT_EQ(out.asked, 3u);
  EXPECT_EQ(out.same, 2u);
  ASSERT_EQ(out.differences.size(), 1u);
  EXPECT_EQ(out.differences[0].was.asked_at, "2026-03-06T02:00:00Z");
  EXPECT_EQ(*out.differences[0].now.find("result")->as_string(), "受托支付");
}

}  // namespace
}  // namespace guanhu::policy
