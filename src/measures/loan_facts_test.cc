// Loans on the day they were issued and as they stood at the end; repayments by the state of the day before;
// customers split by share; the things behind a figure; days with customers.
#include <gtest/gtest.h>

#include "measures/engine.h"
#include "measures/tiny_bank.h"
#include "warehouse/testing.h"

namespace guanhu::measures::testing {
namespace {

using policy::Aggregate;
using policy::Attribution;
using policy::Fact;
using policy::Measure;
using warehouse::Warehouse;

constexpr int64_t kOne = 100'000'000;

Measure measure(Fact fact, Aggregate aggregate, const std::string& unit, const std::string& filter = "",
                Attribution attribution = Attribution::by_share) {
  Measure m;
  m.name = "指标";
  m.unit = unit;
  m.fact = fact;
  m.aggregate = aggregate;
  m.filter = filter;
  m.attribution = attribution;
  m.origin.document = "policies/x/考核.md";
  m.origin.line = 12;
  return m;
}

// "6000/10000"
std::string ratio_text(const Ratio& ratio) {
  return std::to_string(static_cast<int64_t>(ratio.numerator)) + "/" +
         std::to_string(static_cast<int64_t>(ratio.denominator));
}

// L1 of C1 and L2 of C2 from 10 January 2025, L3 of C2 from 2024. C1 is S1's; of C2 six tenths are S1's, the
// rest S2's, who came on 1 July. L1 is substandard from 5 May on.
class LoanFacts : public ::testing::TestWithParam<Warehouse::Engine> {
 protected:
  LoanFacts() : place_(GetParam()) {}
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << warehouse::testing::kNoPostgres;
    db_ = place_.open();
    TinyBank b;
    int i = b.import("2025-12-31");
    b.orgs = {{i, "B0", ""}};
    b.staff = {{i, "S1", "B0"}, {i, "S2", "B0"}};
    b.customers = {{i, "C1", "person", false}, {i, "C2", "company", false}};
    const auto issued = day("2025-01-10"), before = day("2024-03-01");
    b.loans = {{i, "L1", "C1", "B0", "k", issued, std::nullopt},
               {i, "L2", "C2", "B0", "k", issued, std::nullopt},
               {i, "L3", "C2", "B0", "m", before, std::nullopt}};
    b.states = {{i, "L1", issued, 90'000, 0, 0, "normal", false},
                {i, "L1", day("2025-05-05"), 90'000, 0, 0, "substandard", false},
                {i, "L2", issued, 10'000, 0, 0, "normal", false},
                {i, "L3", before, 20'000, 0, 0, "loss", true}};
    b.repayments = {{i, "P1", "L1", day("2025-05-05"), 1'000, 50}, {i, "P2", "L1", day("2025-05-06"), 2'000, 50}};
    b.assignments = {{i, "customer", "C1", "S1", true, kOne, issued, std::nullopt},
                     {i, "customer", "C2", "S1", true, kOne / 10 * 6, issued, std::nullopt},
                     {i, "customer", "C2", "S2", false, kOne / 10 * 4, day("2025-07-01"), std::nullopt}};
    b.write(*db_);
    auto engine = Engine::open(*db_, {});
    ASSERT_TRUE(engine.ok()) << engine.error().text();
    engine_ = std::move(*engine);
  }

  std::vector<std::string> values(const Measure& m) {
    auto out = engine_->evaluate(m, year_, both_);
    EXPECT_TRUE(out.ok()) << (out.ok() ? "" : out.error().text());
    std::vector<std::string> texts;
    if (out)
      for (const auto& value : out->values) texts.push_back(value ? value->str() : "null");
    return texts;
  }

  warehouse::testing::Place place_;
  std::unique_ptr<Warehouse> db_;
  std::unique_ptr<Engine> engine_;
  base::Period year_ = *base::Period::parse("2025");
  std::vector<Holder> both_{{HolderKind::manager, "S1"}, {HolderKind::manager, "S2"}};
};

using Texts = std::vector<std::string>;

TEST_P(LoanFacts, ALoanIsIssuedOnceInItsYear) {
  EXPECT_EQ(values(measure(Fact::loan_issue, Aggregate::count, "笔")), (Texts{"1.6", "0"}));
  EXPECT_EQ(values(measure(Fact::loan_issue, Aggregate::count, "笔", "", Attribution::main_only)),
            (Texts{"2", "0"}));
  EXPECT_EQ(values(measure(Fact::loan_issue, Aggregate::count, "笔", "种类 = \"m\"")), (Texts{"0", "0"}));
}

TEST_P(LoanFacts, LoansStandAsOnTheLastDay) {
  EXPECT_EQ(values(measure(Fact::loan, Aggregate::count, "笔")), (Texts{"2.2", "0.8"}));
  EXPECT_EQ(values(measure(Fact::loan, Aggregate::count, "笔", "五级分类 = \"substandard\"")), (Texts{"1", "0"}));
  EXPECT_EQ(values(measure(Fact::loan, Aggregate::count, "笔", "是否表外 = true and 余额 > 199")),
            (Texts{"0.6", "0.4"}));
  EXPECT_EQ(values(measure(Fact::loan, Aggregate::count, "笔", "发放日 >= 期间首日 and 最近逾期通知日 = null")),
            (Texts{"1.6", "0.4"}));
  EXPECT_EQ(values(measure(Fact::loan, Aggregate::count, "笔", "期内最大逾期天数 > 0 or 时效届满日 <= 期间末日")),
            (Texts{"0", "0"}));
}

TEST_P(LoanFacts, ARepaymentKnowsTheStateOfTheDayBefore) {
  Measure m =
      measure(Fact::repayment, Aggregate::sum, "元", "前日五级分类 = \"substandard\" and 前日是否表外 = false");
  m.column = "principal";
  EXPECT_EQ(values(m), (Texts{"20", "0"}));
  m.filter = "五级分类 = \"substandard\"";
  EXPECT_EQ(values(m), (Texts{"30", "0"}));
}

TEST_P(LoanFacts, ACustomerIsOneWholeSplitByShare) {
  Measure m = measure(Fact::loan_balance, Aggregate::customers_by_share, "户");
  EXPECT_EQ(values(m), (Texts{"1.6", "0.4"}));
  m.filter = "客户类型 = \"company\"";
  EXPECT_EQ(values(m), (Texts{"0.6", "0.4"}));
  auto opened = engine_->open_figure(m, year_, both_[0], 10);
  ASSERT_TRUE(opened.ok()) << opened.error().text();
  EXPECT_EQ(ratio_text(opened->total), "6000/10000");
}

TEST_P(LoanFacts, ThingsBehindAFigureAndDaysWithCustomers) {
  auto things = engine_->things(measure(Fact::loan_balance, Aggregate::at_end, "元"), year_, both_[0]);
  ASSERT_TRUE(things.ok()) << things.error().text();
  ASSERT_EQ(things->size(), 2u);
  EXPECT_EQ((*things)[0].subject_id, "L1");
  EXPECT_EQ((*things)[1].subject_id, "L2");
  EXPECT_EQ((*things)[1].customer_id, "C2");
  EXPECT_EQ(ratio_text((*things)[1].amount), "60000000/1000000");
  auto cell = [&](const std::string& name) {
    for (const auto& [column, value] : (*things)[1].cells)
      if (column == name) return value;
    return std::string("none");
  };
  EXPECT_EQ(cell("kind"), "k");
  EXPECT_EQ(cell("issued_on"), "2025-01-10");
  EXPECT_EQ(engine_->days_held(both_, year_), (std::vector<int>{356, 184}));
  EXPECT_EQ(engine_->days_held({{HolderKind::manager, "S9"}}, year_), (std::vector<int>{0}));
}

INSTANTIATE_TEST_SUITE_P(duckdb, LoanFacts, ::testing::Values(Warehouse::Engine::duckdb));
INSTANTIATE_TEST_SUITE_P(postgres, LoanFacts, ::testing::Values(Warehouse::Engine::postgres));

}  // namespace
}  // namespace guanhu::measures::testing
