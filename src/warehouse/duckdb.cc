#include "base/error.h"
#include "warehouse/detail/check.h"
#include "warehouse/detail/duckdb_connection.h"
#include "warehouse/warehouse.h"

namespace guanhu::warehouse {

namespace {
class DuckDbWarehouse final : public Warehouse {
 public:
  explicit DuckDbWarehouse(const DuckDbOptions& options)
      : connection_(std::make_shared<detail::DuckDbConnection>(options)) {}

  Engine engine() const override { return Engine::duckdb; }

  void exec(const std::string& sql, std::span<const Value> parameters) override {
    detail::Busy::check(scanning_);
    detail::DuckDbResult result;
    if (parameters.empty()) {
      if (duckdb_query(connection_->get(), sql.c_str(), result.get()) != DuckDBSuccess) {
        detail::duckdb_failed(sql, result.error());
      }
    } else {
      run(sql, parameters, result);
    }
  }

  int64_t change(const std::string& sql, std::span<const Value> parameters) override {
    detail::Busy::check(scanning_);
    detail::DuckDbResult result;
    run(sql, parameters, result);
    return static_cast<int64_t>(duckdb_rows_changed(result.get()));
  }

  void scan(const std::string& sql, std::span<const Type> types, const std::function<void(const Chunk&)>& take,
            std::span<const Value> parameters) override {
    detail::Busy busy(scanning_);
    detail::duckdb_scan(connection_->get(), sql, types, take, parameters);
  }

  std::unique_ptr<Appender> append(const std::string& table, std::span<const Column> columns) override {
    detail::Busy::check(scanning_);
    return detail::duckdb_appender_for(connection_, table, columns);
  }

  void begin() override {
    exec("BEGIN TRANSACTION", {});
    open_ = true;
  }

  void commit() override {
    if (!open_) throw base::Broken("commit without a transaction");
    open_ = false;  // DuckDB ends it either way
    exec("COMMIT", {});
  }

  void rollback() override {
    if (!open_) return;
    open_ = false;
    exec("ROLLBACK", {});
  }

  bool has_table(const std::string& name) override {
    const Value parameters[] = {name};
    return one_int(*this,
                   "SELECT count(*) FROM duckdb_tables() WHERE lower(table_name) = lower($1) AND NOT internal",
                   parameters) != 0;
  }

 private:
  void run(const std::string& sql, std::span<const Value> parameters, detail::DuckDbResult& result) {
    detail::DuckDbStatement statement(connection_->get(), sql, parameters);
    if (duckdb_execute_prepared(statement.get(), result.get()) != DuckDBSuccess) {
      detail::duckdb_failed(sql, result.error());
    }
  }

  std::shared_ptr<detail::DuckDbConnection> connection_;
  bool scanning_ = false;
  bool open_ = false;  // a transaction is
};
}  // namespace

std::unique_ptr<Warehouse> open_duckdb(const DuckDbOptions& options) {
  return std::make_unique<DuckDbWarehouse>(options);
}

}  // namespace guanhu::warehouse
