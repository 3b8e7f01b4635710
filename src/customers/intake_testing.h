// For tests: a store with the tables of own fields, cards and bulk imports, on either engine.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/clock.h"
#include "customers/field.h"
#include "records/records.h"
#include "store/migrations.h"
#include "store/testing.h"

namespace guanhu::customers {

class IntakeTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  IntakeTest() : place_(GetParam()) {}
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    store_ = place_.open();
    const store::ModuleMigrations modules[] = {{"records", records::migrations()},
                                               {"intake", intake_migrations()}};
    ASSERT_TRUE(store::migrate(*store_, modules, clock_).ok());
  }
  store::Session& store() { return *store_; }
  records::Doing doing(const std::string& login = "zhang") { return {.login = login, .at = clock_.now()}; }

  base::FixedClock clock_{*base::Instant::parse("2026-01-05T08:00:00Z")};

 private:
  store::testing::Place place_;
  std::unique_ptr<store::Session> store_;
};

}  // namespace guanhu::customers
