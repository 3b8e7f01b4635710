#include "measures/condition.h"

#include <set>

#include "feel/parser.h"
#include "feel/to_sql.h"
#include "policy/facts.h"
#include "policy/formula_scope.h"

namespace guanhu::measures {

namespace {
using policy::ColumnKind;
using policy::FactColumn;

feel::SqlColumn sql_column(const FactColumn& column, std::string sql) {
  switch (column.kind) {
    case ColumnKind::text:
    case ColumnKind::choice: return {std::move(sql), feel::SqlColumn::string, 0};
    case ColumnKind::money: return {std::move(sql), feel::SqlColumn::number, 2};
    case ColumnKind::rate: return {std::move(sql), feel::SqlColumn::number, 6};
    case ColumnKind::quantity: return {std::move(sql), feel::SqlColumn::number, 4};
    case ColumnKind::integer: return {std::move(sql), feel::SqlColumn::number, 0};
    case ColumnKind::date: return {std::move(sql), feel::SqlColumn::date, 0};
    case ColumnKind::boolean: return {std::move(sql), feel::SqlColumn::boolean, 0};
  }
  throw base::Broken("unknown kind of column");
}

// The columns a filter names, or why it cannot be read.
base::Result<std::set<const FactColumn*>> named(const policy::Measure& m) {
  const policy::FactInfo& info = policy::fact_info(m.fact);
  feel::Scope scope = policy::formula_scope();
  for (const FactColumn& c : info.columns) {
    scope.declare(std::string(c.name));
    scope.declare(std::string(c.feed));
  }
  auto tree = feel::parse(m.filter, scope);
  if (!tree) return tree.error();
  std::set<const FactColumn*> out;
  feel::walk(**tree, [&](const feel::Node& node) {
    if (node.kind == feel::NodeKind::name)
      if (const FactColumn* column = policy::find_column(info, node.text)) out.insert(column);
    return true;
  });
  return out;
}

base::Error refuse(const policy::Measure& m, const base::Error& error) {
  return {"measure.filter", "filter of measure " + m.name + ": " + error.message,
          m.origin.document + ":" + std::to_string(m.origin.line) +
              (error.where.empty() ? "" : ", filter " + error.where),
          error.hint};
}
}  // namespace

base::Result<std::string> condition_sql(const policy::Measure& m, FactSql& sql,
                                        warehouse::Warehouse::Engine engine) {
  if (m.filter.empty()) return std::string();
  auto columns = named(m);
  if (!columns) return refuse(m, columns.error());
  feel::SqlNames names;
  names.suffixes = policy::unit_suffixes();
  if (engine == warehouse::Warehouse::Engine::postgres) names.string_order = " COLLATE \"C\"";
  for (const FactColumn* column : *columns) {
    auto text = sql.column(column->feed);
    if (!text) return refuse(m, {"", "no column " + std::string(column->name), "", "name another column"});
    names.columns.emplace_back(column->name, sql_column(*column, *text));
    names.columns.emplace_back(column->feed, sql_column(*column, *text));
  }
  auto condition = feel::to_sql(m.filter, names);
  if (!condition) return refuse(m, condition.error());
  return condition;
}

bool filter_names(const policy::Measure& m, std::string_view feed) {
  if (m.filter.empty()) return false;
  auto columns = named(m);
  if (!columns) return false;
  for (const FactColumn* column : *columns)
    if (column->feed == feed) return true;
  return false;
}

}  // namespace guanhu::measures
