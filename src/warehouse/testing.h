// For tests of this module and those above: a warehouse of each engine that vanishes with the test.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "warehouse/warehouse.h"

namespace guanhu::warehouse::testing {

inline const char* kNoPostgres =
    "GUANHU_TEST_POSTGRES is not set: run under tests/support/postgres run DIR -- COMMAND";

// The DSN of the tests' PostgreSQL, or nullptr.
inline const char* postgres_dsn() { return std::getenv("GUANHU_TEST_POSTGRES"); }

// A fresh place for one warehouse: a folder or a schema, removed with the object. On PostgreSQL
// without a DSN, available() is false: GTEST_SKIP() << kNoPostgres.
class Place {
 public:
  explicit Place(Warehouse::Engine engine) : engine_(engine) {
    static std::atomic<int> next{0};
    name_ = "guanhu_test_" + std::to_string(::getpid()) + "_" + std::to_string(next++);
    if (engine_ == Warehouse::Engine::duckdb) {
      std::filesystem::create_directories(folder());
    }
  }
  ~Place() {
    if (engine_ == Warehouse::Engine::duckdb) {
      std::error_code ignored;
      std::filesystem::remove_all(folder(), ignored);
    } else if (available()) {
      open()->exec("DROP SCHEMA IF EXISTS " + name_ + " CASCADE");
    }
  }
  Place(const Place&) = delete;

  bool available() const { return engine_ == Warehouse::Engine::duckdb || postgres_dsn(); }
  std::filesystem::path folder() const { return std::filesystem::temp_directory_path() / name_; }
  std::filesystem::path file() const { return folder() / "warehouse.duckdb"; }
  const std::string& schema() const { return name_; }

  // Another connection to the same place.
  std::unique_ptr<Warehouse> open() const {
    if (engine_ == Warehouse::Engine::postgres) return open_postgres({postgres_dsn(), name_});
    DuckDbOptions options;
    options.file = file();
    return open_duckdb(options);
  }

 private:
  Warehouse::Engine engine_;
  std::string name_;
};

}  // namespace guanhu::warehouse::testing
