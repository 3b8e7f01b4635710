#include "store/detail/postgres_connect.h"

#include "base/error.h"

namespace guanhu::store::detail {

namespace {
struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
struct FreeText {
  void operator()(char* text) const { PQfreemem(text); }
};

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

// libpq may quote parts of a DSN that it cannot read, so its words are not passed on then.
std::string password_of(const std::string& dsn) {
  std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconninfoParse(dsn.c_str(), nullptr));
  if (!options) {
    throw base::Broken("the PostgreSQL DSN cannot be read; it looks like postgresql://USER@HOST:5432/DATABASE");
  }
  for (PQconninfoOption* option = options.get(); option->keyword; ++option) {
    if (std::string_view(option->keyword) == "password" && option->val) return option->val;
  }
  return "";
}

std::string redact(std::string text, const std::string& password) {
  if (password.empty()) return text;
  for (size_t at = 0; (at = text.find(password, at)) != std::string::npos; at += 3) {
    text.replace(at, password.size(), "***");
  }
  return text;
}

// Rows of the first column; throws Broken.
std::vector<std::string> run(PGconn* connection, const std::string& sql) {
  std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection, sql.c_str()), PQclear);
  ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw base::Broken("PostgreSQL: " + trimmed(PQerrorMessage(connection)) + "\nstatement: " + sql);
  }
  std::vector<std::string> rows;
  for (int r = 0; r < PQntuples(result.get()); ++r) rows.emplace_back(PQgetvalue(result.get(), r, 0));
  return rows;
}

void settle(PGconn* connection, const std::string& schema) {
  constexpr int kOldest = 150000;
  if (PQserverVersion(connection) < kOldest) {
    throw base::Broken("PostgreSQL 15 or later is needed; the server is " +
                       std::to_string(PQserverVersion(connection) / 10000));
  }
  const char* encoding = PQparameterStatus(connection, "server_encoding");
  if (std::string_view(encoding ? encoding : "") != "UTF8") {
    throw base::Broken(
        "the PostgreSQL database is not in UTF-8; make one with: createdb -E UTF8 -T template0 NAME");
  }
  if (schema.empty()) throw base::Broken("a PostgreSQL store needs a schema name");
  std::unique_ptr<char, FreeText> name(PQescapeIdentifier(connection, schema.data(), schema.size()));
  std::unique_ptr<char, FreeText> text(PQescapeLiteral(connection, schema.data(), schema.size()));
  if (!name || !text) throw base::Broken("PostgreSQL takes no such schema name");
  // As long as SQLite waits for its lock. A dead client's turn ends with its connection.
  run(connection,
      "SET client_min_messages = warning; SET standard_conforming_strings = on; SET TimeZone = 'UTC'; "
      "SET DateStyle = ISO; SET lock_timeout = '10s'; SET tcp_keepalives_idle = 60");
  const std::string made =
      std::string("SELECT 1 FROM pg_tables WHERE schemaname = ") + text.get() + " AND tablename = 'writer_turn'";
  if (run(connection, made).empty()) {
    // Two sessions at once would meet in CREATE ... IF NOT EXISTS, and one would fail.
    run(connection, std::string("BEGIN; SELECT pg_advisory_xact_lock(hashtext('guanhu.make_schema')); "
                                "CREATE SCHEMA IF NOT EXISTS ") +
                        name.get() + "; CREATE TABLE IF NOT EXISTS " + name.get() + ".writer_turn (); COMMIT");
  }
  run(connection, std::string("SET search_path = ") + name.get());
}
}  // namespace

Connection connect_postgres(const std::string& dsn, const std::string& schema) {
  const std::string password = password_of(dsn);
  // What stands before the DSN it may override, what stands after it not.
  const char* keywords[] = {"connect_timeout", "application_name", "dbname", "client_encoding", nullptr};
  const char* values[] = {"10", "guanhu", dsn.c_str(), "UTF8", nullptr};
  Connection connection(PQconnectdbParams(keywords, values, 1));
  if (!connection) throw base::Broken("no memory for a PostgreSQL connection");
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    throw base::Broken("cannot connect to PostgreSQL: " +
                       redact(trimmed(PQerrorMessage(connection.get())), password));
  }
  settle(connection.get(), schema);
  return connection;
}

}  // namespace guanhu::store::detail
