// The same suite on both engines: what is promised in store.h.
#include "store/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "store/testing.h"

namespace guanhu::store {
namespace {

using base::Broken;
using ::testing::HasSubstr;
using ::testing::Not;

class StoreTest : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    place_ = std::make_unique<testing::Place>(GetParam());
    if (!place_->available()) GTEST_SKIP() << testing::kNoPostgres;
    db_ = place_->open();
    db_->script(
        "CREATE TABLE org (org_id TEXT PRIMARY KEY, name TEXT NOT NULL);"
        "CREATE TABLE account (account_id TEXT PRIMARY KEY, org_id TEXT NOT NULL REFERENCES org (org_id),"
        "  balance BIGINT CHECK (balance >= -100), memo TEXT)");
    db_->exec("INSERT INTO org VALUES ('o1', '清河支行')");
  }
  void TearDown() override {
    db_.reset();
    place_.reset();
  }

  int64_t count(const std::string& table) { return db_->query("SELECT count(*) FROM " + table).at(0).integer(0); }

  std::unique_ptr<testing::Place> place_;
  std::unique_ptr<Session> db_;
};

constexpr const char* kInsert = "INSERT INTO account (account_id, org_id, balance, memo) VALUES (?, ?, ?, ?)";

std::string message_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const Broken& broken) {
    return broken.what();
  }
  return "nothing was thrown";
}

// --- refusals -------------------------------------------------------------------------------------

TEST_P(StoreTest, BrokenStatementsThrowBrokenNotConflict) {
  EXPECT_THROW(db_->query("SELECT nonsense FROM nowhere"), Broken);
  EXPECT_THROW(db_->exec("INSERT INTO nowhere VALUES (1)"), Broken);
  EXPECT_THROW(db_->query(""), Broken);
  EXPECT_THROW(db_->script("CREATE TABLE x (a TEXT); CREATE NONSENSE"), Broken);
  EXPECT_THAT(message_of([&] { db_->query("SELECT 1 FROM nowhere"); }),
              HasSubstr("statement: SELECT 1 FROM nowhere"));
  for (const char* sql : {"SELECT nonsense FROM nowhere", "SELECT FROM WHERE"}) {
    try {
      db_->query(sql);
      ADD_FAILURE() << sql;
    } catch (const Conflict&) {
      ADD_FAILURE() << "a conflict: " << sql;
    } catch (const Broken&) {}
  }
  EXPECT_EQ(count("account"), 0) << "usable after a refusal";
}

TEST_P(StoreTest, SeveralStatementsAreForScriptsOnly) {
  EXPECT_THROW(db_->exec("DELETE FROM account; DELETE FROM org"), Broken);
  EXPECT_THROW(db_->query("SELECT 1; SELECT 2"), Broken);
  EXPECT_EQ(count("org"), 1);
  EXPECT_EQ(db_->query("SELECT 1; -- and no more").size(), 1u);
}

TEST_P(StoreTest, WrongNumberOfParametersThrows) {
  EXPECT_THROW(db_->exec(kInsert, {std::string("a")}), Broken);
  EXPECT_THROW(db_->query("SELECT 1", {int64_t{1}}), Broken);
  EXPECT_THROW(db_->query("SELECT name FROM org WHERE org_id = ?"), Broken);
}

TEST_P(StoreTest, ConstraintViolationsAreConflicts) {
  db_->exec(kInsert, {std::string("a1"), std::string("o1"), int64_t{1}, {}});
  EXPECT_THROW(db_->exec(kInsert, {std::string("a1"), std::string("o1"), int64_t{1}, {}}), Conflict) << "unique";
  EXPECT_THROW(db_->exec(kInsert, {std::string("a2"), std::string("o9"), int64_t{1}, {}}), Conflict)
      << "foreign key";
  EXPECT_THROW(db_->exec(kInsert, {std::string("a2"), {}, int64_t{1}, {}}), Conflict) << "not null";
  EXPECT_THROW(db_->exec(kInsert, {std::string("a2"), std::string("o1"), int64_t{-101}, {}}), Conflict) << "check";
  EXPECT_THROW(db_->exec("DELETE FROM org WHERE org_id = ?", {std::string("o1")}), Conflict)
      << "still referred to";
  EXPECT_EQ(count("account"), 1);
  db_->exec(kInsert, {std::string("a2"), std::string("o1"), int64_t{-100}, {}});
}

TEST_P(StoreTest, MessagesHoldNoParameters) {
  auto insert = [&] {
    db_->exec(kInsert, {std::string("secret-id-7"), std::string("nowhere-9"), int64_t{1}, {}});
  };
  EXPECT_THAT(message_of(insert), Not(HasSubstr("secret-id-7")));
  EXPECT_THAT(message_of(insert), Not(HasSubstr("nowhere-9")));
}

TEST_P(StoreTest, TextThatOneEngineRefusesIsRefusedByBoth) {
  for (std::string bad : {std::string("a\0b", 3), std::string("\xff"), std::string("\xed\xa0\x80")}) {
    EXPECT_THROW(db_->exec(kInsert, {std::string("a1"), std::string("o1"), int64_t{1}, bad}), Broken);
  }
}

TEST_P(StoreTest, DoubleQuotesAreNamesNeverText) {
  EXPECT_THROW(db_->query("SELECT name FROM org WHERE name = \"o1\""), Broken);
  EXPECT_EQ(db_->query("SELECT \"name\" FROM org").size(), 1u);
}

TEST_P(StoreTest, RowAccessorsThrowOnTheWrongKind) {
  Row row = db_->query("SELECT org_id, 7, NULL FROM org").at(0);
  EXPECT_THROW(row.integer(0), Broken);
  EXPECT_THROW(row.text(1), Broken);
  EXPECT_THROW(row.integer(2), Broken);
  EXPECT_THROW(row.text(2), Broken);
  EXPECT_THROW(row.text(3), Broken);
  EXPECT_THROW(row.maybe_integer(0), Broken);
  EXPECT_EQ(row.maybe_integer(2), std::nullopt);
  EXPECT_EQ(row.maybe_text(2), std::nullopt);
  EXPECT_EQ(row.maybe_integer(1), 7);
  EXPECT_EQ(row.maybe_text(0), "o1");
}

TEST_P(StoreTest, FractionsAndBytesAreNoColumns) {
  EXPECT_THROW(db_->query("SELECT 1.5"), Broken);
  EXPECT_THROW(db_->query("SELECT avg(balance) FROM (SELECT 1 AS balance UNION ALL SELECT 2) x"), Broken);
}

// --- what it does ---------------------------------------------------------------------------------

TEST_P(StoreTest, ValuesComeBackAsTheyWent) {
  const std::string text = "𠮷野 '农' \"商\" \\ ? $1 -- ;\n";
  int n = 0;
  for (int64_t value : {INT64_MAX, int64_t{0}, int64_t{-100}, int64_t{1234567890123}}) {
    db_->exec(kInsert, {"a" + std::to_string(n++), std::string("o1"), value, text});
  }
  db_->exec(kInsert, {std::string("null"), std::string("o1"), {}, {}});
  auto rows = db_->query("SELECT balance, memo FROM account ORDER BY account_id");
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[0].integer(0), INT64_MAX);
  EXPECT_EQ(rows[1].integer(0), 0);
  EXPECT_EQ(rows[2].integer(0), -100);
  EXPECT_EQ(rows[3].integer(0), 1234567890123);
  EXPECT_EQ(rows[3].text(1), text);
  EXPECT_TRUE(rows[4].is_null(0));
  EXPECT_TRUE(rows[4].is_null(1));
  EXPECT_EQ(db_->query("SELECT CAST(? AS BIGINT)", {INT64_MIN}).at(0).integer(0), INT64_MIN);
  EXPECT_EQ(db_->query("SELECT memo FROM account WHERE memo = ?", {std::string("")}).size(), 0u);
}

TEST_P(StoreTest, MarksInTextAndCommentsAreNoParameters) {
  auto rows = db_->query("SELECT '?', /* ? */ name -- ?\n FROM org WHERE org_id = ?", {std::string("o1")});
  EXPECT_EQ(rows.at(0).text(0), "?");
}

TEST_P(StoreTest, ExecCountsRows) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(db_->exec(kInsert, {"a" + std::to_string(i), std::string("o1"), int64_t{i}, {}}), 1);
  }
  EXPECT_EQ(db_->exec("UPDATE account SET balance = balance + ? WHERE balance >= ?", {int64_t{1}, int64_t{3}}), 2);
  EXPECT_EQ(db_->exec("UPDATE account SET balance = 0 WHERE balance = ?", {int64_t{99}}), 0);
  EXPECT_EQ(db_->exec("CREATE TABLE other (x TEXT)"), 0);
  EXPECT_EQ(db_->exec("SELECT count(*) FROM account"), 0);
  EXPECT_EQ(
      db_->exec("INSERT INTO account (account_id, org_id) VALUES (?, 'o1') ON CONFLICT (account_id) DO NOTHING",
                {std::string("a1")}),
      0);
  EXPECT_EQ(db_->exec("DELETE FROM account"), 5);
}

TEST_P(StoreTest, UpsertAndReturning) {
  const char* sql =
      "INSERT INTO org (org_id, name) VALUES (?, ?) ON CONFLICT (org_id) DO UPDATE SET name = excluded.name "
      "RETURNING org_id, name";
  EXPECT_EQ(db_->query(sql, {std::string("o1"), std::string("新名")}).at(0).text(1), "新名");
  EXPECT_EQ(count("org"), 1);
}

TEST_P(StoreTest, SumsAreIntegers) {
  EXPECT_EQ(db_->query("SELECT sum(balance) FROM account").at(0).maybe_integer(0), std::nullopt);
  db_->exec(kInsert, {std::string("a1"), std::string("o1"), INT64_MAX - 5, {}});
  db_->exec(kInsert, {std::string("a2"), std::string("o1"), int64_t{5}, {}});
  EXPECT_EQ(db_->query("SELECT sum(balance) FROM account").at(0).integer(0), INT64_MAX);
}

TEST_P(StoreTest, TheEnginesAgreeWhereTheyWouldDiffer) {
  EXPECT_EQ(db_->query("SELECT 7 / 2").at(0).integer(0), 3);
  EXPECT_EQ(db_->query("SELECT 1 = 1").at(0).integer(0), 1);
  EXPECT_EQ(db_->query("SELECT 1 FROM org WHERE 'ABC' LIKE 'a%'").size(), 0u) << "LIKE minds case";
  EXPECT_EQ(db_->query("SELECT 1 FROM org WHERE 'abc' LIKE 'a%'").size(), 1u);
}

TEST_P(StoreTest, ManyDifferentStatementsAndRepeatsOfEach) {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 600; ++i) {
      auto rows = db_->query("SELECT " + std::to_string(i) + " FROM org WHERE org_id = ?", {std::string("o1")});
      ASSERT_EQ(rows.at(0).integer(0), i);
    }
  }
}

TEST_P(StoreTest, StatementsSurviveAChangeOfTheirTables) {
  EXPECT_EQ(db_->query("SELECT * FROM org").size(), 1u);
  db_->script("ALTER TABLE org ADD COLUMN kind TEXT");
  db_->exec("UPDATE org SET kind = 'outlet'");
  EXPECT_EQ(db_->query("SELECT * FROM org").at(0).text(2), "outlet");
  db_->exec("ALTER TABLE org ADD COLUMN level BIGINT");
  EXPECT_TRUE(db_->query("SELECT * FROM org").at(0).is_null(3));
}

// --- transactions ---------------------------------------------------------------------------------

TEST_P(StoreTest, TransactionsDoNotNest) {
  EXPECT_THROW(db_->transaction([&] { db_->transaction([] {}); }), Broken);
  db_->transaction([&] { db_->exec("INSERT INTO org VALUES ('o2', 'x')"); });
  EXPECT_EQ(count("org"), 2);
}

TEST_P(StoreTest, AnExceptionRollsBackAndComesThrough) {
  auto body = [&] {
    db_->exec("INSERT INTO org VALUES ('o2', 'x')");
    db_->script("CREATE TABLE made_inside (x TEXT)");
    throw std::logic_error("changed my mind");
  };
  EXPECT_THROW(db_->transaction(body), std::logic_error);
  EXPECT_EQ(count("org"), 1);
  EXPECT_THROW(db_->query("SELECT * FROM made_inside"), Broken);
}

TEST_P(StoreTest, AFailedStatementSpoilsItsTransaction) {
  auto body = [&] {
    db_->exec("INSERT INTO org VALUES ('o2', 'x')");
    EXPECT_THROW(db_->exec("INSERT INTO org VALUES ('o1', 'x')"), Conflict);
    EXPECT_THROW(db_->query("SELECT 1"), Broken) << "until it is rolled back";
  };
  EXPECT_THROW(db_->transaction(body), Broken) << "swallowing the conflict does not commit";
  EXPECT_EQ(count("org"), 1);
}

TEST_P(StoreTest, AConstraintCheckedAtCommitIsAConflictAndRollsBack) {
  db_->script("CREATE TABLE late (x TEXT REFERENCES org (org_id) DEFERRABLE INITIALLY DEFERRED)");
  EXPECT_THROW(db_->transaction([&] { db_->exec("INSERT INTO late VALUES ('none')"); }), Conflict);
  EXPECT_EQ(count("late"), 0);
  db_->transaction([&] {
    db_->exec("INSERT INTO late VALUES ('o3')");
    db_->exec("INSERT INTO org VALUES ('o3', 'x')");
  });
  EXPECT_EQ(count("late"), 1);
}

TEST_P(StoreTest, AScriptIsAllOrNothing) {
  EXPECT_THROW(db_->script("INSERT INTO org VALUES ('o2', 'x'); INSERT INTO org VALUES ('o1', 'x')"), Conflict);
  EXPECT_EQ(count("org"), 1);
}

TEST_P(StoreTest, OthersSeeATransactionOnlyWhenItIsCommitted) {
  auto other = place_->open();
  db_->transaction([&] {
    db_->exec("INSERT INTO org VALUES ('o2', 'x')");
    EXPECT_EQ(other->query("SELECT count(*) FROM org").at(0).integer(0), 1);
  });
  EXPECT_EQ(other->query("SELECT count(*) FROM org").at(0).integer(0), 2);
}

// Read, decide, write: no increment is lost and no transaction has to be repeated.
TEST_P(StoreTest, WritersTakeTurns) {
  db_->script("CREATE TABLE counter (n BIGINT NOT NULL); INSERT INTO counter VALUES (0)");
  constexpr int kThreads = 4;
  constexpr int kEach = 25;
  std::vector<std::future<void>> done;
  for (int t = 0; t < kThreads; ++t) {
    done.push_back(std::async(std::launch::async, [&] {
      auto session = place_->open();
      for (int i = 0; i < kEach; ++i) {
        session->transaction([&] {
          int64_t n = session->query("SELECT n FROM counter").at(0).integer(0);
          session->exec("UPDATE counter SET n = ?", {n + 1});
        });
      }
    }));
  }
  for (auto& one : done) EXPECT_NO_THROW(one.get());
  EXPECT_EQ(db_->query("SELECT n FROM counter").at(0).integer(0), kThreads * kEach);
}

TEST_P(StoreTest, ATransactionReadsOneState) {
  auto other = place_->open();
  db_->transaction([&] {
    EXPECT_EQ(count("org"), 1);
    if (GetParam() == Engine::postgres) other->exec("INSERT INTO org VALUES ('o2', 'x')");
    EXPECT_EQ(count("org"), 1) << "a write without a transaction in between";
  });
}

// INT-608: the whole suite on both databases.
INSTANTIATE_TEST_SUITE_P(Engines, StoreTest, ::testing::Values(Engine::sqlite, Engine::postgres),
                         [](const auto& engine) {
                           return engine.param == Engine::sqlite ? "Sqlite" : "Postgres";
                         });

TEST(Sqlite, AFileThatCannotBeOpenedIsNamed) {
  EXPECT_THAT(message_of([] { open_sqlite("/nowhere/at/all.db"); }), HasSubstr("/nowhere/at/all.db"));
}

TEST(Postgres, ALostConnectionIsSeen) {
  testing::Place place(Engine::postgres);
  if (!place.available()) GTEST_SKIP() << testing::kNoPostgres;
  auto lost = place.open();
  int64_t backend = lost->query("SELECT pg_backend_pid()").at(0).integer(0);
  EXPECT_TRUE(lost->usable());
  place.open()->query("SELECT pg_terminate_backend(?)", {backend});
  EXPECT_THROW(lost->transaction([&] { lost->query("SELECT 1"); }), Broken);
  EXPECT_FALSE(lost->usable());
}

TEST(PostgresDsn, MessagesNeverHoldThePassword) {
  for (const char* dsn : {"postgresql://u:geheim77@127.0.0.1:1/d", "host=/nowhere password=geheim77 user=u",
                          "postgresql://u:geheim77@[oops/d", "geheim77"}) {
    std::string words = message_of([&] { open_postgres(dsn, "s"); });
    EXPECT_THAT(words, Not(HasSubstr("geheim77")));
    EXPECT_THAT(words, HasSubstr("PostgreSQL"));
  }
}

}  // namespace
}  // namespace guanhu::store
