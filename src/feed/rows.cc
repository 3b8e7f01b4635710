#include "feed/rows.h"

#include "base/error.h"
#include "feed/schema.h"
#include "feed/state.h"

namespace guanhu::feed {

using warehouse::Chunk;
using warehouse::ColumnData;
using warehouse::Type;
using warehouse::Warehouse;

namespace {

constexpr uint64_t kNull = 0xA0761D6478BD642FULL;

Layout make_layout(const Table& table) {
  Layout out;
  std::vector<warehouse::Column> stored = stored_columns(table);
  for (auto& column : stored) {
    if (column.name == "import_id") break;
    out.columns.push_back(column);
  }
  bool numbered = table.numbered != Numbered::none;
  size_t at = numbered ? 1 : 0;
  for (const Column& column : table.columns) {
    bool gone = numbered && !table.keeps_text_id && (column.name == "account_id" || column.name == "loan_id");
    size_t position = gone ? 0 : at++;
    (column.key ? out.key : out.content).push_back(position);
    if (column.name == "date" || column.name == "booked_at") out.day = position;
  }
  return out;
}

uint64_t combine(uint64_t h, uint64_t v) {
  unsigned __int128 product =
      static_cast<unsigned __int128>(h ^ 0x8BB84B93962EACC9ULL) * (v ^ 0x2D358DCCAA6C78A5ULL);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

}  // namespace

const Layout& layout_of(const Table& table) {
  static const std::vector<Layout> all = [] {
    std::vector<Layout> made;
    for (const Table& t : tables()) made.push_back(make_layout(t));
    return made;
  }();
  return all[index_of(table)];
}

std::string Layout::list() const {
  std::string out;
  for (const auto& column : columns) out += (out.empty() ? "r." : ", r.") + column.name;
  return out;
}

size_t column_of(const Layout& layout, std::string_view name) {
  for (size_t i = 0; i < layout.columns.size(); ++i)
    if (layout.columns[i].name == name) return i;
  throw base::Broken("no column " + std::string(name));
}

std::vector<uint64_t> hash_rows(const Chunk& rows, std::span<const size_t> columns) {
  std::vector<uint64_t> out(rows.rows, 1);
  for (size_t c : columns) {
    const ColumnData& data = rows.columns[c];
    auto value = [&](size_t r) -> uint64_t {
      switch (data.type) {
        case Type::boolean: return static_cast<uint64_t>(data.i8[r]);
        case Type::int32:
        case Type::date: return static_cast<uint64_t>(static_cast<int64_t>(data.i32[r]));
        case Type::text: return hash_bytes(data.text[r]);
        default: return static_cast<uint64_t>(data.i64[r]);
      }
    };
    for (size_t r = 0; r < rows.rows; ++r) out[r] = combine(out[r], data.is_null(r) ? kNull : value(r));
  }
  return out;
}

uint64_t hash_key(std::string_view id) { return combine(1, hash_bytes(id)); }

void RowSet::add(const Layout& layout, const Chunk& rows) {
  auto keys = hash_rows(rows, layout.key), contents = hash_rows(rows, layout.content);
  for (size_t r = 0; r < rows.rows; ++r) rows_.put(keys[r], static_cast<uint32_t>(contents[r]), 0);
}

namespace {
RowSet read_rows(Warehouse& db, const Table& table, const std::string& rest,
                 std::span<const warehouse::Value> values) {
  const Layout& layout = layout_of(table);
  std::vector<Type> types;
  for (const auto& column : layout.columns) types.push_back(column.type);
  RowSet out;
  std::string sql = "SELECT " + layout.list() + " FROM " + stored_name(table) + " r " + rest;
  db.scan(
      sql, types, [&](const Chunk& chunk) { out.add(layout, chunk); }, values);
  return out;
}
}  // namespace

RowSet rows_of_import(Warehouse& db, const Table& table, int64_t import_id) {
  warehouse::Value values[] = {import_id};
  return read_rows(db, table, "WHERE r.import_id = $1", values);
}

RowSet rows_between(Warehouse& db, const Table& table, int32_t first, int32_t last) {
  const auto& day = layout_of(table).columns[*layout_of(table).day];
  warehouse::Value values[] = {int64_t{first}, int64_t{last}};
  std::string from = "DATE '1970-01-01' + $1", to = "DATE '1970-01-01' + $2";
  if (day.type == Type::timestamp) {
    from = "CAST(" + from + " AS TIMESTAMP)";
    to = "CAST(DATE '1970-01-01' + ($2 + 1) AS TIMESTAMP)";
  }
  std::string rest = active_join("r") + "WHERE r." + day.name + " >= " + from + " AND r." + day.name +
                     (day.type == Type::timestamp ? " < " : " <= ") + to + " ORDER BY i.business_date";
  return read_rows(db, table, rest, values);
}

}  // namespace guanhu::feed
