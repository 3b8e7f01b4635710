// Ownership of DuckDB's handles. One process opens a database file once; every Warehouse on it is a
// connection to that instance (two instances of one file in one process would ruin it: the file lock
// does not keep a process from itself).
#pragma once
#include <duckdb.h>

#include <memory>
#include <string>

#include "warehouse/warehouse.h"

namespace guanhu::warehouse::detail {

class DuckDbConnection {
 public:
  // Opens the file, or joins the instance that is open. Throws Broken.
  explicit DuckDbConnection(const DuckDbOptions& options);
  ~DuckDbConnection();
  DuckDbConnection(const DuckDbConnection&) = delete;
  DuckDbConnection& operator=(const DuckDbConnection&) = delete;

  duckdb_connection get() const { return connection_; }

  // A transaction in which something failed is lost as a whole, as in PostgreSQL. DuckDB itself goes
  // on after some failures, and after others makes COMMIT a silent rollback.
  void begun() { open_ = true; }
  // Forgets the transaction; true when one was open.
  bool ended() {
    failed_ = false;
    return std::exchange(open_, false);
  }
  void note_failure() { failed_ = open_; }
  bool failed() const { return failed_; }
  void check_usable() const;

 private:
  bool open_ = false;    // a transaction is
  bool failed_ = false;  // and something in it did
  std::string key_;      // of the shared instance; empty for a private one in memory
  duckdb_database private_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

class DuckDbResult {
 public:
  DuckDbResult() = default;
  ~DuckDbResult() { duckdb_destroy_result(&result_); }
  DuckDbResult(const DuckDbResult&) = delete;
  duckdb_result* get() { return &result_; }
  std::string error() {
    const char* text = duckdb_result_error(&result_);
    return text ? text : "";
  }

 private:
  duckdb_result result_{};
};

// A prepared statement with its parameters bound.
class DuckDbStatement {
 public:
  DuckDbStatement(duckdb_connection connection, const std::string& sql, std::span<const Value> parameters);
  ~DuckDbStatement() { duckdb_destroy_prepare(&statement_); }
  DuckDbStatement(const DuckDbStatement&) = delete;
  duckdb_prepared_statement get() const { return statement_; }

 private:
  duckdb_prepared_statement statement_ = nullptr;
};

// Throws Broken with the statement and DuckDB's words.
[[noreturn]] void duckdb_failed(const std::string& sql, const std::string& words);

// Runs the statement as it streams and gives its rows away in chunks of DuckDB's vectors.
void duckdb_scan(duckdb_connection connection, const std::string& sql, std::span<const Type> types,
                 const std::function<void(const Chunk&)>& take, std::span<const Value> parameters);

std::unique_ptr<Appender> duckdb_appender_for(std::shared_ptr<DuckDbConnection> connection,
                                              const std::string& table, std::span<const Column> columns);

}  // namespace guanhu::warehouse::detail
