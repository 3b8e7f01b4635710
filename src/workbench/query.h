// Queries (报表查询): a source of rows, which columns, which conditions, grouped and summed how, in which order;
// and the one statement that comes of it. Names are looked up in a source's list, values are bound: no text of a
// reader becomes SQL. Whose rows there are is the source's business (its statement); nothing here can widen it.
//
// Money is integer fen throughout; an average is sum / count, rounded half up: money to the fen, whole numbers to
// two places, rates and other decimals to six.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "warehouse/warehouse.h"

namespace guanhu::workbench {

// In the source's statement: money BIGINT fen; rate and decimal BIGINT, millionths; number BIGINT; date DATE;
// yes_no BOOLEAN; all others VARCHAR (org, staff, customer: numbers that get their name when shown).
enum class QueryType { text, choice, money, rate, number, decimal, date, yes_no, org, staff, customer };
std::string_view query_type_name(QueryType type);  // "money"

struct QueryWord {
  std::string code, text;  // "farmer_micro", "农户小额"
};
struct QueryColumn {
  std::string name, title;
  QueryType type = QueryType::text;
  std::vector<QueryWord> words = {};  // of a choice
  std::string unit = {};
  bool adds = false;                // a sum of it means something
  std::vector<int64_t> bands = {};  // of a number: upper bounds, ascending; grouped by NAME:bands
  // Of a person, sealed where it lies: shown masked; neither sorted nor grouped by, and found only by the whole
  // number where `sealed` says that it can be.
  bool personal = false, sealed = false;
};

struct QuerySource {
  std::string name, title, about;
  std::vector<QueryColumn> columns;
  std::vector<std::string> shown;   // when nothing is chosen
  std::vector<std::string> order;   // columns that make the order of rows certain
  std::vector<std::string> beside;  // SQL over x, VARCHAR each: read with every row, for links
  const QueryColumn* column(const std::string& name) const;
};

struct QueryFilter {
  std::string column, op;
  std::vector<std::string> values;
};
struct QuerySum {
  std::string column, what;  // "sum", "average", "least", "most"
};
struct QuerySort {
  std::string column;  // of the rows; of groups also "count", "sum:balance"
  bool down = false;
};
struct QuerySpec {
  std::string source;
  std::vector<std::string> columns;  // not of groups
  std::vector<QueryFilter> filters;
  std::vector<std::string> group;  // "org", "due_on:month", "overdue_days:bands"
  std::vector<QuerySum> sums;
  std::vector<QuerySort> sort;
  std::optional<base::Date> day;  // as of; nothing: the latest business date
  std::string scheme, period;     // of figures: an appraisal
  bool grouped() const { return !group.empty() || !sums.empty(); }
};
inline constexpr size_t kQueryColumns = 40, kQueryFilters = 20, kQueryValues = 200;

// The source's name of a spec, before its source is known; "" none.
std::string source_of(const base::Json& spec);
// Refused: query.source, query.column (unknown, or twice), query.personal (a condition, order or group on what is
// masked), query.op (does not fit the column), query.value, query.sum, query.limit, query.day. `where`:
// "filters/2", "sort/0".
base::Result<QuerySpec> read_query(const base::Json& spec, const QuerySource& source);
base::Json to_json(const QuerySpec& spec);

// Operators a column takes, in the order in which they are offered.
struct QueryOp {
  std::string name, title;
  size_t values = 1;  // 0 none, 2 two, kQueryValues any number
};
std::vector<QueryOp> ops_of(const QueryColumn& column);

struct QueryContext {
  base::Date day;  // what "today" and "the next 30 days" count from
  std::string me;  // member of staff that "me" stands for
  std::function<std::vector<std::string>(const std::string&)> below;         // an organisation with all below it
  std::function<std::vector<std::string>(const std::string&)> stored_forms;  // of a sealed number
  std::function<std::string(QueryType, const std::string&)> name_of;         // of an org, a person
};

// A column of the answer.
struct PlannedColumn {
  std::string name, title, unit;  // name: "balance", "sum:balance", "count", "due_on:month"
  QueryType type = QueryType::text;
  const QueryColumn* of = nullptr;  // null: the count of rows
  std::string what;  // "": as it is; "sum", "average", "least", "most", "count", "month", "bands", …
  size_t at = 0;     // of the statement's columns; an average has the sum here and the count after it
};
struct QueryPlan {
  std::vector<PlannedColumn> columns;
  size_t beside = 0;                   // place of the first of source.beside; as many as there are follow
  std::string rows, count, totals;     // statements; rows without LIMIT
  std::string made_from;               // "… x WHERE …": the source's rows behind `rows`, grouped or not
  std::vector<warehouse::Type> types;  // of `rows`
  // Totals: of columns that add (of groups: of all sums), in this order; total_at[i]: of columns.
  std::vector<size_t> total_at;
  std::vector<warehouse::Type> total_types;
  std::vector<PlannedColumn> total_columns;
  std::vector<warehouse::Value> parameters;
};
// `from`: the source's rows, "(SELECT …)". The spec has been read against the source.
QueryPlan plan_query(const QuerySource& source, const QuerySpec& spec, const std::string& from,
                     const QueryContext& context);

// A value as it goes over the wire: amounts and decimals as texts, counts as numbers, days as texts, null.
base::Json query_cell(const PlannedColumn& column, const warehouse::Chunk& chunk, size_t row);
// Conditions that lead from a row of groups to the rows behind it.
std::vector<QueryFilter> behind(const QueryPlan& plan, const std::vector<base::Json>& cells);

// "到期日 今后 30 天内；机构 属于 城关支行": for the head of files.
std::string said(const QuerySource& source, const QuerySpec& spec, const QueryContext& context);

}  // namespace guanhu::workbench
