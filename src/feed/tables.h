// The feed contract as data: every file, its columns, their kinds, keys and allowed values
// (feed.md). The importer, the warehouse schema and the sample bank's tests read it from here.
#pragma once
#include <span>
#include <string_view>

namespace guanhu::feed {

enum class Kind {
  text,
  date,      // YYYY-MM-DD
  time,      // YYYY-MM-DDTHH:MM:SS
  money,     // fen
  rate,      // annual per cent, stored in 1/1,000,000
  share,     // 0 to 1, stored in 1/100,000,000
  quantity,  // decimal with at most 4 places, stored in 1/10,000
  integer,   // >= 0
  boolean,   // true, false
  choice     // one of `choices`
};

struct Column {
  std::string_view name;
  Kind kind;
  bool key = false;
  bool required = false;            // key columns are required too
  std::string_view choices = {};    // separated by one space
  bool may_be_empty = false;        // a required column whose fields may still be empty
  std::string_view refers_to = {};  // table whose key this text is ("accounts"), for dangling references
  bool personal = false;            // a text that is sealed at rest (store/personal_key.h)

  // The column must stand in the header.
  constexpr bool needed() const { return key || required; }
  // A field must hold a value.
  constexpr bool filled() const { return key || (required && !may_be_empty); }
};

// Which number space replaces a text id in the warehouse (docs/warehouse-schema.md).
enum class Numbered { none, account, loan };

struct Table {
  std::string_view name;  // "balances": file balances.csv, table f_balances
  std::span<const Column> columns;
  Numbered numbered = Numbered::none;
  bool keeps_text_id = true;  // false: the number stands instead of the text id
  bool versioned = false;     // in force from its import's business date (orgs, staff, ...)
};

std::span<const Table> tables();
const Table* find_table(std::string_view name);

}  // namespace guanhu::feed
