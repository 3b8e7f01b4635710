// The engine against a walk through every day, over banks made of chance.
#include <gtest/gtest.h>

#include "measures/brute_force.h"
#include "measures/engine.h"
#include "measures/random_bank.h"
#include "warehouse/testing.h"

namespace guanhu::measures::testing {
namespace {

using policy::Aggregate;
using policy::Attribution;
using policy::Fact;
using policy::Measure;
using warehouse::Warehouse;

// S0 and S2 belong to the team, S2 only for some weeks.
std::vector<TeamMember> team(const std::string& id) {
  if (id != "T1") return {};
  return {{"S0", base::Date(day("2000-01-01")), base::Date(day("2999-01-01"))},
          {"S2", base::Date(day("2024-02-10")), base::Date(day("2024-05-31"))}};
}

std::vector<Holder> holders_for(Attribution a) {
  std::vector<Holder> out;
  if (a == Attribution::subtree) {
    for (int i = 0; i < RandomBank::kOrgs; ++i) out.push_back({HolderKind::organisation, "O" + std::to_string(i)});
  } else {
    for (int i = 0; i < RandomBank::kStaff; ++i) out.push_back({HolderKind::manager, "S" + std::to_string(i)});
    out.push_back({HolderKind::team, "T1"});
    out.push_back({HolderKind::manager, "nobody knows"});
  }
  return out;
}

BruteForce::Counts counts(const BruteForce& brute, const Holder& h, Day last) {
  if (h.kind == HolderKind::organisation) {
    auto below = brute.subtree(h.id, last);
    return [below](const std::string& owner, Day) { return below.count(owner) > 0; };
  }
  if (h.kind == HolderKind::manager) return [id = h.id](const std::string& owner, Day) { return owner == id; };
  return [members = team(h.id)](const std::string& owner, Day d) {
    return std::any_of(members.begin(), members.end(), [&](const TeamMember& m) {
      return m.staff == owner && m.from.days() <= d && d <= m.to.days();
    });
  };
}

Measure measure(Fact fact, Aggregate aggregate, Attribution attribution, const std::string& column = "") {
  Measure m;
  m.name = "测试";
  m.unit = "元";
  m.fact = fact;
  m.aggregate = aggregate;
  m.attribution = attribution;
  m.column = column;
  return m;
}

struct Asked {
  Measure measure;
  BruteForce::Filter filter;
};

// With filters: on versions of accounts, loans and customers, on states, on the events themselves.
std::vector<Asked> filtered() {
  std::vector<Asked> out;
  auto add = [&](Fact f, const std::string& text, const BruteForce::Filter& filter,
                 std::vector<Aggregate> aggregates, const std::string& column = "") {
    for (Attribution a : {Attribution::by_share, Attribution::main_only, Attribution::subtree})
      for (Aggregate g : aggregates) {
        Measure m = measure(f, g, a, column);
        m.filter = text;
        out.push_back({m, filter});
      }
  };
  const std::vector<Aggregate> balances{Aggregate::average_daily, Aggregate::net_change,
                                        Aggregate::distinct_customers};
  add(Fact::deposit_balance, "产品 = \"P1\" and 种类 = \"demand\"", {"P1", "", "", "demand", ""}, balances);
  add(Fact::deposit_balance, "客户类型 = \"person\"", {"", "person", "", "", ""}, balances);
  add(Fact::loan_balance, "五级分类 = \"normal\"", {"", "", "normal", "", ""}, balances);
  add(Fact::loan_balance, "是否表外 and 客户类型 = \"person\"", {"", "person", "", "", "true"}, balances);
  add(Fact::overdue_principal, "种类 = \"bill\" and 五级分类 = \"loss\" and 客户类型 = \"company\"",
      {"", "company", "loss", "bill", ""}, balances);
  add(Fact::account, "产品 = \"P2\"", {"P2", "", "", "", ""}, {Aggregate::count, Aggregate::distinct_customers});
  add(Fact::customer, "客户类型 = \"company\"", {"", "company", "", "", ""}, {Aggregate::count});
  const std::vector<Aggregate> sums{Aggregate::sum, Aggregate::count, Aggregate::distinct_customers};
  add(Fact::sale, "产品 = \"gold_card\"", {"gold_card", "", "", "", ""}, sums, "quantity");
  add(Fact::transaction, "类别 = \"salary\"", {"", "", "", "salary", ""}, sums, "amount");
  add(Fact::repayment, "种类 = \"farmer_micro\"", {"", "", "", "farmer_micro", ""}, sums, "principal");
  return out;
}

std::vector<Asked> measures() {
  std::vector<Asked> out = filtered();
  const Aggregate balances[] = {Aggregate::average_daily,     Aggregate::at_end,
                                Aggregate::at_start,          Aggregate::net_change,
                                Aggregate::month_end_average, Aggregate::distinct_customers};
  for (Attribution a : {Attribution::by_share, Attribution::main_only, Attribution::subtree}) {
    for (Fact f : {Fact::deposit_balance, Fact::loan_balance, Fact::overdue_principal, Fact::overdue_interest})
      for (Aggregate g : balances) out.push_back({measure(f, g, a), {}});
    for (Fact f : {Fact::account, Fact::customer})
      for (Aggregate g : {Aggregate::count, Aggregate::distinct_customers}) out.push_back({measure(f, g, a), {}});
    for (auto [f, column] :
         {std::pair{Fact::repayment, "interest"}, {Fact::transaction, "amount"}, {Fact::sale, "quantity"}})
      for (Aggregate g : {Aggregate::sum, Aggregate::count, Aggregate::distinct_customers})
        out.push_back({measure(f, g, a, column), {}});
    Measure capped = measure(Fact::deposit_balance, Aggregate::average_daily, a);
    capped.cap = 50'000'000;
    capped.minimum = 1'000'000;
    out.push_back({capped, {}});
    capped.aggregate = Aggregate::distinct_customers;
    out.push_back({capped, {}});
  }
  for (Aggregate g : {Aggregate::sum, Aggregate::count, Aggregate::distinct_customers})
    out.push_back({measure(Fact::sale, g, Attribution::seller, "quantity"), {}});
  return out;
}

std::string describe(const Measure& m, const std::string& period) {
  return "fact " + std::to_string(static_cast<int>(m.fact)) + " aggregate " +
         std::to_string(static_cast<int>(m.aggregate)) + " attribution " +
         std::to_string(static_cast<int>(m.attribution)) + (m.cap ? " capped " : " ") + m.filter + " " + period;
}

// value = numerator / denominator in the unit; the brute force counts in 1/10,000 fen or pieces.
void expect_equal(const Ratio& got, const BruteForce::Figure& want, const Measure& m, const std::string& what) {
  Int128 unit = 10'000;  // shares
  if (m.aggregate == Aggregate::distinct_customers || m.fact == Fact::customer) unit = 1;
  else if (m.aggregate == Aggregate::sum && m.column == "quantity") unit *= 10'000;
  else if (m.aggregate != Aggregate::count && m.fact != Fact::account) unit *= 100;
  EXPECT_EQ(base::format_int128(got.numerator * want.denominator * unit),
            base::format_int128(want.numerator * got.denominator))
      << what;
}

struct Compared {
  int figures = 0, refused = 0, not_zero = 0;
};

void compare(Engine& engine, const BruteForce& brute, const std::string& seed, Compared& seen) {
  for (const char* text : {"2024-02", "2023-12", "2024", "2025-01"}) {
    base::Period period = *base::Period::parse(text);
    for (const auto& [m, filter] : measures()) {
      std::string what = seed + " " + describe(m, text);
      auto holders = holders_for(m.attribution);
      auto got = engine.evaluate(m, period, holders);
      Day first = period.first().days(), last = period.last().days();
      bool before = m.aggregate == Aggregate::net_change || m.aggregate == Aggregate::at_start;
      if (brute.over_assigned(m, before ? first - 1 : first, last)) {
        ASSERT_FALSE(got.ok()) << what;
        EXPECT_EQ(got.error().code, "measure.over_assigned") << what << " " << got.error().text();
        EXPECT_NE(got.error().message.find("assigned over 100 %"), std::string::npos) << got.error().text();
        ++seen.refused;
        continue;
      }
      ASSERT_TRUE(got.ok()) << what << ": " << got.error().text();
      for (size_t h = 0; h < holders.size(); ++h) {
        auto want = brute.figure(m, filter, first, last, counts(brute, holders[h], last));
        expect_equal(got->exact[h], want, m, what + " " + holders[h].id);
        ++seen.figures;
        seen.not_zero += want.numerator != 0;
      }
    }
  }
}

// Opened figures come to the same as the figure; what an account's trace says stands in them.
// Every fourth measure, another fourth with each seed.
void open_all(Engine& engine, int seed_number, int& items) {
  base::Period period = *base::Period::parse("2024");
  std::string seed = "seed " + std::to_string(seed_number);
  int nth = seed_number;
  for (const auto& [m, filter] : measures()) {
    if (nth++ % 4 != 0) continue;
    auto holders = holders_for(m.attribution);
    auto figures = engine.evaluate(m, period, holders);
    if (!figures.ok()) continue;  // over-assigned: compared above
    for (size_t h = 0; h < holders.size(); ++h) {
      std::string what = seed + " " + describe(m, "2024 ") + holders[h].id;
      auto opened = engine.open_figure(m, period, holders[h], 1'000);
      ASSERT_TRUE(opened.ok()) << what << opened.error().text();
      EXPECT_EQ(base::format_int128(opened->total.numerator), base::format_int128(figures->exact[h].numerator))
          << what;
      EXPECT_EQ(opened->contributions, opened->items.size()) << what;
      Int128 sum = 0;
      for (const Contribution& c : opened->items) {
        sum += c.amount.numerator;
        EXPECT_FALSE(c.rows.empty()) << what << " " << c.subject_id;
        ++items;
      }
      EXPECT_EQ(base::format_int128(sum), base::format_int128(opened->total.numerator)) << what;
      if (opened->items.empty() || holders[h].kind == HolderKind::team) continue;
      const Contribution& first = opened->items[0];
      const policy::Measure* const one[] = {&m};
      auto traced = engine.trace_subject(one, period, first.subject_kind, first.subject_id);
      ASSERT_TRUE(traced.ok()) << what;
      const std::vector<Holder>& moved = traced->at(0).holders;
      Int128 back = 0;  // several numbers of one organisation tree stand for the same holder
      for (size_t i = 0; i < moved.size(); ++i)
        if (moved[i].id == holders[h].id) back += traced->at(0).contributions[i].amount.numerator;
      if (m.attribution != Attribution::subtree)
        EXPECT_EQ(base::format_int128(back), base::format_int128(first.amount.numerator))
            << what << " " << first.subject_id;
      else EXPECT_NE(moved.size(), 0u) << what;
    }
  }
}

class RandomBanks : public ::testing::TestWithParam<std::tuple<Warehouse::Engine, int>> {};

TEST_P(RandomBanks, everyFigureIsThatOfAWalkThroughEveryDay) {
  auto [kind, seed] = GetParam();
  warehouse::testing::Place place(kind);
  if (!place.available()) GTEST_SKIP() << warehouse::testing::kNoPostgres;
  TinyBank bank = RandomBank(static_cast<uint32_t>(seed)).make();
  auto db = place.open();
  bank.write(*db);
  Engine::Options options;
  options.teams = team;
  Compared seen;
  auto now = Engine::open(*db, options);
  ASSERT_TRUE(now.ok()) << now.error().text();
  compare(**now, BruteForce(bank, std::nullopt), "seed " + std::to_string(seed), seen);
  // As it was known half-way.
  const ImportRow& half = bank.imports[bank.imports.size() / 2];
  options.known_at = base::Instant{half.applied};
  auto then = Engine::open(*db, options);
  ASSERT_TRUE(then.ok()) << then.error().text();
  compare(**then, BruteForce(bank, half.applied), "seed " + std::to_string(seed) + " half-way", seen);
  EXPECT_GT(seen.not_zero, 100) << "the bank of seed " << seed << " has too little in it: " << seen.refused
                                << " refused";
}

TEST_P(RandomBanks, openedFiguresComeToTheFigure) {
  auto [kind, seed] = GetParam();
  warehouse::testing::Place place(kind);
  if (!place.available()) GTEST_SKIP() << warehouse::testing::kNoPostgres;
  TinyBank bank = RandomBank(static_cast<uint32_t>(seed)).make();
  auto db = place.open();
  bank.write(*db);
  Engine::Options options;
  options.teams = team;
  auto engine = Engine::open(*db, options);
  ASSERT_TRUE(engine.ok());
  int items = 0;
  open_all(**engine, seed, items);
  EXPECT_GT(items, 100);
}

INSTANTIATE_TEST_SUITE_P(duckdb, RandomBanks,
                         ::testing::Combine(::testing::Values(Warehouse::Engine::duckdb), ::testing::Range(1, 5)));
INSTANTIATE_TEST_SUITE_P(postgres, RandomBanks,
                         ::testing::Combine(::testing::Values(Warehouse::Engine::postgres),
                                            ::testing::Range(1, 3)));

}  // namespace
}  // namespace guanhu::measures::testing
