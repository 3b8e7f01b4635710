// Which accounts and loans changed hands in a period: whole, in part, through the customer; and what is none.
#include <gtest/gtest.h>

#include "measures/engine.h"
#include "measures/tiny_bank.h"
#include "warehouse/testing.h"

namespace guanhu::measures::testing {
namespace {

using warehouse::Warehouse;

constexpr int64_t kOne = 100'000'000;

std::string held(const std::vector<HeldPart>& all) {
  std::string out;
  for (const HeldPart& one : all) out += one.staff + (one.main ? "*" : "") + " " + std::to_string(one.share) + " ";
  return out;
}

class ChangedHandsOnBoth : public ::testing::TestWithParam<Warehouse::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << warehouse::testing::kNoPostgres;
    db_ = place_.open();
    TinyBank b;
    const int i = b.import("2024-03-31");
    const auto opened = day("2024-01-01");
    b.orgs = {{i, "HQ", ""}, {i, "O1", "HQ"}};
    b.staff = {{i, "S1", "O1"}, {i, "S2", "O1"}};
    b.customers = {{i, "C1", "person", false}, {i, "C2", "person", false}};
    b.accounts = {{i, "A1", "C1", "O1", "p", "demand", opened, std::nullopt},
                  {i, "A2", "C2", "O1", "p", "demand", opened, std::nullopt},
                  {i, "A3", "C1", "O1", "p", "demand", opened, day("2024-02-10")}};
    b.balances = {{i, "A1", opened, 10'000}, {i, "A1", day("2024-02-20"), 30'000}, {i, "A2", opened, 5'000}};
    b.loans = {{i, "L1", "C1", "O1", "k", opened, std::nullopt}};
    b.states = {{i, "L1", opened, 7'000, 0, 0, "normal", false}};
    auto whole = [&](const char* kind, const char* id, const char* staff, const char* from, const char* to) {
      b.assignments.push_back(
          {i, kind, id, staff, true, kOne, day(from), *to ? std::optional(day(to)) : std::nullopt});
    };
    whole("account", "A1", "S1", "2024-01-01", "2024-02-14");
    whole("account", "A1", "S2", "2024-02-15", "");
    whole("customer", "C2", "S1", "2024-01-01", "2024-02-29");  // and then four tenths of it
    b.assignments.push_back({i, "customer", "C2", "S1", false, kOne / 10 * 4, day("2024-03-01"), std::nullopt});
    b.assignments.push_back({i, "customer", "C2", "S2", true, kOne / 10 * 6, day("2024-03-01"), std::nullopt});
    whole("account", "A3", "S1", "2024-01-01", "2024-02-19");  // closed before it changes
    whole("account", "A3", "S2", "2024-02-20", "");
    whole("loan", "L1", "S1", "2024-02-10", "");  // nobody's before
    b.write(*db_);
    auto engine = Engine::open(*db_, {});
    ASSERT_TRUE(engine.ok()) << engine.error().text();
    engine_ = std::move(*engine);
  }
  std::vector<ChangedHands> of(const char* period) { return engine_->changed_hands(*base::Period::parse(period)); }

  warehouse::testing::Place place_{GetParam()};
  std::unique_ptr<Warehouse> db_;
  std::unique_ptr<Engine> engine_;
};

TEST_P(ChangedHandsOnBoth, AFirstAssignmentAndAClosedAccountAreNone) {
  EXPECT_TRUE(of("2024-01").empty());
  for (const ChangedHands& one : of("2024Q1")) EXPECT_TRUE(one.id == "A1" || one.id == "A2") << one.id;
}

TEST_P(ChangedHandsOnBoth, AnAccountFromOneToAnother) {
  auto all = of("2024-02");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].kind + " " + all[0].id + " " + all[0].customer_id, "account A1 C1");
  EXPECT_EQ(all[0].day.str() + " " + all[0].last.str(), "2024-02-15 2024-02-29");
  EXPECT_EQ(held(all[0].before), "S1* 10000 ");
  EXPECT_EQ(held(all[0].after), "S2* 10000 ");
  EXPECT_EQ(all[0].balance, 10'000) << "the evening before";
  EXPECT_EQ(static_cast<int64_t>(all[0].balance_days), 5 * 10'000 + 10 * 30'000);
}

TEST_P(ChangedHandsOnBoth, PartOfACustomerAndTheFirstDayOfAPeriod) {
  auto all = of("2024-03");
  ASSERT_EQ(all.size(), 1u) << "1 March is the first day of the month";
  EXPECT_EQ(all[0].id, "A2");
  EXPECT_EQ(held(all[0].before), "S1* 10000 ");
  EXPECT_EQ(held(all[0].after), "S2* 6000 S1 4000 ");
  auto quarter = of("2024Q1");
  ASSERT_EQ(quarter.size(), 2u);
  EXPECT_EQ(quarter[0].last.str(), "2024-03-31");
  EXPECT_TRUE(of("2024Q2").empty());
}

INSTANTIATE_TEST_SUITE_P(duckdb, ChangedHandsOnBoth, ::testing::Values(Warehouse::Engine::duckdb));
INSTANTIATE_TEST_SUITE_P(postgres, ChangedHandsOnBoth, ::testing::Values(Warehouse::Engine::postgres));

}  // namespace
}  // namespace guanhu::measures::testing
