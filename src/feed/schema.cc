#include "feed/schema.h"

#include "feed/parse.h"

namespace guanhu::feed {

using Stored = warehouse::Column;
using warehouse::Type;
using warehouse::Warehouse;

std::string stored_name(const Table& table) { return "f_" + std::string(table.name); }

std::vector<Stored> stored_columns(const Table& table) {
  std::vector<Stored> out;
  if (table.numbered != Numbered::none)
    out.push_back({table.numbered == Numbered::account ? "account" : "loan", Type::int32});
  std::string_view replaced = table.numbered == Numbered::account ? "account_id" : "loan_id";
  for (const auto& column : table.columns)
    if (table.numbered == Numbered::none || table.keeps_text_id || column.name != replaced)
      out.push_back({std::string(column.name), type_of(column.kind)});
  out.push_back({"import_id", Type::int32});
  out.push_back({"line", Type::int32});
  if (table.name == "balances") out.push_back({"changed", Type::boolean});
  return out;
}

namespace {

void create(Warehouse& db, const std::string& name, const std::vector<Stored>& columns) {
  if (db.has_table(name)) return;
  std::string sql = "CREATE TABLE " + name + " (";
  for (size_t i = 0; i < columns.size(); ++i)
    sql += (i ? ", " : "") + columns[i].name + " " + Warehouse::type_sql(columns[i].type);
  db.exec(sql + ")");
  // Facts are appended import by import: a block index finds an import's rows at hardly any cost. DuckDB
  // keeps the same for every column by itself.
  if (db.engine() == Warehouse::Engine::postgres) {
    for (const Stored& c : columns)
      if (c.name == "import_id" || c.name == "date" || c.name == "booked_at")
        db.exec("CREATE INDEX ON " + name + " USING brin (" + c.name + ")");
    // Opening a figure asks for the rows of a few accounts or loans among millions.
    for (const Stored& c : columns)
      if (c.name == "account" || c.name == "loan") db.exec("CREATE INDEX ON " + name + " (" + c.name + ")");
  }
}

const std::vector<Stored> kImports{{"import_id", Type::int32},
                                   {"business_date", Type::date},
                                   {"applied_at", Type::timestamp},
                                   {"replaced_at", Type::timestamp}};
const std::vector<Stored> kAccountKeys{{"account", Type::int32}, {"account_id", Type::text}};
const std::vector<Stored> kLoanKeys{{"loan", Type::int32}, {"loan_id", Type::text}};
const std::vector<Stored> kControlTotals{
    {"import_id", Type::int32}, {"line", Type::int32},   {"org_id", Type::text},
    {"date", Type::date},       {"subject", Type::text}, {"expected", Type::int64},
    {"found", Type::int64},     {"state", Type::text},   {"reason", Type::text}};

// Who serves whom as people of the bank recorded it (attribution/recorded.h): read beside f_assignments.
const std::vector<Stored> kRecordedAssignments{
    {"entry", Type::int64},        {"subject_kind", Type::text}, {"subject_id", Type::text},
    {"staff_id", Type::text},      {"role", Type::text},         {"share", Type::int64},
    {"valid_from", Type::date},    {"valid_to", Type::date},     {"known_from", Type::timestamp},
    {"known_to", Type::timestamp}, {"reason", Type::text},       {"made_by", Type::text}};
const std::vector<Stored> kAssignmentSpans{
    {"subject_kind", Type::text}, {"subject_id", Type::text}, {"staff_id", Type::text}, {"role", Type::text},
    {"share", Type::int64},       {"valid_from", Type::date}, {"valid_to", Type::date}, {"entry", Type::int64}};

void create_recorded(Warehouse& db) {
  if (db.has_table("assignment_spans")) return;  // the last that is made
  db.begin();
  create(db, "recorded_assignments", kRecordedAssignments);
  create(db, "assignment_spans", kAssignmentSpans);
  db.commit();
}

}  // namespace

void create_schema(Warehouse& db) {
  create_recorded(db);
  if (db.has_table("imports")) return;  // the last that is made
  db.begin();
  create(db, "account_keys", kAccountKeys);
  create(db, "loan_keys", kLoanKeys);
  create(db, "control_totals", kControlTotals);
  for (const Table& table : tables()) create(db, stored_name(table), stored_columns(table));
  create(db, "imports", kImports);
  db.commit();
}

void drop_schema(Warehouse& db) {
  for (const Table& table : tables()) db.exec("DROP TABLE IF EXISTS " + stored_name(table));
  for (const char* name : {"account_keys", "loan_keys", "control_totals", "imports"})
    db.exec(std::string("DROP TABLE IF EXISTS ") + name);
}

std::string active_join(std::string_view alias) {
  return " JOIN imports i ON i.import_id = " + std::string(alias) + ".import_id AND i.replaced_at IS NULL ";
}

}  // namespace guanhu::feed
