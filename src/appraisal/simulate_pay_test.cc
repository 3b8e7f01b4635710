// Pay in a simulation: by the results of either side, by the pack of either side, and by what was known of people
// then.
#include <gtest/gtest.h>

#include "appraisal/deposit_ledger.h"
#include "appraisal/life.h"
#include "appraisal/pay_runs.h"
#include "appraisal/recorded.h"
#include "appraisal/simulate.h"
#include "policy/load.h"
#include "store/testing.h"

namespace guanhu::appraisal {
namespace {

using base::Date;
using base::Decimal;
using base::Instant;
using base::Json;

constexpr int64_t kHour = 3'600'000'000;

Date day(const std::string& text) { return Date::parse(text).value(); }

const policy::Pack& sample() {
  static const policy::Pack pack =
      policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "sample-pay").value();
  return pack;
}

PeopleFact fact(const std::string& of, const std::string& subject, const std::string& name, const char* value) {
  PeopleFact out;
  out.of = of, out.subject = subject, out.kind = "pay", out.name = name, out.document = "人字1号";
  out.value = Json::parse(value).value(), out.from = day("2025-01-01");
  return out;
}

Run results(int first, int second) {
  Run run{.scheme = "sample/经营业绩", .title = "经营业绩", .period = *base::Period::parse("2025-12")};
  for (const auto& [id, total] : {std::pair<std::string, int>{"S1", first}, {"S2", second}}) {
    HolderResult one;
    one.id = id, one.name = "人" + id, one.org = one.branch = "B1", one.total = Decimal(total);
    run.holders.push_back(one);
  }
  return run;
}

class SimulatedPayOnEngines : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {
        {"appraisal", run_migrations()},   {"recorded", recorded_migrations()},   {"run_life", life_migrations()},
        {"deposit", deposit_migrations()}, {"people_facts", people_migrations()}, {"pay", pay_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
  }
  // Everything the plan asks of everybody, recorded so many hours after the beginning.
  void record_base(int hour) {
    record({fact("bank", "", "岗位薪酬基数", "3000"),
            fact("bank", "", "岗位系数表", R"({"一级": 1.5, "二级": 1.2, "三级": 1})"),
            fact("bank", "", "补助表", R"({"一级": 800, "二级": 500, "三级": 300})"),
            fact("bank", "", "基本生活保障", "1500"), fact("bank", "", "奖金池总额", "1000")},
           hour);
  }
  void record(const std::vector<PeopleFact>& facts, int hour) {
    auto status = record_facts(*session_, &sample(), facts, {"hr", "H1", at(hour)});
    ASSERT_TRUE(status.ok()) << status.error().text();
  }
  Instant at(int hour) { return Instant{clock_.now().micros + hour * kHour + 1}; }
  base::Result<std::map<std::string, SimulatedPay>> pay(const appraisal::Run& run,
                                                        std::optional<Instant> known_at = {},
                                                        const char* pay_on = "2026-01-20") {
    PayChange ask;
    ask.pack = "sample-pay", ask.pay_on = day(pay_on), ask.known_at = known_at;
    return simulated_pay(*session_, people::Directory::of({}, {}), {&sample(), &ask, &run});
  }

  store::testing::Place place_{GetParam()};
  base::FixedClock clock_{Instant{1'700'000'000'000'000}};
  std::unique_ptr<store::Session> session_;
};

TEST_P(SimulatedPayOnEngines, WhatCannotBePaidIsRefusedAndWhatIsMissingIsOpen) {
  appraisal::Run run = results(90, 90);
  EXPECT_EQ(pay(run, {}, "2025-12-30").error().code, "pay.date");
  appraisal::Run nobody = run;
  nobody.holders.clear();
  EXPECT_EQ(pay(nobody).error().code, "pay.nobody");
  PayChange ask;
  ask.pack = "common", ask.pay_on = day("2026-01-20");
  auto common = policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "common").value();
  EXPECT_EQ(simulated_pay(*session_, people::Directory::of({}, {}), {&common, &ask, &run}).error().code,
            "pay.plan");
  auto open = pay(run);
  ASSERT_TRUE(open.ok()) << open.error().text();
  EXPECT_GT(open->at("S1").open, 0u) << "nothing is recorded yet";
  EXPECT_EQ(people_known_at(*session_), std::nullopt);
}

TEST_P(SimulatedPayOnEngines, OtherResultsDivideThePoolOtherwise) {
  record_base(0);
  auto was = pay(results(90, 90)), would = pay(results(100, 90));
  ASSERT_TRUE(was.ok() && would.ok());
  // 1,500 and half of 1,000; three tenths of the bonus are the person's own deposit.
  EXPECT_EQ(was->at("S1").cost, 200'000);
  EXPECT_EQ(was->at("S1").net, 185'000);
  EXPECT_EQ(was->at("S1").open, 0u);
  // 100 : 90 of 1,000.
  EXPECT_EQ(would->at("S1").cost, 202'632);
  EXPECT_EQ(would->at("S2").cost, 197'368);
  EXPECT_EQ(would->at("S1").cost + would->at("S2").cost, was->at("S1").cost + was->at("S2").cost);
}

TEST_P(SimulatedPayOnEngines, WhatBecameKnownLaterDoesNotCount) {
  record_base(0);
  record({fact("staff", "S1", "考核扣款额", "100")}, 2);
  EXPECT_EQ(pay(results(90, 90))->at("S1").cost, 190'000) << "by now";
  EXPECT_EQ(pay(results(90, 90), at(1))->at("S1").cost, 200'000) << "nobody knew of the deduction";
  EXPECT_EQ(pay(results(90, 90), at(2))->at("S1").cost, 190'000) << "from that moment on";
  // And what was withdrawn later counted then.
  auto deduction = people_facts(*session_, {.name = "考核扣款额"});
  ASSERT_TRUE(withdraw_fact(*session_, deduction.at(0).id, "撤销", {"hr", "H1", at(4)}).ok());
  EXPECT_EQ(pay(results(90, 90))->at("S1").cost, 200'000);
  EXPECT_EQ(pay(results(90, 90), at(3))->at("S1").cost, 190'000);
  EXPECT_EQ(pay(results(90, 90), at(4))->at("S1").cost, 200'000);
  EXPECT_EQ(people_known_at(*session_), at(4));
}

TEST_P(SimulatedPayOnEngines, ThePeriodsApprovedPayRunSaysWhatIsKnown) {
  record_base(0);
  EXPECT_EQ(pay_known_at(*session_, "sample-pay", "sample/经营业绩", "2025-12"), at(0)) << "there is no pay run";
  const int64_t run = save_run(*session_, results(90, 90), clock_);
  ASSERT_TRUE(publish(*session_, {run, "business", clock_.now(), day("2026-01-10"), day("2026-01-15"), "x"},
                      {"executive", clock_.now(), "公布"})
                  .ok());
  auto load = load_pay(*session_, sample(), "无", people::Directory::of({}, {}), {run, day("2026-01-20"), ""});
  ASSERT_TRUE(load.ok()) << load.error().text();
  const int64_t id = keep_pay(*session_, **load, compute_pay((*load)->work), {"hr", "H1", at(1)}).value();
  record({fact("staff", "S1", "考核扣款额", "100")}, 2);
  EXPECT_EQ(pay_known_at(*session_, "sample-pay", "sample/经营业绩", "2025-12"), at(2)) << "a draft says nothing";
  ASSERT_TRUE(approve_pay(*session_, id, "核对", {"chief", "H2", at(3)}).ok());
  EXPECT_EQ(pay_known_at(*session_, "sample-pay", "sample/经营业绩", "2025-12"), at(1))
      << "when it was worked out";
  EXPECT_EQ(pay_known_at(*session_, "sample-pay", "sample/经营业绩", "2025-11"), at(2)) << "another period";
}

TEST(SimulationAskOfPay, CarriesWhatIsKnownAndRefusesWhatIsNoMoment) {
  auto ask = [](const char* at) {
    return simulation_ask(
        *Json::parse(std::string(R"({"scheme": "sample/x", "period": "2025-12", "pay": {"pack": )"
                                 R"("sample-pay", "pay_on": "2026-01-20", "known_at": ")") +
                     at + "\"}}"));
  };
  EXPECT_EQ(ask("yesterday").error().code, "simulate.ask");
  EXPECT_EQ(ask("yesterday").error().where, "/pay/known_at");
  auto made = ask("2026-01-21T08:00:00Z");
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(made->pay->known_at->str(), "2026-01-21T08:00:00Z");
  EXPECT_EQ(simulation_ask(to_json(*made))->pay->known_at, made->pay->known_at) << "kept and read again";
}

INSTANTIATE_TEST_SUITE_P(Engines, SimulatedPayOnEngines,
                         ::testing::Values(store::Engine::sqlite, store::Engine::postgres), [](const auto& one) {
                           return one.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::appraisal
