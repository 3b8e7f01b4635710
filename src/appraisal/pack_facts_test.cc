// Schemes of the installed packs from the facts of a small feed: who counts, from which day on, and what is
// missing.
#include <gtest/gtest.h>

#include <tuple>

#include "appraisal/pack_facts_testing.h"

namespace guanhu::appraisal {
namespace {

using namespace testing;

// KPI-632: a contest has a period, participants, what each brought in, and a ranking.
TEST_P(PackFacts, ADepositContestRanksWhoTakesPartByWhatTheyBroughtIn) {
  measures::testing::TinyBank bank;
  int i = bank.import("2025-03-31");
  bank.orgs = {{i, "B0", ""}, {i, "B1", "B0"}};
  bank.staff = {{i, "S1", "B1"}, {i, "S2", "B1"}, {i, "S3", "B1"}, {i, "S4", "B1"}};
  bank.customers = {{i, "C1", "person", false}};
  const auto opened = day("2024-06-01"), eve = day("2024-12-31"), first = day("2025-01-01"),
             last = day("2025-03-31");
  for (const char* id : {"A1", "A2", "A3", "A4"})
    bank.accounts.push_back({i, id, "C1", "B1", "p", "demand", opened, std::nullopt});
  // A1 had 100 the evening before: what was there does not count. A2 came on the first day, A3 on the last.
  bank.balances = {{i, "A1", eve, 10'000},
                   {i, "A1", last, 25'000},
                   {i, "A2", first, 15'000},
                   {i, "A3", last, 14'999},
                   {i, "A4", first, 900'000}};
  bank.assignments = {{i, "account", "A1", "S1", true, kOne, opened, std::nullopt},
                      {i, "account", "A2", "S2", true, kOne, opened, std::nullopt},
                      {i, "account", "A3", "S3", true, kOne, opened, std::nullopt},
                      {i, "account", "A4", "S4", true, kOne, opened, std::nullopt}};
  open(std::move(bank), {"UPDATE f_staff SET position = 'teller' WHERE staff_id = 'S2'",
                         "UPDATE f_staff SET position = 'auditor' WHERE staff_id = 'S4'"});
  EXPECT_FALSE(run("northeast-bank-h1", "吸储竞赛", "2025").ok()) << "a year is no contest";
  auto contest = run("northeast-bank-h1", "吸储竞赛", "2025Q1");
  ASSERT_TRUE(contest.ok()) << contest.error().text();
  EXPECT_EQ(shown(*contest, 0), "S1 150 #1 S2 150 #1 S3 149.99 #3 ")
      << "alike share a place; an auditor does not take part";
  auto before = run("northeast-bank-h1", "吸储竞赛", "2024H2");
  ASSERT_TRUE(before.ok()) << before.error().text();
  EXPECT_EQ(shown(*before, 0), "S1 100 #1 S2 0 #2 S3 0 #2 ");
}

// KPI-634: consumer and housing loans each against their own market, which people enter with its source.
TEST_P(PackFacts, MarketSharesOfConsumerAndHousingLoansAreWatchedApart) {
  measures::testing::TinyBank bank;
  int i = bank.import("2025-12-31");
  bank.orgs = {{i, "B0", ""}, {i, "B1", "B0"}, {i, "B2", "B0"}};
  bank.staff = {{i, "S1", "B1"}};
  bank.customers = {{i, "C1", "person", false}};
  const auto opened = day("2025-01-10");
  for (const auto& [id, org, kind] : {std::tuple{"L1", "B1", "personal_consumer"},
                                      {"L2", "B1", "personal_consumer"},
                                      {"L3", "B2", "personal_consumer"},
                                      {"L4", "B2", "personal_business"}}) {
    bank.loans.push_back({i, id, "C1", org, kind, opened, std::nullopt});
    bank.states.push_back({i, id, opened, std::string(id) == "L2" ? 30'000 : 20'000, 0, 0, "normal", false});
  }
  open(std::move(bank), {"UPDATE f_loans SET product = '个人住房按揭贷款' WHERE loan_id = 'L2'",
                         "UPDATE f_loans SET product = '消费易贷' WHERE loan_id = 'L1'"});
  auto total = [](const char* name, const char* value, const char* period) {
    return Recorded{
        1,
        {name, "bank", "", period, "", base::Json(*base::Decimal::parse(value)), "元", "人行通报12号", ""},
        "prov-branch-h2-plan 1.0",
        "业务部",
        "2026-01-05"};
  };
  auto shares = [&](std::vector<Recorded> recorded) {
    auto made = run("prov-branch-h2-plan", "retail-share", "2025", std::move(recorded));
    EXPECT_TRUE(made.ok()) << made.error().text();
    std::string out, keep;
    if (!made.ok()) return out;
    for (const char* org : {"B0", "B1"})
      for (const char* name : {"消费贷款份额", "住房贷款份额"}) {
        const std::string* found = figure(*made->holder(org), name, keep);
        out += (found ? *found : "none") + " ";
      }
    return out;
  };
  // The bank: L1 and L3 are 400 of consumer loans, L2 is 300 of housing loans, L4 is neither.
  EXPECT_EQ(shares({total("个人消费贷款市场总额", "4000", "2025"), total("个人住房贷款市场总额", "1200", "2025")}),
            "0.1 0.25 0.05 0.25 ");
  EXPECT_EQ(shares({total("个人消费贷款市场总额", "4000", "2025")}), "0.1 - 0.05 - ")
      << "one that nobody entered has no share, and takes none from the other";
  EXPECT_EQ(shares({total("个人消费贷款市场总额", "4000", "2024")}), "- - - - ")
      << "last year's total is not this one's";
}

// GRD-318, GRD-319: probation that ends on the day of the evaluation is over; who is still in it is left out,
// which is another thing than waiting for a signature.
TEST_P(PackFacts, WhoIsInProbationOnTheDayOfTheEvaluationIsLeftOut) {
  measures::testing::TinyBank bank;
  int i = bank.import("2025-12-31");
  bank.orgs = {{i, "B0", ""}, {i, "B1", "B0"}};
  for (const char* id : {"S1", "S2", "S3", "S4"}) bank.staff.push_back({i, id, "B1"});
  open(std::move(bank), {"UPDATE f_orgs SET kind = 'branch' WHERE org_id = 'B1'",
                         "UPDATE f_staff SET position = 'branch_head' WHERE staff_id = 'S4'"});
  const std::vector<Recorded> ends = {fact_of("staff", "S1", "见习期满日", "2026-01-15", "2025-07-01"),
                                      fact_of("staff", "S2", "见习期满日", "2026-01-16", "2025-07-01"),
                                      fact_of("staff", "S3", "任务考核表已签认", false, "", "2025")};
  auto shown = [&](std::vector<Recorded> facts) {
    auto made = run("shandong-rcb-draft", "grade-evaluation", "2025", std::move(facts));
    EXPECT_TRUE(made.ok()) << made.error().text();
    std::string out;
    if (!made.ok()) return out;
    EXPECT_FALSE(made->holder("S4")) << "a head who serves nobody is not appraised";
    for (const auto& h : made->holders)
      out += h.id + " " + (h.grade ? *h.grade : h.waits.empty() ? "?" : "等") + " ";
    return out;
  };
  EXPECT_EQ(shown(ends), "S1 等 S2 不参加 S3 等 ") << "the fifteenth of January, where nobody set a day";
  auto later = ends;
  later.push_back(fact_of("bank", "", "本次评定日期", "2026-01-16", "", "2025"));
  EXPECT_EQ(shown(later), "S1 等 S2 等 S3 等 ") << "a day later it is over";
}

// KPI-323: trainees take part; who has left by the end of the last day, or comes after it, does not.
TEST_P(PackFacts, TraineesTakePartAndWhoHasLeftByTheLastDayDoesNot) {
  measures::testing::TinyBank bank;
  int i = bank.import("2025-12-31");
  bank.orgs = {{i, "B0", ""}, {i, "B1", "B0"}};
  for (const char* id : {"S1", "S2", "S3", "S4", "S5", "S6"}) bank.staff.push_back({i, id, "B1"});
  open(std::move(bank), {"UPDATE f_staff SET position = 'trainee_manager' WHERE staff_id = 'S1'",
                         "UPDATE f_staff SET position = 'teller' WHERE staff_id = 'S2'",
                         "UPDATE f_staff SET left_on = DATE '2025-12-31' WHERE staff_id = 'S3'",
                         "UPDATE f_staff SET left_on = DATE '2026-01-01' WHERE staff_id = 'S4'",
                         "UPDATE f_staff SET hired_on = DATE '2025-12-31' WHERE staff_id = 'S5'",
                         "UPDATE f_staff SET hired_on = DATE '2026-01-01' WHERE staff_id = 'S6'"});
  auto made = run("county-rcc-rules", "annual-appraisal", "2025");
  ASSERT_TRUE(made.ok()) << made.error().text();
  std::string out;
  for (const auto& h : made->holders) out += h.id + " ";
  EXPECT_EQ(out, "S1 S4 S5 ");
}

INSTANTIATE_TEST_SUITE_P(duckdb, PackFacts, ::testing::Values(Warehouse::Engine::duckdb));
INSTANTIATE_TEST_SUITE_P(postgres, PackFacts, ::testing::Values(Warehouse::Engine::postgres));

}  // namespace
}  // namespace guanhu::appraisal
