// From draft to sealed: who may do what when, and what the store itself refuses.
#include "appraisal/life.h"

#include "appraisal/life_testing.h"

namespace guanhu::appraisal::testing {
namespace {

class Life : public RunStore {};

std::string code(const base::Result<RunLife>& result) { return result.ok() ? "" : result.error().code; }

TEST_P(Life, IsRefusedWithoutARunOrAReason) {
  EXPECT_EQ(code(show(1)), "life.unknown");
  EXPECT_EQ(code(propose_seal(*store_, 1, on("2026-01-30"), doing("business"))), "life.unknown");
  EXPECT_EQ(code(seal(*store_, 1, sealing(1), on("2026-01-30"), doing("business"))), "life.unknown");
  int64_t run = keep(small_run());
  EXPECT_EQ(code(publish(*store_, publication(run), doing("business", " \n"))), "life.reason");
  EXPECT_EQ(code(publish(*store_, publication(run), doing("business", std::string(4001, 'x')))), "life.reason");
  EXPECT_EQ(life_of(*store_, run)->state, "draft");
  EXPECT_EQ(told_, "") << "what was refused leaves no record";
}

TEST_P(Life, ADraftIsNotSealedAndAPublishedOneNotPublishedAgain) {
  int64_t run = keep(small_run());
  EXPECT_EQ(code(close(run, "2026-02-01")), "life.state");
  ASSERT_TRUE(show(run).ok());
  EXPECT_EQ(code(show(run)), "life.state");
}

TEST_P(Life, TheNoticeAndTheTimeForAppealsRunOutFirst) {
  int64_t run = keep(small_run());
  ASSERT_TRUE(show(run).ok());
  EXPECT_EQ(code(close(run, "2026-01-09")), "life.notice");
  EXPECT_EQ(code(close(run, "2026-01-10")), "life.appeal");
  EXPECT_EQ(code(close(run, "2026-01-12")), "life.appeal") << "the last day belongs to the appeals";
  EXPECT_EQ(code(close(run, "2026-01-13")), "");
}

TEST_P(Life, TwoDifferentPeopleSeal) {
  int64_t run = keep(small_run());
  ASSERT_TRUE(show(run).ok());
  EXPECT_EQ(code(seal(*store_, run, sealing(run), on("2026-01-20"), doing("executive"))), "life.proposed");
  EXPECT_EQ(code(close(run, "2026-01-20", "business")), "life.self");
  EXPECT_NE(
      tamper(
          "UPDATE run_life SET sealed_by = 'business', sealed_at = 'x', root = 'x', leaves = 1 WHERE run_id = " +
          std::to_string(run)),
      "")
      << "not past the program either";
  EXPECT_EQ(life_of(*store_, run)->state, "published");
}

TEST_P(Life, KeepsWhoWhenAndWhy) {
  int64_t run = keep(small_run());
  ASSERT_TRUE(show(run).ok());
  clock_.set(*base::Instant::parse("2026-01-20T01:00:00Z"));
  auto sealed = close(run, "2026-01-20");
  ASSERT_TRUE(sealed.ok()) << sealed.error().text();
  EXPECT_EQ(sealed->state, "sealed");
  EXPECT_EQ(sealed->maker, "maker");
  EXPECT_EQ(sealed->published_by, "business");
  EXPECT_EQ(sealed->sealed_by, "executive");
  EXPECT_EQ(sealed->sealed_at, "2026-01-20T01:00:00Z");
  EXPECT_EQ(sealed->leaves, 1);
  EXPECT_EQ(sealed->root.size(), 64u);
  std::string all;
  for (const auto& step : steps_of(*store_, run)) all += step.what + " " + step.actor + " " + step.reason + "; ";
  EXPECT_EQ(all, "publish business 按制度; propose business 按制度; seal executive 按制度; ");
  EXPECT_EQ(*steps_of(*store_, run).back().detail.find("root")->as_string(), sealed->root);
  EXPECT_EQ(told_, "published published sealed ");
}

TEST_P(Life, ASealedRunNeverChanges) {
  int64_t run = keep(small_run());
  ASSERT_TRUE(show(run).ok());
  ASSERT_TRUE(close(run, "2026-01-20").ok());
  EXPECT_EQ(code(show(run)), "life.state");
  EXPECT_EQ(code(close(run, "2026-01-21")), "life.state");
  const std::string here = " WHERE run_id = " + std::to_string(run);
  for (const std::string& sql : std::vector<std::string>{
           "UPDATE runs SET state = 'draft'" + here, "UPDATE runs SET run_hash = 'x'" + here,
           "UPDATE runs SET summary = '{}'" + here, "DELETE FROM runs" + here,
           "UPDATE run_holders SET result = '{}'" + here, "DELETE FROM run_holders" + here,
           "INSERT INTO run_holders (run_id, holder_id, result) VALUES (" + std::to_string(run) + ", 'M9', '{}')",
           "UPDATE run_life SET root = 'x'" + here, "DELETE FROM run_life" + here,
           "UPDATE run_leaves SET leaf = 'x'" + here, "DELETE FROM run_leaves" + here,
           "INSERT INTO run_leaves (run_id, holder_id, position, salt, statement, leaf) VALUES (" +
               std::to_string(run) + ", 'M9', 9, '', '', '')",
           "UPDATE run_steps SET reason = ''" + here, "DELETE FROM run_steps" + here,
           "INSERT INTO run_corrections (run_id, holder_id, figure, value, dispute_id) VALUES (" +
               std::to_string(run) + ", 'M1', 'x', '1', 1)"})
    EXPECT_NE(tamper(sql), "") << sql;
  EXPECT_EQ(life_of(*store_, run)->state, "sealed");
}

TEST_P(Life, WhatPeopleSawStaysAsItWas) {
  int64_t run = keep(small_run());
  EXPECT_EQ(tamper("UPDATE run_holders SET result = result WHERE run_id = " + std::to_string(run)), "");
  ASSERT_TRUE(show(run).ok());
  EXPECT_NE(tamper("UPDATE run_holders SET result = result WHERE run_id = " + std::to_string(run)), "");
  EXPECT_NE(tamper("DELETE FROM runs WHERE run_id = " + std::to_string(run)), "");
}

TEST_P(Life, ALaterPublicationTakesThePlaceOfAnEarlierOne) {
  int64_t first = keep(small_run("80")), second = keep(small_run("81")), third = keep(small_run("82"));
  int64_t other = keep(small_run("80", "2025Q3"));
  for (int64_t run : {first, second, other}) ASSERT_TRUE(show(run).ok());
  EXPECT_EQ(life_of(*store_, first)->superseded_by, second);
  EXPECT_EQ(life_of(*store_, other)->superseded_by, 0) << "another period";
  EXPECT_EQ(code(close(first, "2026-01-20")), "life.superseded");
  ASSERT_TRUE(close(second, "2026-01-20").ok());
  EXPECT_EQ(code(show(third)), "life.sealed_period");
  std::string in_force;
  for (const auto& life : results_in_force(*store_)) in_force += std::to_string(life.run) + " ";
  EXPECT_EQ(in_force, std::to_string(other) + " " + std::to_string(second) + " ");
  EXPECT_NE(tamper("UPDATE runs SET state = 'sealed' WHERE run_id = " + std::to_string(third)), "")
      << "one sealed run for a scheme and a period";
}

INSTANTIATE_TEST_SUITE_P(sqlite, Life, ::testing::Values(store::Engine::sqlite));
INSTANTIATE_TEST_SUITE_P(postgres, Life, ::testing::Values(store::Engine::postgres));

}  // namespace
}  // namespace guanhu::appraisal::testing
