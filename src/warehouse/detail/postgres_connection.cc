#include "warehouse/detail/postgres_connection.h"

#include <vector>

#include "base/error.h"
#include "warehouse/detail/check.h"

namespace guanhu::warehouse::detail {

namespace {
struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

struct FreeText {
  void operator()(char* text) const { PQfreemem(text); }
};

std::string without_trailing_newline(std::string text) {
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

PGconn* connect(const std::string& dsn) {
  const std::string password = password_of(dsn);
  // What stands before the DSN it may override, what stands after it not.
  const char* keywords[] = {"connect_timeout", "application_name", "dbname", "client_encoding", nullptr};
  const char* values[] = {"10", "guanhu", dsn.c_str(), "UTF8", nullptr};
  PGconn* connection = PQconnectdbParams(keywords, values, 1);
  if (!connection) throw base::Broken("no memory for a PostgreSQL connection");
  if (PQstatus(connection) == CONNECTION_OK) return connection;
  std::string words = redact(without_trailing_newline(PQerrorMessage(connection)), password);
  PQfinish(connection);
  throw base::Broken("cannot connect to PostgreSQL: " + words);
}

// A parameter as text, with the type that the same literal would have; nothing is assumed of text.
struct TextParameter {
  Oid type = 0;
  bool null = false;
  std::string text;
};

TextParameter text_parameter(const Value& value) {
  if (auto* boolean = std::get_if<bool>(&value)) return {pg::kBool, false, *boolean ? "t" : "f"};
  if (auto* integer = std::get_if<int64_t>(&value)) {
    return {fits_integer(*integer) ? pg::kInt4 : pg::kInt8, false, std::to_string(*integer)};
  }
  if (auto* text = std::get_if<std::string>(&value)) {
    if (text->find('\0') != std::string::npos) throw base::Broken("PostgreSQL takes no text with a NUL byte");
    return {0, false, *text};
  }
  return {0, true, ""};
}
}  // namespace

std::string lower(std::string_view identifier) {
  std::string out(identifier);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

PgConnection::PgConnection(const PostgresOptions& options) : connection_(connect(options.dsn)) {
  try {
    settle(options.schema);
  } catch (...) {
    PQfinish(connection_);
    throw;
  }
}

void PgConnection::settle(const std::string& schema) {
  constexpr int kOldest = 150000;
  if (PQserverVersion(connection_) < kOldest) {
    throw base::Broken("PostgreSQL 15 or later is needed; the server is " +
                       std::to_string(PQserverVersion(connection_) / 10000));
  }
  const char* encoding = PQparameterStatus(connection_, "server_encoding");
  if (std::string_view(encoding ? encoding : "") != "UTF8") {
    throw base::Broken(
        "the PostgreSQL database is not in UTF-8; make one with: createdb -E UTF8 -T template0 NAME");
  }
  run("SET client_min_messages = warning; SET standard_conforming_strings = on; SET TimeZone = 'UTC'; "
      "SET DateStyle = ISO; SET IntervalStyle = postgres; SET jit = off; SET work_mem = '64MB'; "
      "SET synchronize_seqscans = off; SET default_transaction_isolation = 'repeatable read'");
  make_schema(schema);
  run("SET search_path = " + name(schema));
  PgResult collation =
      run("SELECT datlocprovider = 'c' AND datcollate IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8') "
          "FROM pg_database WHERE datname = current_database()");
  bytewise_ = PQntuples(collation.get()) == 1 && *PQgetvalue(collation.get(), 0, 0) == 't';
}

void PgConnection::make_schema(const std::string& schema) {
  if (schema.empty()) throw base::Broken("a PostgreSQL warehouse needs a schema name");
  const Value parameters[] = {lower(schema)};
  const char* seek = "SELECT 1 FROM pg_namespace WHERE nspname = $1";
  if (PQntuples(run(seek, parameters).get()) > 0) return;
  // CREATE SCHEMA IF NOT EXISTS of two sessions at once fails for one of them.
  run("SELECT pg_advisory_lock(hashtext('guanhu.make_schema'))");
  try {
    run("CREATE SCHEMA IF NOT EXISTS " + name(schema));
  } catch (...) {
    run("SELECT pg_advisory_unlock(hashtext('guanhu.make_schema'))");
    throw;
  }
  run("SELECT pg_advisory_unlock(hashtext('guanhu.make_schema'))");
}

PgResult PgConnection::run(const std::string& sql, std::span<const Value> parameters) {
  PGresult* raw = nullptr;
  if (parameters.empty()) {
    raw = PQexec(connection_, sql.c_str());
  } else {
    std::vector<TextParameter> texts;
    for (const Value& value : parameters) texts.push_back(text_parameter(value));
    std::vector<Oid> types;
    std::vector<const char*> values;
    for (const TextParameter& text : texts) {
      types.push_back(text.type);
      values.push_back(text.null ? nullptr : text.text.c_str());
    }
    raw = PQexecParams(connection_, sql.c_str(), static_cast<int>(values.size()), types.data(), values.data(),
                       nullptr, nullptr, 0);
  }
  PgResult result(raw);
  ExecStatusType status = PQresultStatus(raw);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) failed(sql, raw);
  return result;
}

PgResult PgConnection::expect(PGresult* result, ExecStatusType wanted, const std::string& sql) {
  PgResult owned(result);
  if (PQresultStatus(result) != wanted) failed(sql, result);
  return owned;
}

void PgConnection::failed(const std::string& sql, const PGresult* result) {
  std::string words = result ? PQresultErrorMessage(result) : "";
  if (words.empty()) words = PQerrorMessage(connection_);
  if (words.empty() && result) words = std::string("unexpected ") + PQresStatus(PQresultStatus(result));
  throw base::Broken("PostgreSQL: " + without_trailing_newline(words) + "\nstatement: " + shown(sql));
}

std::string PgConnection::name(std::string_view identifier) const {
  std::string plain = lower(identifier);
  std::unique_ptr<char, FreeText> quoted(PQescapeIdentifier(connection_, plain.data(), plain.size()));
  if (!quoted) throw base::Broken("PostgreSQL takes no such name: " + plain);
  return quoted.get();
}

std::string PgConnection::literal(const Value& value) const {
  TextParameter parameter = text_parameter(value);
  if (parameter.null) return "NULL";
  if (parameter.type == pg::kBool) return parameter.text == "t" ? "true" : "false";
  if (parameter.type != 0) {
    return "'" + parameter.text + "'::" + (parameter.type == pg::kInt4 ? "integer" : "bigint");
  }
  std::unique_ptr<char, FreeText> quoted(
      PQescapeLiteral(connection_, parameter.text.data(), parameter.text.size()));
  if (!quoted) throw base::Broken("a text parameter is not UTF-8");
  return quoted.get();
}

void PgConnection::collate_new_tables(const std::string& sql) {
  if (bytewise_) return;
  if (lower(sql).find("table") == std::string::npos) return;
  PgResult columns = run(
      "SELECT format('ALTER TABLE %s ALTER COLUMN %I TYPE %s COLLATE \"C\"', c.oid::regclass, a.attname, "
      "format_type(a.atttypid, a.atttypmod)) "
      "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation k ON k.oid = a.attcollation "
      "WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND k.collname = 'default' "
      "AND c.relnamespace IN (current_schema()::regnamespace, pg_my_temp_schema())");
  for (int r = 0; r < PQntuples(columns.get()); ++r) run(PQgetvalue(columns.get(), r, 0));
}

}  // namespace guanhu::warehouse::detail
