#include <libpq-fe.h>

#include <charconv>
#include <cstring>

#include "base/sql_text.h"
#include "store/detail/parameters.h"
#include "store/detail/postgres_connect.h"
#include "store/detail/statement_cache.h"
#include "store/store.h"

namespace guanhu::store {

namespace {
constexpr Oid kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kName = 19, kBpchar = 1042,
              kVarchar = 1043, kNumeric = 1700, kVoid = 2278;

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

struct Prepared {
  std::string name;
  size_t marks = 0;
};

bool is_conflict(std::string_view state) {
  // integrity constraints; serialisation failure, deadlock, no lock in time
  return state.substr(0, 2) == "23" || state == "40001" || state == "40P01" || state == "55P03";
}

class PostgresSession final : public Session {
 public:
  PostgresSession(const std::string& dsn, const std::string& schema)
      : connection_(detail::connect_postgres(dsn, schema)) {}

  Engine engine() const override { return Engine::postgres; }

  bool usable() const override { return PQstatus(connection_.get()) == CONNECTION_OK; }

  std::vector<Row> query(std::string_view sql, std::span<const Value> parameters) override {
    Result result = run(sql, parameters);
    std::vector<Row> rows;
    int count = PQntuples(result.get());
    rows.reserve(static_cast<size_t>(count));
    for (int r = 0; r < count; ++r) rows.push_back(row(result.get(), r, sql));
    return rows;
  }

  int64_t exec(std::string_view sql, std::span<const Value> parameters) override {
    Result result = run(sql, parameters);
    std::string_view tag = PQcmdStatus(result.get());
    if (tag.substr(0, 6) == "SELECT") return 0;
    int64_t rows = 0;
    std::string_view count = PQcmdTuples(result.get());
    std::from_chars(count.data(), count.data() + count.size(), rows);
    return rows;
  }

  void script(std::string_view sql) override {
    check(PQexec(connection_.get(), std::string(sql).c_str()), sql);
    forget_statements();  // they may speak of tables that are no more what they were
  }

 protected:
  void begin() override {
    // The turn is taken before the transaction's snapshot: writers of one bank follow each other, as
    // with SQLite's BEGIN IMMEDIATE, and none reads what another is about to change.
    try {
      check(PQexec(connection_.get(), detail::kBegin), "BEGIN");
    } catch (...) {
      rollback();
      throw;
    }
  }

  void commit() override {
    Result result = check(PQexec(connection_.get(), "COMMIT"), "COMMIT");
    // COMMIT of a transaction that had failed rolls back and says so only here.
    if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) throw base::Broken(detail::kFailed);
  }

  void rollback() override {
    if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) {
      check(PQexec(connection_.get(), "ROLLBACK"), "ROLLBACK");
    }
  }

 private:
  Result run(std::string_view sql, std::span<const Value> parameters) {
    const Prepared statement = prepared(sql);
    detail::check_count(parameters.size(), statement.marks, sql);
    std::vector<std::string> numbers(parameters.size());
    std::vector<const char*> values(parameters.size(), nullptr);
    for (size_t i = 0; i < parameters.size(); ++i) {
      if (auto* integer = std::get_if<int64_t>(&parameters[i])) {
        numbers[i] = std::to_string(*integer);
        values[i] = numbers[i].c_str();
      } else if (auto* text = std::get_if<std::string>(&parameters[i])) {
        detail::check_text(*text, i + 1);
        values[i] = text->c_str();
      }
    }
    Result result = check(PQexecPrepared(connection_.get(), statement.name.c_str(),
                                         static_cast<int>(values.size()), values.data(), nullptr, nullptr, 0),
                          sql);
    if (changes_tables(PQcmdStatus(result.get()))) forget_statements();
    return result;
  }

  static bool changes_tables(std::string_view tag) {
    return tag.substr(0, 6) == "CREATE" || tag.substr(0, 5) == "ALTER" || tag.substr(0, 4) == "DROP";
  }

  // PostgreSQL infers the parameters' types from the statement.
  Prepared prepared(std::string_view sql) {
    if (Prepared* known = cache_.find(sql)) return *known;
    Prepared fresh;
    std::string numbered = base::number_marks(sql, fresh.marks);
    fresh.name = "g" + std::to_string(++named_);
    check(PQprepare(connection_.get(), fresh.name.c_str(), numbered.c_str(), 0, nullptr), sql);
    cache_.add(sql, fresh);
    cache_.trim([&](const Prepared& old) {
      if (old.name != fresh.name)
        check(PQexec(connection_.get(), ("DEALLOCATE " + old.name).c_str()), "DEALLOCATE");
    });
    return fresh;
  }

  void forget_statements() {
    cache_.clear();
    // In a failed transaction nothing can be run; the names are not used again anyway.
    if (PQtransactionStatus(connection_.get()) != PQTRANS_INERROR) {
      check(PQexec(connection_.get(), "DEALLOCATE ALL"), "DEALLOCATE ALL");
    }
  }

  static Row row(const PGresult* result, int r, std::string_view sql) {
    std::vector<Value> values;
    int columns = PQnfields(result);
    values.reserve(static_cast<size_t>(columns));
    for (int c = 0; c < columns; ++c) {
      if (PQgetisnull(result, r, c)) {
        values.emplace_back();
        continue;
      }
      std::string_view text(PQgetvalue(result, r, c), static_cast<size_t>(PQgetlength(result, r, c)));
      values.push_back(value(text, PQftype(result, c), PQfname(result, c), sql));
    }
    return Row(std::move(values));
  }

  static Value value(std::string_view text, Oid type, const char* name, std::string_view sql) {
    switch (type) {
      case kBool: return int64_t{text == "t"};
      case kInt2:
      case kInt4:
      case kInt8:
      case kNumeric: {  // sum(BIGINT) is one
        int64_t integer = 0;
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
        if (error == std::errc() && end == text.data() + text.size()) return integer;
        break;
      }
      case kText:
      case kName:
      case kBpchar:
      case kVarchar: return std::string(text);
      case kVoid: return std::monostate();
      default: break;
    }
    throw base::Broken(std::string("column ") + name +
                       " is neither an integer nor text\nstatement: " + detail::shown(sql));
  }

  Result check(PGresult* raw, std::string_view sql) {
    Result result(raw);
    ExecStatusType status = PQresultStatus(raw);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
    if (status == PGRES_EMPTY_QUERY) throw base::Broken("no statement: " + detail::shown(sql));
    const char* state = raw ? PQresultErrorField(raw, PG_DIAG_SQLSTATE) : nullptr;
    // The primary message only: the detail would show the values of the row.
    const char* primary = raw ? PQresultErrorField(raw, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    std::string words = std::string("PostgreSQL: ") + (primary ? primary : PQerrorMessage(connection_.get())) +
                        " (" + (state ? state : "no SQLSTATE") + ")\nstatement: " + detail::shown(sql);
    if (state && is_conflict(state)) throw Conflict(words);
    throw base::Broken(words);
  }

  detail::Connection connection_;
  detail::StatementCache<Prepared> cache_;
  int64_t named_ = 0;
};
}  // namespace

std::unique_ptr<Session> open_postgres(const std::string& dsn, const std::string& schema) {
  return std::make_unique<PostgresSession>(dsn, schema);
}

}  // namespace guanhu::store
