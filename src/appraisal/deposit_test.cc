// Risk deposits: what is refused, that the books balance whatever happens to them, that two draws at once do not
// take the same money.
#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "appraisal/deposit_ledger.h"
#include "appraisal/pay_split.h"
#include "base/clock.h"
#include "store/testing.h"

namespace guanhu::appraisal {
namespace {

using base::Date;
using base::Decimal;
using base::Fen;

Date day(const char* text) { return Date::parse(text).value(); }

class Deposits : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {{"deposit", deposit_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
  }
  base::Result<Booking> book(const std::string& kind, Fen amount, const char* on = "2025-01-31",
                             const std::string& staff = "S1", std::optional<int64_t> reverses = {}) {
    return book_in(*session_, kind, amount, on, staff, reverses);
  }
  base::Result<Booking> book_in(store::Session& session, const std::string& kind, Fen amount, const char* on,
                                const std::string& staff, std::optional<int64_t> reverses) {
    BookingAsk ask;
    ask.staff = staff, ask.kind = kind, ask.on = day(on), ask.amount = amount, ask.reverses = reverses;
    ask.reason = "测试";
    std::optional<base::Result<Booking>> out;
    session.transaction([&] { out = appraisal::book(session, ask, {"hr", "H1", clock_.now()}); });
    return *out;
  }

  store::testing::Place place_{GetParam()};
  base::FixedClock clock_{base::Instant{0}};
  std::unique_ptr<store::Session> session_;
};

TEST_P(Deposits, RefusesWhatCannotBe) {
  EXPECT_EQ(book("lent", 1).error().code, "deposit.kind");
  EXPECT_EQ(book("withheld", 0).error().code, "deposit.amount");
  EXPECT_EQ(book("withheld", -1).error().code, "deposit.amount");
  EXPECT_EQ(book("withheld", 1, "2025-01-31", "").error().code, "deposit.staff");
  EXPECT_EQ(book("drawn", 1).error().code, "deposit.short");
  EXPECT_EQ(book("reversal", 0, "2025-01-31", "S1", 7).error().code, "deposit.reverse.unknown");
  BookingAsk silent;
  silent.staff = "S1", silent.kind = "paid_in", silent.amount = 100, silent.on = day("2025-01-31");
  silent.reason = " \n";
  session_->transaction([&] {
    EXPECT_EQ(appraisal::book(*session_, silent, {"hr", "H1", clock_.now()}).error().code, "deposit.reason");
    silent.reason = "x", silent.fund = "pension";
    EXPECT_EQ(appraisal::book(*session_, silent, {"hr", "H1", clock_.now()}).error().code, "deposit.fund");
  });
  EXPECT_TRUE(bookings_of(*session_, "S1", "deposit").empty()) << "what is refused leaves nothing behind";
}

TEST_P(Deposits, TakesTheLastFenAndNotOneMore) {
  ASSERT_TRUE(book("withheld", 345'000).ok());
  EXPECT_EQ(book("drawn", 345'001).error().code, "deposit.short");
  EXPECT_EQ(book("drawn", 1, "2025-01-30").error().code, "deposit.date");
  auto drawn = book("drawn", 345'000);
  ASSERT_TRUE(drawn.ok());
  EXPECT_EQ(drawn->amount, -345'000);
  EXPECT_EQ(drawn->balance, 0);
  EXPECT_EQ(drawn->counter, "损失弥补");
  EXPECT_EQ(book("returned", 1).error().code, "deposit.short");
}

TEST_P(Deposits, AMistakeIsUndoneOnceByItsOpposite) {
  auto first = book("withheld", 1'000);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(book("reversal", 0, "2025-02-01", "S2", first->id).error().code, "deposit.reverse.unknown");
  auto undone = book("reversal", 0, "2025-02-01", "S1", first->id);
  ASSERT_TRUE(undone.ok()) << undone.error().text();
  EXPECT_EQ(undone->amount, -1'000);
  EXPECT_EQ(undone->counter, first->counter);
  EXPECT_EQ(book("reversal", 0, "2025-02-01", "S1", first->id).error().code, "deposit.reverse.twice");
  EXPECT_EQ(book("reversal", 0, "2025-02-01", "S1", undone->id).error().code, "deposit.reverse.reversal");
  auto all = bookings_of(*session_, "S1", "deposit");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].reversed_by, undone->id);
  EXPECT_TRUE(open_lots(all).empty());
  EXPECT_EQ(deposit_accounts(*session_).at(0).withheld, 0) << "what was reversed counts in no sum";
}

TEST_P(Deposits, AReversalMayNotOverdrawEither) {
  auto first = book("withheld", 1'000);
  ASSERT_TRUE(book("drawn", 1).ok());
  EXPECT_EQ(book("reversal", 0, "2025-02-01", "S1", first->id).error().code, "deposit.short");
}

TEST_P(Deposits, TheStoreItselfRefusesChanges) {
  ASSERT_TRUE(book("withheld", 1'000).ok());
  EXPECT_ANY_THROW(session_->exec("UPDATE deposit_bookings SET amount = 1"));
  EXPECT_ANY_THROW(session_->exec("DELETE FROM deposit_entries"));
  EXPECT_ANY_THROW(session_->exec("DELETE FROM deposit_accounts"));
  EXPECT_ANY_THROW(session_->exec("UPDATE deposit_accounts SET balance = -1"));
  EXPECT_TRUE(ledger_faults(*session_).empty());
  session_->exec("UPDATE deposit_accounts SET balance = 999");
  EXPECT_FALSE(ledger_faults(*session_).empty()) << "a balance changed behind the books shows";
  EXPECT_ANY_THROW((void)book("withheld", 1)) << "and nothing more is booked on it";
}

TEST_P(Deposits, WhatGoesOutTakesTheOldestFirst) {
  ASSERT_TRUE(book("withheld", 100, "2025-01-31").ok());
  ASSERT_TRUE(book("withheld", 200, "2025-02-28").ok());
  ASSERT_TRUE(book("released", 150, "2025-03-10").ok());
  auto lots = open_lots(bookings_of(*session_, "S1", "deposit"));
  ASSERT_EQ(lots.size(), 1u);
  EXPECT_EQ(lots[0].on.str(), "2025-02-28");
  EXPECT_EQ(lots[0].left, 150);
  // 31 January alone: 1 元 for one day; the last day of February 3 元; from 10 March 1.50 元.
  auto all = bookings_of(*session_, "S1", "deposit");
  EXPECT_EQ(balance_days(all, day("2025-01-31"), day("2025-01-31")), Decimal(1));
  EXPECT_EQ(balance_days(all, day("2025-02-28"), day("2025-02-28")), Decimal(3));
  EXPECT_EQ(balance_days(all, day("2025-03-09"), day("2025-03-10")), *Decimal::parse("4.5"));
  EXPECT_EQ(balance_days(all, day("2024-01-01"), day("2025-01-30")), Decimal(0));
}

TEST_P(Deposits, RandomBookingsNeverUnbalance) {
  std::mt19937 random(20251122);
  auto up_to = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const char* kinds[] = {"withheld", "paid_in", "interest", "released", "drawn", "returned", "reversal"};
  std::map<std::string, Fen> expected;
  std::map<std::string, std::vector<Booking>> made;
  size_t refused = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string staff = "S" + std::to_string(up_to(4)), kind = kinds[up_to(7)];
    std::optional<int64_t> reverses;
    if (kind == "reversal" && !made[staff].empty())
      reverses = made[staff][static_cast<size_t>(up_to(static_cast<int>(made[staff].size())))].id;
    auto one = book(kind, 1 + up_to(5000), "2025-05-05", staff, reverses);
    if (!one.ok()) {
      ++refused;
    } else {
      expected[staff] += one->amount;
      made[staff].push_back(*one);
    }
    ASSERT_GE(expected[staff], 0);
    ASSERT_EQ(balance_of(*session_, staff, "deposit"), expected[staff]);
  }
  EXPECT_GT(refused, 10u) << "the random walk reaches the refusals too";
  EXPECT_EQ(ledger_faults(*session_), std::vector<std::string>{});
  for (const auto& [staff, balance] : expected) {
    Fen left = 0;
    for (const auto& lot : open_lots(bookings_of(*session_, staff, "deposit"))) left += lot.left;
    EXPECT_EQ(left, balance) << "the open lots are the balance";
  }
}

TEST_P(Deposits, TwoDrawsAtOnceTakeTheMoneyOnce) {
  ASSERT_TRUE(book("withheld", 10'000).ok());
  std::atomic<int> taken{0}, refused{0};
  std::vector<std::thread> both;
  for (int i = 0; i < 2; ++i)
    both.emplace_back([&] {
      auto session = place_.open();
      auto one = book_in(*session, "drawn", 6'000, "2025-02-01", "S1", {});
      ++(one.ok() ? taken : refused);
    });
  for (auto& thread : both) thread.join();
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(balance_of(*session_, "S1", "deposit"), 4'000);
  EXPECT_EQ(ledger_faults(*session_), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Engines, Deposits, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& one) {
                           return one.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

TEST(Split, RefusesWeightsThatShareNothing) {
  EXPECT_EQ(split_fen(100, {}).error().code, "pay.weights");
  EXPECT_EQ(split_fen(100, {0, 0}).error().code, "pay.weights");
  EXPECT_EQ(split_fen(100, {2, -1}).error().code, "pay.weights");
}

TEST(Split, TheLargestRemainderGetsTheFenLeftOver) {
  EXPECT_EQ(split_fen(100, {1, 1, 1}).value(), (std::vector<Fen>{34, 33, 33}));
  EXPECT_EQ(split_fen(-100, {1, 1, 1}).value(), (std::vector<Fen>{-34, -33, -33}));
  EXPECT_EQ(split_fen(1, {0, 1, 3}).value(), (std::vector<Fen>{0, 0, 1}));
  EXPECT_EQ(split_fen(0, {1, 2}).value(), (std::vector<Fen>{0, 0}));
  // 10.00 by 15 : 25 : 60 comes out whole.
  EXPECT_EQ(split_fen(1000, {15, 25, 60}).value(), (std::vector<Fen>{150, 250, 600}));
}

TEST(Split, AddsUpWhateverTheWeights) {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    std::vector<Decimal> weights;
    for (size_t n = 1 + random() % 40; n > 0; --n)
      weights.push_back(Decimal::make(static_cast<__int128>(random() % 100'000), -static_cast<int>(random() % 6)));
    weights.push_back(1);
    Fen total = static_cast<Fen>(random() % 1'000'000'007) - 500'000'000;
    auto parts = split_fen(total, weights).value();
    Fen sum = 0;
    for (Fen part : parts) sum += part;
    ASSERT_EQ(sum, total);
  }
}

TEST(Split, PartsOfAnotherTotalAreABug) {
  EXPECT_THROW((void)largest_remainder({Decimal(1), Decimal(1)}, 203), base::Broken);
  EXPECT_THROW((void)largest_remainder({Decimal(1), Decimal(1)}, 199), base::Broken);
  EXPECT_EQ(largest_remainder({Decimal(1), Decimal(1)}, 201), (std::vector<Fen>{101, 100}));
}

}  // namespace
}  // namespace guanhu::appraisal
