// A result comes as COPY (...) TO STDOUT in binary: no text conversion and no row objects. COPY takes
// no parameters, so they are written into the statement as quoted literals.
#include <cstring>

#include "base/error.h"
#include "base/sql_text.h"
#include "warehouse/detail/check.h"
#include "warehouse/detail/postgres_connection.h"

namespace guanhu::warehouse::detail {

namespace {
constexpr size_t kChunkRows = 2048;

std::string with_literals(const PgConnection& connection, const std::string& sql,
                          std::span<const Value> parameters) {
  if (parameters.empty()) return sql;
  std::vector<bool> used(parameters.size());
  std::string out = base::replace_numbered(sql, [&](size_t n) {
    if (n == 0 || n > parameters.size())
      throw base::Broken("no parameter $" + std::to_string(n) + " for: " + shown(sql));
    used[n - 1] = true;
    return connection.literal(parameters[n - 1]);
  });
  for (size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) throw base::Broken("the statement has no $" + std::to_string(i + 1) + ": " + shown(sql));
  }
  return out;
}

bool reads_as(Type wanted, Oid found) {
  switch (wanted) {
    case Type::boolean: return found == pg::kBool;
    case Type::int32: return found == pg::kInt2 || found == pg::kInt4;
    case Type::int64: return found == pg::kInt2 || found == pg::kInt4 || found == pg::kInt8;
    case Type::date: return found == pg::kDate;
    case Type::timestamp: return found == pg::kTimestamp || found == pg::kTimestampTz;
    case Type::text: return found == pg::kText || found == pg::kVarchar;
  }
  return false;
}

// The binary format does not say what its bytes are, so the types are asked for first.
void check_types(PgConnection& connection, const std::string& sql, std::span<const Type> types) {
  connection.expect(PQprepare(connection.get(), "", sql.c_str(), 0, nullptr), PGRES_COMMAND_OK, sql);
  PgResult description = connection.expect(PQdescribePrepared(connection.get(), ""), PGRES_COMMAND_OK, sql);
  auto refuse = [&](const std::string& what) { throw base::Broken(what + "\nstatement: " + shown(sql)); };
  size_t found = static_cast<size_t>(PQnfields(description.get()));
  if (found != types.size()) {
    refuse("the result has " + std::to_string(found) + " columns, wanted " + std::to_string(types.size()));
  }
  for (size_t c = 0; c < found; ++c) {
    Oid type = PQftype(description.get(), static_cast<int>(c));
    if (reads_as(types[c], type)) continue;
    const Value asked[] = {static_cast<int64_t>(type)};
    PgResult words = connection.run("SELECT format_type(CAST($1 AS bigint)::oid, NULL)", asked);
    refuse(std::string("column ") + PQfname(description.get(), static_cast<int>(c)) + " of the result is " +
           PQgetvalue(words.get(), 0, 0) + ", wanted " + type_name(types[c]) + ": cast it");
  }
}

// Reads big-endian values from one CopyData message.
class Message {
 public:
  Message(const char* data, size_t size) : at_(data), end_(data + size) {}
  int16_t i16() { return static_cast<int16_t>(__builtin_bswap16(raw<uint16_t>())); }
  int32_t i32() { return static_cast<int32_t>(__builtin_bswap32(raw<uint32_t>())); }
  int64_t i64() { return static_cast<int64_t>(__builtin_bswap64(raw<uint64_t>())); }
  const char* skip(size_t size) {
    if (static_cast<size_t>(end_ - at_) < size) throw base::Broken("PostgreSQL: a COPY message ends too early");
    return std::exchange(at_, at_ + size);
  }

 private:
  template <class T>
  T raw() {
    T value;
    std::memcpy(&value, skip(sizeof value), sizeof value);
    return value;
  }
  const char* at_;
  const char* end_;
};

// Gathers rows into a chunk. Texts lie in one arena per chunk; views are made when the chunk is full.
class Gatherer {
 public:
  Gatherer(std::span<const Type> types, const std::function<void(const Chunk&)>& take) : take_(take) {
    chunk_.columns.resize(types.size());
    places_.resize(types.size());
    for (size_t c = 0; c < types.size(); ++c) chunk_.columns[c].type = types[c];
    clear();
  }

  // One tuple, or the end mark.
  void row(Message& message) {
    int16_t fields = message.i16();
    if (fields < 0) return;
    if (static_cast<size_t>(fields) != chunk_.columns.size())
      throw base::Broken("PostgreSQL: a row of another width");
    for (size_t c = 0; c < chunk_.columns.size(); ++c) {
      int32_t length = message.i32();
      if (length < 0) null(c);
      else value(c, static_cast<size_t>(length), message);
    }
    if (++chunk_.rows == kChunkRows) deliver();
  }

  void deliver() {
    if (chunk_.rows == 0) return;
    for (size_t c = 0; c < chunk_.columns.size(); ++c) {
      ColumnData& column = chunk_.columns[c];
      for (auto [offset, length] : places_[c]) column.text.emplace_back(arena_.data() + offset, length);
    }
    take_(chunk_);
    clear();
  }

 private:
  void clear() {
    chunk_.rows = 0;
    arena_.clear();
    for (ColumnData& column : chunk_.columns) {
      column.i8.clear();
      column.i32.clear();
      column.i64.clear();
      column.text.clear();
      column.valid.clear();
    }
    for (auto& places : places_) places.clear();
  }

  void null(size_t c) {
    ColumnData& column = chunk_.columns[c];
    if (column.valid.empty()) column.valid.assign(chunk_.rows, 1);
    column.valid.push_back(0);
    switch (column.type) {
      case Type::boolean: column.i8.push_back(0); break;
      case Type::int32:
      case Type::date: column.i32.push_back(0); break;
      case Type::int64:
      case Type::timestamp: column.i64.push_back(0); break;
      case Type::text: places_[c].emplace_back(0, 0); break;
    }
  }

  static int64_t integer(size_t length, Message& message) {
    if (length == 2) return message.i16();
    if (length == 4) return message.i32();
    if (length == 8) return message.i64();
    throw base::Broken("PostgreSQL: an integer of " + std::to_string(length) + " bytes");
  }

  void value(size_t c, size_t length, Message& message) {
    ColumnData& column = chunk_.columns[c];
    if (!column.valid.empty()) column.valid.push_back(1);
    switch (column.type) {
      case Type::boolean: column.i8.push_back(*message.skip(length) != 0); break;
      case Type::int32: column.i32.push_back(static_cast<int32_t>(integer(length, message))); break;
      case Type::int64: column.i64.push_back(integer(length, message)); break;
      case Type::date: {
        // infinity and -infinity stand at the ends and are the same numbers in DuckDB
        int64_t days = integer(length, message);
        bool infinite = days == INT32_MAX || days == INT32_MIN;
        column.i32.push_back(static_cast<int32_t>(infinite ? days : days + pg::kEpochDays));
        break;
      }
      case Type::timestamp: {
        int64_t micros = integer(length, message);
        bool infinite = micros == INT64_MAX || micros == INT64_MIN;
        column.i64.push_back(infinite ? micros : micros + pg::kEpochMicros);
        break;
      }
      case Type::text:
        places_[c].emplace_back(arena_.size(), length);
        arena_.append(message.skip(length), length);
        break;
    }
  }

  const std::function<void(const Chunk&)>& take_;
  Chunk chunk_;
  std::string arena_;
  std::vector<std::vector<std::pair<size_t, size_t>>> places_;  // of texts in the arena
};

void skip_header(Message& message) {
  constexpr std::string_view kSignature("PGCOPY\n\377\r\n\0", 11);
  if (std::string_view(message.skip(11), 11) != kSignature) throw base::Broken("PostgreSQL: no binary COPY");
  message.i32();  // flags
  message.skip(static_cast<size_t>(message.i32()));
}

struct FreeMessage {
  void operator()(char* data) const { PQfreemem(data); }
};

void gather(PgConnection& connection, const std::string& sql, Gatherer& gatherer) {
  bool header = true;
  for (;;) {
    char* data = nullptr;
    int size = PQgetCopyData(connection.get(), &data, 0);
    std::unique_ptr<char, FreeMessage> owned(data);
    if (size == -1) break;
    if (size < 0) connection.failed(sql, nullptr);
    Message message(data, static_cast<size_t>(size));
    if (std::exchange(header, false)) skip_header(message);
    gatherer.row(message);
  }
  connection.expect(PQgetResult(connection.get()), PGRES_COMMAND_OK, sql);
}

// Whatever a broken-off COPY still sends is thrown away, so that the connection can be used again.
void drain(PGconn* connection) {
  if (PGcancel* cancel = PQgetCancel(connection)) {
    char words[256];
    PQcancel(cancel, words, sizeof words);
    PQfreeCancel(cancel);
  }
  while (PGresult* raw = PQgetResult(connection)) {
    PgResult result(raw);
    if (PQresultStatus(raw) != PGRES_COPY_OUT) continue;
    for (char* data = nullptr; PQgetCopyData(connection, &data, 0) > 0; data = nullptr) PQfreemem(data);
  }
}
}  // namespace

void postgres_scan(PgConnection& connection, const std::string& sql, std::span<const Type> types,
                   const std::function<void(const Chunk&)>& take, std::span<const Value> parameters) {
  const std::string query = with_literals(connection, sql, parameters);
  check_types(connection, query, types);
  // The line break ends a comment in the query's last line.
  const std::string copy = "COPY (" + query + "\n) TO STDOUT (FORMAT binary)";
  connection.expect(PQexec(connection.get(), copy.c_str()), PGRES_COPY_OUT, copy);
  Gatherer gatherer(types, take);
  try {
    gather(connection, query, gatherer);
  } catch (...) {
    drain(connection.get());
    throw;
  }
  while (PGresult* rest = PQgetResult(connection.get())) PQclear(rest);
  gatherer.deliver();
}

}  // namespace guanhu::warehouse::detail
