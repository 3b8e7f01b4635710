// The same suite on both engines: what is promised in warehouse.h.
#include "warehouse/warehouse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/date.h"
#include "base/error.h"
#include "warehouse/testing.h"

namespace guanhu::warehouse {
namespace {

using base::Broken;
using ::testing::HasSubstr;

std::string message_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const Broken& broken) {
    return broken.what();
  }
  return "nothing was thrown";
}

ColumnData ints(std::vector<int64_t> values) {
  ColumnData out;
  out.type = Type::int64;
  out.i64 = std::move(values);
  return out;
}

ColumnData texts(std::vector<std::string_view> values) {
  ColumnData out;
  out.type = Type::text;
  out.text = std::move(values);
  return out;
}

class WarehouseTest : public ::testing::TestWithParam<Warehouse::Engine> {
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
  bool duckdb() const { return GetParam() == Warehouse::Engine::duckdb; }

  // One int64 column, all rows.
  std::vector<std::optional<int64_t>> column(const std::string& sql, std::vector<Value> parameters = {}) {
    std::vector<std::optional<int64_t>> out;
    const Type types[] = {Type::int64};
    auto take = [&](const Chunk& chunk) {
      for (size_t r = 0; r < chunk.rows; ++r) {
        const ColumnData& data = chunk.columns[0];
        out.push_back(data.is_null(r) ? std::nullopt : std::optional(data.i64[r]));
      }
    };
    db_->scan(sql, types, take, parameters);
    return out;
  }

  std::unique_ptr<testing::Place> place_;
  std::unique_ptr<Warehouse> db_;
};

// --- refusals -------------------------------------------------------------------------------------

TEST_P(WarehouseTest, BadStatementsThrowWithTheStatementAndTheReason) {
  std::string words = message_of([&] { db_->exec("SELECT nonsense_column FROM nowhere"); });
  EXPECT_THAT(words, HasSubstr("statement: SELECT nonsense_column FROM nowhere"));
  EXPECT_THAT(words, HasSubstr("nowhere"));
  EXPECT_THROW(db_->change("DELETE FROM nowhere"), Broken);
  EXPECT_THROW(column("SELECT"), Broken);
  EXPECT_EQ(one_int(*db_, "SELECT 1"), 1) << "usable after a refusal";
}

TEST_P(WarehouseTest, WrongNumberOfParametersThrows) {
  const Value one[] = {int64_t{1}};
  EXPECT_THROW(one_int(*db_, "SELECT 1", one), Broken);
  EXPECT_THROW(one_int(*db_, "SELECT $1 + $2", one), Broken);
  EXPECT_THROW(one_int(*db_, "SELECT $1"), Broken);
}

TEST_P(WarehouseTest, ScanRefusesOtherTypesAndWidths) {
  const Type one[] = {Type::int64};
  auto ignore = [](const Chunk&) {};
  EXPECT_THAT(message_of([&] { db_->scan("SELECT 1, 2", one, ignore); }), HasSubstr("2 columns, wanted 1"));
  EXPECT_THAT(message_of([&] { db_->scan("SELECT CAST('x' AS VARCHAR) AS who", one, ignore); }),
              HasSubstr("column who of the result is"));
  const Type narrow[] = {Type::int32};
  EXPECT_THROW(db_->scan("SELECT CAST(1 AS BIGINT)", narrow, ignore), Broken);
  const Type text[] = {Type::text};
  EXPECT_THROW(db_->scan("SELECT 1", text, ignore), Broken);
}

TEST_P(WarehouseTest, AWideSumMustBeCast) {
  db_->exec("CREATE TABLE t (v BIGINT); INSERT INTO t VALUES (9223372036854775807), (-1)");
  EXPECT_THROW(one_int(*db_, "SELECT sum(v) FROM t"), Broken);
  EXPECT_EQ(one_int(*db_, "SELECT CAST(sum(v) AS BIGINT) FROM t"), INT64_MAX - 1);
}

TEST_P(WarehouseTest, AFailureInTheMiddleOfAScanIsNotAnEnd) {
  db_->exec(
      "CREATE TABLE t AS SELECT CASE WHEN i = 50000 THEN 'x' ELSE '1' END AS v FROM generate_series(1, 60000) "
      "g(i)");
  EXPECT_THROW(column("SELECT CAST(v AS BIGINT) FROM t"), Broken);
  EXPECT_EQ(one_int(*db_, "SELECT count(*) FROM t"), 60000);
}

TEST_P(WarehouseTest, ACallbackThatThrowsEndsTheScanOnly) {
  const Type types[] = {Type::int64};
  auto take = [](const Chunk&) { throw std::logic_error("enough"); };
  const std::string sql = "SELECT CAST(i AS BIGINT) FROM generate_series(1, 100000) g(i)";
  EXPECT_THROW(db_->scan(sql, types, take), std::logic_error);
  EXPECT_EQ(one_int(*db_, "SELECT 1"), 1);
}

TEST_P(WarehouseTest, ACallbackMayNotUseItsConnection) {
  const Type types[] = {Type::int64};
  auto take = [&](const Chunk&) { one_int(*db_, "SELECT 1"); };
  EXPECT_THAT(message_of([&] { db_->scan("SELECT CAST(1 AS BIGINT)", types, take); }),
              HasSubstr("a scan is running"));
  EXPECT_EQ(one_int(*db_, "SELECT 1"), 1);
}

TEST_P(WarehouseTest, AppenderRefusesWhatDoesNotFit) {
  db_->exec("CREATE TABLE t (id BIGINT NOT NULL, name VARCHAR)");
  const Column columns[] = {{"id", Type::int64}, {"name", Type::text}};
  EXPECT_THROW(db_->append("nowhere", columns)->finish(), Broken);
  const Column unknown[] = {{"other", Type::int64}};
  EXPECT_THROW(db_->append("t", unknown), Broken);
  auto appender = db_->append("t", columns);
  EXPECT_THROW(appender->append({1, {ints({1})}}), Broken) << "a column is missing";
  EXPECT_THROW(appender->append({1, {ints({1}), ints({1})}}), Broken) << "a type is wrong";
  EXPECT_THROW(appender->append({2, {ints({1}), texts({"a", "b"})}}), Broken) << "a column is short";
}

TEST_P(WarehouseTest, TextThatIsNotUtf8IsRefused) {
  db_->exec("CREATE TABLE t (name VARCHAR)");
  const Column columns[] = {{"name", Type::text}};
  for (std::string_view bad : {"\xff", "abcdefgh\xc3", "\xed\xa0\x80", "\xc0\xaf", "\xf5\x80\x80\x80"}) {
    db_->begin();
    auto load = [&] {
      auto appender = db_->append("t", columns);
      appender->append({1, {texts({bad})}});
      appender->finish();
    };
    EXPECT_THROW(load(), Broken);
    db_->rollback();
    const Value parameters[] = {std::string(bad)};
    EXPECT_THROW(one_text(*db_, "SELECT CAST($1 AS VARCHAR)", parameters), Broken);
  }
  EXPECT_EQ(one_int(*db_, "SELECT count(*) FROM t"), 0);
}

TEST_P(WarehouseTest, AnAppendedNullInANotNullColumnThrows) {
  db_->exec("CREATE TABLE t (id BIGINT NOT NULL)");
  const Column columns[] = {{"id", Type::int64}};
  auto load = [&] {
    auto appender = db_->append("t", columns);
    ColumnData data = ints({1, 2});
    data.valid = {1, 0};
    appender->append({2, {data}});
    appender->finish();
  };
  EXPECT_THROW(load(), Broken);
  EXPECT_EQ(one_int(*db_, "SELECT count(*) FROM t"), 0);
}

TEST_P(WarehouseTest, TransactionsDoNotNestAndCommitNeedsOne) {
  EXPECT_THROW(db_->commit(), Broken);
  db_->rollback();
  db_->begin();
  EXPECT_THROW(db_->begin(), Broken);
  db_->rollback();
  db_->begin();
  db_->commit();
}

TEST_P(WarehouseTest, AFailedTransactionCannotBeCommitted) {
  db_->exec("CREATE TABLE t (id BIGINT PRIMARY KEY)");
  db_->begin();
  db_->exec("INSERT INTO t VALUES (1)");
  EXPECT_THROW(db_->exec("INSERT INTO t VALUES (1)"), Broken);
  EXPECT_THROW(one_int(*db_, "SELECT 1"), Broken) << "until it is rolled back";
  EXPECT_THROW(db_->commit(), Broken);
  db_->rollback();
  EXPECT_EQ(one_int(*db_, "SELECT count(*) FROM t"), 0);
  db_->exec("INSERT INTO t VALUES (1)");
  EXPECT_EQ(one_int(*db_, "SELECT count(*) FROM t"), 1);
}

TEST_P(WarehouseTest, ABadNameSpoilsATransactionOnBothEngines) {
  db_->exec("CREATE TABLE t (id BIGINT)");
  db_->begin();
  db_->exec("INSERT INTO t VALUES (1)");
  EXPECT_THROW(db_->exec("SELECT nothing FROM nowhere"), Broken);
  EXPECT_THROW(db_->exec("INSERT INTO t VALUES (2)"), Broken);
  EXPECT_THROW(db_->commit(), Broken);
  EXPECT_EQ(one_int(*db_, "SELECT count(*) FROM t"), 0);
}

// --- what it does ---------------------------------------------------------------------------------

TEST_P(WarehouseTest, EveryTypeAndNullComesBackAsItWent) {
  const Type types[] = {Type::boolean, Type::int32, Type::int64, Type::date, Type::timestamp, Type::text};
  std::vector<Column> columns;
  std::string ddl;
  for (size_t c = 0; c < std::size(types); ++c) {
    columns.push_back({"c" + std::to_string(c), types[c]});
    ddl += (c ? ", " : "") + columns[c].name + " " + Warehouse::type_sql(types[c]);
  }
  db_->exec("CREATE TABLE t (" + ddl + ")");
  const int32_t day = base::Date::parse("2025-12-31")->days();
  const int64_t moment = int64_t{day} * 86'400'000'000 + 123'456;
  Chunk chunk{5, std::vector<ColumnData>(6)};
  for (size_t c = 0; c < 6; ++c) {
    chunk.columns[c].type = types[c];
    chunk.columns[c].valid = {1, 1, 1, 1, 0};
  }
  chunk.columns[0].i8 = {0, 1, 0, 1, 0};
  chunk.columns[1].i32 = {0, -1, INT32_MIN, INT32_MAX, 0};
  chunk.columns[2].i64 = {0, -1, INT64_MIN, INT64_MAX, 0};
  chunk.columns[3].i32 = {0, day, -719162, 2932896, 0};  // 0001-01-01, 9999-12-31
  chunk.columns[4].i64 = {0, moment, -1, 253402300799'999'999, 0};
  chunk.columns[5].text = {"", "a", "农商行管户", "𠮷野家 twelve and more bytes", {}};
  auto appender = db_->append("t", columns);
  appender->append(chunk);
  appender->finish();

  size_t rows = 0;
  auto take = [&](const Chunk& got) {
    rows += got.rows;
    ASSERT_EQ(got.rows, 5u);
    for (size_t c = 0; c < 6; ++c) EXPECT_EQ(got.columns[c].valid, chunk.columns[c].valid) << c;
    for (size_t r = 0; r < 4; ++r) {
      EXPECT_EQ(got.columns[0].i8[r], chunk.columns[0].i8[r]);
      EXPECT_EQ(got.columns[1].i32[r], chunk.columns[1].i32[r]);
      EXPECT_EQ(got.columns[2].i64[r], chunk.columns[2].i64[r]);
      EXPECT_EQ(got.columns[3].i32[r], chunk.columns[3].i32[r]);
      EXPECT_EQ(got.columns[4].i64[r], chunk.columns[4].i64[r]);
      EXPECT_EQ(got.columns[5].text[r], chunk.columns[5].text[r]);
    }
    for (const ColumnData& data : got.columns) EXPECT_TRUE(data.is_null(4));
  };
  db_->scan("SELECT c0, c1, c2, c3, c4, c5 FROM t", types, take);
  EXPECT_EQ(rows, 5u);
  EXPECT_EQ(one_text(*db_, "SELECT CAST(c3 AS VARCHAR) FROM t WHERE c1 = -1"), "2025-12-31");
  EXPECT_EQ(one_text(*db_, "SELECT CAST(c4 AS VARCHAR) FROM t WHERE c1 = -1"), "2025-12-31 00:00:00.123456");
}

TEST_P(WarehouseTest, LoadsOfManyVectorsKeepEveryRowInOrder) {
  db_->exec("CREATE TABLE t (id BIGINT, name VARCHAR, on_day DATE)");
  const Column columns[] = {{"id", Type::int64}, {"name", Type::text}, {"on_day", Type::date}};
  auto appender = db_->append("t", columns);
  int64_t next = 0;
  for (size_t rows : {1u, 2047u, 2048u, 2049u, 0u, 10000u, 123457u}) {
    Chunk chunk{rows, std::vector<ColumnData>(3)};
    for (size_t c = 0; c < 3; ++c) chunk.columns[c].type = columns[c].type;
    chunk.columns[1].heap.reserve(rows);
    for (size_t r = 0; r < rows; ++r, ++next) {
      chunk.columns[0].i64.push_back(next);
      chunk.columns[0].valid.push_back(next % 7 != 0);
      chunk.columns[1].heap.push_back("客户 " + std::to_string(next));
      chunk.columns[1].text.push_back(chunk.columns[1].heap.back());
      chunk.columns[2].i32.push_back(static_cast<int32_t>(next % 1000));
    }
    appender->append(chunk);
  }
  appender->finish();
  appender->finish();  // nothing more

  int64_t row = 0;
  int64_t wrong = 0;
  const Type types[] = {Type::int64, Type::text, Type::int32};
  auto take = [&](const Chunk& chunk) {
    for (size_t r = 0; r < chunk.rows; ++r, ++row) {
      bool null = row % 7 == 0;
      bool same = chunk.columns[0].is_null(r) == null && (null || chunk.columns[0].i64[r] == row) &&
                  chunk.columns[1].text[r] == "客户 " + std::to_string(row) &&
                  chunk.columns[2].i32[r] == row % 1000;
      wrong += !same;
    }
  };
  db_->scan(
      "SELECT id, name, CAST(on_day - DATE '1970-01-01' AS INTEGER) FROM t ORDER BY CAST(substr(name, 4) AS "
      "BIGINT)",
      types, take);
  EXPECT_EQ(row, next);
  EXPECT_EQ(wrong, 0);
}

TEST_P(WarehouseTest, AppendToSomeColumnsLeavesTheOthersToTheirDefaults) {
  db_->exec("CREATE TABLE t (a BIGINT, b BIGINT DEFAULT 5, c SMALLINT)");
  const Column columns[] = {{"c", Type::int32}, {"a", Type::int64}};
  ColumnData small;
  small.type = Type::int32;
  small.i32 = {32767, -32768};
  auto appender = db_->append("t", columns);
  appender->append({2, {small, ints({1, 2})}});
  appender->finish();
  EXPECT_THAT(column("SELECT a * 100000 + b * 10000 + c FROM t ORDER BY a"),
              ::testing::ElementsAre(100000 + 50000 + 32767, 200000 + 50000 - 32768));
}

TEST_P(WarehouseTest, SeveralAppendersAndStatementsTakeTurns) {
  db_->exec("CREATE TABLE a (id BIGINT); CREATE TABLE b (id BIGINT)");
  const Column columns[] = {{"id", Type::int64}};
  db_->begin();
  auto one = db_->append("a", columns);
  auto two = db_->append("b", columns);
  for (int64_t i = 0; i < 10; ++i) {
    one->append({1, {ints({i})}});
    two->append({2, {ints({i, -i})}});
    EXPECT_EQ(one_int(*db_, "SELECT 1"), 1);
  }
  two->finish();
  one->finish();
  EXPECT_EQ(one_int(*db_, "SELECT count(*) FROM a"), 10);
  EXPECT_EQ(one_int(*db_, "SELECT count(*) FROM b"), 20);
  db_->commit();
  EXPECT_EQ(one_int(*place_->open(), "SELECT count(*) FROM b"), 20);
}

TEST_P(WarehouseTest, RollbackLeavesNothingAndCommitIsSeenByOthers) {
  db_->exec("CREATE TABLE t (id BIGINT)");
  auto other = place_->open();
  const Column columns[] = {{"id", Type::int64}};
  auto load = [&] {
    db_->begin();
    db_->exec("CREATE TABLE fresh (id BIGINT)");
    db_->exec("INSERT INTO t VALUES (1)");
    auto appender = db_->append("t", columns);
    appender->append({3, {ints({2, 3, 4})}});
    appender->finish();
    EXPECT_EQ(one_int(*db_, "SELECT count(*) FROM t"), 4);
    EXPECT_EQ(one_int(*other, "SELECT count(*) FROM t"), 0) << "not yet committed";
  };
  load();
  db_->rollback();
  EXPECT_EQ(one_int(*db_, "SELECT count(*) FROM t"), 0);
  EXPECT_FALSE(db_->has_table("fresh"));
  load();
  db_->commit();
  EXPECT_EQ(one_int(*other, "SELECT count(*) FROM t"), 4);
  EXPECT_TRUE(other->has_table("fresh"));
}

TEST_P(WarehouseTest, HasTableSeesTablesOnly) {
  EXPECT_FALSE(db_->has_table("accounts"));
  db_->exec("CREATE TABLE accounts (id BIGINT); CREATE VIEW v AS SELECT * FROM accounts");
  EXPECT_TRUE(db_->has_table("accounts"));
  EXPECT_TRUE(db_->has_table("Accounts"));
  EXPECT_FALSE(db_->has_table("v"));
  EXPECT_FALSE(db_->has_table("account"));
  db_->exec("DROP TABLE accounts CASCADE");
  EXPECT_FALSE(db_->has_table("accounts"));
}

TEST_P(WarehouseTest, ChangeCountsRows) {
  db_->exec("CREATE TABLE t (id BIGINT, v BIGINT)");
  EXPECT_EQ(db_->change("INSERT INTO t SELECT i, 0 FROM generate_series(1, 5000) g(i)"), 5000);
  const Value bound[] = {int64_t{10}};
  EXPECT_EQ(db_->change("UPDATE t SET v = 1 WHERE id <= $1", bound), 10);
  EXPECT_EQ(db_->change("DELETE FROM t WHERE id <= $1", bound), 10);
  EXPECT_EQ(db_->change("DELETE FROM t WHERE id <= $1", bound), 0);
}

TEST_P(WarehouseTest, ParametersOfEveryKind) {
  db_->exec("CREATE TABLE t (id BIGINT, flag BOOLEAN, name VARCHAR, on_day DATE)");
  const Value row[] = {INT64_MAX, true, std::string("O'Neil \\ \"农\" $1 --"), int64_t{20000}};
  db_->exec("INSERT INTO t VALUES ($1, $2, $3, DATE '1970-01-01' + $4)", row);
  const Value nulls[] = {std::monostate{}, std::monostate{}, std::monostate{}};
  db_->exec("INSERT INTO t VALUES ($1, $2, $3, NULL)", nulls);
  EXPECT_EQ(column("SELECT id FROM t WHERE id = $1", {INT64_MAX}).size(), 1u);
  EXPECT_EQ(column("SELECT id FROM t WHERE id > $1 AND flag = $2", {int64_t{5}, true}).size(), 1u);
  EXPECT_EQ(column("SELECT id FROM t WHERE name = $1", {std::get<std::string>(row[2])}).size(), 1u);
  EXPECT_EQ(column("SELECT id FROM t WHERE on_day = CAST($1 AS DATE)", {std::string("2024-10-04")}).size(), 1u);
  EXPECT_EQ(column("SELECT id FROM t WHERE on_day = DATE '1970-01-01' + $1", {int64_t{20000}}).size(), 1u);
  EXPECT_EQ(column("SELECT id FROM t WHERE name = '$1' AND id = $1", {INT64_MAX}).size(), 0u);
  EXPECT_EQ(one_int(*db_, "SELECT CAST($1 AS BIGINT)", std::vector<Value>{INT64_MIN}), INT64_MIN);
  EXPECT_EQ(one_int(*db_, "SELECT $1 + $1", std::vector<Value>{int64_t{21}}), 42);
  EXPECT_EQ(
      one_text(*db_, "SELECT CAST($1 AS VARCHAR) -- a comment at the end", std::vector<Value>{std::string("𠮷")}),
      "𠮷");
}

TEST_P(WarehouseTest, OneIntAndOneText) {
  EXPECT_EQ(one_int(*db_, "SELECT 1 WHERE 1 = 2"), std::nullopt);
  EXPECT_EQ(one_int(*db_, "SELECT CAST(NULL AS BIGINT)"), std::nullopt);
  EXPECT_EQ(one_int(*db_, "SELECT i FROM generate_series(7, 9000) g(i) ORDER BY i"), 7);
  EXPECT_EQ(one_text(*db_, "SELECT CAST(NULL AS VARCHAR)"), std::nullopt);
  EXPECT_EQ(one_text(*db_, "SELECT CAST('' AS VARCHAR)"), "");
}

TEST_P(WarehouseTest, TheEnginesAgreeWhereTheyWouldDiffer) {
  EXPECT_EQ(one_int(*db_, "SELECT 7 / 2"), 3) << "integers divide to integers";
  EXPECT_EQ(one_int(*db_, "SELECT -7 / 2"), -3);
  db_->exec("CREATE TABLE t (k BIGINT, v BIGINT, name VARCHAR)");
  db_->exec("INSERT INTO t VALUES (1, NULL, 'b'), (2, 1, 'B'), (3, 2, 'a'), (4, 3, '一'), (5, 4, 'Z')");
  EXPECT_THAT(column("SELECT k FROM t ORDER BY v"), ::testing::ElementsAre(2, 3, 4, 5, 1)) << "NULL is largest";
  EXPECT_THAT(column("SELECT k FROM t ORDER BY v DESC"), ::testing::ElementsAre(1, 5, 4, 3, 2));
  EXPECT_THAT(column("SELECT k FROM t ORDER BY name"), ::testing::ElementsAre(2, 5, 3, 1, 4)) << "bytes";
  EXPECT_THAT(column("SELECT DISTINCT ON (v IS NULL) k FROM t ORDER BY v IS NULL, k"),
              ::testing::ElementsAre(2, 1));
  db_->exec("ANALYZE t");
}

INSTANTIATE_TEST_SUITE_P(Engines, WarehouseTest,
                         ::testing::Values(Warehouse::Engine::duckdb, Warehouse::Engine::postgres),
                         [](const auto& engine) {
                           return engine.param == Warehouse::Engine::duckdb ? "DuckDb" : "Postgres";
                         });

}  // namespace
}  // namespace guanhu::warehouse
