#include <cstring>

#include "base/error.h"
#include "warehouse/detail/check.h"
#include "warehouse/detail/duckdb_connection.h"

namespace guanhu::warehouse::detail {

namespace {
using Copy = void (*)(const void* from, size_t rows, ColumnData& to);

template <class From, class To>
void widen(const void* from, size_t rows, std::vector<To>& to) {
  auto* begin = static_cast<const From*>(from);
  to.assign(begin, begin + rows);
}

template <class From>
void to_i32(const void* from, size_t rows, ColumnData& to) {
  widen<From>(from, rows, to.i32);
}

template <class From>
void to_i64(const void* from, size_t rows, ColumnData& to) {
  widen<From>(from, rows, to.i64);
}

void to_i8(const void* from, size_t rows, ColumnData& to) { widen<int8_t>(from, rows, to.i8); }

void to_text(const void* from, size_t rows, ColumnData& to) {
  auto* strings = static_cast<duckdb_string_t*>(const_cast<void*>(from));
  to.text.resize(rows);
  for (size_t r = 0; r < rows; ++r) {
    // What stands under a NULL is not a string.
    if (to.is_null(r)) to.text[r] = {};
    else to.text[r] = {duckdb_string_t_data(&strings[r]), duckdb_string_t_length(strings[r])};
  }
}

Copy integer_copy(bool wide, duckdb_type found) {
  switch (found) {
    case DUCKDB_TYPE_TINYINT: return wide ? to_i64<int8_t> : to_i32<int8_t>;
    case DUCKDB_TYPE_SMALLINT: return wide ? to_i64<int16_t> : to_i32<int16_t>;
    case DUCKDB_TYPE_INTEGER: return wide ? to_i64<int32_t> : to_i32<int32_t>;
    case DUCKDB_TYPE_BIGINT: return wide ? to_i64<int64_t> : nullptr;
    default: return nullptr;
  }
}

// How a column of this type becomes the wanted one; nullptr when it does not.
Copy copy_for(Type wanted, duckdb_type found) {
  switch (wanted) {
    case Type::boolean: return found == DUCKDB_TYPE_BOOLEAN ? to_i8 : nullptr;
    case Type::int32: return integer_copy(false, found);
    case Type::int64: return integer_copy(true, found);
    case Type::date: return found == DUCKDB_TYPE_DATE ? to_i32<int32_t> : nullptr;
    case Type::timestamp:
      return found == DUCKDB_TYPE_TIMESTAMP || found == DUCKDB_TYPE_TIMESTAMP_TZ ? to_i64<int64_t> : nullptr;
    case Type::text: return found == DUCKDB_TYPE_VARCHAR ? to_text : nullptr;
  }
  return nullptr;
}

std::string type_words(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN: return "BOOLEAN";
    case DUCKDB_TYPE_BIGINT: return "BIGINT";
    case DUCKDB_TYPE_INTEGER: return "INTEGER";
    case DUCKDB_TYPE_HUGEINT: return "HUGEINT (cast sums to BIGINT)";
    case DUCKDB_TYPE_DOUBLE: return "DOUBLE";
    case DUCKDB_TYPE_DECIMAL: return "DECIMAL";
    case DUCKDB_TYPE_DATE: return "DATE";
    case DUCKDB_TYPE_TIMESTAMP: return "TIMESTAMP";
    case DUCKDB_TYPE_VARCHAR: return "VARCHAR";
    default: return "DuckDB's type " + std::to_string(type);
  }
}

std::vector<Copy> plan(duckdb_result* result, const std::string& sql, std::span<const Type> types) {
  size_t found = duckdb_column_count(result);
  if (found != types.size()) {
    duckdb_failed(sql,
                  "the result has " + std::to_string(found) + " columns, wanted " + std::to_string(types.size()));
  }
  std::vector<Copy> copies;
  for (size_t c = 0; c < found; ++c) {
    duckdb_type type = duckdb_column_type(result, c);
    copies.push_back(copy_for(types[c], type));
    if (!copies.back()) {
      duckdb_failed(sql, std::string("column ") + duckdb_column_name(result, c) + " of the result is " +
                             type_words(type) + ", wanted " + type_name(types[c]));
    }
  }
  return copies;
}

void take_validity(duckdb_vector vector, size_t rows, std::vector<uint8_t>& valid) {
  valid.clear();
  const uint64_t* mask = duckdb_vector_get_validity(vector);
  if (!mask) return;
  valid.resize(rows);
  bool all = true;
  for (size_t r = 0; r < rows; ++r) {
    valid[r] = static_cast<uint8_t>((mask[r / 64] >> (r % 64)) & 1);
    all = all && valid[r];
  }
  if (all) valid.clear();
}

class DuckDbChunk {
 public:
  explicit DuckDbChunk(duckdb_data_chunk chunk) : chunk_(chunk) {}
  ~DuckDbChunk() { duckdb_destroy_data_chunk(&chunk_); }
  DuckDbChunk(const DuckDbChunk&) = delete;
  explicit operator bool() const { return chunk_ != nullptr; }
  duckdb_data_chunk get() const { return chunk_; }

 private:
  duckdb_data_chunk chunk_;
};
}  // namespace

void duckdb_scan(duckdb_connection connection, const std::string& sql, std::span<const Type> types,
                 const std::function<void(const Chunk&)>& take, std::span<const Value> parameters) {
  DuckDbStatement statement(connection, sql, parameters);
  DuckDbResult result;
  if (duckdb_execute_prepared_streaming(statement.get(), result.get()) != DuckDBSuccess) {
    duckdb_failed(sql, result.error());
  }
  std::vector<Copy> copies = plan(result.get(), sql, types);
  Chunk out;
  out.columns.resize(types.size());
  for (size_t c = 0; c < types.size(); ++c) out.columns[c].type = types[c];
  while (DuckDbChunk chunk{duckdb_fetch_chunk(*result.get())}) {
    out.rows = duckdb_data_chunk_get_size(chunk.get());
    if (out.rows == 0) continue;
    for (size_t c = 0; c < types.size(); ++c) {
      duckdb_vector vector = duckdb_data_chunk_get_vector(chunk.get(), c);
      take_validity(vector, out.rows, out.columns[c].valid);
      copies[c](duckdb_vector_get_data(vector), out.rows, out.columns[c]);
    }
    take(out);
  }
  // The end of the rows and a failure on the way look the same to the one who fetches.
  if (std::string words = result.error(); !words.empty()) duckdb_failed(sql, words);
}

}  // namespace guanhu::warehouse::detail
