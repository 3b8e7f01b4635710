#include "measures/source_rows.h"

#include <algorithm>

#include "base/clock.h"
#include "feed/tables.h"
#include "measures/fact_sql.h"

namespace guanhu::measures {

namespace {
using feed::Kind;
using warehouse::Type;

Type type_of(Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::choice: return Type::text;
    case Kind::date: return Type::date;
    case Kind::time: return Type::timestamp;
    case Kind::integer: return Type::int32;
    case Kind::boolean: return Type::boolean;
    default: return Type::int64;
  }
}

// As the feed writes it.
std::string text_of(Kind kind, const warehouse::ColumnData& c, size_t i) {
  switch (kind) {
    case Kind::text:
    case Kind::choice: return std::string(c.text[i]);
    case Kind::date: return base::Date(c.i32[i]).str();
    case Kind::time: {
      std::string text = base::Instant{c.i64[i]}.str();
      text.pop_back();
      return text;
    }
    case Kind::money: return base::format_fen(c.i64[i]);
    case Kind::rate: return base::Decimal::make(c.i64[i], -6).str();
    case Kind::share: return base::Decimal::make(c.i64[i], -8).str();
    case Kind::quantity: return base::Decimal::make(c.i64[i], -4).str();
    case Kind::integer: return std::to_string(c.i32[i]);
    case Kind::boolean: return c.i8[i] ? "true" : "false";
  }
  return {};
}

std::string number_column(const feed::Table& table) {
  return table.numbered == feed::Numbered::account ? "account"
         : table.numbered == feed::Numbered::loan  ? "loan"
                                                   : "";
}
}  // namespace

std::string sql_list(const std::vector<uint32_t>& numbers) {
  std::string out;
  for (uint32_t n : numbers) out += (out.empty() ? "" : ", ") + std::to_string(n);
  return out.empty() ? "NULL" : out;
}

std::string sql_list(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& t : texts) out += (out.empty() ? "" : ", ") + quote(t);
  return out.empty() ? "NULL" : out;
}

const std::string& SourceRows::Row::cell(std::string_view column) const {
  static const std::string kEmpty;
  for (const auto& [name, value] : row.cells)
    if (name == column) return value;
  return kEmpty;
}

std::vector<SourceRows::Row> SourceRows::select(const std::string& name, const std::string& where) {
  const feed::Table* table = feed::find_table(name);
  if (!table) throw base::Broken("no table " + name + " in the feed");
  std::string number = number_column(*table), id = number + "_id", columns;
  std::vector<Type> types{Type::int32, Type::int32, Type::int32};
  for (const feed::Column& c : table->columns) {
    bool key = !table->keeps_text_id && c.name == id;
    columns += (key ? ", k." : ", f.") + std::string(c.name);
    types.push_back(type_of(c.kind));
  }
  std::string join = number.empty() || table->keeps_text_id
                         ? ""
                         : " JOIN " + number + "_keys k ON k." + number + " = f." + number;
  std::vector<Row> out;
  db_.scan("SELECT f.import_id, f.line, " + (number.empty() ? "CAST(-1 AS INTEGER)" : "f." + number) + columns +
               " FROM f_" + name + " f" + join + " WHERE " + where,
           types, [&](const warehouse::Chunk& c) {
             for (size_t i = 0; i < c.rows; ++i) {
               auto day = known_.business_day(c.columns[0].i32[i]);
               if (!day) continue;
               Row row;
               row.import_id = c.columns[0].i32[i];
               row.business_day = *day;
               row.number = c.columns[2].i32[i];
               row.row = {name + ".csv", base::Date(*day), c.columns[1].i32[i], {}};
               for (size_t k = 0; k < table->columns.size(); ++k)
                 if (!c.columns[k + 3].is_null(i))
                   row.row.cells.emplace_back(table->columns[k].name,
                                              text_of(table->columns[k].kind, c.columns[k + 3], i));
               out.push_back(std::move(row));
             }
           });
  return out;
}

std::vector<SourceRows::Row> SourceRows::winners(const std::string& table, const std::string& where,
                                                 const std::vector<std::string>& key) {
  std::map<std::vector<std::string>, Row> latest;
  for (Row& row : select(table, where)) {
    std::vector<std::string> values;
    for (const std::string& column : key) values.push_back(row.cell(column));
    auto [at, fresh] = latest.try_emplace(values, row);
    if (!fresh &&
        std::pair(at->second.business_day, at->second.import_id) < std::pair(row.business_day, row.import_id))
      at->second = std::move(row);
  }
  std::vector<Row> out;
  for (auto& [values, row] : latest) out.push_back(std::move(row));
  return out;
}

SourceRow SourceRows::one(const std::string& table, int32_t import_id, int32_t line) {
  auto rows =
      select(table, "f.import_id = " + std::to_string(import_id) + " AND f.line = " + std::to_string(line));
  return rows.empty() ? SourceRow{table + ".csv", {}, line, {}} : rows[0].row;
}

std::map<uint32_t, std::string> SourceRows::ids(bool loans, const std::vector<uint32_t>& subjects) {
  std::string word = loans ? "loan" : "account";
  std::map<uint32_t, std::string> out;
  if (subjects.empty()) return out;
  const Type types[] = {Type::int32, Type::text};
  db_.scan("SELECT " + word + ", " + word + "_id FROM " + word + "_keys WHERE " + word + " IN (" +
               sql_list(subjects) + ")",
           types, [&](const warehouse::Chunk& c) {
             for (size_t i = 0; i < c.rows; ++i)
               out[static_cast<uint32_t>(c.columns[0].i32[i])] = c.columns[1].text[i];
           });
  return out;
}

SourceRows::ByNumber SourceRows::changes(bool loans, const std::vector<uint32_t>& subjects, int32_t first,
                                         int32_t last) {
  ByNumber out;
  if (subjects.empty()) return out;
  std::string number = loans ? "loan" : "account";
  auto rows = winners(
      loans ? "loan_states" : "balances",
      "f." + number + " IN (" + sql_list(subjects) + ") AND f.date <= " + attribution::date_sql(base::Date(last)),
      {number + "_id", "date"});  // ordered by id, date
  auto says = [](const SourceRow& r) {
    auto cells = r.cells;
    std::erase_if(cells, [](const auto& c) { return c.first == "date"; });
    return cells;
  };
  std::string from = base::Date(first).str();
  std::map<uint32_t, SourceRow> before;
  for (Row& row : rows) {
    auto n = static_cast<uint32_t>(row.number);
    auto known = before.find(n);
    if (known != before.end() && says(known->second) == says(row.row)) continue;  // nothing changed
    before[n] = row.row;
    auto& mine = out[n];
    if (row.cell("date") <= from) mine.clear();  // only the last one before counts
    mine.push_back(std::move(row.row));
  }
  return out;
}

SourceRows::ByNumber SourceRows::descriptions(bool loans, const std::vector<uint32_t>& subjects, int32_t day) {
  std::map<uint32_t, Row> best;
  if (subjects.empty()) return {};
  std::string number = loans ? "loan" : "account";
  for (Row& row : select(number + "s", "f." + number + " IN (" + sql_list(subjects) + ")")) {
    auto [at, fresh] = best.try_emplace(static_cast<uint32_t>(row.number), row);
    // The latest up to the day; before the first row, the first.
    auto rank = [&](const Row& r) {
      return r.business_day <= day ? std::pair(1, r.business_day) : std::pair(0, -r.business_day);
    };
    if (!fresh && rank(at->second) < rank(row)) at->second = std::move(row);
  }
  ByNumber out;
  for (auto& [n, row] : best) out[n].push_back(std::move(row.row));
  return out;
}

std::map<std::string, std::string> SourceRows::customer_names(const std::vector<std::string>& ids, int32_t day) {
  std::map<std::string, std::pair<std::pair<int, int>, std::string>> best;
  std::map<std::string, std::string> out;
  if (ids.empty()) return out;
  const Type types[] = {Type::text, Type::text, Type::int32};
  db_.scan("SELECT customer_id, name, import_id FROM f_customers WHERE customer_id IN (" + sql_list(ids) + ")",
           types, [&](const warehouse::Chunk& c) {
             for (size_t i = 0; i < c.rows; ++i) {
               auto from = known_.business_day(c.columns[2].i32[i]);
               if (!from) continue;
               auto rank = *from <= day ? std::pair(1, *from) : std::pair(0, -*from);
               std::string name = c.columns[1].is_null(i) ? "" : std::string(c.columns[1].text[i]);
               auto [at, fresh] = best.try_emplace(std::string(c.columns[0].text[i]), rank, name);
               if (!fresh && at->second.first < rank) at->second = {rank, name};
             }
           });
  for (auto& [id, found] : best) out[id] = found.second;
  return out;
}

std::string SourceRows::describe_over_assigned(bool loans, const OverAssigned& over, const Subjects& subjects,
                                               const Ids& customers) {
  auto group = attribution::on_day(subjects.managers.of(over.subject), over.from);
  std::string kind = loans ? "loan" : "account", id = ids(loans, {over.subject})[over.subject];
  std::string text = kind + " " + id + " " + base::Decimal::make(over.claimed, -2).str() + " % from " +
                     base::Date(over.from).str() + " to " + base::Date(over.to).str();
  std::string subject = id, subject_kind = kind;
  if (group[0].via == static_cast<uint32_t>(attribution::Via::customer)) {
    const Version* v = subjects.versions.on(over.subject, over.from);
    subject_kind = "customer";
    subject = v ? std::string(customers[v->customer]) : "";
    text += ", through customer " + subject;
  }
  std::string day = base::Date(over.from).str(), lines;
  for (const Row& row :
       winners("assignments", "f.subject_kind = " + quote(subject_kind) + " AND f.subject_id = " + quote(subject),
               {"staff_id", "valid_from"})) {
    if (row.cell("valid_from") > day || (!row.cell("valid_to").empty() && row.cell("valid_to") < day)) continue;
    lines += (lines.empty() ? "" : ", ") + row.cell("staff_id") + " " + row.cell("share") + " in line " +
             std::to_string(row.row.line) + " of " + row.row.business_date.str();
  }
  return text + " (" + lines + ")";
}

}  // namespace guanhu::measures
