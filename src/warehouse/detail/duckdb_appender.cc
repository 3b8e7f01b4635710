#include <cstring>

#include "base/error.h"
#include "warehouse/detail/check.h"
#include "warehouse/detail/duckdb_connection.h"

namespace guanhu::warehouse::detail {

namespace {
duckdb_type duckdb_type_of(Type type) {
  switch (type) {
    case Type::boolean: return DUCKDB_TYPE_BOOLEAN;
    case Type::int32: return DUCKDB_TYPE_INTEGER;
    case Type::int64: return DUCKDB_TYPE_BIGINT;
    case Type::date: return DUCKDB_TYPE_DATE;
    case Type::timestamp: return DUCKDB_TYPE_TIMESTAMP;
    case Type::text: return DUCKDB_TYPE_VARCHAR;
  }
  return DUCKDB_TYPE_INVALID;
}

duckdb_data_chunk make_chunk(std::span<const Column> columns) {
  std::vector<duckdb_logical_type> types;
  for (const Column& column : columns) types.push_back(duckdb_create_logical_type(duckdb_type_of(column.type)));
  duckdb_data_chunk chunk = duckdb_create_data_chunk(types.data(), types.size());
  for (duckdb_logical_type& type : types) duckdb_destroy_logical_type(&type);
  return chunk;
}

template <class T>
void copy_values(const std::vector<T>& from, size_t first, size_t rows, duckdb_vector to) {
  std::memcpy(duckdb_vector_get_data(to), from.data() + first, rows * sizeof(T));
}

void copy_text(const ColumnData& from, size_t first, size_t rows, duckdb_vector to, const std::string& what) {
  for (size_t r = 0; r < rows; ++r) {
    if (from.is_null(first + r)) continue;
    std::string_view text = from.text[first + r];
    check_utf8(text, what);
    duckdb_vector_assign_string_element_len(to, r, text.data(), text.size());
  }
}

void copy_validity(const std::vector<uint8_t>& valid, size_t first, size_t rows, duckdb_vector to) {
  if (valid.empty()) return;
  duckdb_vector_ensure_validity_writable(to);
  uint64_t* mask = duckdb_vector_get_validity(to);
  for (size_t r = 0; r < rows; ++r) {
    uint64_t bit = uint64_t{1} << (r % 64);
    if (valid[first + r]) mask[r / 64] |= bit;
    else mask[r / 64] &= ~bit;
  }
}

class DuckDbAppender final : public Appender {
 public:
  DuckDbAppender(std::shared_ptr<DuckDbConnection> connection, std::string table, std::span<const Column> columns)
      : connection_(std::move(connection)), table_(std::move(table)), columns_(columns.begin(), columns.end()) {
    if (duckdb_appender_create(connection_->get(), nullptr, table_.c_str(), &appender_) != DuckDBSuccess) {
      close_and_fail();
    }
    for (const Column& column : columns_) {
      if (duckdb_appender_add_column(appender_, column.name.c_str()) != DuckDBSuccess) close_and_fail();
    }
    chunk_ = make_chunk(columns_);
  }

  ~DuckDbAppender() override {
    duckdb_destroy_data_chunk(&chunk_);
    duckdb_appender_destroy(&appender_);
  }

  void append(const Chunk& chunk) override {
    check_chunk(chunk, columns_, table_);
    if (finished_) throw base::Broken("append to " + table_ + " after finish()");
    connection_->check_usable();
    const size_t step = duckdb_vector_size();
    for (size_t first = 0; first < chunk.rows; first += step) {
      append_part(chunk, first, std::min(step, chunk.rows - first));
    }
  }

  void finish() override {
    if (finished_) return;
    finished_ = true;
    connection_->check_usable();
    if (duckdb_appender_close(appender_) != DuckDBSuccess) fail();
  }

 private:
  void append_part(const Chunk& chunk, size_t first, size_t rows) {
    duckdb_data_chunk_reset(chunk_);
    for (size_t c = 0; c < columns_.size(); ++c) {
      const ColumnData& from = chunk.columns[c];
      duckdb_vector to = duckdb_data_chunk_get_vector(chunk_, c);
      switch (from.type) {
        case Type::boolean: copy_values(from.i8, first, rows, to); break;
        case Type::int32:
        case Type::date: copy_values(from.i32, first, rows, to); break;
        case Type::int64:
        case Type::timestamp: copy_values(from.i64, first, rows, to); break;
        case Type::text:
          copy_text(from, first, rows, to, "append to " + table_ + ", column " + columns_[c].name);
          break;
      }
      copy_validity(from.valid, first, rows, to);
    }
    duckdb_data_chunk_set_size(chunk_, rows);
    if (duckdb_append_data_chunk(appender_, chunk_) != DuckDBSuccess) fail();
  }

  [[noreturn]] void fail() {
    connection_->note_failure();
    const char* words = appender_ ? duckdb_appender_error(appender_) : nullptr;
    throw base::Broken("append to " + table_ + ": DuckDB: " + (words ? words : "refused"));
  }

  // In the constructor: the destructor will not run.
  [[noreturn]] void close_and_fail() {
    connection_->note_failure();
    const char* words = appender_ ? duckdb_appender_error(appender_) : nullptr;
    std::string copy = words ? words : "refused";
    duckdb_appender_destroy(&appender_);
    throw base::Broken("append to " + table_ + ": DuckDB: " + copy);
  }

  std::shared_ptr<DuckDbConnection> connection_;
  std::string table_;
  std::vector<Column> columns_;
  duckdb_appender appender_ = nullptr;
  duckdb_data_chunk chunk_ = nullptr;
  bool finished_ = false;
};
}  // namespace

std::unique_ptr<Appender> duckdb_appender_for(std::shared_ptr<DuckDbConnection> connection,
                                              const std::string& table, std::span<const Column> columns) {
  return std::make_unique<DuckDbAppender>(std::move(connection), table, columns);
}

}  // namespace guanhu::warehouse::detail
