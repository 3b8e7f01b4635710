// Who is in a category: of each customer's confirmed rows the last one up to the day. Both back ends.
#include "customers/category.h"

#include <gtest/gtest.h>

#include "customers/customer.h"
#include "store/testing.h"

namespace guanhu::customers {
namespace {

using base::Date;
using Ids = std::vector<std::string>;

class CategoryTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations modules[] = {{"records", records::migrations()},
                                               {"customers", register_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, modules, clock_).ok());
  }
  void row(const std::string& customer, const char* category, const char* from, const char* state,
           const char* scheme = "loan") {
    session_->exec(
        "INSERT INTO customer_categories (record_id, scheme, customer, category, from_day, state)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        {++last_, std::string(scheme), customer, std::string(category), std::string(from), std::string(state)});
  }
  Ids in(const char* category, const char* day) {
    return customers_in(*session_, "loan", category, *Date::parse(day));
  }
  // The same, the long way.
  Ids among_all(const char* category, const char* day) {
    Ids out;
    for (const auto& one : categories(*session_, "loan", *Date::parse(day)))
      if (one.category == category) out.push_back(one.customer);
    return out;
  }

  base::FixedClock clock_{*base::Instant::parse("2026-03-02T00:00:00Z")};
  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
  int64_t last_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Engines, CategoryTest, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& of) { return of.param == store::Engine::sqlite ? "sqlite" : "postgres"; });

TEST_P(CategoryTest, NobodyIsInWhatIsNotConfirmedNotYetOrOfAnotherScheme) {
  row("C1", "支持", "2026-03-01", "proposed");
  row("C2", "支持", "2026-03-01", "rejected");
  row("C3", "支持", "2026-03-03", "confirmed");
  row("C4", "支持", "2026-03-01", "confirmed", "deposit");
  EXPECT_EQ(in("支持", "2026-03-02"), Ids());
  EXPECT_EQ(in("支持", "2026-03-03"), Ids{"C3"});  // from its first day
}

TEST_P(CategoryTest, TheLastOneUpToTheDayCounts) {
  row("C2", "退出", "2026-02-01", "confirmed");
  row("C2", "支持", "2026-03-01", "confirmed");
  row("C1", "支持", "2026-01-01", "confirmed");
  row("C1", "退出", "2026-02-01", "confirmed");
  row("C1", "支持", "2026-02-01", "confirmed");  // of one day the later record
  row("C3", "支持", "2026-01-01", "confirmed");
  row("C3", "退出", "2026-03-02", "confirmed");
  for (const char* day : {"2025-12-31", "2026-01-01", "2026-01-31", "2026-02-28", "2026-03-01", "2026-03-02"})
    for (const char* category : {"支持", "退出", "没有的"})
      EXPECT_EQ(in(category, day), among_all(category, day)) << category << " " << day;
  EXPECT_EQ(in("支持", "2026-01-31"), (Ids{"C1", "C3"}));
  EXPECT_EQ(in("退出", "2026-02-28"), Ids{"C2"});
  EXPECT_EQ(in("支持", "2026-03-02"), (Ids{"C1", "C2"}));
}

}  // namespace
}  // namespace guanhu::customers
