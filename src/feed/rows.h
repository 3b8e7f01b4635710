// Rows in the warehouse's layout: which columns make the key and the content, and hashes of both.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "feed/keys.h"
#include "feed/tables.h"
#include "warehouse/warehouse.h"

namespace guanhu::feed {

// The stored columns without import_id, line and changed.
struct Layout {
  std::vector<warehouse::Column> columns;
  std::vector<size_t> key;      // positions of the key's columns
  std::vector<size_t> content;  // of all others, the account's and loan's numbers beside their ids left out
  std::optional<size_t> day;    // the date that rows can be searched by ("date", "booked_at"), where there is one
  std::string list() const;     // "r.account, r.date, r.balance"
};
const Layout& layout_of(const Table& table);
size_t column_of(const Layout& layout, std::string_view name);  // throws Broken when there is none

std::vector<uint64_t> hash_rows(const warehouse::Chunk& rows, std::span<const size_t> columns);
// The same as hash_rows over one text column that holds `id`.
uint64_t hash_key(std::string_view id);

// Key to content (hashes) of some stored rows.
class RowSet {
 public:
  void add(const Layout& layout, const warehouse::Chunk& rows);
  bool has_key(uint64_t key) const { return rows_.has(key); }
  bool has_same(uint64_t key, uint64_t content) const {
    const auto* entry = rows_.find(key);
    return entry && entry->content == static_cast<uint32_t>(content);
  }
  size_t size() const { return rows_.size(); }

 private:
  SeenRows rows_;
};

// Rows of one import.
RowSet rows_of_import(warehouse::Warehouse& db, const Table& table, int64_t import_id);
// Newest active rows of a dated table whose day lies in [first, last].
RowSet rows_between(warehouse::Warehouse& db, const Table& table, int32_t first, int32_t last);

}  // namespace guanhu::feed
