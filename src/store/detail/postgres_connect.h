// Making and settling a PostgreSQL connection of the store.
#pragma once
#include <libpq-fe.h>

#include <memory>
#include <string>

namespace guanhu::store::detail {

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, Finish>;

// Begins a transaction: takes the bank's turn to write (waiting as long as SQLite would), then the
// snapshot.
inline constexpr const char* kBegin =
    "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE writer_turn IN EXCLUSIVE MODE";

// Connects, makes `schema` and its writer_turn when they are missing, and sets it as search_path.
// Throws Broken; its text never holds the DSN's password.
Connection connect_postgres(const std::string& dsn, const std::string& schema);

}  // namespace guanhu::store::detail
