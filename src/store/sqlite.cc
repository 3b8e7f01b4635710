#include <sqlite3.h>

#include "store/detail/parameters.h"
#include "store/detail/statement_cache.h"
#include "store/store.h"

namespace guanhu::store {

namespace {
struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

// Leaves a statement ready for its next use, whatever happened to this one.
class InUse {
 public:
  explicit InUse(sqlite3_stmt* statement) : statement_(statement) {}
  ~InUse() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  InUse(const InUse&) = delete;

 private:
  sqlite3_stmt* statement_;
};

bool is_conflict(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return true;
    // The wrong type and a trigger's RAISE are no conflicts in PostgreSQL either.
    case SQLITE_CONSTRAINT: return code != SQLITE_CONSTRAINT_DATATYPE && code != SQLITE_CONSTRAINT_TRIGGER;
    default: return false;
  }
}

class SqliteSession final : public Session {
 public:
  explicit SqliteSession(const std::filesystem::path& file) {
    sqlite3* db = nullptr;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(file.c_str(), &db, flags, nullptr);
    db_.reset(db);
    if (code != SQLITE_OK) {
      throw base::Broken("cannot open the store " + file.string() + ": " +
                         (db ? sqlite3_errmsg(db) : "no memory"));
    }
    sqlite3_busy_timeout(db, kBusyMilliseconds);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // "x" is a name and never a text, as in PostgreSQL.
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    statements(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        "PRAGMA trusted_schema = OFF; PRAGMA case_sensitive_like = ON; PRAGMA temp_store = MEMORY");
  }

  Engine engine() const override { return Engine::sqlite; }

  std::vector<Row> query(std::string_view sql, std::span<const Value> parameters) override {
    sqlite3_stmt* statement = prepared(sql);
    InUse guard(statement);
    bind(statement, parameters, sql);
    std::vector<Row> rows;
    while (step(statement, sql)) rows.push_back(row(statement, sql));
    return rows;
  }

  int64_t exec(std::string_view sql, std::span<const Value> parameters) override {
    sqlite3_stmt* statement = prepared(sql);
    InUse guard(statement);
    bind(statement, parameters, sql);
    // sqlite3_changes keeps the count of the last change; a statement that changed nothing leaves it.
    sqlite3_int64 before = sqlite3_total_changes64(db_.get());
    while (step(statement, sql)) {}
    return sqlite3_total_changes64(db_.get()) == before ? 0 : sqlite3_changes64(db_.get());
  }

  void script(std::string_view sql) override {
    check_usable();
    if (in_transaction()) return statements(sql);
    // All or nothing, as PostgreSQL has it.
    transaction([&] { statements(sql); });
  }

 protected:
  void begin() override {
    failed_ = false;
    exec("BEGIN IMMEDIATE", {});
  }

  void commit() override {
    if (failed_) throw base::Broken(detail::kFailed);
    exec("COMMIT", {});
  }

  void rollback() override {
    failed_ = false;
    // Some failures (disk full, out of memory) have rolled back already.
    if (!sqlite3_get_autocommit(db_.get())) exec("ROLLBACK", {});
  }

 private:
  static constexpr int kBusyMilliseconds = 10'000;

  void statements(std::string_view sql) {
    while (!sql.empty()) {
      Statement statement = prepare(sql, sql);
      if (!statement) continue;  // a comment, or the end
      while (step(statement.get(), sqlite3_sql(statement.get()))) {}
    }
  }

  // Compiles the first statement of `sql`; `rest` becomes what follows it. Null when there is none.
  Statement prepare(std::string_view sql, std::string_view& rest) {
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    int code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                  &raw, &tail);
    Statement statement(raw);
    if (code != SQLITE_OK) failed(code, sql);
    rest = sql.substr(static_cast<size_t>(tail - sql.data()));
    return statement;
  }

  sqlite3_stmt* prepared(std::string_view sql) {
    check_usable();
    if (Statement* known = cache_.find(sql)) {
      if (sqlite3_stmt_busy(known->get())) throw base::Broken("the statement is running: " + detail::shown(sql));
      return known->get();
    }
    std::string_view rest;
    Statement statement = prepare(sql, rest);
    if (!statement) throw base::Broken("no statement: " + detail::shown(sql));
    while (!rest.empty()) {
      if (prepare(rest, rest)) throw base::Broken("more than one statement: " + detail::shown(sql));
    }
    sqlite3_stmt* raw = cache_.add(sql, std::move(statement)).get();
    cache_.trim([](Statement&) {});
    return raw;
  }

  void bind(sqlite3_stmt* statement, std::span<const Value> parameters, std::string_view sql) {
    detail::check_count(parameters.size(), static_cast<size_t>(sqlite3_bind_parameter_count(statement)), sql);
    for (size_t i = 0; i < parameters.size(); ++i) {
      int number = static_cast<int>(i + 1);
      int code = SQLITE_OK;
      if (auto* integer = std::get_if<int64_t>(&parameters[i])) {
        code = sqlite3_bind_int64(statement, number, *integer);
      } else if (auto* text = std::get_if<std::string>(&parameters[i])) {
        detail::check_text(*text, i + 1);
        // The parameters outlive the use of the statement.
        code = sqlite3_bind_text64(statement, number, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
      }
      if (code != SQLITE_OK) failed(code, sql);
    }
  }

  bool step(sqlite3_stmt* statement, std::string_view sql) {
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) failed(code, sql);
    return false;
  }

  Row row(sqlite3_stmt* statement, std::string_view sql) {
    std::vector<Value> values;
    int columns = sqlite3_column_count(statement);
    values.reserve(static_cast<size_t>(columns));
    for (int c = 0; c < columns; ++c) {
      switch (sqlite3_column_type(statement, c)) {
        case SQLITE_NULL: values.emplace_back(); break;
        case SQLITE_INTEGER: values.emplace_back(int64_t{sqlite3_column_int64(statement, c)}); break;
        case SQLITE_TEXT: {
          auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, c));
          values.emplace_back(std::string(text, static_cast<size_t>(sqlite3_column_bytes(statement, c))));
          break;
        }
        default:
          throw base::Broken(std::string("column ") + sqlite3_column_name(statement, c) +
                             " is neither an integer nor text\nstatement: " + detail::shown(sql));
      }
    }
    return Row(std::move(values));
  }

  void check_usable() const {
    if (failed_) throw base::Broken(detail::kFailed);
  }

  // As in PostgreSQL, a transaction in which a statement failed is lost as a whole.
  [[noreturn]] void failed(int code, std::string_view sql) {
    failed_ = in_transaction();
    std::string words = std::string("SQLite: ") + sqlite3_errmsg(db_.get()) + " (" + std::to_string(code) +
                        ")\nstatement: " + detail::shown(sql);
    if (is_conflict(code)) throw Conflict(words);
    throw base::Broken(words);
  }

  std::unique_ptr<sqlite3, CloseDatabase> db_;
  detail::StatementCache<Statement> cache_;  // ended before the database is closed
  bool failed_ = false;
};
}  // namespace

std::unique_ptr<Session> open_sqlite(const std::filesystem::path& file) {
  return std::make_unique<SqliteSession>(file);
}

}  // namespace guanhu::store
