#include "warehouse/detail/check.h"

#include <cstring>

#include "base/encoding.h"

namespace guanhu::warehouse::detail {

namespace {
size_t held(const ColumnData& column) {
  switch (column.type) {
    case Type::boolean: return column.i8.size();
    case Type::int32:
    case Type::date: return column.i32.size();
    case Type::int64:
    case Type::timestamp: return column.i64.size();
    case Type::text: return column.text.size();
  }
  return 0;
}

// The first position that is not plain ASCII, eight bytes at a time.
size_t ascii_prefix(std::string_view text) {
  size_t at = 0;
  for (uint64_t word; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (word & 0x8080808080808080u) break;
  }
  return at;
}
}  // namespace

std::string type_name(Type type) {
  switch (type) {
    case Type::boolean: return "boolean";
    case Type::int32: return "int32";
    case Type::int64: return "int64";
    case Type::date: return "date";
    case Type::timestamp: return "timestamp";
    case Type::text: return "text";
  }
  return "type " + std::to_string(static_cast<int>(type));
}

void check_chunk(const Chunk& chunk, std::span<const Column> columns, const std::string& table) {
  auto refuse = [&](const std::string& what) { throw base::Broken("append to " + table + ": " + what); };
  if (chunk.columns.size() != columns.size()) {
    refuse(std::to_string(chunk.columns.size()) + " columns, wanted " + std::to_string(columns.size()));
  }
  for (size_t c = 0; c < columns.size(); ++c) {
    const ColumnData& data = chunk.columns[c];
    if (data.type != columns[c].type) {
      refuse("column " + columns[c].name + " is " + type_name(data.type) + ", declared " +
             type_name(columns[c].type));
    }
    if (held(data) < chunk.rows || (!data.valid.empty() && data.valid.size() < chunk.rows)) {
      refuse("column " + columns[c].name + " is shorter than the chunk's " + std::to_string(chunk.rows) + " rows");
    }
  }
}

void check_utf8(std::string_view text, const std::string& what) {
  size_t bad = base::find_bad_utf8(text, ascii_prefix(text));
  if (bad != std::string_view::npos) throw base::Broken(what + ": not UTF-8 at byte " + std::to_string(bad + 1));
}

std::string shown(std::string_view sql) {
  constexpr size_t kShown = 2000;
  std::string out(sql.substr(0, kShown));
  if (sql.size() > kShown) out.append(" ... (").append(std::to_string(sql.size())).append(" bytes)");
  return out;
}

}  // namespace guanhu::warehouse::detail
