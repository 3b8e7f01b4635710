// Analytic sessions: DuckDB (a file in the data folder) or PostgreSQL, the same SQL on both.
//
// The warehouse holds facts, derived from landed extracts; it is never the only copy of anything.
// One Warehouse object is one connection and belongs to one thread at a time. A statement that the
// database refuses throws base::Broken with the statement and the database's words.
//
// SQL is written once. Use the portable subset: BIGINT, INTEGER, SMALLINT, BOOLEAN, DATE, TIMESTAMP
// (UTC), VARCHAR; parameters as $1, $2, ...; DISTINCT ON, window functions, CTEs; no QUALIFY, no
// ASOF, no list types. Money is BIGINT fen. sum(BIGINT) is cast: CAST(sum(x) AS BIGINT) — both
// engines widen it otherwise (HUGEINT, NUMERIC).
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace guanhu::warehouse {

// boolean -> int8; int32, date (days since 1970) -> int32; int64, timestamp (µs since 1970, UTC)
// -> int64; text -> string_view.
enum class Type { boolean, int32, int64, date, timestamp, text };

struct Column {
  std::string name;
  Type type;
};

// A parameter of a statement; monostate is NULL. Dates go in as base::Date text through text + CAST,
// or as int32 days with `DATE '1970-01-01' + $1`.
using Value = std::variant<std::monostate, bool, int64_t, std::string>;

// Some rows of one column. valid is empty when no value is NULL, else one byte a row (1 = there).
struct ColumnData {
  Type type = Type::int64;
  std::vector<int8_t> i8;
  std::vector<int32_t> i32;
  std::vector<int64_t> i64;
  std::vector<std::string_view> text;  // points into `heap` or into memory the producer keeps alive
  std::vector<uint8_t> valid;
  std::vector<std::string> heap;

  bool is_null(size_t row) const { return !valid.empty() && !valid[row]; }
};

struct Chunk {
  size_t rows = 0;
  std::vector<ColumnData> columns;
};

// Bulk load into one table, in column chunks. Rows become visible with the transaction around it.
class Appender {
 public:
  virtual ~Appender() = default;
  virtual void append(const Chunk& chunk) = 0;
  virtual void finish() = 0;  // flush; without it nothing is promised
};

class Warehouse {
 public:
  virtual ~Warehouse() = default;

  enum class Engine { duckdb, postgres };
  virtual Engine engine() const = 0;
  // False when the connection is lost (PostgreSQL was restarted, ...): open another warehouse.
  virtual bool usable() const { return true; }

  // One statement, or several without parameters.
  virtual void exec(const std::string& sql, std::span<const Value> parameters = {}) = 0;
  // Number of rows changed by an INSERT, UPDATE or DELETE.
  virtual int64_t change(const std::string& sql, std::span<const Value> parameters = {}) = 0;
  // The result, chunk by chunk, in order; `types` says how each column is wanted (the SQL must give
  // it that type). The chunk is reused: take what you need before returning.
  virtual void scan(const std::string& sql, std::span<const Type> types,
                    const std::function<void(const Chunk&)>& take, std::span<const Value> parameters = {}) = 0;
  virtual std::unique_ptr<Appender> append(const std::string& table, std::span<const Column> columns) = 0;

  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() = 0;

  virtual bool has_table(const std::string& name) = 0;
  // "integer", ...: DDL for a Type.
  static std::string type_sql(Type type);
};

// Opens (or makes) DIR/warehouse.duckdb. `threads` and `memory_mb` bound the engine. A file that
// another process holds is refused (Broken: "the data folder is in use by another process"). Within
// one process every Warehouse on a file is a connection to one instance; the first one's bounds hold.
// An empty `file` is a private database in memory.
struct DuckDbOptions {
  std::filesystem::path file;
  bool read_only = false;
  int threads = 2;
  int memory_mb = 1500;
  bool external_access = false;  // read_csv and the like; for benches only
};
std::unique_ptr<Warehouse> open_duckdb(const DuckDbOptions& options);

// A PostgreSQL database; everything lives in `schema` (made when missing, set as search_path).
struct PostgresOptions {
  std::string dsn;     // "postgresql://..."
  std::string schema;  // "guanhu" unless told otherwise
};
std::unique_ptr<Warehouse> open_postgres(const PostgresOptions& options);

// The first column of the first row; nothing when there is no row or it is NULL.
std::optional<int64_t> one_int(Warehouse& db, const std::string& sql, std::span<const Value> parameters = {});
std::optional<std::string> one_text(Warehouse& db, const std::string& sql, std::span<const Value> parameters = {});

}  // namespace guanhu::warehouse
