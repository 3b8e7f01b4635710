// The transactional store: SQLite (WAL, in the data folder) or PostgreSQL, the same SQL on both.
//
// One Session is one connection and belongs to one thread at a time. SQL is written once, with ? for
// parameters and types both engines know (INTEGER/BIGINT -> int64, TEXT, BOOLEAN as INTEGER 0/1, BLOB
// as base64 TEXT). Money is BIGINT fen. A constraint violation is a Conflict; everything else the
// database refuses throws base::Broken.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"

namespace guanhu::store {

// A parameter or a column; monostate is NULL.
using Value = std::variant<std::monostate, int64_t, std::string>;

// A constraint (unique, foreign key, check, not null) was violated, or another writer was in the way
// for longer than one waits (10 s): then the same transaction may succeed when it is run again.
class Conflict : public base::Broken {
 public:
  using Broken::Broken;
};

class Row {
 public:
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
  bool is_null(size_t column) const { return values_.at(column).index() == 0; }
  int64_t integer(size_t column) const;          // throws Broken on NULL or text
  const std::string& text(size_t column) const;  // throws Broken on NULL or integer
  std::optional<int64_t> maybe_integer(size_t column) const;
  std::optional<std::string> maybe_text(size_t column) const;

 private:
  std::vector<Value> values_;
};

enum class Engine { sqlite, postgres };

class Session {
 public:
  virtual ~Session() = default;
  virtual Engine engine() const = 0;
  // False when the connection is lost (PostgreSQL was restarted, ...): open another session.
  virtual bool usable() const { return true; }
  // One statement and all its rows; columns are integers or text (PostgreSQL's BOOLEAN is 0/1, an
  // integral NUMERIC is an integer), others throw.
  virtual std::vector<Row> query(std::string_view sql, std::span<const Value> parameters = {}) = 0;
  // One statement; the number of rows it changed.
  virtual int64_t exec(std::string_view sql, std::span<const Value> parameters = {}) = 0;
  // Several statements without parameters (migrations): all of them or none.
  virtual void script(std::string_view sql) = 0;

  std::vector<Row> query(std::string_view sql, std::initializer_list<Value> parameters) {
    return query(sql, std::span<const Value>(parameters.begin(), parameters.size()));
  }
  int64_t exec(std::string_view sql, std::initializer_list<Value> parameters) {
    return exec(sql, std::span<const Value>(parameters.begin(), parameters.size()));
  }

  // Runs `body` in one transaction (BEGIN IMMEDIATE on SQLite): committed when it returns, rolled
  // back when it throws. Does not nest. It holds the bank's turn to write: keep it short.
  void transaction(const std::function<void()>& body);

 protected:
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() = 0;
  bool in_transaction() const { return in_transaction_; }

 private:
  bool in_transaction_ = false;
};

std::unique_ptr<Session> open_sqlite(const std::filesystem::path& file);
// Everything lives in `schema` (made when missing, set as search_path).
std::unique_ptr<Session> open_postgres(const std::string& dsn, const std::string& schema);

}  // namespace guanhu::store
