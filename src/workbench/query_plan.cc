// A spec as statements, and what they give as values.
#include <algorithm>

#include "base/decimal.h"
#include "base/money.h"
#include "base/period.h"
#include "workbench/query.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;
using base::Json;

namespace {

constexpr int64_t kMillionth = 1'000'000;

bool millionths(QueryType type) { return type == QueryType::rate || type == QueryType::decimal; }

warehouse::Type wire_type(QueryType type) {
  switch (type) {
    case QueryType::money:
    case QueryType::rate:
    case QueryType::decimal:
    case QueryType::number: return warehouse::Type::int64;
    case QueryType::date: return warehouse::Type::date;
    case QueryType::yes_no: return warehouse::Type::boolean;
    default: return warehouse::Type::text;
  }
}

// As the column holds it.
int64_t bound(QueryType type, const std::string& value) {
  if (type == QueryType::money) return base::parse_fen(value).value_or(0);
  Decimal number = Decimal::parse(value).value_or(Decimal());
  if (millionths(type)) number = Decimal::multiply(number, Decimal(kMillionth)).value_or(Decimal());
  return number.round(0, base::Rounding::half_up).to_int64().value_or(0);
}

struct Days {
  Date from, to;
};
Days days_of(const std::string& period) {
  const base::Period p = *base::Period::parse(period);
  return {p.first(), p.last()};
}
std::string quarter_of(Date day) {
  return std::to_string(day.year()) + "Q" + std::to_string((day.month() + 2) / 3);
}

class Planner {
 public:
  Planner(const QuerySource& source, const QuerySpec& spec, const std::string& from, const QueryContext& context)
      : source_(source), spec_(spec), context_(context), from_(from + " x") {}

  QueryPlan plan() {
    std::string where;
    for (const auto& filter : spec_.filters)
      if (const QueryColumn* of = source_.column(filter.column))
        where += (where.empty() ? " WHERE " : " AND ") + ("(" + condition(*of, filter) + ")");
    out_.made_from = from_ + where;
    if (spec_.grouped()) groups(where);
    else rows(where);
    return std::move(out_);
  }

 private:
  // Of what is bound, its place; the type is said, for PostgreSQL would guess another.
  std::string text(const std::string& value) { return put(value, "VARCHAR"); }
  std::string number(int64_t value) { return put(value, "BIGINT"); }
  std::string day(Date value) { return put(value.str(), "DATE"); }
  std::string put(warehouse::Value value, const char* type) {
    out_.parameters.push_back(std::move(value));
    return "CAST($" + std::to_string(out_.parameters.size()) + " AS " + type + ")";
  }
  std::string among(const std::string& column, const std::vector<std::string>& values) {
    std::string list;
    for (const auto& value : values) list += (list.empty() ? "" : ", ") + text(value);
    return values.empty() ? "FALSE" : column + " IN (" + list + ")";
  }

  std::string condition(const QueryColumn& of, const QueryFilter& filter) {
    const std::string c = "x." + of.name, &op = filter.op;
    if (op == "none") return c + " IS NULL";
    if (op == "some") return c + " IS NOT NULL";
    if (of.sealed)
      return among(c, context_.stored_forms ? context_.stored_forms(filter.values[0]) : filter.values);
    switch (of.type) {
      case QueryType::date: return date_condition(c, filter);
      case QueryType::yes_no: return filter.values[0] == "true" ? c : "NOT " + c;
      case QueryType::org:
        if (op == "below") return below(c, filter.values);
        break;
      case QueryType::staff:
        if (op == "me") return c + " = " + text(context_.me);
        break;
      case QueryType::text: return text_condition(c, filter);
      default: break;
    }
    if (op == "in") return among(c, filter.values);
    if (op == "not_in") return "(" + c + " IS NULL OR NOT " + among(c, filter.values) + ")";
    if (op == "begins") return "starts_with(" + c + ", " + text(filter.values[0]) + ")";
    return number_condition(c, of.type, filter);
  }
  std::string below(const std::string& c, const std::vector<std::string>& tops) {
    std::vector<std::string> all;
    for (const auto& top : tops)
      for (auto& one : context_.below ? context_.below(top) : std::vector<std::string>{top}) all.push_back(one);
    return among(c, all);
  }
  std::string text_condition(const std::string& c, const QueryFilter& filter) {
    if (filter.op == "in") return among(c, filter.values);
    const std::string& value = filter.values[0];
    if (filter.op == "is") return c + " = " + text(value);
    if (filter.op == "begins") return "starts_with(" + c + ", " + text(value) + ")";
    const std::string found = "strpos(lower(" + c + "), lower(" + text(value) + "))";
    return filter.op == "not" ? "(" + c + " IS NULL OR " + found + " = 0)" : found + " > 0";
  }
  std::string number_condition(const std::string& c, QueryType type, const QueryFilter& filter) {
    const std::string first = number(bound(type, filter.values[0]));
    if (filter.op == "between") return c + " BETWEEN " + first + " AND " + number(bound(type, filter.values[1]));
    const char* sign = filter.op == "from"    ? " >= "
                       : filter.op == "to"    ? " <= "
                       : filter.op == "above" ? " > "
                       : filter.op == "below" ? " < "
                                              : " = ";
    return c + sign + first;
  }
  std::string date_condition(const std::string& c, const QueryFilter& filter) {
    const std::string& op = filter.op;
    auto between = [&](Days d) { return c + " BETWEEN " + day(d.from) + " AND " + day(d.to); };
    const Date today = context_.day;
    if (op == "this_month") return between(days_of(today.str().substr(0, 7)));
    if (op == "this_quarter") return between(days_of(quarter_of(today)));
    if (op == "this_year") return between(days_of(std::to_string(today.year())));
    const std::string& value = filter.values[0];
    if (op == "period") return between(days_of(value));
    if (op == "next_days" || op == "last_days" || op == "older_days") {
      const auto n = static_cast<int32_t>(Decimal::parse(value)->to_int64().value_or(0));
      if (op == "next_days") return between({today, today + n});
      if (op == "last_days") return between({today - n, today});
      return "(" + c + " IS NULL OR " + c + " < " + day(today - n) + ")";
    }
    if (op == "between") return between({*Date::parse(value), *Date::parse(filter.values[1])});
    return c + (op == "from" ? " >= " : op == "to" ? " <= " : " = ") + day(*Date::parse(value));
  }

  void rows(const std::string& where) {
    std::string list;
    for (const auto& name : spec_.columns) {
      const QueryColumn& of = *source_.column(name);
      add({of.name, of.title, of.unit, of.type, &of, "", 0}, "x." + of.name, list, wire_type(of.type));
    }
    out_.beside = out_.types.size();
    for (const auto& sql : source_.beside) list += ", " + sql, out_.types.push_back(warehouse::Type::text);
    std::string order;
    for (const auto& sort : spec_.sort) order += "x." + sort.column + ends(sort.down) + ", ";
    for (const auto& name : source_.order) order += "x." + name + ", ";
    if (!order.empty()) order = " ORDER BY " + order.substr(0, order.size() - 2);
    out_.rows = "SELECT " + list + " FROM " + from_ + where + order;
    out_.count = "SELECT CAST(count(*) AS BIGINT) FROM " + from_ + where;
    std::string sums;
    for (size_t i = 0; i < out_.columns.size(); ++i) {
      const PlannedColumn& one = out_.columns[i];
      if (one.of->adds) total(i, one, "CAST(sum(x." + one.of->name + ") AS BIGINT)", sums);
    }
    out_.totals = sums.empty() ? "" : "SELECT " + sums + " FROM " + from_ + where;
  }

  void groups(const std::string& where) {
    std::string list, by, order;
    std::vector<std::pair<std::string, std::string>> sorts;  // name, SQL
    for (const auto& name : spec_.group) {
      const size_t colon = name.find(':');
      const QueryColumn& of = *source_.column(name.substr(0, colon));
      const std::string what = colon == name.npos ? "" : name.substr(colon + 1);
      const std::string sql = part(of, what);
      PlannedColumn column{
          name, of.title + part_title(what), of.unit, what.empty() ? of.type : QueryType::text, &of, what, 0};
      add(column, sql, list, what.empty() ? wire_type(of.type) : warehouse::Type::text);
      by += (by.empty() ? "" : ", ") + sql;
      sorts.emplace_back(name, what == "bands" ? "min(x." + of.name + ")" : sql);
    }
    add({"count", "笔数", "", QueryType::number, nullptr, "count", 0}, "CAST(count(*) AS BIGINT)", list,
        warehouse::Type::int64);
    sorts.emplace_back("count", "count(*)");
    std::string sums = "CAST(count(*) AS BIGINT)";
    out_.total_at.push_back(out_.columns.size() - 1), out_.total_types.push_back(warehouse::Type::int64);
    out_.total_columns.push_back(out_.columns.back()), out_.total_columns.back().at = 0;
    for (const auto& sum : spec_.sums) summed(sum, list, sums, sorts);
    auto of_name = [&](const std::string& name) {
      return std::find_if(sorts.begin(), sorts.end(), [&](const auto& s) { return s.first == name; })->second;
    };
    for (const auto& sort : spec_.sort) order += of_name(sort.column) + ends(sort.down) + ", ";
    for (const auto& name : spec_.group) order += of_name(name) + " NULLS LAST, ";
    const std::string grouped = by.empty() ? "" : " GROUP BY " + by;
    out_.rows = "SELECT " + list + " FROM " + from_ + where + grouped +
                (order.empty() ? "" : " ORDER BY " + order.substr(0, order.size() - 2));
    out_.count = by.empty() ? "SELECT CAST(1 AS BIGINT)"
                            : "SELECT CAST(count(*) AS BIGINT) FROM (SELECT 1 AS one FROM " + from_ + where +
                                  grouped + ") g";
    // Without a row of the source the sum is a row of nothing: the count still says 0.
    if (by.empty()) out_.count += " WHERE EXISTS (SELECT 1 FROM " + from_ + where + ")";
    if (by.empty()) out_.rows += " HAVING count(*) > 0";
    out_.totals = "SELECT " + sums + " FROM " + from_ + where;
    out_.beside = out_.types.size();
  }

  void summed(const QuerySum& sum, std::string& list, std::string& sums,
              std::vector<std::pair<std::string, std::string>>& sorts) {
    const QueryColumn& of = *source_.column(sum.column);
    const std::string c = "x." + of.name, name = sum.what + ":" + of.name;
    static const std::string titles[] = {"合计", "平均", "最小", "最大"};
    const size_t n = sum.what == "sum" ? 0 : sum.what == "average" ? 1 : sum.what == "least" ? 2 : 3;
    const std::string total_sql = "CAST(sum(" + c + ") AS BIGINT)";
    const std::string sql = n < 2 ? total_sql : (n == 2 ? "min(" : "max(") + c + ")";
    const warehouse::Type type = n < 2 ? warehouse::Type::int64 : wire_type(of.type);
    add({name, of.title + titles[n], of.unit, of.type, &of, sum.what, 0}, sql, list, type);
    total(out_.columns.size() - 1, out_.columns.back(), sql, sums, type);
    if (n == 1) {
      const std::string count = "CAST(count(" + c + ") AS BIGINT)";
      list += ", " + count, out_.types.push_back(warehouse::Type::int64);
      sums += ", " + count, out_.total_types.push_back(warehouse::Type::int64);
      // For the order only; what is shown is divided exactly.
      sorts.emplace_back(name, "sum(" + c + ") / (CAST(count(" + c + ") AS DECIMAL(18, 6)) + 0.0000001)");
    } else {
      sorts.emplace_back(name, sql);
    }
  }

  void add(PlannedColumn column, const std::string& sql, std::string& list, warehouse::Type type) {
    list += (list.empty() ? "" : ", ") + sql;
    column.at = out_.types.size();
    out_.types.push_back(type);
    out_.columns.push_back(std::move(column));
  }
  void total(size_t at, PlannedColumn column, const std::string& sql, std::string& sums,
             warehouse::Type type = warehouse::Type::int64) {
    sums += (sums.empty() ? "" : ", ") + sql;
    column.at = out_.total_types.size();
    out_.total_at.push_back(at), out_.total_types.push_back(type), out_.total_columns.push_back(std::move(column));
  }
  static std::string ends(bool down) { return down ? " DESC NULLS LAST" : " ASC NULLS LAST"; }

  static std::string part_title(const std::string& what) {
    return what == "month"     ? "(月)"
           : what == "quarter" ? "(季)"
           : what == "year"    ? "(年)"
           : what == "bands"   ? "(分档)"
                               : "";
  }
  static std::string part(const QueryColumn& of, const std::string& what) {
    const std::string c = "x." + of.name;
    if (what.empty()) return c;
    if (what == "month") return "substr(CAST(" + c + " AS VARCHAR), 1, 7)";
    if (what == "year") return "substr(CAST(" + c + " AS VARCHAR), 1, 4)";
    if (what == "quarter")
      return "substr(CAST(" + c + " AS VARCHAR), 1, 4) || 'Q' || CAST(CAST(extract(quarter FROM " + c +
             ") AS INTEGER) AS VARCHAR)";
    std::string out = "CASE WHEN " + c + " IS NULL THEN NULL WHEN " + c + " <= 0 THEN '0'";
    int64_t from = 1;
    for (int64_t to : of.bands) {
      out += " WHEN " + c + " <= " + std::to_string(to) + " THEN '" + std::to_string(from) + "–" +
             std::to_string(to) + "'";
      from = to + 1;
    }
    return out + " ELSE '" + std::to_string(from) + " 以上' END";
  }

  const QuerySource& source_;
  const QuerySpec& spec_;
  const QueryContext& context_;
  std::string from_;
  QueryPlan out_;
};

int64_t integer_at(const warehouse::Chunk& chunk, size_t column, size_t row) {
  return chunk.columns[column].i64[row];
}

Json amount(QueryType type, int64_t raw) {
  if (type == QueryType::money) return base::format_fen(raw);
  if (millionths(type)) return Decimal::make(raw, -6).str();
  return raw;
}

Json average(QueryType type, int64_t sum, int64_t count) {
  if (count == 0) return {};
  if (type == QueryType::number)
    return Decimal::make(base::divide_half_up(static_cast<base::Int128>(sum) * 100, count), -2).str();
  const auto raw = static_cast<int64_t>(base::divide_half_up(sum, count));
  return amount(type, raw);
}

}  // namespace

QueryPlan plan_query(const QuerySource& source, const QuerySpec& spec, const std::string& from,
                     const QueryContext& context) {
  return Planner(source, spec, from, context).plan();
}

Json query_cell(const PlannedColumn& column, const warehouse::Chunk& chunk, size_t row) {
  const warehouse::ColumnData& data = chunk.columns[column.at];
  if (data.is_null(row)) return {};
  if (column.what == "average") return average(column.type, data.i64[row], integer_at(chunk, column.at + 1, row));
  switch (data.type) {
    case warehouse::Type::int64: return amount(column.type, data.i64[row]);
    case warehouse::Type::int32: return static_cast<int64_t>(data.i32[row]);
    case warehouse::Type::date: return Date(data.i32[row]).str();
    case warehouse::Type::boolean: return data.i8[row] != 0;
    default: return std::string(data.text[row]);
  }
}

std::vector<QueryFilter> behind(const QueryPlan& plan, const std::vector<Json>& cells) {
  std::vector<QueryFilter> out;
  for (size_t i = 0; i < plan.columns.size() && i < cells.size(); ++i) {
    const PlannedColumn& one = plan.columns[i];
    const bool of_group = one.of && (one.what.empty() || one.what == "month" || one.what == "quarter" ||
                                     one.what == "year" || one.what == "bands");
    if (!of_group) continue;
    if (cells[i].is_null()) {
      out.push_back({one.of->name, "none", {}});
    } else if (one.what == "bands") {
      const std::string& text = *cells[i].as_string();
      const size_t dash = text.find("–");
      const std::string first = text.substr(0, text.find_first_not_of("0123456789"));
      if (text == "0") out.push_back({one.of->name, "to", {"0"}});
      else if (dash == text.npos) out.push_back({one.of->name, "from", {first}});
      else out.push_back({one.of->name, "between", {first, text.substr(dash + std::string("–").size())}});
    } else if (!one.what.empty()) {
      out.push_back({one.of->name, "period", {*cells[i].as_string()}});
    } else if (const bool* flag = cells[i].as_bool()) {
      out.push_back({one.of->name, "is", {*flag ? "true" : "false"}});
    } else {
      const std::string value = cells[i].as_string() ? *cells[i].as_string() : cells[i].dump();
      const bool listed = one.type == QueryType::choice || one.type == QueryType::org ||
                          one.type == QueryType::staff || one.type == QueryType::customer;
      out.push_back({one.of->name, one.type == QueryType::date ? "on" : listed ? "in" : "is", {value}});
    }
  }
  return out;
}

}  // namespace guanhu::workbench
