// Rows are encoded for COPY ... FROM STDIN in binary and sent some megabytes at a time, each part a
// COPY of its own, so that several appenders and statements may take turns on one connection.
#include <cstring>

#include "base/error.h"
#include "warehouse/detail/check.h"
#include "warehouse/detail/postgres_connection.h"

namespace guanhu::warehouse::detail {

namespace {
constexpr size_t kPartBytes = size_t{4} << 20;

class Buffer {
 public:
  void i16(int16_t value) { raw(__builtin_bswap16(static_cast<uint16_t>(value))); }
  void i32(int32_t value) { raw(__builtin_bswap32(static_cast<uint32_t>(value))); }
  void i64(int64_t value) { raw(__builtin_bswap64(static_cast<uint64_t>(value))); }
  void byte(char value) { bytes_ += value; }
  void text(std::string_view value) { bytes_ += value; }
  const std::string& bytes() const { return bytes_; }
  void clear() { bytes_.clear(); }

 private:
  template <class T>
  void raw(T value) {
    char out[sizeof value];
    std::memcpy(out, &value, sizeof value);
    bytes_.append(out, sizeof value);
  }
  std::string bytes_;
};

class PgAppender final : public Appender {
 public:
  PgAppender(std::shared_ptr<PgConnection> connection, std::string table, std::span<const Column> columns)
      : connection_(std::move(connection)), table_(std::move(table)), columns_(columns.begin(), columns.end()) {
    std::string names;
    for (const Column& column : columns_) {
      targets_.push_back(target_of(column));
      names += (names.empty() ? "" : ", ") + connection_->name(column.name);
    }
    copy_ = "COPY " + connection_->name(table_) + " (" + names + ") FROM STDIN (FORMAT binary)";
  }

  void append(const Chunk& chunk) override {
    check_chunk(chunk, columns_, table_);
    if (finished_) throw base::Broken("append to " + table_ + " after finish()");
    for (size_t r = 0; r < chunk.rows; ++r) {
      buffer_.i16(static_cast<int16_t>(columns_.size()));
      for (size_t c = 0; c < columns_.size(); ++c) encode(chunk.columns[c], r, c);
      if (buffer_.bytes().size() >= kPartBytes) send();
    }
  }

  void finish() override {
    if (finished_) return;
    finished_ = true;
    send();
  }

 private:
  // The binary format wants the column's very type.
  Oid target_of(const Column& column) {
    const Value parameters[] = {connection_->name(table_), lower(column.name)};
    const char* sql =
        "SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = to_regclass($1) "
        "AND a.attname = $2 AND a.attnum > 0 AND NOT a.attisdropped";
    PgResult found = connection_->run(sql, parameters);
    if (PQntuples(found.get()) != 1) refuse("there is no column " + column.name);
    Oid target = static_cast<Oid>(std::stoul(PQgetvalue(found.get(), 0, 0)));
    if (!fits(column.type, target)) refuse("column " + column.name + " does not take " + type_name(column.type));
    return target;
  }

  static bool fits(Type type, Oid target) {
    bool integer = target == pg::kInt2 || target == pg::kInt4 || target == pg::kInt8;
    switch (type) {
      case Type::boolean: return target == pg::kBool;
      case Type::int32:
      case Type::int64: return integer;
      case Type::date: return target == pg::kDate;
      case Type::timestamp: return target == pg::kTimestamp || target == pg::kTimestampTz;
      case Type::text: return target == pg::kText || target == pg::kVarchar;
    }
    return false;
  }

  void encode(const ColumnData& from, size_t row, size_t c) {
    if (from.is_null(row)) return buffer_.i32(-1);
    switch (from.type) {
      case Type::boolean:
        buffer_.i32(1);
        buffer_.byte(from.i8[row] != 0);
        break;
      case Type::int32: integer(from.i32[row], c); break;
      case Type::int64: integer(from.i64[row], c); break;
      case Type::date:
        buffer_.i32(4);
        buffer_.i32(days(from.i32[row], c));
        break;
      case Type::timestamp:
        buffer_.i32(8);
        buffer_.i64(micros(from.i64[row], c));
        break;
      case Type::text:
        if (from.text[row].size() > INT32_MAX) refuse("a text of more than 2 GiB in column " + columns_[c].name);
        buffer_.i32(static_cast<int32_t>(from.text[row].size()));
        buffer_.text(from.text[row]);
        break;
    }
  }

  void integer(int64_t value, size_t c) {
    bool narrow = (targets_[c] == pg::kInt4 && !fits_integer(value)) ||
                  (targets_[c] == pg::kInt2 && (value < INT16_MIN || value > INT16_MAX));
    if (narrow) refuse(std::to_string(value) + " is too large for column " + columns_[c].name);
    if (targets_[c] == pg::kInt2) {
      buffer_.i32(2);
      buffer_.i16(static_cast<int16_t>(value));
    } else if (targets_[c] == pg::kInt4) {
      buffer_.i32(4);
      buffer_.i32(static_cast<int32_t>(value));
    } else {
      buffer_.i32(8);
      buffer_.i64(value);
    }
  }

  int32_t days(int32_t value, size_t c) {
    int32_t out = 0;
    if (value == INT32_MAX || value == INT32_MIN) return value;
    if (__builtin_sub_overflow(value, pg::kEpochDays, &out))
      refuse("a date out of range in column " + columns_[c].name);
    return out;
  }

  int64_t micros(int64_t value, size_t c) {
    int64_t out = 0;
    if (value == INT64_MAX || value == INT64_MIN) return value;
    if (__builtin_sub_overflow(value, pg::kEpochMicros, &out))
      refuse("a time out of range in column " + columns_[c].name);
    return out;
  }

  void send() {
    if (buffer_.bytes().empty()) return;
    PGconn* to = connection_->get();
    connection_->expect(PQexec(to, copy_.c_str()), PGRES_COPY_IN, copy_);
    static constexpr char kHeader[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";
    buffer_.i16(-1);
    put({kHeader, sizeof kHeader - 1});
    put(buffer_.bytes());
    buffer_.clear();
    if (PQputCopyEnd(to, nullptr) != 1) connection_->failed(copy_, nullptr);
    PgResult result(PQgetResult(to));
    while (PGresult* rest = PQgetResult(to)) PQclear(rest);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) connection_->failed(copy_, result.get());
  }

  void put(std::string_view bytes) {
    if (PQputCopyData(connection_->get(), bytes.data(), static_cast<int>(bytes.size())) != 1) {
      connection_->failed(copy_, nullptr);
    }
  }

  [[noreturn]] void refuse(const std::string& what) { throw base::Broken("append to " + table_ + ": " + what); }

  std::shared_ptr<PgConnection> connection_;
  std::string table_;
  std::vector<Column> columns_;
  std::vector<Oid> targets_;  // the columns' types in the table
  std::string copy_;
  Buffer buffer_;
  bool finished_ = false;
};
}  // namespace

std::unique_ptr<Appender> postgres_appender_for(std::shared_ptr<PgConnection> connection, const std::string& table,
                                                std::span<const Column> columns) {
  return std::make_unique<PgAppender>(std::move(connection), table, columns);
}

}  // namespace guanhu::warehouse::detail
