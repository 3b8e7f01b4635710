#include "measures/source_rows.h"

#include <algorithm>

#include "base/clock.h"
#include "feed/parse.h"
#include "feed/tables.h"
#include "measures/fact_sql.h"

namespace guanhu::measures {

namespace {
using feed::Kind;
using warehouse::Type;

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

const std::string& SourceRows::Row::cell(std::string_view column) const {
  static const std::string kEmpty;
  for (const auto& [name, value] : row.cells)
    if (name == column) return value;
  return kEmpty;
}

std::vector<SourceRows::Row> SourceRows::select(const std::string& name, const std::string& where,
                                                const Numbers* ids) {
  const feed::Table* table = feed::find_table(name);
  if (!table) throw base::Broken("no table " + name + " in the feed");
  std::string number = number_column(*table), id = number + "_id", columns;
  std::vector<Type> types{Type::int32, Type::int32, Type::int32};
  bool keyed = !number.empty() && !table->keeps_text_id;
  for (const feed::Column& c : table->columns) {
    bool key = keyed && c.name == id;
    columns += key ? (ids ? ", CAST(NULL AS VARCHAR)" : ", k." + id) : ", f." + std::string(c.name);
    types.push_back(feed::type_of(c.kind));
  }
  std::string join = keyed && !ids ? " JOIN " + number + "_keys k ON k." + number + " = f." + number : "";
  std::vector<Row> out;
  auto take = [&](const warehouse::Chunk& c, size_t i) {
    auto day = known_.business_day(c.columns[0].i32[i]);
    if (!day) return;
    Row row;
    row.import_id = c.columns[0].i32[i];
    row.business_day = *day;
    row.number = c.columns[2].i32[i];
    row.row = {name + ".csv", base::Date(*day), c.columns[1].i32[i], {}};
    for (size_t k = 0; k < table->columns.size(); ++k) {
      const feed::Column& column = table->columns[k];
      if (keyed && ids && column.name == id) {
        if (auto found = ids->find(static_cast<uint32_t>(row.number)); found != ids->end())
          row.row.cells.emplace_back(column.name, found->second);
      } else if (!c.columns[k + 3].is_null(i)) {
        row.row.cells.emplace_back(column.name, text_of(column.kind, c.columns[k + 3], i));
      }
    }
    out.push_back(std::move(row));
  };
  db_.scan("SELECT f.import_id, f.line, " + (number.empty() ? "CAST(-1 AS INTEGER)" : "f." + number) + columns +
               " FROM f_" + name + " f" + join + " WHERE " + where,
           types, [&](const warehouse::Chunk& c) {
             for (size_t i = 0; i < c.rows; ++i) take(c, i);
           });
  return out;
}

std::vector<SourceRows::Row> SourceRows::winners(const std::string& table, const std::string& where,
                                                 const std::vector<std::string>& key, const Numbers* ids) {
  std::map<std::vector<std::string>, Row> latest;
  for (Row& row : select(table, where, ids)) {
    std::vector<std::string> values;
    for (const std::string& column : key) values.push_back(row.cell(column));
    auto found = latest.find(values);
    if (found == latest.end()) latest.emplace(std::move(values), std::move(row));
    else if (std::pair(found->second.business_day, found->second.import_id) <
             std::pair(row.business_day, row.import_id))
      found->second = std::move(row);
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

SourceRows::Row SourceRows::recorded_row(const attribution::RecordedEntry& entry, size_t part) {
  const attribution::RecordedPart& p = entry.parts[part];
  Row row;
  // The day on which it became known, as an extract's business date is for a row of the feed.
  row.business_day = base::Date(static_cast<int32_t>(entry.known / 86'400'000'000)).days();
  row.row = {std::string(attribution::kRecordedTable) + ".csv",
             base::Date(row.business_day),
             static_cast<int>(entry.entry),
             {{"subject_kind", entry.kind},
              {"subject_id", entry.id},
              {"staff_id", p.staff},
              {"role", p.main ? "main" : "assist"},
              {"share", base::Decimal::make(p.raw, -8).str()},
              {"valid_from", base::Date(entry.from).str()}}};
  if (entry.to != attribution::kForever) row.row.cells.emplace_back("valid_to", base::Date(entry.to).str());
  if (!entry.reason.empty()) row.row.cells.emplace_back("reason", entry.reason);
  if (!entry.made_by.empty()) row.row.cells.emplace_back("made_by", entry.made_by);
  return row;
}

namespace {
const base::Decimal kRawWhole(100'000'000);
}

std::vector<SourceRows::Row> SourceRows::assignments(const std::vector<std::string>& subject_ids) {
  std::vector<Row> out;
  if (subject_ids.empty()) return out;
  std::vector<Row> feed = winners("assignments", "f.subject_id IN (" + sql_list(subject_ids) + ")",
                                  {"subject_kind", "subject_id", "staff_id", "valid_from"});
  auto recorded = attribution::read_recorded(db_, known_, "", "p.subject_id IN (" + sql_list(subject_ids) + ")");
  if (recorded.empty()) return feed;
  attribution::Names names;
  std::map<std::pair<std::string, std::string>, std::vector<Row>> of;
  for (Row& row : feed) {
    auto subject = std::pair(row.cell("subject_kind"), row.cell("subject_id"));
    if (recorded.count(subject)) of[std::move(subject)].push_back(std::move(row));
    else out.push_back(std::move(row));
  }
  for (const auto& [subject, entries] : recorded) {
    const std::vector<Row>& rows = of[subject];
    std::vector<attribution::Assignment> theirs;
    for (const Row& row : rows)
      theirs.push_back({{names.number(row.cell("staff_id")), row.cell("role") == "main",
                         base::Decimal::multiply(base::Decimal::parse(row.cell("share")).value(), kRawWhole)
                             .value()
                             .to_int64()
                             .value()},
                        base::Date::parse(row.cell("valid_from")).value().days(),
                        row.cell("valid_to").empty() ? attribution::kForever
                                                     : base::Date::parse(row.cell("valid_to")).value().days()});
    const auto regimes = attribution::regimes_of(entries, names);
    for (const auto& one : attribution::overlay(theirs, regimes).rows) {
      Row row = one.regime == attribution::EffectiveRow::kFeed ? rows[one.row]
                                                               : recorded_row(entries[one.regime], one.row);
      row.first = one.from, row.last = one.to;
      out.push_back(std::move(row));
    }
  }
  return out;
}

SourceRows::Numbers SourceRows::ids(bool loans, const std::vector<uint32_t>& subjects) {
  std::string word = loans ? "loan" : "account";
  Numbers out;
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

SourceRows::ByNumber SourceRows::balances(const Numbers& ids, bool loans, const std::vector<uint32_t>& subjects,
                                          int32_t last) {
  ByNumber out;
  if (subjects.empty()) return out;
  std::string number = loans ? "loan" : "account";
  for (Row& row : winners(loans ? "loan_states" : "balances",
                          "f." + number + " IN (" + sql_list(subjects) +
                              ") AND f.date <= " + attribution::date_sql(base::Date(last)),
                          {number + "_id", "date"}, &ids))  // ordered by id, date
    out[static_cast<uint32_t>(row.number)].push_back(std::move(row));
  return out;
}

std::vector<SourceRow> SourceRows::changes(const std::vector<Row>& balances, int32_t first, int32_t last) {
  auto says = [](const SourceRow& r) {
    auto cells = r.cells;
    std::erase_if(cells, [](const auto& c) { return c.first == "date"; });
    return cells;
  };
  const std::string from = base::Date(first).str(), to = base::Date(last).str();
  std::vector<SourceRow> out;
  const SourceRow* before = nullptr;
  for (const Row& row : balances) {
    if (row.cell("date") > to) break;
    if (before && says(*before) == says(row.row)) continue;  // nothing changed
    before = &row.row;
    if (row.cell("date") <= from) out.clear();  // only the last one before counts
    out.push_back(row.row);
  }
  return out;
}

SourceRows::ByNumber SourceRows::descriptions(const Numbers& ids, bool loans,
                                              const std::vector<uint32_t>& subjects) {
  ByNumber out;
  if (subjects.empty()) return out;
  std::string number = loans ? "loan" : "account";
  for (Row& row : select(number + "s", "f." + number + " IN (" + sql_list(subjects) + ")", &ids))
    out[static_cast<uint32_t>(row.number)].push_back(std::move(row));
  return out;
}

namespace {
// Of versions known from some days on the best for `day`: the latest up to it; before the first, the first.
std::pair<int, int32_t> fitness(int32_t from, int32_t day) {
  return from <= day ? std::pair(1, from) : std::pair(0, -from);
}
}  // namespace

const SourceRows::Row* SourceRows::in_force(const std::vector<Row>& descriptions, int32_t day) {
  const Row* best = nullptr;
  for (const Row& row : descriptions)
    if (!best || fitness(best->business_day, day) < fitness(row.business_day, day)) best = &row;
  return best;
}

std::map<std::string, SourceRows::Named> SourceRows::customer_names(const std::vector<std::string>& ids) {
  std::map<std::string, Named> out;
  if (ids.empty()) return out;
  const Type types[] = {Type::text, Type::text, Type::int32};
  db_.scan("SELECT customer_id, name, import_id FROM f_customers WHERE customer_id IN (" + sql_list(ids) + ")",
           types, [&](const warehouse::Chunk& c) {
             for (size_t i = 0; i < c.rows; ++i)
               if (auto from = known_.business_day(c.columns[2].i32[i]))
                 out[std::string(c.columns[0].text[i])].emplace_back(
                     *from, c.columns[1].is_null(i) ? "" : std::string(c.columns[1].text[i]));
           });
  return out;
}

std::string SourceRows::name_on(const Named& names, int32_t day) {
  const std::pair<int32_t, std::string>* best = nullptr;
  for (const auto& named : names)
    if (!best || fitness(best->first, day) < fitness(named.first, day)) best = &named;
  return best ? best->second : "";
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
  for (const Row& row : assignments({subject})) {
    if (row.cell("subject_kind") != subject_kind || over.from < row.first || over.from > row.last) continue;
    if (row.cell("valid_from") > day || (!row.cell("valid_to").empty() && row.cell("valid_to") < day)) continue;
    lines += (lines.empty() ? "" : ", ") + row.cell("staff_id") + " " + row.cell("share") + " in line " +
             std::to_string(row.row.line) + " of " + row.row.business_date.str();
  }
  return text + " (" + lines + ")";
}

}  // namespace guanhu::measures
