// For tests of this module and those above: a store of each engine that vanishes with the test.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "store/store.h"

namespace guanhu::store::testing {

inline const char* kNoPostgres =
    "GUANHU_TEST_POSTGRES is not set: run under tests/support/postgres run DIR -- COMMAND";

// The DSN of the tests' PostgreSQL, or nullptr.
inline const char* postgres_dsn() { return std::getenv("GUANHU_TEST_POSTGRES"); }

// A fresh place for one store: a folder or a schema, removed with the object. On PostgreSQL without a
// DSN, available() is false: GTEST_SKIP() << kNoPostgres.
class Place {
 public:
  explicit Place(Engine engine) : engine_(engine) {
    static std::atomic<int> next{0};
    name_ = "guanhu_store_test_" + std::to_string(::getpid()) + "_" + std::to_string(next++);
    std::filesystem::create_directories(folder());
  }
  ~Place() {
    std::error_code ignored;
    std::filesystem::remove_all(folder(), ignored);
    if (engine_ == Engine::postgres && available()) {
      open()->script("DROP SCHEMA IF EXISTS \"" + name_ + "\" CASCADE");
    }
  }
  Place(const Place&) = delete;

  bool available() const { return engine_ == Engine::sqlite || postgres_dsn(); }
  std::filesystem::path folder() const { return std::filesystem::temp_directory_path() / name_; }
  const std::string& schema() const { return name_; }

  // Another connection to the same place.
  std::unique_ptr<Session> open() const {
    if (engine_ == Engine::sqlite) return open_sqlite(folder() / "store.db");
    return open_postgres(postgres_dsn(), name_);
  }

 private:
  Engine engine_;
  std::string name_;
};

}  // namespace guanhu::store::testing
