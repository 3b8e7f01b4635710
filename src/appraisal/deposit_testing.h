// For tests of risk deposits: a store with the tables that bookings and orders ask, and money to draw on.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "appraisal/deposit_orders.h"
#include "appraisal/people_facts.h"
#include "appraisal/recorded.h"
#include "attribution/register.h"
#include "records/records.h"
#include "store/testing.h"

namespace guanhu::appraisal::testing {

class DepositBank : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {{"records", records::migrations()},
                                           {"attribution", attribution::migrations()},
                                           {"deposit", deposit_migrations()},
                                           {"people_facts", people_migrations()},
                                           {"recorded", recorded_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
  }
  PeopleDoing by(const std::string& login, const std::string& staff = "") { return {login, staff, clock_.now()}; }
  // Keeps back so many fen of somebody's pay.
  void withhold(const std::string& staff, base::Fen amount, const char* on) {
    BookingAsk ask;
    ask.staff = staff, ask.kind = "withheld", ask.on = base::Date::parse(on).value(), ask.amount = amount;
    session_->transaction([&] { ASSERT_TRUE(book(*session_, ask, by("pay", "P1")).ok()); });
  }

  store::testing::Place place_{GetParam()};
  base::FixedClock clock_{base::Instant{1'768'000'000'000'000}};
  std::unique_ptr<store::Session> session_;
};

}  // namespace guanhu::appraisal::testing
