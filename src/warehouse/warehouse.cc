#include "warehouse/warehouse.h"

#include "base/error.h"

namespace guanhu::warehouse {

std::string Warehouse::type_sql(Type type) {
  switch (type) {
    case Type::boolean: return "BOOLEAN";
    case Type::int32: return "INTEGER";
    case Type::int64: return "BIGINT";
    case Type::date: return "DATE";
    case Type::timestamp: return "TIMESTAMP";
    case Type::text: return "VARCHAR";
  }
  throw base::Broken("no such warehouse type: " + std::to_string(static_cast<int>(type)));
}

std::optional<int64_t> one_int(Warehouse& db, const std::string& sql, std::span<const Value> parameters) {
  std::optional<int64_t> out;
  bool first = true;
  const Type types[] = {Type::int64};
  auto take = [&](const Chunk& chunk) {
    if (first && chunk.rows > 0 && !chunk.columns[0].is_null(0)) out = chunk.columns[0].i64[0];
    if (chunk.rows > 0) first = false;
  };
  db.scan(sql, types, take, parameters);
  return out;
}

std::optional<std::string> one_text(Warehouse& db, const std::string& sql, std::span<const Value> parameters) {
  std::optional<std::string> out;
  bool first = true;
  const Type types[] = {Type::text};
  auto take = [&](const Chunk& chunk) {
    if (first && chunk.rows > 0 && !chunk.columns[0].is_null(0)) out = std::string(chunk.columns[0].text[0]);
    if (chunk.rows > 0) first = false;
  };
  db.scan(sql, types, take, parameters);
  return out;
}

}  // namespace guanhu::warehouse
