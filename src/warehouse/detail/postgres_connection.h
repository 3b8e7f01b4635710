// Ownership of libpq's handles.
#pragma once
#include <libpq-fe.h>

#include <memory>
#include <string>

#include "warehouse/warehouse.h"

namespace guanhu::warehouse::detail {

struct PgClear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, PgClear>;

class PgConnection {
 public:
  // Connects, makes the schema when it is missing and settles the session. Throws Broken; messages
  // never hold the DSN's password.
  explicit PgConnection(const PostgresOptions& options);
  ~PgConnection() { PQfinish(connection_); }
  PgConnection(const PgConnection&) = delete;
  PgConnection& operator=(const PgConnection&) = delete;

  PGconn* get() const { return connection_; }

  // One statement with $n parameters; several when there are none. Throws Broken when refused.
  PgResult run(const std::string& sql, std::span<const Value> parameters = {});
  // Throws Broken unless the result is of this kind.
  PgResult expect(PGresult* result, ExecStatusType wanted, const std::string& sql);
  [[noreturn]] void failed(const std::string& sql, const PGresult* result);

  std::string name(std::string_view identifier) const;  // quoted, lower case
  std::string literal(const Value& value) const;        // what may stand for $n in the text
  // Text columns compare byte by byte, as in DuckDB, whatever the database's own collation is.
  void collate_new_tables(const std::string& sql);

 private:
  void settle(const std::string& schema);
  void make_schema(const std::string& schema);

  PGconn* connection_ = nullptr;
  bool bytewise_ = true;  // the database's own collation is
};

void postgres_scan(PgConnection& connection, const std::string& sql, std::span<const Type> types,
                   const std::function<void(const Chunk&)>& take, std::span<const Value> parameters);

std::unique_ptr<Appender> postgres_appender_for(std::shared_ptr<PgConnection> connection, const std::string& table,
                                                std::span<const Column> columns);

// Unquoted names are lower case to PostgreSQL.
std::string lower(std::string_view identifier);

// PostgreSQL's own numbers of the types that take part, and its epoch (2000-01-01).
namespace pg {
constexpr Oid kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kVarchar = 1043, kDate = 1082,
              kTimestamp = 1114, kTimestampTz = 1184;
constexpr int32_t kEpochDays = 10957;
constexpr int64_t kEpochMicros = int64_t{kEpochDays} * 86'400'000'000;
}  // namespace pg

}  // namespace guanhu::warehouse::detail
