// Loan money that returns, circles and split sales in a bank that was imported, on both sides of every threshold
// of the shipped pack.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "risk/testing.h"

namespace guanhu::risk {
namespace {

using testing::SmallBank;

class Returns : public testing::OnEngine {};
class Rings : public testing::OnEngine {};
class Splits : public testing::OnEngine {};

std::set<std::string> rows(const Finding& f) {
  std::set<std::string> out;
  for (const Evidence& e : f.evidence) out.insert(e.table + " " + e.id + " " + e.business_date.str());
  return out;
}

// A loan of 100,000 to C1 on 10 December, booked at ten.
void lend(SmallBank& bank) {
  bank.loan("L1", "C1", "2025-12-10", "100000");
  bank.move("D1", "A1", "2025-12-10T10:00:00", "100000", "", "loan_disbursement");
}

TEST_P(Returns, NothingComesBack) {
  SmallBank bank(GetParam());
  lend(bank);
  bank.move("T0", "A1", "2025-12-10T09:59:59", "100000", "X");           // before the disbursement
  bank.move("T1", "A1", "2025-12-11T09:00:00", "100000", "", "salary");  // a kind that does not count
  bank.move("T2", "A2", "2025-12-11T09:00:00", "100000", "X");           // nobody connected
  bank.move("T3", "A1", "2025-12-11T10:00:00", "-100000", "X");          // goes out
  bank.import("2026-01-20");
  EXPECT_TRUE(bank.find("2025-12", Kind::loan_return).empty());
}

TEST_P(Returns, SevenDaysCountEightDoNot) {
  auto found = [&](const char* time) {
    SmallBank bank(GetParam());
    lend(bank);
    bank.move("T1", "A1", time, "100000", "X");
    bank.import("2026-01-20");
    return bank.find("2025-12", Kind::loan_return).size();
  };
  EXPECT_EQ(found("2025-12-10T10:00:01"), 1u);
  EXPECT_EQ(found("2025-12-17T23:59:59"), 1u);
  EXPECT_EQ(found("2025-12-18T00:00:00"), 0u);
}

TEST_P(Returns, TenPerCentMoreOrLessCount) {
  auto found = [&](const char* amount) {
    SmallBank bank(GetParam());
    lend(bank);
    bank.move("T1", "A1", "2025-12-11T09:00:00", amount, "X");
    bank.import("2026-01-20");
    return bank.find("2025-12", Kind::loan_return).size();
  };
  EXPECT_EQ(found("90000"), 1u);
  EXPECT_EQ(found("89999.99"), 0u);
  EXPECT_EQ(found("110000"), 1u);
  EXPECT_EQ(found("110000.01"), 0u);
}

TEST_P(Returns, SeveralTogetherCountWhenEachIsLargeEnough) {
  auto found = [&](const char* small) {
    SmallBank bank(GetParam());
    lend(bank);
    bank.move("T1", "A1", "2025-12-11T09:00:00", "50000", "X");
    bank.move("T2", "A1", "2025-12-12T09:00:00", "36000", "Y");
    bank.move("T3", "A1", "2025-12-13T09:00:00", small, "Z");
    bank.import("2026-01-20");
    return bank.find("2025-12", Kind::loan_return);
  };
  ASSERT_EQ(found("5000").size(), 1u);
  EXPECT_EQ(found("5000")[0].amount, 9'100'000);
  EXPECT_TRUE(found("4999.99").empty());
}

TEST_P(Returns, ToConnectedPeopleWhileTheyAreConnected) {
  auto found = [&](const std::string& relation) {
    SmallBank bank(GetParam());
    lend(bank);
    if (!relation.empty()) bank.line("relations", relation);
    bank.move("T1", "A2", "2025-12-11T09:00:00", "100000", "X");
    bank.import("2026-01-20");
    return bank.find("2025-12", Kind::loan_return).size();
  };
  EXPECT_EQ(found(""), 0u);
  EXPECT_EQ(found("C1,C2,spouse,,2020-01-01,"), 1u);
  EXPECT_EQ(found("C2,C1,spouse,,2020-01-01,"), 1u);
  EXPECT_EQ(found("C1,C2,spouse,,2020-01-01,2025-12-09"), 0u);
  EXPECT_EQ(found("C1,C2,spouse,,2020-01-01,2025-12-10"), 1u);
  EXPECT_EQ(found("C1,C2,spouse,,2025-12-11,"), 0u);
}

TEST_P(Returns, SmallLoansDoNotCount) {
  auto found = [&](const char* principal) {
    SmallBank bank(GetParam());
    bank.loan("L1", "C1", "2025-12-10", principal);
    bank.move("T1", "A1", "2025-12-11T09:00:00", principal, "X");
    bank.import("2026-01-20");
    return bank.find("2025-12", Kind::loan_return).size();
  };
  EXPECT_EQ(found("50000"), 1u);
  EXPECT_EQ(found("49999.99"), 0u);
}

TEST_P(Returns, TheDisbursementItselfIsNoReturn) {
  SmallBank bank(GetParam());
  bank.loan("L1", "C1", "2025-12-10", "100000");
  bank.move("T1", "A1", "2025-12-10T09:00:00", "100000", "", "other");  // booked as something else
  bank.import("2026-01-20");
  EXPECT_TRUE(bank.find("2025-12", Kind::loan_return).empty());
}

TEST_P(Returns, SaysWhoWhatAndWhatTheFigureWouldBe) {
  SmallBank bank(GetParam());
  lend(bank);
  bank.line("relations", "C1,C2,family,,2020-01-01,");
  bank.move("T1", "A2", "2025-12-12T09:00:00", "100000", "X");
  bank.balance("A2", "2025-12-01", "1000");
  bank.balance("A2", "2025-12-12", "101000");
  bank.balance("A2", "2025-12-22", "61000");  // of the money 60,000 are left; it counts to what is there
  bank.import("2026-01-20");
  auto found = bank.find("2025-12", Kind::loan_return);
  ASSERT_EQ(found.size(), 1u);
  const Finding& f = found[0];
  EXPECT_EQ(f.subject_id, "L1");
  EXPECT_EQ(f.customer_id, "C1");
  EXPECT_EQ(f.managers, (std::vector<std::string>{"M1", "M2"}));  // of the loan, and of the deposit
  EXPECT_EQ(rows(f), (std::set<std::string>{"loans L1 2026-01-20", "transactions D1 2026-01-20",
                                            "transactions T1 2026-01-20"}));
  ASSERT_EQ(f.effects.size(), 2u);
  EXPECT_EQ(f.effects[1].with, 6'100'000);
  EXPECT_EQ(f.effects[1].without, 0);
  // 1,000 x 11 days, then 1,000 x 10 days: what came in counts for all of 100,000 as long as it is there.
  EXPECT_EQ(f.effects[0].without, base::divide_half_up(100'000 * 21, 31));
}

// A ring C1 -> C2 -> ... -> C1, a transfer a day from 1 December on.
void ring(SmallBank& bank, int hops, const char* last_day = nullptr) {
  for (int i = 1; i <= hops; ++i) {
    std::string day = "2025-12-" + std::string(i < 10 ? "0" : "") + std::to_string(i);
    if (last_day && i == hops) day = last_day;
    bank.transfer("T" + std::to_string(i), SmallBank::number("A", i), SmallBank::number("A", i % hops + 1),
                  day + "T10:00:00", "50000");
  }
}

TEST_P(Rings, SixHopsAreFoundSevenAreNot) {
  for (int hops : {2, 6, 7}) {
    SmallBank bank(GetParam(), 8);
    ring(bank, hops);
    bank.import("2026-01-20");
    auto found = bank.find("2025-12", Kind::circle);
    ASSERT_EQ(found.size(), hops <= 6 ? 1u : 0u) << hops;
    if (hops == 7) continue;
    EXPECT_EQ(found[0].amount, 5'000'000);
    EXPECT_EQ(found[0].evidence.size(), static_cast<size_t>(hops));  // what both sides report is one transfer
    EXPECT_EQ(found[0].subject_id, "C1");
  }
}

TEST_P(Rings, TenDaysAreFoundElevenAreNot) {
  for (const char* last : {"2025-12-11", "2025-12-12"}) {
    SmallBank bank(GetParam());
    ring(bank, 3, last);
    bank.import("2026-01-20");
    EXPECT_EQ(bank.find("2025-12", Kind::circle).size(), std::string(last) == "2025-12-11" ? 1u : 0u) << last;
  }
}

TEST_P(Rings, SmallTransfersAndPartialReportsAndOtherBanks) {
  SmallBank bank(GetParam());
  bank.transfer("S", "A1", "A2", "2025-12-01T10:00:00", "49999.99");
  bank.transfer("S2", "A2", "A1", "2025-12-02T10:00:00", "49999.99");
  bank.import("2026-01-20");
  EXPECT_TRUE(bank.find("2025-12", Kind::circle).empty());
  SmallBank other(GetParam());
  other.move("O1", "A1", "2025-12-01T10:00:00", "-80000", "X7");  // through an account elsewhere
  other.move("O2", "A2", "2025-12-02T10:00:00", "79000", "X7");
  other.move("O3", "A2", "2025-12-03T10:00:00", "-79000", "A1");  // reported by one side only
  other.import("2026-01-20");
  EXPECT_EQ(other.find("2025-12", Kind::circle).size(), 1u);
}

TEST_P(Rings, OneCustomersAccountsAreOneParty) {
  SmallBank bank(GetParam());
  bank.account("A9", "C2", "M2");
  bank.transfer("T1", "A1", "A2", "2025-12-01T10:00:00", "60000");
  bank.transfer("T2", "A9", "A1", "2025-12-02T10:00:00", "60000");  // out of C2's other account
  bank.import("2026-01-20");
  EXPECT_EQ(bank.find("2025-12", Kind::circle).size(), 1u);
  SmallBank own(GetParam());
  own.account("A9", "C1", "M1");
  own.transfer("T1", "A1", "A9", "2025-12-01T10:00:00", "60000");
  own.transfer("T2", "A9", "A1", "2025-12-02T10:00:00", "60000");
  own.import("2026-01-20");
  EXPECT_TRUE(own.find("2025-12", Kind::circle).empty());
}

TEST_P(Rings, BelongToThePeriodInWhichTheyClose) {
  SmallBank bank(GetParam());
  bank.transfer("T1", "A1", "A2", "2025-11-28T10:00:00", "60000");
  bank.transfer("T2", "A2", "A1", "2025-12-02T10:00:00", "60000");
  bank.import("2026-01-20");
  EXPECT_TRUE(bank.find("2025-11", Kind::circle).empty());
  auto found = bank.find("2025-12", Kind::circle);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(bank.find("2025", Kind::circle).at(0).id, found[0].id);
}

TEST_P(Rings, ARowThatALaterDateCorrectsDoesNotCount) {
  SmallBank bank(GetParam());
  bank.transfer("T1", "A1", "A2", "2025-12-01T10:00:00", "60000");
  bank.move("T2o", "A2", "2025-12-02T10:00:00", "-60000", "A1");
  bank.import("2025-12-05");
  EXPECT_EQ(bank.find("2025-12", Kind::circle).size(), 1u);
  bank.move("T2o", "A2", "2025-12-02T10:00:00", "-600", "A1");  // a slip of the comma
  bank.import("2025-12-08");
  EXPECT_TRUE(bank.find("2025-12", Kind::circle).empty());
}

TEST_P(Splits, ThreeDaysApartIsARunFourAreNot) {
  auto found = [&](const char* second) {
    SmallBank bank(GetParam());
    bank.sale("S1", "2025-12-01", "C1", "M1", "wealth");
    bank.sale("S2", second, "C1", "M1", "wealth");
    bank.import("2026-01-20");
    return bank.find("2025-12", Kind::split).size();
  };
  EXPECT_EQ(found("2025-12-04"), 1u);
  EXPECT_EQ(found("2025-12-05"), 0u);
}

TEST_P(Splits, OneCustomerOneProductOneSeller) {
  auto found = [&](const char* customer, const char* staff, const char* product) {
    SmallBank bank(GetParam());
    bank.sale("S1", "2025-12-01", "C1", "M1", "wealth");
    bank.sale("S2", "2025-12-02", customer, staff, product);
    bank.import("2026-01-20");
    return bank.find("2025-12", Kind::split).size();
  };
  EXPECT_EQ(found("C2", "M1", "wealth"), 0u);
  EXPECT_EQ(found("C1", "M2", "wealth"), 0u);
  EXPECT_EQ(found("C1", "M1", "fund"), 0u);
  EXPECT_EQ(found("C1", "M1", "wealth"), 1u);
}

TEST_P(Splits, ProductsThatAreNotPaidByTheSaleDoNotCount) {
  SmallBank bank(GetParam());
  for (const char* id : {"S1", "S2", "S3"}) bank.sale(id, "2025-12-01", "C1", "M1", "e_banking");
  bank.import("2026-01-20");
  EXPECT_TRUE(bank.find("2025-12", Kind::split).empty());
}

TEST_P(Splits, ARunCountsOnce) {
  SmallBank bank(GetParam());
  bank.sale("S0", "2025-11-29", "C1", "M1", "wealth");  // the run begins before the period
  for (const char* id : {"S1", "S2", "S3"}) bank.sale(id, "2025-12-02", "C1", "M1", "wealth");
  bank.sale("S9", "2025-12-20", "C2", "M1", "other");
  bank.import("2026-01-20");
  auto found = bank.find("2025-12", Kind::split);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].amount, 3);
  ASSERT_EQ(found[0].effects.size(), 1u);
  EXPECT_EQ(found[0].effects[0].with, 4);
  EXPECT_EQ(found[0].effects[0].without, 1);
  EXPECT_EQ(rows(found[0]).size(), 4u);
}

const auto kEngines = ::testing::Values(store::Engine::sqlite, store::Engine::postgres);
const auto kName = [](const auto& i) { return i.param == store::Engine::sqlite ? "Embedded" : "Postgres"; };
INSTANTIATE_TEST_SUITE_P(Engines, Returns, kEngines, kName);
INSTANTIATE_TEST_SUITE_P(Engines, Rings, kEngines, kName);
INSTANTIATE_TEST_SUITE_P(Engines, Splits, kEngines, kName);

}  // namespace
}  // namespace guanhu::risk
