#include <cstring>

#include "base/error.h"
#include "warehouse/detail/check.h"
#include "warehouse/detail/postgres_connection.h"
#include "warehouse/warehouse.h"

namespace guanhu::warehouse {

namespace {
class PostgresWarehouse final : public Warehouse {
 public:
  explicit PostgresWarehouse(const PostgresOptions& options)
      : connection_(std::make_shared<detail::PgConnection>(options)) {}

  Engine engine() const override { return Engine::postgres; }

  bool usable() const override { return PQstatus(connection_->get()) == CONNECTION_OK; }

  void exec(const std::string& sql, std::span<const Value> parameters) override {
    detail::Busy::check(scanning_);
    connection_->run(sql, parameters);
    connection_->collate_new_tables(sql);
  }

  int64_t change(const std::string& sql, std::span<const Value> parameters) override {
    detail::Busy::check(scanning_);
    detail::PgResult result = connection_->run(sql, parameters);
    if (std::strncmp(PQcmdStatus(result.get()), "SELECT", 6) == 0) return 0;
    const char* rows = PQcmdTuples(result.get());
    return *rows ? std::stoll(rows) : 0;
  }

  void scan(const std::string& sql, std::span<const Type> types, const std::function<void(const Chunk&)>& take,
            std::span<const Value> parameters) override {
    detail::Busy busy(scanning_);
    detail::postgres_scan(*connection_, sql, types, take, parameters);
  }

  std::unique_ptr<Appender> append(const std::string& table, std::span<const Column> columns) override {
    detail::Busy::check(scanning_);
    return detail::postgres_appender_for(connection_, table, columns);
  }

  void begin() override {
    // A second BEGIN is only a warning to PostgreSQL.
    if (PQtransactionStatus(connection_->get()) != PQTRANS_IDLE)
      throw base::Broken("a transaction is open already");
    exec("BEGIN", {});
  }

  void commit() override {
    if (PQtransactionStatus(connection_->get()) == PQTRANS_IDLE)
      throw base::Broken("commit without a transaction");
    detail::PgResult result = connection_->run("COMMIT");
    // COMMIT of a transaction that had failed rolls back and says so only here.
    if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) {
      throw base::Broken("PostgreSQL rolled the transaction back: a statement in it had failed");
    }
  }

  void rollback() override {
    if (PQtransactionStatus(connection_->get()) != PQTRANS_IDLE) exec("ROLLBACK", {});
  }

  bool has_table(const std::string& name) override {
    const Value parameters[] = {name};
    return one_int(*this,
                   "SELECT count(*) FROM pg_class WHERE relname = lower($1) AND relkind IN ('r', 'p') "
                   "AND relnamespace IN (current_schema()::regnamespace, pg_my_temp_schema())",
                   parameters) != 0;
  }

 private:
  std::shared_ptr<detail::PgConnection> connection_;
  bool scanning_ = false;
};
}  // namespace

std::unique_ptr<Warehouse> open_postgres(const PostgresOptions& options) {
  return std::make_unique<PostgresWarehouse>(options);
}

}  // namespace guanhu::warehouse
