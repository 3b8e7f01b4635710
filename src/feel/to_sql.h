// A FEEL condition over the columns of a table as SQL, for DuckDB and PostgreSQL alike.
//
// It gives the same rows as FEEL would, null included: an equation with null is false in FEEL, null in
// SQL; where that makes a difference (under not()), the SQL says IS NOT DISTINCT FROM. Numbers stay
// integers: a column holds value * 10^scale (money in fen: scale 2) and literals are scaled to it,
// with the bound moved where a literal is finer than the column (余额 > 0.001 is fen > 0). Arithmetic
// is done in the engine's integers, whose overflow is an error there, never a wrong figure.
//
// Supported: and, or, not(), = != < <= > >=, between, in (lists, ranges, tests), null, + - * and
// division by constants, if, starts with, ends with, contains, string length, list contains, abs,
// .year .month .day of dates, everything without columns (evaluated now). Anything else is an error
// ("feel.sql") at its place, with a hint.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "feel/scope.h"
#include "feel/value.h"

namespace guanhu::feel {

struct SqlColumn {
  enum Kind { number, string, boolean, date };
  std::string sql;  // how the query names it: d.balance_fen; inserted as it is
  Kind kind = string;
  int scale = 0;  // of numbers: stored as integer * 10^-scale, 0 to 9
};

struct SqlNames {
  std::vector<std::pair<std::string, SqlColumn>> columns;  // name in FEEL -> column
  std::vector<std::pair<std::string, Value>> constants;    // parameters: become literals
  std::shared_ptr<const Suffixes> suffixes;                // that numbers may have; null: none
  // Added to both sides of an order of strings, so that it is the order of code points whatever the
  // database's locale: ` COLLATE "C"` for PostgreSQL, nothing for DuckDB.
  std::string string_order;
};

// The condition in parentheses, to be put behind WHERE or into a CASE.
base::Result<std::string> to_sql(std::string_view condition, const SqlNames& names);

// A value as a literal: numbers as plain decimals, strings quoted, DATE '…', TRUE, NULL. Nothing for
// kinds that SQL has no literal of here, and for strings with a NUL.
std::optional<std::string> sql_literal(const Value& value);

}  // namespace guanhu::feel
