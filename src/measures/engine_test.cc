#include "measures/engine.h"

#include <gtest/gtest.h>

#include <fstream>

#include "attribution/known.h"
#include "measures/sections.h"
#include "measures/tiny_bank.h"
#include "warehouse/testing.h"

namespace guanhu::measures::testing {
namespace {

using policy::Aggregate;
using policy::Attribution;
using policy::Fact;
using policy::Measure;
using policy::Reach;
using warehouse::Warehouse;

constexpr int64_t kOne = 100'000'000;

Measure measure(Fact fact, Aggregate aggregate, Attribution attribution = Attribution::by_share) {
  Measure m;
  m.name = "存款";
  m.unit = "元";
  m.fact = fact;
  m.aggregate = aggregate;
  m.attribution = attribution;
  m.origin.document = "policies/x/考核.md";
  m.origin.line = 12;
  return m;
}
const Measure kAverage = measure(Fact::deposit_balance, Aggregate::average_daily);
const Measure kEnd = measure(Fact::deposit_balance, Aggregate::at_end);
const Measure kStart = measure(Fact::deposit_balance, Aggregate::at_start);
const Measure kNet = measure(Fact::deposit_balance, Aggregate::net_change);

base::Period period(const char* text) { return *base::Period::parse(text); }
Holder manager(const std::string& id) { return {HolderKind::manager, id}; }

// A1 of C1 at S1, 100 元 from 1 January 2024.
TinyBank simple() {
  TinyBank b;
  int first = b.import("2024-01-01");
  b.orgs = {{first, "HQ", ""}, {first, "O1", "HQ"}};
  b.staff = {{first, "S1", "O1"}, {first, "S2", "O1"}};
  b.customers = {{first, "C1", "person", false}};
  b.accounts = {{first, "A1", "C1", "O1", "P1", "demand", day("2024-01-01"), std::nullopt}};
  b.balances = {{first, "A1", day("2024-01-01"), 10'000}};
  b.assignments = {{first, "account", "A1", "S1", true, kOne, day("2024-01-01"), std::nullopt}};
  return b;
}

class EngineOnBoth : public ::testing::TestWithParam<Warehouse::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << warehouse::testing::kNoPostgres;
    std::filesystem::create_directories(folder());
  }
  void TearDown() override { std::filesystem::remove_all(folder()); }
  std::filesystem::path folder() const {
    return std::filesystem::temp_directory_path() / (place_.schema() + "_columns");
  }

  void fill(TinyBank bank) {
    db_ = place_.open();
    bank.write(*db_);
    bank_ = std::move(bank);
  }
  std::unique_ptr<Engine> engine(std::optional<int64_t> known_at = std::nullopt) {
    Engine::Options options;
    options.columns = folder();
    if (known_at) options.known_at = base::Instant{*known_at};
    auto out = Engine::open(*db_, options);
    if (!out.ok()) {
      ADD_FAILURE() << out.error().text();
      return nullptr;
    }
    return std::move(*out);
  }
  std::string value(Engine& e, const Measure& m, const char* p, const Holder& holder) {
    auto got = e.evaluate(m, period(p), {holder});
    if (!got.ok()) return got.error().text();
    return got->values[0] ? got->values[0]->str() : "null";
  }
  std::string value(const Measure& m, const char* p, const std::string& staff) {
    return value(*engine(), m, p, manager(staff));
  }

  warehouse::testing::Place place_{GetParam()};
  std::unique_ptr<Warehouse> db_;
  TinyBank bank_;
};

TEST_P(EngineOnBoth, refusesWhatAMeasureCannotMean) {
  fill(simple());
  auto e = engine();
  auto code = [&](const Measure& m, const Holder& h) {
    auto got = e->evaluate(m, period("2024"), {h});
    return got.ok() ? "fine" : got.error().code + " at " + got.error().where;
  };
  const std::string at = " at policies/x/考核.md:12";
  EXPECT_EQ(code(measure(Fact::customer, Aggregate::average_daily), manager("S1")), "measure.kind" + at);
  EXPECT_EQ(code(measure(Fact::deposit_balance, Aggregate::at_end, Attribution::seller), manager("S1")),
            "measure.kind" + at);
  EXPECT_EQ(code(measure(Fact::repayment, Aggregate::sum), manager("S1")), "measure.column" + at);
  EXPECT_EQ(code(kEnd, {HolderKind::organisation, "O1"}), "measure.holder" + at);
  EXPECT_EQ(code(kEnd, {HolderKind::team, "T"}), "measure.holder" + at);
  EXPECT_EQ(code(measure(Fact::deposit_balance, Aggregate::at_end, Attribution::subtree), manager("S1")),
            "measure.holder" + at);
  Measure m = kEnd;
  m.unit = "户";
  EXPECT_EQ(code(m, manager("S1")), "measure.unit" + at);
  m = kEnd;
  m.filter = "产品 = ";
  EXPECT_EQ(code(m, manager("S1")).substr(0, 14), "measure.filter");
  m = measure(Fact::target, Aggregate::sum);
  m.target = "存款净增";
  m.reach = Reach::year_to_date;
  EXPECT_EQ(code(m, manager("S1")), "measure.kind" + at);
  m = measure(Fact::account, Aggregate::count);
  m.cap = 1;
  EXPECT_EQ(code(m, manager("S1")), "measure.kind" + at);
}

TEST_P(EngineOnBoth, overAssignmentIsRefusedOnlyForPeriodsItTouches) {
  TinyBank b = simple();
  int more = b.import("2024-02-10");
  b.assignments.push_back({more, "account", "A1", "S2", false, kOne / 2, day("2024-02-01"), day("2024-02-29")});
  fill(b);
  auto e = engine();
  auto refused = e->evaluate(kEnd, period("2024-02"), {manager("S1")});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(
      refused.error().text(),
      "assignments.csv: assigned over 100 %: account A1 150 % from 2024-02-01 to 2024-02-29 (S1 1 in line 2 of "
      "2024-01-01, S2 0.5 in line 2 of 2024-02-10) (deliver rows for these days whose shares add up to at most "
      "1)");
  EXPECT_FALSE(e->open_figure(kEnd, period("2024-02"), manager("S1"), 10).ok());
  EXPECT_EQ(value(*e, kAverage, "2024-01", manager("S1")), "100");
  EXPECT_EQ(value(*e, kAverage, "2024-03", manager("S1")), "100")
      << "the days before the period are asked for nothing";
  EXPECT_NE(value(*e, kNet, "2024-03", manager("S1")), "0") << "its start is the end of February";
  EXPECT_EQ(value(*e, measure(Fact::deposit_balance, Aggregate::at_end, Attribution::subtree), "2024-02",
                  {HolderKind::organisation, "O1"}),
            "100");
}

TEST_P(EngineOnBoth, overAssignedCustomersAreNamedThroughTheAccountsTheyHave) {
  TinyBank b = simple();
  b.assignments = {{1, "customer", "C1", "S1", true, kOne, day("2024-01-01"), std::nullopt},
                   {1, "customer", "C1", "S2", true, kOne, day("2024-01-01"), std::nullopt},
                   {1, "customer", "C2", "S2", true, kOne * 2, day("2024-01-01"), std::nullopt}};
  fill(b);
  auto got = engine()->evaluate(kEnd, period("2024"), {manager("S1")});
  ASSERT_FALSE(got.ok());
  EXPECT_NE(got.error().message.find("account A1 200 % from 2024-01-01 to 2024-12-31, through customer C1"),
            std::string::npos);
  EXPECT_EQ(got.error().message.find("C2"), std::string::npos) << "has no account";
  EXPECT_EQ(value(kEnd, "2023", "S1"), "0") << "before the account was there";
}

TEST_P(EngineOnBoth, partsThatDoNotAddUpAreRefused) {
  fill(simple());
  EXPECT_EQ(value(kEnd, "2024", "S1"), "100");
  auto known = attribution::Known::at(*db_, std::nullopt);
  auto path = folder() / "moments-deposit-share.bin";
  auto kept = Sections::open(path, known.fingerprint());
  ASSERT_TRUE(kept.has_value());
  Sections wrong = *kept;
  auto whole = kept->get<base::Int128>("bank.m0");
  std::vector<base::Int128> one_more(whole.begin(), whole.end());
  one_more.back() += 1;  // a hundredth of a fen's hundredth
  wrong.put("bank.m0", one_more);
  ASSERT_TRUE(wrong.write(path, known.fingerprint()).ok());
  auto got = engine()->evaluate(kEnd, period("2024"), {manager("S1")});
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().code, "measure.sum");
}

TEST_P(EngineOnBoth, tornAndStaleColumnFilesAreDerivedAgain) {
  fill(simple());
  EXPECT_EQ(value(kEnd, "2024", "S1"), "100");
  for (const char* name : {"columns.bin", "moments-deposit-share.bin"}) {
    auto path = folder() / name;
    auto size = std::filesystem::file_size(path);
    for (auto at : {size / 2, size - 40}) {
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      file.seekg(static_cast<std::streamoff>(at));
      char was = static_cast<char>(file.get());
      file.seekp(static_cast<std::streamoff>(at));
      file.put(static_cast<char>(was ^ 1));
      file.close();
      EXPECT_EQ(value(kEnd, "2024", "S1"), "100") << name << " byte " << at;
      auto known = attribution::Known::at(*db_, std::nullopt);
      EXPECT_TRUE(Sections::open(path, known.fingerprint()).has_value()) << name << " was not written again";
    }
    std::filesystem::resize_file(path, size - 1);
    EXPECT_EQ(value(kEnd, "2024", "S1"), "100") << name << " cut";
    std::filesystem::resize_file(path, 0);
    EXPECT_EQ(value(kEnd, "2024", "S1"), "100") << name << " empty";
  }
  db_->exec(
      "INSERT INTO imports (import_id, business_date, applied_at) VALUES (2, DATE '2024-03-01', TIMESTAMP "
      "'2025-01-01 00:00:00')");
  db_->exec(
      "INSERT INTO f_balances (account, date, balance, changed, import_id, line) VALUES (0, DATE '2024-03-01', "
      "700, TRUE, 2, 2)");
  EXPECT_EQ(value(kEnd, "2024", "S1"), "7");
}

TEST_P(EngineOnBoth, balanceOutsideTheDaysOfTheColumnsIsRefused) {
  TinyBank b = simple();
  b.balances.push_back({1, "A1", day("2205-01-01"), 1});
  fill(b);
  Engine::Options options;
  auto got = Engine::open(*db_, options);
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().text(),
            "balances.csv: account A1 has a balance of 2205-01-01, outside 1950-01-01 to 2129-06-06 "
            "(correct the date and import that business date again)");
}

TEST_P(EngineOnBoth, periodsIncludeTheirFirstAndLastDay) {
  TinyBank b = simple();
  b.balances = {
      {1, "A1", day("2024-01-31"), 3'100}, {1, "A1", day("2024-02-29"), 2'900}, {1, "A1", day("2024-03-01"), 100}};
  fill(b);
  EXPECT_EQ(value(kAverage, "2024-01", "S1"), "1") << "one day of 31";
  EXPECT_EQ(value(kEnd, "2024-01", "S1"), "31");
  EXPECT_EQ(value(kStart, "2024-01", "S1"), "0");
  EXPECT_EQ(value(kAverage, "2024-02", "S1"), "30.93") << "28 days of 31 元 and one of 29 元 of a leap year's 29";
  EXPECT_EQ(value(kNet, "2024-02", "S1"), "-2");
  EXPECT_EQ(value(kStart, "2024-03", "S1"), "29");
  EXPECT_EQ(value(kEnd, "2024-03", "S1"), "1");
}

TEST_P(EngineOnBoth, halvesAreRoundedAwayFromZeroOnlyAtTheEnd) {
  TinyBank b = simple();
  // Two accounts of 0.005 元 average each come to 0.01, not to 0.02.
  b.accounts.push_back({1, "A2", "C1", "O1", "P1", "demand", day("2024-01-01"), std::nullopt});
  b.assignments.push_back({1, "account", "A2", "S1", true, kOne, day("2024-01-01"), std::nullopt});
  b.balances = {{1, "A1", day("2023-04-16"), 1}, {1, "A2", day("2023-04-16"), 1}};
  b.assignments[0].from = b.assignments[1].from = day("2023-01-01");
  fill(b);
  EXPECT_EQ(value(kAverage, "2023-04", "S1"), "0.01");
  TinyBank negative = simple();
  negative.assignments[0].raw = kOne / 2;
  negative.balances = {{1, "A1", day("2024-01-01"), -1}};
  warehouse::testing::Place other(GetParam());
  auto db = other.open();
  negative.write(*db);
  auto e = Engine::open(*db, {});
  ASSERT_TRUE(e.ok());
  EXPECT_EQ(value(**e, kEnd, "2024", manager("S1")), "-0.01") << "-0.005";
}

TEST_P(EngineOnBoth, unitsOfMoney) {
  fill(simple());
  Measure m = kEnd;
  m.unit = "万元";
  EXPECT_EQ(value(m, "2024", "S1"), "0.01");
  m.unit = "亿元";
  EXPECT_EQ(value(m, "2024", "S1"), "0.000001");
}

TEST_P(EngineOnBoth, handOverAndLateCorrectionWithWhatWasKnown) {
  TinyBank b = simple();
  int later = b.import("2024-07-01");
  b.assignments.push_back({later, "account", "A1", "S1", true, kOne, day("2024-01-01"), day("2024-06-30")});
  b.assignments.push_back({later, "account", "A1", "S2", true, kOne, day("2024-07-01"), std::nullopt});
  int correction = b.import("2024-12-31");
  b.balances.push_back({correction, "A1", day("2024-06-30"), 20'000});
  fill(b);
  EXPECT_EQ(value(kEnd, "2024-06", "S1"), "200");
  EXPECT_EQ(value(kEnd, "2024-07", "S1"), "0");
  EXPECT_EQ(value(kEnd, "2024-07", "S2"), "200");
  EXPECT_EQ(value(kNet, "2024-07", "S2"), "200") << "taken over";
  auto then = engine(bank_.imports[1].applied);
  EXPECT_EQ(value(*then, kEnd, "2024-06", manager("S1")), "100");
  EXPECT_EQ(value(*then, kEnd, "2024-07", manager("S2")), "100");
  auto before = engine(bank_.imports[0].applied);
  EXPECT_EQ(value(*before, kEnd, "2024-07", manager("S1")), "100");
  EXPECT_EQ(value(*engine(bank_.imports[0].applied - 1), kEnd, "2024-07", manager("S1")), "0")
      << "nothing was known";
  EXPECT_EQ(value(*engine(), kEnd, "2024-07", manager("S1")), "0") << "the files of the present are untouched";
}

TEST_P(EngineOnBoth, rowsThatChangeNothingMayBeSkipped) {
  TinyBank b = simple();
  int second = b.import("2024-01-02");
  b.balances.push_back({second, "A1", day("2024-01-02"), 10'000, false});
  b.balances.push_back({second, "A1", day("2024-01-03"), 5'000, true});
  fill(b);
  EXPECT_EQ(value(kEnd, "2024", "S1"), "50");
  auto opened = engine()->open_figure(kEnd, period("2024"), manager("S1"), 10);
  ASSERT_TRUE(opened.ok());
  ASSERT_EQ(opened->items.size(), 1u);
  EXPECT_EQ(opened->items[0].rows.size(), 2u) << "the row that said nothing new is not shown";
}

TEST_P(EngineOnBoth, targetsAreThoseOfExactlyThatPeriod) {
  TinyBank b = simple();
  b.targets = {{1, "staff", "S1", "存款净增", "2024Q1", 12'345'678},
               {1, "staff", "S1", "存款净增", "2024", 5},
               {1, "org", "O1", "存款净增", "2024Q1", 70'000}};
  int again = b.import("2024-02-01");
  b.targets.push_back({again, "staff", "S1", "存款净增", "2024", 10'000});
  fill(b);
  Measure m = measure(Fact::target, Aggregate::sum);
  m.target = "存款净增";
  EXPECT_EQ(value(m, "2024Q1", "S1"), "1234.5678");
  EXPECT_EQ(value(m, "2024Q2", "S1"), "null");
  EXPECT_EQ(value(m, "2024", "S1"), "1") << "the later row";
  EXPECT_EQ(value(m, "2024Q1", "S2"), "null");
  EXPECT_EQ(value(*engine(), m, "2024Q1", {HolderKind::organisation, "O1"}), "7");
  m.reach = Reach::full_year;
  EXPECT_EQ(value(m, "2024Q2", "S1"), "1");
  m.reach = Reach::previous;
  EXPECT_EQ(value(m, "2024Q2", "S1"), "1234.5678");
  auto opened = engine()->open_figure(m, period("2024Q2"), manager("S1"), 5);
  ASSERT_TRUE(opened.ok());
  ASSERT_EQ(opened->items.size(), 1u);
  EXPECT_EQ(opened->items[0].rows[0].file, "targets.csv");
  EXPECT_EQ(opened->items[0].rows[0].line, 2);
}

TEST_P(EngineOnBoth, whatHoldersOthersAndNobodyHaveIsTheBanks) {
  TinyBank b = simple();
  b.assignments = {{1, "account", "A1", "S1", true, kOne / 2, day("2024-01-01"), std::nullopt},
                   {1, "account", "A1", "S2", false, kOne / 4, day("2024-01-01"), std::nullopt}};
  fill(b);
  auto got = engine()->evaluate(kEnd, period("2024"), {manager("S1"), manager("S1")});
  ASSERT_TRUE(got.ok());
  EXPECT_TRUE(got->adds_up);
  auto text = [](const Ratio& r) { return base::format_int128(r.numerator / (r.denominator / 100)); };
  EXPECT_EQ(text(got->holders_sum), "5000");
  EXPECT_EQ(text(got->others), "2500");
  EXPECT_EQ(text(got->nobody), "2500");
  EXPECT_EQ(text(got->bank_total), "10000");
}

TEST_P(EngineOnBoth, anOpenedFigureShowsRowsSharesAndDays) {
  TinyBank b = simple();
  b.assignments[0].to = day("2024-02-09");
  int second = b.import("2024-02-10");
  b.balances.push_back({second, "A1", day("2024-02-10"), 30'000});
  b.assignments.push_back({second, "customer", "C1", "S1", false, kOne / 4, day("2024-02-01"), std::nullopt});
  fill(b);
  auto opened = engine()->open_figure(kAverage, period("2024-02"), manager("S1"), 10);
  ASSERT_TRUE(opened.ok()) << opened.error().text();
  ASSERT_EQ(opened->items.size(), 1u);
  const Contribution& c = opened->items[0];
  EXPECT_EQ(c.subject_kind + " " + c.subject_id + " " + c.customer_id + " " + c.customer_name,
            "account A1 C1 Name of C1");
  EXPECT_EQ(base::format_int128(c.balance_days), std::to_string(9 * 10'000 * 10'000ll + 20 * 30'000 * 2'500ll));
  ASSERT_EQ(c.shares.size(), 2u);
  EXPECT_EQ(c.shares[0].from.str() + " " + c.shares[0].to.str() + " " + std::to_string(c.shares[0].share) + " " +
                c.shares[0].role + " " + c.shares[0].via,
            "2024-02-01 2024-02-09 10000 main account");
  EXPECT_EQ(c.shares[0].source.file + " " + c.shares[0].source.business_date.str() + " " +
                std::to_string(c.shares[0].source.line),
            "assignments.csv 2024-01-01 2");
  EXPECT_EQ(c.shares[1].from.str() + " " + c.shares[1].to.str() + " " + std::to_string(c.shares[1].share) + " " +
                c.shares[1].role + " " + c.shares[1].via,
            "2024-02-10 2024-02-29 2500 assist customer");
  EXPECT_EQ(c.shares[1].source.business_date.str(), "2024-02-10");
  ASSERT_EQ(c.rows.size(), 2u);
  EXPECT_EQ(c.rows[0].business_date.str(), "2024-01-01") << "in force at the start";
  EXPECT_EQ(c.rows[1].file + " " + std::to_string(c.rows[1].line), "balances.csv 2");
  std::vector<std::pair<std::string, std::string>> cells{
      {"account_id", "A1"}, {"date", "2024-02-10"}, {"balance", "300.00"}};
  EXPECT_EQ(c.rows[1].cells, cells);
}

TEST(Reach, meansTheseDays) {
  auto text = [](Reach r, const char* asked) {
    DayRange d = reach_of(r, period(asked));
    return d.first.str() + " " + d.last.str();
  };
  EXPECT_EQ(text(Reach::asked, "2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(text(Reach::year_to_date, "2024-02"), "2024-01-01 2024-02-29");
  EXPECT_EQ(text(Reach::year_to_date, "2024H2"), "2024-01-01 2024-12-31");
  EXPECT_EQ(text(Reach::previous, "2024Q1"), "2023-10-01 2023-12-31");
  EXPECT_EQ(text(Reach::year_before, "2024-02"), "2023-02-01 2023-02-28");
  EXPECT_EQ(text(Reach::full_year, "2024Q3"), "2024-01-01 2024-12-31");
}

INSTANTIATE_TEST_SUITE_P(duckdb, EngineOnBoth, ::testing::Values(Warehouse::Engine::duckdb));
INSTANTIATE_TEST_SUITE_P(postgres, EngineOnBoth, ::testing::Values(Warehouse::Engine::postgres));

}  // namespace
}  // namespace guanhu::measures::testing
