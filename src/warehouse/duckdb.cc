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
    guarded([&] {
      detail::DuckDbResult result;
      if (!parameters.empty()) {
        run(sql, parameters, result);
      } else if (duckdb_query(connection_->get(), sql.c_str(), result.get()) != DuckDBSuccess) {
        detail::duckdb_failed(sql, result.error());
      }
    });
  }

  int64_t change(const std::string& sql, std::span<const Value> parameters) override {
    detail::Busy::check(scanning_);
    detail::DuckDbResult result;
    guarded([&] { run(sql, parameters, result); });
    return static_cast<int64_t>(duckdb_rows_changed(result.get()));
  }

  void scan(const std::string& sql, std::span<const Type> types, const std::function<void(const Chunk&)>& take,
            std::span<const Value> parameters) override {
    detail::Busy busy(scanning_);
    guarded([&] { detail::duckdb_scan(connection_->get(), sql, types, take, parameters); });
  }

  std::unique_ptr<Appender> append(const std::string& table, std::span<const Column> columns) override {
    detail::Busy::check(scanning_);
    connection_->check_usable();
    return detail::duckdb_appender_for(connection_, table, columns);
  }

  void begin() override {
    exec("BEGIN TRANSACTION", {});
    connection_->begun();
  }

  void commit() override {
    bool failed = connection_->failed();
    if (!connection_->ended()) throw base::Broken("commit without a transaction");
    exec(failed ? "ROLLBACK" : "COMMIT", {});
    if (failed) throw base::Broken("the transaction was rolled back: a statement in it had failed");
  }

  void rollback() override {
    if (connection_->ended()) exec("ROLLBACK", {});
  }

  bool has_table(const std::string& name) override {
    // By the catalog: a statement over duckdb_tables() reads what every table holds.
    detail::Busy::check(scanning_);
    duckdb_table_description found = nullptr;
    bool there =
        duckdb_table_description_create(connection_->get(), nullptr, name.c_str(), &found) == DuckDBSuccess;
    duckdb_table_description_destroy(&found);
    return there;
  }

 private:
  void run(const std::string& sql, std::span<const Value> parameters, detail::DuckDbResult& result) {
    detail::DuckDbStatement statement(connection_->get(), sql, parameters);
    if (duckdb_execute_prepared(statement.get(), result.get()) != DuckDBSuccess) {
      detail::duckdb_failed(sql, result.error());
    }
  }

  template <class Body>
  void guarded(const Body& body) {
    connection_->check_usable();
    try {
      body();
    } catch (...) {
      connection_->note_failure();
      throw;
    }
  }

  std::shared_ptr<detail::DuckDbConnection> connection_;
  bool scanning_ = false;
};
}  // namespace

std::unique_ptr<Warehouse> open_duckdb(const DuckDbOptions& options) {
  return std::make_unique<DuckDbWarehouse>(options);
}

}  // namespace guanhu::warehouse
