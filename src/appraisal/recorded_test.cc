// Facts that people record: what is refused, that nothing is overwritten, which row counts for a period.
#include "appraisal/recorded.h"

#include <gtest/gtest.h>

#include <fstream>

#include "policy/load.h"
#include "store/testing.h"

namespace guanhu::appraisal {
namespace {

constexpr const char* kPack = R"pack(# 登记
来源: 示例.txt 示例办法 · 施行: 2000-01-01

## 第一条 登记

要登记的都在这里。

```fact 个人
of    = "staff"
rules = ["KPI-313"]
facts = """
年终绩效: 元 >= 0
等次: 甲 | 乙
"""
```

```fact 长期
of    = "loan"
time  = "day"
rules = ["KPI-313"]
facts = """
已置换: boolean = false
"""
```

```fact 全行的
of    = "bank"
rules = ["KPI-313"]
facts = """
种子: string
"""
```
)pack";

class Clock : public base::Clock {
 public:
  base::Instant now() override { return {++micros_ * 1'000'000}; }

 private:
  int64_t micros_ = 1'767'225'600;  // 2026-01-01
};

class RecordedOnEngines : public ::testing::TestWithParam<store::Engine> {
 protected:
  RecordedOnEngines() : place_(GetParam()) {}
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    folder_ = place_.folder() / "packs";
    std::filesystem::create_directories(folder_ / "x");
    std::ofstream(folder_ / "x/pack.toml")
        << "id = \"x\"\ntitle = \"示例\"\nversion = \"1\"\nfrom = 2000-01-01\n[[sources]]\ndocument = "
           "\"示例.txt\"\ntitle = \"示例\"\n";
    std::ofstream(folder_ / "x/登记.md") << kPack;
    auto pack = policy::open_pack(folder_, "x");
    ASSERT_TRUE(pack.ok()) << pack.error().text();
    pack_ = std::move(*pack);
    session_ = place_.open();
    const store::ModuleMigrations all[] = {{"recorded", recorded_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
  }

  std::string code(Recording r) {
    auto checked = check_recording(pack_, std::move(r));
    return checked ? "" : checked.error().code + " " + checked.error().where;
  }
  RecordState put(Recording r) {
    auto checked = check_recording(pack_, std::move(r));
    EXPECT_TRUE(checked.ok()) << (checked ? "" : checked.error().text());
    RecordState out = RecordState::unchanged;
    session_->transaction([&] { out = record(*session_, *checked, "x 1", "张三", clock_); });
    return out;
  }
  static Recording bonus(base::Json value, const std::string& period = "2025") {
    return {"年终绩效", "staff", "S1", period, "", std::move(value), "", "人事表12", ""};
  }

  store::testing::Place place_;
  std::filesystem::path folder_;
  policy::Pack pack_;
  Clock clock_;
  std::unique_ptr<store::Session> session_;
};

TEST_P(RecordedOnEngines, WhatDoesNotFitTheDeclarationIsRefused) {
  Recording r = bonus(20000);
  r.name = "年中绩效";
  EXPECT_EQ(code(r), "fact.unknown name");
  r = bonus(20000);
  r.subject_kind = "loan";
  EXPECT_EQ(code(r), "fact.subject subject_kind");
  r = bonus(20000);
  r.subject_id.clear();
  EXPECT_EQ(code(r), "fact.subject subject_id");
  EXPECT_EQ(code(bonus(20000, "2025Q5")), "fact.period period");
  r = bonus(20000);
  r.valid_from = "2025-01-01";
  EXPECT_EQ(code(r), "fact.day valid_from");
  EXPECT_EQ(code(bonus(-1)), "fact.value value");
  EXPECT_EQ(code(bonus("二万")), "fact.value value");
  r = bonus(20000);
  r.document.clear();
  EXPECT_EQ(code(r), "fact.document document");
  EXPECT_EQ(code({"等次", "staff", "S1", "2025", "", "丙", "", "表", ""}), "fact.value value");
  EXPECT_EQ(code({"种子", "bank", "B0", "2025", "", "17", "", "表", ""}), "fact.subject subject_id");
  EXPECT_EQ(code({"已置换", "loan", "L1", "", "2025-02-30", true, "", "表", ""}), "fact.day valid_from");
  EXPECT_EQ(code(bonus(0)), "");
  EXPECT_EQ(check_recording(pack_, bonus(1))->unit, "元");
}

TEST_P(RecordedOnEngines, ACorrectionIsANewRowAndTheOldOneIsStillKnown) {
  EXPECT_EQ(put(bonus(20000)), RecordState::added);
  const base::Instant then = clock_.now();
  EXPECT_EQ(put(bonus(20000)), RecordState::unchanged);
  EXPECT_EQ(put(bonus(21000)), RecordState::changed);
  const policy::RecordedFact& fact = *pack_.recorded_fact("年终绩效");
  const base::Period year = *base::Period::parse("2025");
  auto now = RecordedFacts::load(*session_, std::nullopt), before = RecordedFacts::load(*session_, then);
  ASSERT_TRUE(now->find(fact, "S1", year) && before->find(fact, "S1", year));
  EXPECT_EQ(now->find(fact, "S1", year)->what.value.dump(), "21000");
  EXPECT_EQ(before->find(fact, "S1", year)->what.value.dump(), "20000");
  EXPECT_EQ(now->find(fact, "S1", *base::Period::parse("2024")), nullptr);
  EXPECT_EQ(now->find(fact, "S2", year), nullptr);
  EXPECT_EQ(recorded(*session_, {}).size(), 1u);
  EXPECT_EQ(recorded(*session_, {.history = true}).size(), 2u);
  EXPECT_EQ(put(bonus({})), RecordState::changed);  // taken back
  EXPECT_EQ(RecordedFacts::load(*session_, std::nullopt)->find(fact, "S1", year), nullptr);
  EXPECT_EQ(put(bonus(21000)), RecordState::added);
}

TEST_P(RecordedOnEngines, AFactThatHoldsFromADayCountsFromThenOn) {
  put({"已置换", "loan", "L1", "", "2025-07-01", true, "", "表", ""});
  put({"已置换", "loan", "L1", "", "2025-10-01", false, "", "表", ""});
  auto facts = RecordedFacts::load(*session_, std::nullopt);
  const policy::RecordedFact& fact = *pack_.recorded_fact("已置换");
  EXPECT_EQ(facts->find(fact, "L1", *base::Period::parse("2025-06")), nullptr);
  EXPECT_EQ(facts->find(fact, "L1", *base::Period::parse("2025-07"))->what.value.dump(), "true");
  EXPECT_EQ(facts->find(fact, "L1", *base::Period::parse("2025Q3"))->what.value.dump(), "true");
  EXPECT_EQ(facts->find(fact, "L1", *base::Period::parse("2025"))->what.value.dump(), "false");
}

INSTANTIATE_TEST_SUITE_P(sqlite, RecordedOnEngines, ::testing::Values(store::Engine::sqlite));
INSTANTIATE_TEST_SUITE_P(postgres, RecordedOnEngines, ::testing::Values(store::Engine::postgres));

}  // namespace
}  // namespace guanhu::appraisal
