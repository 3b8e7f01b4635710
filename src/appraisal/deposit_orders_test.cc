// What is proposed for risk deposits: decided by the pack, booked by somebody else, whole or not at all.
#include <gtest/gtest.h>

#include <thread>

#include "appraisal/deposit_outlook.h"
#include "appraisal/deposit_testing.h"
#include "policy/load.h"

namespace guanhu::appraisal {
namespace {

using base::Date;
using base::Decimal;
using base::Fen;
using base::Json;

Date day(const char* text) { return Date::parse(text).value(); }

const policy::Pack& pack(const char* id) {
  static std::map<std::string, policy::Pack> opened;
  auto it = opened.find(id);
  if (it == opened.end())
    it = opened.emplace(id, policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", id).value()).first;
  return it->second;
}

class Orders : public testing::DepositBank {
 protected:
  static OrderText text(const char* on, const char* subject = "借据 L1") {
    return {day(on), subject, "认定1号", "按办法"};
  }
  base::Result<int64_t> draw(Fen loss, std::vector<Liable> liable) {
    return propose_draw(*session_, pack("sample-pay"), loss, liable, text("2025-06-30"), by("risk", "R1"));
  }
  static std::vector<Liable> two(const char* a, const char* b) {
    return {{"S1", "客户经理", *Decimal::parse(a)}, {"S2", "部门信贷经理", *Decimal::parse(b)}};
  }
  Fen balance(const std::string& staff) { return balance_of(*session_, staff, "deposit"); }

  people::Directory nobody_ = people::Directory::of({}, {});
};

TEST_P(Orders, APackThatSaysNothingIsToldSo) {
  withhold("S1", 1'000, "2020-12-31");
  EXPECT_EQ(
      propose_release(*session_, pack("county-rcc-rules"), nobody_, text("2025-12-31"), by("hr")).error().code,
      "order.plan");
}

TEST_P(Orders, ADrawNeedsPeopleAndSharesThatThePackAccepts) {
  EXPECT_EQ(draw(0, two("0.7", "0.3")).error().code, "order.amount");
  EXPECT_EQ(draw(100, {}).error().code, "order.shares");
  EXPECT_EQ(draw(100, {{"S1", "客户经理", 1}, {"S1", "部门信贷经理", 0}}).error().code, "order.shares");
  EXPECT_EQ(draw(100, {{"S1", "客户经理", 1}}).error().code, "decide.refused") << "RDP-601: both answer";
  EXPECT_EQ(draw(100, two("0.7", "0.31")).error().code, "decide.refused");
  EXPECT_EQ(propose_draw(*session_, pack("sample-pay"), 100, two("0.7", "0.3"), {day("2025-06-30"), "L1", "", "x"},
                         by("risk"))
                .error()
                .code,
            "order.document");
}

TEST_P(Orders, ALossIsSharedToTheFenAndWhatIsNotThereStaysOwed) {
  withhold("S1", 10'000, "2025-01-31");
  withhold("S2", 1'000, "2025-01-31");
  auto id = draw(10'001, two("0.5", "0.5"));
  ASSERT_TRUE(id.ok()) << id.error().text();
  EXPECT_EQ(balance("S1"), 10'000) << "nothing moves before it is decided";
  EXPECT_EQ(decide_order(*session_, *id, true, "x", by("risk")).error().code, "order.self");
  EXPECT_EQ(decide_order(*session_, *id, true, "x", by("other", "R1")).error().code, "order.self");
  EXPECT_EQ(decide_order(*session_, *id, true, "x", by("other", "S2")).error().code, "order.self");
  EXPECT_EQ(decide_order(*session_, *id, true, " ", by("hr")).error().code, "order.reason");
  EXPECT_EQ(decide_order(*session_, *id + 1, true, "x", by("hr")).error().code, "order.unknown");
  auto booked = decide_order(*session_, *id, true, "属实", by("hr", "H1"));
  ASSERT_TRUE(booked.ok()) << booked.error().text();
  EXPECT_EQ(booked->lines[0].due, 5'001);
  EXPECT_EQ(booked->lines[1].due, 5'000);
  EXPECT_EQ(booked->lines[1].booked, 1'000);
  EXPECT_EQ(booked->lines[1].short_of, 4'000);
  EXPECT_EQ(balance("S1"), 4'999);
  EXPECT_EQ(balance("S2"), 0);
  EXPECT_EQ(decide_order(*session_, *id, true, "再", by("hr")).error().code, "order.state");
  EXPECT_TRUE(ledger_faults(*session_).empty());
}

TEST_P(Orders, TwoLossesAtOnceDoNotTakeTheSameMoney) {
  withhold("S1", 10'000, "2025-01-31");
  withhold("S2", 10'000, "2025-01-31");
  int64_t a = draw(16'000, two("0.5", "0.5")).value(), b = draw(16'000, two("0.5", "0.5")).value();
  std::vector<std::thread> both;
  for (int64_t id : {a, b})
    both.emplace_back([this, id] {
      auto session = place_.open();
      EXPECT_TRUE(decide_order(*session, id, true, "属实", {"hr", "H1", base::Instant{0}}).ok());
    });
  for (auto& thread : both) thread.join();
  Fen taken = 0, owed = 0;
  for (const auto& order : deposit_orders(*session_))
    for (const auto& line : order.lines) taken += line.booked, owed += line.short_of;
  EXPECT_EQ(taken, 20'000);
  EXPECT_EQ(owed, 12'000);
  EXPECT_EQ(balance("S1") + balance("S2"), 0);
  EXPECT_TRUE(ledger_faults(*session_).empty());
}

TEST_P(Orders, ThreeYearsToTheDayAndOnlyWithoutBadLoans) {
  withhold("S1", 345'000, "2022-12-31");
  withhold("S1", 100, "2023-12-31");
  auto hr = by("hr", "H1");
  EXPECT_EQ(propose_release(*session_, pack("sample-pay"), nobody_, text("2025-12-30"), hr).error().code,
            "order.nothing");
  auto id = propose_release(*session_, pack("sample-pay"), nobody_, text("2025-12-31"), hr);
  ASSERT_TRUE(id.ok()) << id.error().text();
  EXPECT_EQ(deposit_orders(*session_, *id).front().amount, 345'000);
  PeopleFact bad;
  bad.of = "staff", bad.subject = "S1", bad.kind = "other", bad.name = "未化解不良余额", bad.document = "清单";
  bad.value = Json(1), bad.from = day("2025-01-01");
  ASSERT_TRUE(record_facts(*session_, &pack("sample-pay"), {bad}, hr).ok());
  EXPECT_EQ(propose_release(*session_, pack("sample-pay"), nobody_, text("2025-12-31"), hr).error().code,
            "order.nothing");
  ASSERT_TRUE(decide_order(*session_, *id, true, "到期", by("chief", "H2")).ok());
  EXPECT_EQ(balance("S1"), 100);
}

TEST_P(Orders, WhatComesBackWhenIsFoundToTheDay) {
  withhold("S1", 345'000, "2022-12-31");
  withhold("S1", 100, "2023-12-31");
  withhold("S2", 200, "2020-01-31");
  EXPECT_EQ(coming_releases(*session_, pack("county-rcc-rules"), nobody_, day("2025-06-30"), day("2026-06-30"))
                .error()
                .code,
            "order.plan");
  auto coming = coming_releases(*session_, pack("sample-pay"), nobody_, day("2025-06-30"), day("2026-12-30"));
  ASSERT_TRUE(coming.ok()) << coming.error().text();
  ASSERT_EQ(coming->size(), 2u) << "the third is due one day after the last";
  EXPECT_EQ((*coming)[0].staff, "S2");
  EXPECT_EQ((*coming)[0].due_on, day("2025-06-30")) << "due already";
  EXPECT_EQ((*coming)[1].due_on, day("2025-12-31"));
  EXPECT_EQ((*coming)[1].due, 345'000);
  EXPECT_EQ((*coming)[1].decision, "sample-pay/deposit-release");
  auto longer =
      coming_releases(*session_, pack("sample-pay"), nobody_, day("2025-06-30"), day("2026-12-31"), "S1");
  ASSERT_EQ(longer->size(), 2u) << "S1's only, with the day itself";
  EXPECT_EQ((*longer)[1].due_on, day("2026-12-31"));
}

TEST_P(Orders, TheBanksSideCancelsThatOfThePeople) {
  EXPECT_EQ(fund_balances(*session_).size(), 0u);
  withhold("S1", 10'000, "2025-01-31");
  withhold("S2", 1'000, "2025-01-31");
  ASSERT_TRUE(decide_order(*session_, draw(1'500, two("0.5", "0.5")).value(), true, "属实", by("hr", "H1")).ok());
  auto all = fund_balances(*session_);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].balance, 9'500);
  EXPECT_EQ(all[0].people, 2);
  EXPECT_EQ(all[0].bookings, 4);
  Fen bank = 0;
  for (const auto& [account, amount] : all[0].bank) bank += amount;
  EXPECT_EQ(all[0].bank.size(), 2u) << "what was withheld, what was drawn";
  EXPECT_EQ(bank, -9'500);
  EXPECT_EQ(all[0].difference, 0);
}

TEST_P(Orders, InterestByBalanceDaysAtTheRateThatIsRecorded) {
  withhold("S1", 10'000'000, "2025-01-01");
  auto hr = by("hr", "H1");
  auto ask = [&] {
    return propose_interest(*session_, pack("sample-pay"), nobody_, day("2025-01-01"), text("2025-01-31"), hr);
  };
  EXPECT_EQ(ask().error().code, "order.nothing") << "no rate, no interest";
  PeopleFact rate;
  rate.of = "bank", rate.kind = "pay", rate.name = "保证金年利率", rate.document = "通知",
  rate.from = day("2025-01-01");
  rate.value = Json(*Decimal::parse("0.0036"));
  ASSERT_TRUE(record_facts(*session_, &pack("sample-pay"), {rate}, hr).ok());
  auto id = ask();
  ASSERT_TRUE(id.ok()) << id.error().text();
  // 100,000 元 for 31 days at 0.36 % a year of 360 days: 31.00 元.
  EXPECT_EQ(deposit_orders(*session_, *id).front().amount, 3'100);
}

TEST_P(Orders, NothingIsReturnedBeforeTheAudit) {
  withhold("S1", 5'000, "2025-01-01");
  auto hr = by("hr", "H1");
  auto ask = [&] { return propose_return(*session_, pack("sample-pay"), nobody_, "S1", text("2025-06-30"), hr); };
  EXPECT_EQ(ask().error().code, "decide.input.missing");
  auto record = [&](const char* name, const char* value) {
    PeopleFact fact;
    fact.of = "staff", fact.subject = "S1", fact.kind = "other", fact.name = name, fact.document = "文";
    fact.value = Json::parse(value).value(), fact.from = day("2025-05-01");
    ASSERT_TRUE(record_facts(*session_, &pack("sample-pay"), {fact}, hr).ok());
  };
  record("离岗类型", "\"离职\"");
  auto early = ask();
  EXPECT_EQ(early.error().code, "order.return");
  EXPECT_NE(early.error().message.find("离任审计没有做完"), std::string::npos);
  record("离任审计完成", "true");
  auto id = ask();
  ASSERT_TRUE(id.ok()) << id.error().text();
  ASSERT_TRUE(decide_order(*session_, *id, true, "离职", by("chief", "H2")).ok());
  EXPECT_EQ(balance("S1"), 0);
}

TEST_P(Orders, AReversalIsDecidedByAnotherToo) {
  auto paid = propose_pay_in(*session_, "S1", "liability", 500, text("2025-01-01"), by("hr", "H1"));
  ASSERT_TRUE(decide_order(*session_, paid.value(), true, "收讫", by("chief", "H2")).ok());
  EXPECT_EQ(balance_of(*session_, "S1", "liability"), 500);
  const int64_t booking = bookings_of(*session_, "S1", "liability").front().id;
  EXPECT_EQ(propose_reversal(*session_, booking + 1, text("2025-01-02"), by("hr")).error().code,
            "deposit.reverse.unknown");
  auto id = propose_reversal(*session_, booking, text("2025-01-02"), by("hr", "H1"));
  ASSERT_TRUE(decide_order(*session_, id.value(), false, "不对", by("chief", "H2")).ok());
  EXPECT_EQ(balance_of(*session_, "S1", "liability"), 500) << "rejected: nothing moves";
  id = propose_reversal(*session_, booking, text("2025-01-02"), by("hr", "H1"));
  ASSERT_TRUE(decide_order(*session_, id.value(), true, "重复入账", by("chief", "H2")).ok());
  EXPECT_EQ(balance_of(*session_, "S1", "liability"), 0);
  EXPECT_EQ(propose_reversal(*session_, booking, text("2025-01-03"), by("hr")).error().code,
            "deposit.reverse.twice");
}

INSTANTIATE_TEST_SUITE_P(Engines, Orders, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& one) {
                           return one.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::appraisal
