#include "store/migrations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "store/testing.h"

namespace guanhu::store {
namespace {

using ::testing::HasSubstr;

constexpr Migration kNotes[] = {
    {1, "notes",
     "CREATE TABLE note (id {serial}, owner TEXT NOT NULL, fen {bigint} NOT NULL) {strict};"
     "CREATE INDEX note_owner ON note (owner)"},
    {2, "notes have a colour", "ALTER TABLE note ADD COLUMN colour TEXT NOT NULL DEFAULT '{\"a\": 1}'"},
    {3, "a first note", "INSERT INTO note (owner, fen) VALUES ('e1', 9007199254740993)"},
};

class MigrationsTest : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    place_ = std::make_unique<testing::Place>(GetParam());
    if (!place_->available()) GTEST_SKIP() << testing::kNoPostgres;
    db_ = place_->open();
  }
  void TearDown() override {
    db_.reset();
    place_.reset();
  }
  base::Status run(std::span<const Migration> steps, std::string_view module = "notes") {
    const ModuleMigrations modules[] = {{module, steps}};
    return migrate(*db_, modules, clock_);
  }
  std::vector<int64_t> versions(const std::string& module) {
    std::vector<int64_t> out;
    for (const Row& row :
         db_->query("SELECT version FROM schema_version WHERE module = ? ORDER BY version", {module})) {
      out.push_back(row.integer(0));
    }
    return out;
  }

  base::FixedClock clock_{*base::Instant::parse("2026-01-02T03:04:05Z")};
  std::unique_ptr<testing::Place> place_;
  std::unique_ptr<Session> db_;
};

TEST_P(MigrationsTest, ANewerStoreIsRefusedUnchanged) {
  ASSERT_TRUE(run(kNotes).ok());
  constexpr Migration kOther[] = {{1, "other", "CREATE TABLE other (x TEXT)"}};
  const ModuleMigrations older[] = {{"other", kOther}, {"notes", std::span(kNotes).first(2)}};
  auto status = migrate(*db_, older, clock_);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, "store.newer");
  EXPECT_THAT(status.error().message, HasSubstr("notes is at version 3, this program knows versions up to 2"));
  EXPECT_TRUE(versions("other").empty()) << "nothing was changed";
}

TEST_P(MigrationsTest, ARecordWithHolesIsRefused) {
  ASSERT_TRUE(run(kNotes).ok());
  db_->exec("DELETE FROM schema_version WHERE version = 2");
  auto status = run(kNotes);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, "store.damaged");
}

TEST_P(MigrationsTest, StepsWithGapsOrUnknownNamesAreTheProgrammersMistake) {
  constexpr Migration kGap[] = {{1, "a", "CREATE TABLE a (x TEXT)"}, {3, "c", "CREATE TABLE c (x TEXT)"}};
  constexpr Migration kLate[] = {{2, "b", "CREATE TABLE b (x TEXT)"}};
  constexpr Migration kUnknown[] = {{1, "a", "CREATE TABLE a (x {bigtin})"}};
  EXPECT_THROW((void)run(kGap), base::Broken);
  EXPECT_THROW((void)run(kLate), base::Broken);
  EXPECT_THROW((void)run(kUnknown), base::Broken);
  EXPECT_THROW(db_->query("SELECT * FROM a"), base::Broken);
}

TEST_P(MigrationsTest, AStepThatFailsLeavesTheStepsBeforeIt) {
  constexpr Migration kBad[] = {
      {1, "good", "CREATE TABLE good (x TEXT)"},
      {2, "half", "CREATE TABLE half (x TEXT); INSERT INTO half VALUES ('x'); INSERT INTO nowhere VALUES (1)"},
  };
  try {
    (void)run(kBad);
    ADD_FAILURE() << "it did not fail";
  } catch (const base::Broken& broken) {
    EXPECT_THAT(broken.what(), HasSubstr("migration 2 of notes (half)"));
  }
  EXPECT_THAT(versions("notes"), ::testing::ElementsAre(1));
  EXPECT_THROW(db_->query("SELECT * FROM half"), base::Broken);
  constexpr Migration kMended[] = {kBad[0], {2, "whole", "CREATE TABLE half (x TEXT)"}};
  EXPECT_TRUE(run(kMended).ok());
  EXPECT_THAT(versions("notes"), ::testing::ElementsAre(1, 2));
}

TEST_P(MigrationsTest, StepsAreAppliedOnceAndRecorded) {
  ASSERT_TRUE(run(std::span(kNotes).first(1)).ok());
  ASSERT_TRUE(run(kNotes).ok());
  ASSERT_TRUE(run(kNotes).ok());
  EXPECT_THAT(versions("notes"), ::testing::ElementsAre(1, 2, 3));
  auto rows = db_->query("SELECT id, owner, fen, colour FROM note");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].integer(0), 1);
  EXPECT_EQ(rows[0].integer(2), 9007199254740993) << "64 bits";
  EXPECT_EQ(rows[0].text(3), "{\"a\": 1}");
  EXPECT_EQ(db_->query("SELECT applied_at FROM schema_version WHERE version = 3").at(0).text(0),
            "2026-01-02T03:04:05Z");
}

TEST_P(MigrationsTest, SerialNumbersAreNotUsedAgain) {
  constexpr Migration kSerial[] = {{1, "with its own words", "CREATE TABLE s (id {serial} PRIMARY KEY, x TEXT)"}};
  ASSERT_TRUE(run(kSerial).ok());
  db_->exec("INSERT INTO s (x) VALUES ('a')");
  db_->exec("INSERT INTO s (x) VALUES ('b')");
  db_->exec("DELETE FROM s WHERE id = 2");
  EXPECT_EQ(db_->query("INSERT INTO s (x) VALUES ('c') RETURNING id").at(0).integer(0), 3);
}

TEST_P(MigrationsTest, ModulesAreNumberedApart) {
  constexpr Migration kOther[] = {{1, "other", "CREATE TABLE other (x TEXT)"}};
  ASSERT_TRUE(run(kNotes).ok());
  ASSERT_TRUE(run(kOther, "other").ok());
  EXPECT_THAT(versions("other"), ::testing::ElementsAre(1));
  EXPECT_THAT(versions("notes"), ::testing::ElementsAre(1, 2, 3));
}

TEST_P(MigrationsTest, SeveralProcessesAtOnceApplyEachStepOnce) {
  std::vector<std::future<bool>> done;
  for (int t = 0; t < 4; ++t) {
    done.push_back(std::async(std::launch::async, [&] {
      auto session = place_->open();
      const ModuleMigrations modules[] = {{"notes", kNotes}};
      return migrate(*session, modules, clock_).ok();
    }));
  }
  for (auto& one : done) EXPECT_TRUE(one.get());
  EXPECT_EQ(db_->query("SELECT count(*) FROM note").at(0).integer(0), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, MigrationsTest, ::testing::Values(Engine::sqlite, Engine::postgres),
                         [](const auto& engine) {
                           return engine.param == Engine::sqlite ? "Sqlite" : "Postgres";
                         });

// Order of text must not depend on how the bank's database was made.
TEST(PostgresCollation, TextOfMigratedTablesIsBytewise) {
  testing::Place place(Engine::postgres);
  if (!place.available()) GTEST_SKIP() << testing::kNoPostgres;
  auto admin = place.open();
  const std::string name = place.schema() + "_icu";
  admin->exec("CREATE DATABASE " + name +
              " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
  std::string dsn = testing::postgres_dsn();
  dsn.replace(dsn.find("/postgres?"), 10, "/" + name + "?");
  {
    auto db = open_postgres(dsn, "s");
    base::FixedClock clock{base::Instant{0}};
    constexpr Migration kText[] = {{1, "text", "CREATE TABLE t (v TEXT PRIMARY KEY)"}};
    const ModuleMigrations modules[] = {{"text", kText}};
    ASSERT_TRUE(migrate(*db, modules, clock).ok());
    for (const char* v : {"a", "B", "b", "A"}) db->exec("INSERT INTO t VALUES (?)", {std::string(v)});
    EXPECT_EQ(db->query("SELECT string_agg(v, '' ORDER BY v) FROM t").at(0).text(0), "ABab");
  }
  admin->exec("DROP DATABASE " + name);
}

}  // namespace
}  // namespace guanhu::store
