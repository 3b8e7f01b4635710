// What the bank's own data offer a measure: facts, their columns, and which products, kinds and organisations
// there are, with how many of each.
#include <algorithm>
#include <map>

#include "api/workshop.h"
#include "appraisal/recorded.h"
#include "policy/facts.h"
#include "policy/workshop_words.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using policy::Fact;

namespace {

constexpr size_t kMost = 40;  // values of one column

// Where the values of a column are counted: a subquery of what is in force, and the column in it.
struct Source {
  std::string rows;    // "(SELECT …)"
  std::string counts;  // SQL of the column in x
};

// Tables of things are those in force on the latest date; events are counted as they came.
std::string things(const char* table, const char* key, const char* columns) {
  return winning_rows(table, key, columns);
}

std::string events(const std::string& table, const std::string& columns, const std::string& join = "") {
  return "(SELECT " + columns + " FROM " + table + " f JOIN imports i ON i.import_id = f.import_id" + join +
         " WHERE i.replaced_at IS NULL)";
}

std::string accounts() {
  return things("f_accounts", "account_id", "f.product, f.kind, f.currency, f.org_id, f.closed_on, f.customer_id");
}
std::string loans() {
  return things("f_loans", "loan_id",
                "f.loan, f.product, f.kind, f.guarantee, f.org_id, f.purpose, f.settled_on, f.customer_id");
}

// The rows a fact counts, with the columns that can be chosen from; "" where none are.
std::string rows_of(Fact fact) {
  switch (fact) {
    case Fact::deposit_balance:
    case Fact::account: return "(SELECT * FROM " + accounts() + " a WHERE a.closed_on IS NULL)";
    case Fact::loan_balance:
    case Fact::overdue_principal:
    case Fact::overdue_interest:
    case Fact::loan:
      return "(SELECT l.*, s.class FROM " + loans() + " l LEFT JOIN " +
             things("f_loan_states", "loan", "f.loan, f.class") +
             " s ON s.loan = l.loan WHERE l.settled_on IS NULL)";
    case Fact::loan_issue: return loans();
    case Fact::repayment:
      return "(SELECT l.product, l.kind, l.guarantee, l.org_id, r.means FROM " +
             events("f_repayments", "f.loan, f.means") + " r JOIN " + loans() + " l ON l.loan = r.loan)";
    case Fact::sale: return events("f_sales", "f.product");
    case Fact::customer:
      return things("f_customers", "customer_id", "f.kind, f.org_id, f.area_code, f.industry_code");
    case Fact::transaction: return events("f_transactions", "f.kind");
    case Fact::target: return "";
  }
  return "";
}

// Columns whose values are few enough to be picked; of transactions the account's are not looked up.
bool pickable(Fact fact, std::string_view feed) {
  static const std::map<std::string, std::vector<std::string>, std::less<>> kColumns = {
      {"deposit", {"product", "kind", "currency", "org_id"}},
      {"loan", {"product", "kind", "guarantee", "org_id", "class", "purpose"}},
      {"repayment", {"product", "kind", "guarantee", "org_id", "means"}},
      {"sale", {"product"}},
      {"customer", {"kind", "org_id", "area_code", "industry_code"}},
      {"transaction", {"kind"}}};
  std::string of = fact == Fact::sale                                       ? "sale"
                   : fact == Fact::customer                                 ? "customer"
                   : fact == Fact::transaction                              ? "transaction"
                   : fact == Fact::repayment                                ? "repayment"
                   : fact == Fact::deposit_balance || fact == Fact::account ? "deposit"
                                                                            : "loan";
  const auto& all = kColumns.at(of);
  if (feed == "class" && fact == Fact::loan_issue) return false;
  return std::find(all.begin(), all.end(), feed) != all.end();
}

JsonArray values_of(warehouse::Warehouse& db, const std::string& rows, const std::string& column,
                    const people::Directory& directory) {
  JsonArray out;
  const warehouse::Type types[] = {warehouse::Type::text, warehouse::Type::int64};
  db.scan("SELECT x." + column + ", CAST(count(*) AS BIGINT) FROM " + rows + " x WHERE x." + column +
              " IS NOT NULL GROUP BY x." + column + " ORDER BY 2 DESC, 1 LIMIT " + std::to_string(kMost),
          types, [&](const warehouse::Chunk& c) {
            for (size_t i = 0; i < c.rows; ++i) {
              std::string value(c.columns[0].text[i]);
              const people::Org* org = column == "org_id" ? directory.org(value) : nullptr;
              out.push_back(JsonObject{{"value", value},
                                       {"name", org ? org->name : ""},
                                       {"count", static_cast<size_t>(c.columns[1].i64[i])}});
            }
          });
  return out;
}

const char* kind_word(policy::ColumnKind kind) {
  constexpr const char* kWords[] = {"text", "choice", "money", "rate", "quantity", "integer", "date", "boolean"};
  return kWords[static_cast<size_t>(kind)];
}

Json column_json(const policy::FactColumn& column, JsonArray values) {
  JsonArray choices;
  std::string_view rest = column.choices;
  while (!rest.empty()) {
    size_t end = std::min(rest.find(' '), rest.size());
    choices.push_back(std::string(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return JsonObject{
      {"name", column.name},           {"feed", column.feed},         {"kind", kind_word(column.kind)},
      {"choices", std::move(choices)}, {"summable", column.summable}, {"values", std::move(values)}};
}

JsonArray facts_json(warehouse::Warehouse& db, const people::Directory& directory) {
  JsonArray out;
  for (const auto& info : policy::facts()) {
    const std::string rows = rows_of(info.fact);
    JsonArray columns;
    for (const auto& column : info.columns)
      columns.push_back(column_json(column, !rows.empty() && pickable(info.fact, column.feed)
                                                ? values_of(db, rows, std::string(column.feed), directory)
                                                : JsonArray{}));
    out.push_back(JsonObject{
        {"name", info.chinese},
        {"feed", info.name},
        {"rows",
         rows.empty()
             ? Json()
             : Json(static_cast<size_t>(
                   warehouse::one_int(db, "SELECT CAST(count(*) AS BIGINT) FROM " + rows + " x").value_or(0)))},
        {"columns", std::move(columns)},
        {"aggregates", policy::aggregates_for(info)},
        {"attributions", policy::attributions_for(info)},
        {"daily_rule", info.daily_rule}});
  }
  return out;
}

// Who there is to be appraised: staff in post by position, education, title, grade, organisation.
JsonArray staff_json(const people::Directory& directory, const appraisal::RecordedFacts& facts, base::Date day) {
  JsonArray out;
  for (const auto& column : policy::staff_columns()) {
    std::map<std::string, size_t> counts;
    for (const auto& one : directory.staff()) {
      if (!people::Directory::in_post(one, day)) continue;
      const people::Org* org = directory.org(one.org);
      if (column.feed == "position") ++counts[one.position];
      if (column.feed == "education") ++counts[one.education];
      if (column.feed == "title") ++counts[one.title];
      if (column.feed == "credit_exam") ++counts[one.credit_exam];
      if (column.feed == "grade") ++counts[facts.grade_on(one.id, "", day)];
      if (column.feed == "org_id") ++counts[one.org];
      if (column.feed == "org_kind" && org) ++counts[org->kind];
    }
    JsonArray values;
    for (const auto& [value, count] : counts) {
      const people::Org* org = column.feed == "org_id" ? directory.org(value) : nullptr;
      if (!value.empty())
        values.push_back(JsonObject{{"value", value}, {"name", org ? org->name : ""}, {"count", count}});
    }
    out.push_back(column_json(column, std::move(values)));
  }
  return out;
}

}  // namespace

Outcome show_workshop_facts(Services& s, const Call&) {
  auto facts = s.facts();
  if (!facts->last_date)
    return refusal_of({"data.none", "还没有导入任何业务日期", "", "先导入数据，再设原始指标"});
  const auto recorded = appraisal::RecordedFacts::load(*s.store(), std::nullopt, true);
  Json staff = staff_json(facts->directory, *recorded, *facts->last_date);
  Json shown = s.workshop().kept(*facts, "facts", [&] {
    auto db = s.warehouse();
    JsonArray units;
    for (std::string_view unit : policy::units()) units.push_back(std::string(unit));
    return Json(JsonObject{{"facts", facts_json(*db, facts->directory)},
                           {"units", std::move(units)},
                           {"reaches", policy::reaches()},
                           {"first_date", facts->first_date->str()},
                           {"last_date", facts->last_date->str()}});
  });
  // Grades are decided between two imports.
  shown.as_object()->emplace_back("staff", std::move(staff));
  return Answer{std::move(shown)};
}

}  // namespace guanhu::api
