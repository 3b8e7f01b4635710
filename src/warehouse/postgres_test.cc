// What only PostgreSQL has: DSNs, schemas, collations.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "base/error.h"
#include "warehouse/testing.h"

namespace guanhu::warehouse {
namespace {

using base::Broken;
using ::testing::HasSubstr;
using ::testing::Not;

std::string open_failure(const PostgresOptions& options) {
  try {
    open_postgres(options);
  } catch (const Broken& broken) {
    return broken.what();
  }
  return "opened";
}

TEST(PostgresDsn, MessagesNeverHoldThePassword) {
  for (const char* dsn : {"postgresql://u:geheim77@127.0.0.1:1/d", "host=/nowhere password=geheim77 user=u",
                          "postgresql://u:geheim77@[oops/d", "host=x password='geheim77", "geheim77"}) {
    EXPECT_THAT(open_failure({dsn, "s"}), Not(HasSubstr("geheim77"))) << dsn;
    EXPECT_THAT(open_failure({dsn, "s"}), HasSubstr("PostgreSQL")) << dsn;
  }
}

class Postgres : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!testing::postgres_dsn()) GTEST_SKIP() << testing::kNoPostgres;
  }
};

TEST_F(Postgres, NeedsASchema) { EXPECT_THAT(open_failure({testing::postgres_dsn(), ""}), HasSubstr("schema")); }

TEST_F(Postgres, SchemasAreApartAndMadeOnceByManySessions) {
  testing::Place one(Warehouse::Engine::postgres);
  testing::Place two(Warehouse::Engine::postgres);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { one.open(); });
  for (std::thread& thread : threads) thread.join();
  one.open()->exec("CREATE TABLE t (id BIGINT)");
  EXPECT_TRUE(one.open()->has_table("t"));
  EXPECT_FALSE(two.open()->has_table("t"));
}

TEST_F(Postgres, OddSchemaNamesAreQuoted) {
  std::string schema = "odd \"name'; DROP TABLE x; --农";
  auto db = open_postgres({testing::postgres_dsn(), schema});
  EXPECT_EQ(one_text(*db, "SELECT CAST(current_schema() AS VARCHAR)"), "odd \"name'; drop table x; --农");
  db->exec("DROP SCHEMA \"odd \"\"name'; drop table x; --农\"");
}

TEST_F(Postgres, ASessionIsSettled) {
  testing::Place place(Warehouse::Engine::postgres);
  auto db = place.open();
  EXPECT_EQ(one_text(*db, "SELECT current_setting('TimeZone')"), "UTC");
  EXPECT_EQ(one_text(*db, "SELECT current_setting('standard_conforming_strings')"), "on");
  db->begin();
  EXPECT_EQ(one_text(*db, "SELECT current_setting('transaction_isolation')"), "repeatable read") << "as DuckDB's";
  db->rollback();
}

TEST_F(Postgres, ALostConnectionIsSeenAlsoInTheMiddleOfAScan) {
  testing::Place place(Warehouse::Engine::postgres);
  auto lost = place.open();
  const Value backend[] = {one_int(*lost, "SELECT pg_backend_pid()").value()};
  auto killer = place.open();
  bool killed = false;
  const Type types[] = {Type::int64};
  auto take = [&](const Chunk&) {
    if (!std::exchange(killed, true)) one_int(*killer, "SELECT 1 FROM pg_terminate_backend($1)", backend);
  };
  EXPECT_TRUE(lost->usable());
  EXPECT_THROW(lost->scan("SELECT CAST(i AS BIGINT) FROM generate_series(1, 10000000) g(i)", types, take), Broken);
  EXPECT_FALSE(lost->usable());
  EXPECT_THROW(lost->exec("SELECT 1"), Broken);
}

// Order and comparison of text must not depend on how the bank's database was made.
TEST_F(Postgres, TextIsBytewiseInADatabaseWithALanguageCollation) {
  testing::Place place(Warehouse::Engine::postgres);
  auto admin = place.open();
  const std::string name = place.schema() + "_icu";
  admin->exec("CREATE DATABASE " + name +
              " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
  std::string dsn = testing::postgres_dsn();
  dsn.replace(dsn.find("/postgres?"), 10, "/" + name + "?");
  {
    auto db = open_postgres({dsn, "s"});
    db->exec("CREATE TABLE t (v VARCHAR NOT NULL)");
    db->exec("INSERT INTO t VALUES ('a'), ('B'), ('b'), ('A')");
    EXPECT_EQ(one_text(*db, "SELECT CAST(string_agg(v, '' ORDER BY v) AS VARCHAR) FROM t"), "ABab");
    db->exec("CREATE TABLE u AS SELECT v || 'x' AS w FROM t");
    EXPECT_EQ(one_text(*db, "SELECT CAST(string_agg(w, '' ORDER BY w) AS VARCHAR) FROM u"), "AxBxaxbx");
    EXPECT_EQ(one_int(*db, "SELECT count(*) FROM t WHERE v > 'Z'"), 2);
  }
  admin->exec("DROP DATABASE " + name);
}

}  // namespace
}  // namespace guanhu::warehouse
