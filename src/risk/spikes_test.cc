// Month-end spikes and money that passes through, on both sides of every threshold of the shipped pack.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "measures/engine.h"
#include "risk/books.h"
#include "risk/testing.h"

namespace guanhu::risk {
namespace {

using testing::date;
using testing::SmallBank;

class Spikes : public testing::OnEngine {};
class Passing : public testing::OnEngine {};

std::vector<std::string> subjects(const std::vector<Finding>& all, const std::string& kind) {
  std::vector<std::string> out;
  for (const Finding& f : all)
    if (f.subject_kind == kind) out.push_back(f.day.str() + " " + f.subject_id);
  return out;
}

TEST_P(Spikes, QuietBankHasNone) {
  SmallBank bank(GetParam());
  for (int c = 1; c <= 4; ++c) bank.balance(SmallBank::number("A", c), "2025-01-01", "1000000");
  bank.import("2026-01-20");
  EXPECT_TRUE(bank.find("2025Q4", Kind::spike).empty());
  EXPECT_TRUE(bank.find("2025Q4", Kind::passing).empty());
}

// November has 30 days. With b on 29 days and b + x on the last, the deviation is (29 x / 30) / (b + x / 30):
// exactly 4 % of the average at b = 2860, x = 120 (average 2864, end 2980 above by 116 = 4.05 %)... worked
// out instead as x = 30 k, average b + k, above 29 k: 29 k = 4 % (b + k) at b = 724 k.
TEST_P(Spikes, FourPercentOfTheBankIsAllowedAFenMoreIsNot) {
  for (bool more : {false, true}) {
    SmallBank bank(GetParam(), 1);
    bank.balance("A1", "2025-01-01", "72400000");
    bank.balance("A1", "2025-11-30", more ? "75400000.01" : "75400000");
    bank.import("2025-12-31");
    auto found = bank.find("2025-11", Kind::spike);
    EXPECT_EQ(subjects(found, "bank").size(), more ? 1u : 0u);
    // The branch has the same limit and a least amount, which 2.9 million are over.
    EXPECT_EQ(subjects(found, "organisation").size(), more ? 1u : 0u);
    EXPECT_TRUE(subjects(found, "manager").empty());
  }
}

TEST_P(Spikes, AManagerNeedsBothTheDeviationAndTheAmount) {
  // x = 30 k: above 29 k, average b + k: 10 % at b = 289 k. 29 k = 300,000 at k = 10,344.83.
  auto found = [&](const char* before, const char* end) {
    SmallBank bank(GetParam(), 1);
    bank.balance("A1", "2025-01-01", before);
    bank.balance("A1", "2025-11-30", end);
    bank.import("2025-12-31");
    return subjects(bank.find("2025-11", Kind::spike), "manager").size();
  };
  EXPECT_EQ(found("5780000", "6380000"), 0u);     // k = 20,000: exactly 10 %
  EXPECT_EQ(found("5780000", "6380000.30"), 1u);  // above it
  EXPECT_EQ(found("0", "310344.81"), 0u);         // above by 299,999.98
  EXPECT_EQ(found("0", "310344.83"), 1u);         // above by 300,000.00
}

TEST_P(Spikes, ACustomersMoneyMustLeaveAgain) {
  auto found = [&](const char* fell_on, const char* left) {
    SmallBank bank(GetParam(), 1);
    bank.balance("A1", "2025-01-01", "0");
    bank.balance("A1", "2025-11-30", "300000");  // average 10,000, above 290,000: half of it is 145,000
    bank.balance("A1", fell_on, left);
    bank.import("2026-01-31");
    return subjects(bank.find("2025-11", Kind::spike), "customer").size();
  };
  EXPECT_EQ(found("2026-01-05", "0"), 0u);          // stays
  EXPECT_EQ(found("2025-12-10", "0"), 1u);          // the tenth day
  EXPECT_EQ(found("2025-12-11", "0"), 0u);          // the eleventh
  EXPECT_EQ(found("2025-12-02", "155000"), 1u);     // 145,000 left
  EXPECT_EQ(found("2025-12-02", "155000.01"), 0u);  // a fen less
}

TEST_P(Spikes, WhatNobodyReportedYetHasNotLeft) {
  SmallBank bank(GetParam(), 1);
  bank.balance("A1", "2025-11-30", "300000");
  bank.import("2025-11-30");
  auto scan = bank.scan("2025-11", testing::shipped_rules(), {Kind::spike});
  EXPECT_TRUE(subjects(scan.findings, "customer").empty());
  EXPECT_FALSE(scan.notes.empty());
}

TEST_P(Spikes, MoneyMovedBetweenOwnAccountsIsTheAccountsSpike) {
  SmallBank bank(GetParam(), 1);
  bank.account("A9", "C1", "M2");
  bank.balance("A1", "2025-01-01", "300000");
  bank.balance("A1", "2025-11-30", "0");
  bank.balance("A9", "2025-11-30", "300000");
  bank.balance("A1", "2025-12-02", "300000");
  bank.balance("A9", "2025-12-02", "0");
  bank.import("2025-12-31");
  auto found = bank.find("2025-11", Kind::spike);
  EXPECT_TRUE(subjects(found, "customer").empty());
  EXPECT_EQ(subjects(found, "account"), (std::vector<std::string>{"2025-11-30 A9"}));
}

TEST_P(Spikes, EveryMonthEndOfThePeriodCounts) {
  SmallBank bank(GetParam(), 1);
  for (const char* end : {"2025-10-31", "2025-12-31"}) {
    bank.balance("A1", end, "300000");
    bank.balance("A1", (date(end) + 2).str(), "0");
  }
  bank.import("2026-01-20");
  EXPECT_EQ(subjects(bank.find("2025Q4", Kind::spike), "customer"),
            (std::vector<std::string>{"2025-10-31 C1", "2025-12-31 C1"}));
}

// What the figures would be: the engine's own, over a bank in which the money never came.
TEST_P(Spikes, TheFigureWithoutItIsThatOfABankWithoutTheMoney) {
  auto write = [](SmallBank& bank, bool with) {
    bank.balance("A1", "2025-10-05", "200000");
    bank.balance("A3", "2025-10-01", "777777.77");
    // Above 200,000 on two days: the average is not 200,000, so the level is not, either.
    bank.balance("A1", "2025-11-29", with ? "800000" : "240000");  // average of November: 240,000
    bank.balance("A1", "2025-12-01", "200000");
    bank.import("2025-12-31");
  };
  SmallBank with(GetParam()), without(GetParam());
  write(with, true), write(without, false);
  auto found = with.find("2025-11", Kind::spike);
  auto f = std::find_if(found.begin(), found.end(), [](const Finding& x) { return x.subject_kind == "customer"; });
  ASSERT_NE(f, found.end());
  EXPECT_EQ(f->amount, 56'000'000);
  EXPECT_EQ(f->managers, (std::vector<std::string>{"M1"}));
  auto pack = policy::open_pack(testing::kPolicies, "sample");
  ASSERT_TRUE(pack.ok());
  auto figure = [&](SmallBank& bank, const char* name) {
    auto engine = measures::Engine::open(bank.bank().warehouse(), {});
    auto values = (*engine)->evaluate(*pack->measure(name), testing::period("2025-11"),
                                      {{measures::HolderKind::manager, "M1"}});
    return values->values[0]->str();
  };
  ASSERT_EQ(f->effects.size(), 2u);
  EXPECT_EQ(base::Decimal::fen(f->effects[0].with).str(), figure(with, "存款日均余额"));
  EXPECT_EQ(base::Decimal::fen(f->effects[0].without).str(), figure(without, "存款日均余额"));
  EXPECT_EQ(f->effects[1].with, 80'000'000 + 77'777'777);
  EXPECT_EQ(f->effects[1].without, 24'000'000 + 77'777'777);
}

TEST_P(Passing, InOnTheFirstDayOfTheWindowCountsADayEarlierDoesNot) {
  auto found = [&](const char* in, const char* out) {
    SmallBank bank(GetParam(), 1);
    bank.balance("A1", "2025-01-01", "50000");
    bank.balance("A1", in, "250000");
    bank.balance("A1", out, "50000");
    bank.import("2026-01-20");
    return bank.find("2025-12", Kind::passing).size();
  };
  EXPECT_EQ(found("2025-12-27", "2026-01-05"), 1u);  // five days before and after
  EXPECT_EQ(found("2025-12-26", "2026-01-05"), 0u);
  EXPECT_EQ(found("2025-12-27", "2026-01-06"), 0u);
  EXPECT_EQ(found("2025-12-31", "2026-01-01"), 1u);
}

TEST_P(Passing, AmountAndToleranceIncludeTheirEnds) {
  auto found = [&](const char* in, const char* left) {
    SmallBank bank(GetParam(), 1);
    bank.balance("A1", "2025-01-01", "0");
    bank.balance("A1", "2025-12-30", in);
    bank.balance("A1", "2026-01-03", left);
    bank.import("2026-01-20");
    return bank.find("2025-12", Kind::passing).size();
  };
  EXPECT_EQ(found("100000", "0"), 1u);
  EXPECT_EQ(found("99999.99", "0"), 0u);
  EXPECT_EQ(found("200000", "20000"), 1u);  // 10 % stay
  EXPECT_EQ(found("200000", "20000.01"), 0u);
}

TEST_P(Passing, NamesItsRowsAndTheMoneysDays) {
  SmallBank bank(GetParam(), 1);
  bank.balance("A1", "2025-01-01", "1000");
  bank.balance("A1", "2025-12-29", "201000");
  bank.balance("A1", "2026-01-04", "1000");
  bank.move("T1", "A1", "2025-12-29T09:00:00", "200000", "X9");
  bank.move("T2", "A1", "2026-01-04T09:00:00", "-200000", "X9");
  bank.import("2026-01-20");
  auto found = bank.find("2025-12", Kind::passing);
  ASSERT_EQ(found.size(), 1u);
  const Finding& f = found[0];
  EXPECT_EQ(f.amount, 20'000'000);
  std::set<std::string> rows;
  for (const Evidence& e : f.evidence) rows.insert(e.table + " " + e.id + " line " + std::to_string(e.line));
  EXPECT_TRUE(rows.contains("transactions T1 line 2"));
  EXPECT_TRUE(rows.contains("transactions T2 line 3"));
  EXPECT_TRUE(rows.contains("balances A1 2025-12-29 line 3"));
  ASSERT_EQ(f.effects.size(), 2u);
  // 200,000 on 29, 30 and 31 December, of 31 days.
  EXPECT_EQ(f.effects[0].with - f.effects[0].without, 1'935'484);
  EXPECT_EQ(f.effects[1].without, 100'000);
}

// Deviation by plain SQL: every account's balance of every day by a join with all days, nothing shared.
TEST_P(Spikes, SameAsPlainSql) {
  SmallBank bank(GetParam(), 12, 3);
  uint64_t seed = 20251231;
  auto below = [&](uint64_t n) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (seed >> 33) % n;
  };
  for (int c = 1; c <= 12; ++c)
    for (base::Date day = date("2025-09-20"); day < date("2026-01-15"); day = day + 1 + static_cast<int>(below(9)))
      bank.balance(SmallBank::number("A", c), day.str(), std::to_string(below(900'000)));
  bank.import("2026-01-20");
  auto found = bank.find("2025Q4", Kind::spike);
  std::set<std::string> ours, theirs;
  for (const Finding& f : found)
    if (f.subject_kind == "customer")
      ours.insert(f.day.str() + " " + f.subject_id + " " + std::to_string(f.amount));
  const warehouse::Type types[] = {warehouse::Type::date,  warehouse::Type::text,  warehouse::Type::int64,
                                   warehouse::Type::int64, warehouse::Type::int64, warehouse::Type::int32};
  bank.bank().warehouse().scan(
      "WITH RECURSIVE days(day) AS (SELECT DATE '2025-10-01' UNION ALL SELECT CAST(day + INTERVAL '1 day' AS "
      "DATE) "
      "FROM days WHERE day < DATE '2026-01-10'), "
      "each AS (SELECT d.day, a.customer_id, COALESCE((SELECT b.balance FROM f_balances b WHERE b.account = "
      "a.account "
      "AND b.date <= d.day ORDER BY b.date DESC LIMIT 1), 0) AS balance FROM days d CROSS JOIN f_accounts a), "
      "ends AS (SELECT e.day, e.customer_id, e.balance AS at_end FROM each e WHERE EXTRACT(DAY FROM CAST(e.day + "
      "INTERVAL '1 day' AS DATE)) = 1) "
      "SELECT m.day, m.customer_id, m.at_end, (SELECT CAST(sum(e.balance) AS BIGINT) FROM each e WHERE "
      "e.customer_id = "
      "m.customer_id AND e.day <= m.day AND EXTRACT(MONTH FROM e.day) = EXTRACT(MONTH FROM m.day)), "
      "(SELECT min(e.balance) FROM each e WHERE e.customer_id = m.customer_id AND e.day > m.day AND e.day <= "
      "CAST(m.day "
      "+ INTERVAL '10 day' AS DATE)), CAST(EXTRACT(DAY FROM m.day) AS INTEGER) FROM ends m",
      types, [&](const warehouse::Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i) {
          base::Int128 end = c.columns[2].i64[i], sum = c.columns[3].i64[i], least = c.columns[4].i64[i];
          int n = c.columns[5].i32[i];
          bool deviates = (end * n - sum) * 2 > sum && end * n - sum >= base::Int128{10'000'000} * n;
          bool falls = (end - least) * n * 2 >= end * n - sum && end > least;
          if (!deviates || !falls) continue;
          auto above = static_cast<int64_t>(end - base::divide_half_up(sum, n));
          theirs.insert(base::Date(c.columns[0].i32[i]).str() + " " + std::string(c.columns[1].text[i]) + " " +
                        std::to_string(above));
        }
      });
  EXPECT_GT(theirs.size(), 3u);
  EXPECT_EQ(ours, theirs);
}

const auto kEngines = ::testing::Values(store::Engine::sqlite, store::Engine::postgres);
const auto kName = [](const auto& i) { return i.param == store::Engine::sqlite ? "Embedded" : "Postgres"; };
INSTANTIATE_TEST_SUITE_P(Engines, Spikes, kEngines, kName);
INSTANTIATE_TEST_SUITE_P(Engines, Passing, kEngines, kName);

}  // namespace
}  // namespace guanhu::risk
