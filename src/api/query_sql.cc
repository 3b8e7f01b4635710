#include "api/query_sql.h"

#include "attribution/recorded.h"
#include "customers/access_case.h"
#include "feel/json.h"
#include "policy/decide.h"

namespace guanhu::api::query_sql {

using base::Date;
using base::Decimal;
using base::Json;
using workbench::QuerySource;
using workbench::QuerySpec;
using workbench::QueryType;

std::string on(Date day) { return "DATE '" + day.str() + "'"; }

std::string states(bool loans, const std::string& columns, Date day) {
  const std::string key = loans ? "loan" : "account";
  return "(SELECT DISTINCT ON (f." + key + ") f." + key + ", " + columns + " FROM " +
         (loans ? "f_loan_states" : "f_balances") +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND f.date <= " + on(day) +
         " ORDER BY f." + key + ", f.date DESC, i.business_date DESC)";
}

std::string mains(const std::string& kind, Date day) {
  return "(SELECT DISTINCT ON (s.subject_id) s.subject_id, s.staff_id FROM " +
         attribution::holdings_sql("f.subject_kind = '" + kind + "'") +
         " s WHERE s.share > 0 AND s.valid_from <= " + on(day) +
         " AND (s.valid_to IS NULL OR s.valid_to >= " + on(day) +
         ") ORDER BY s.subject_id, CASE WHEN coalesce(s.role, 'main') = 'main' THEN 0 ELSE 1 END, s.share DESC, "
         "s.staff_id)";
}

std::string customers() {
  return winning_rows(
      "f_customers", "customer_id",
      "f.customer_id, f.name, f.kind, f.org_id, f.is_farmer, f.id_no, f.phone, f.address, "
      "f.area_code, f.industry_code, f.opened_on, i.business_date AS src_date, f.line AS src_line");
}

std::vector<std::pair<std::string, std::string>> beside_of(const std::string& alias) {
  return {{"at_customer", alias + ".customer_id"},
          {"at_date", "CAST(" + alias + ".src_date AS VARCHAR)"},
          {"at_line", "CAST(" + alias + ".src_line AS VARCHAR)"}};
}
std::vector<std::string> beside_names() { return {"x.at_customer", "x.at_date", "x.at_line"}; }

Date asked_day(const QueryDesk& desk, const Json& spec) {
  QuerySpec of;
  if (const Json* day = spec.find("day"); day && day->as_string()) of.day = Date::parse(*day->as_string());
  return desk.day_of(of);
}

Date year_start(Date day) { return *Date::from_ymd(day.year() - 1, 12, 31); }
Date month_start(Date day) { return *Date::from_ymd(day.year(), day.month(), 1) - 1; }

std::string first_loans(QueryDesk& at, Date day, const std::string& within) {
  MemoryTable cases{{{"customer_id", QueryType::text}, {"state", QueryType::text}, {"decided", QueryType::date}},
                    {}};
  records::Filter filter;
  filter.kinds = {customers::kAccessKind}, filter.limit = 1'000'000;
  std::set<std::string> seen;  // newest first: the last one counts
  for (const auto& one : records::list(at.store(), filter))
    if (seen.insert(one.customer).second)
      cases.rows.push_back(
          {one.customer, one.state, one.until ? MemoryCell(int64_t{one.until->days()}) : MemoryCell()});
  const std::string loans =
      winning_rows("f_loans", "loan_id", "f.loan_id, f.customer_id, f.org_id, f.issued_on, f.principal");
  const std::string first = "(SELECT DISTINCT ON (l.customer_id) l.* FROM " + loans +
                            " l WHERE l.issued_on <= " + on(day) +
                            " ORDER BY l.customer_id, l.issued_on, l.loan_id)";
  const std::string units = "(SELECT u.customer_id, count(DISTINCT u.org_id) AS units FROM " + loans +
                            " u WHERE u.issued_on <= " + on(day) + " GROUP BY u.customer_id)";
  auto one = [](const std::string& condition) {
    return "CAST(CASE WHEN " + condition + " THEN 1 ELSE 0 END AS BIGINT)";
  };
  return "(SELECT c.customer_id AS customer, c.name AS customer_name, coalesce(l.org_id, c.org_id) AS org, "
         "l.loan_id AS "
         "loan, l.issued_on, coalesce(l.principal, 0) AS principal, coalesce(a.state, 'none') AS access, "
         "a.decided AS "
         "access_on, " +
         one("a.state IS NOT NULL AND a.state <> 'not_needed'") + " AS asked, " + one("a.state = 'approved'") +
         " AS approved, " + one("a.state = 'rejected'") + " AS rejected, " + one("l.loan_id IS NOT NULL") +
         " AS opened, " +
         one("l.loan_id IS NOT NULL AND (a.state IS NULL OR (a.state <> 'not_needed' AND (a.state <> 'approved' "
             "OR "
             "a.decided > l.issued_on)))") +
         " AS without, " + one("u.units > 1") + " AS many_units FROM " +
         winning_rows("f_customers", "customer_id", "f.customer_id, f.name, f.org_id") + " c LEFT JOIN " + first +
         " l ON l.customer_id = c.customer_id LEFT JOIN " + at.table("access", cases) +
         " a ON a.customer_id = c.customer_id LEFT JOIN " + units +
         " u ON u.customer_id = c.customer_id WHERE (l.loan_id IS NOT NULL OR a.state IS NOT NULL)" + within + ")";
}

MemoryCell text_cell(const std::string& text) { return text.empty() ? MemoryCell() : MemoryCell(text); }
MemoryCell day_cell(const std::optional<Date>& day) {
  return day ? MemoryCell(int64_t{day->days()}) : MemoryCell();
}

MemoryCell decimal_cell(const std::optional<Decimal>& value) {
  if (!value) return {};
  auto scaled = Decimal::multiply(*value, Decimal(1'000'000));
  auto whole = scaled ? scaled->round(0, base::Rounding::half_up).to_int64() : std::nullopt;
  return whole ? MemoryCell(*whole) : MemoryCell();
}

OpenSource kept_source(QuerySource source, std::vector<std::pair<std::string, QueryType>> beside,
                       const std::string& name, RowsOf rows) {
  MemoryTable table;
  for (const auto& one : source.columns) table.columns.emplace_back(one.name, one.type);
  for (auto& one : beside) {
    source.beside.push_back("x." + one.first);
    table.columns.push_back(std::move(one));
  }
  OpenSource out;
  out.source = std::move(source);
  out.from = [table, name, rows = std::move(rows)](QueryDesk& desk, const QuerySpec& spec) mutable {
    table.rows = rows(desk, spec);
    return "(SELECT * FROM " + desk.table(name, table) + ")";
  };
  return out;
}
Json yuan(base::Fen fen) { return Decimal::fen(fen); }

MemoryCell percent_cell(const Json& of, const char* name) {
  const Json* value = of.find(name);
  if (!value || !value->as_number()) return {};
  return decimal_cell(Decimal::multiply(*value->as_number(), Decimal(100)));
}

Asked::Asked(QueryDesk& desk, const char* pack, Date day) : day_(day) {
  auto found = desk.services().packs().on(pack, day);
  if (found.ok()) pack_ = *found;
}

Json Asked::ask(const char* decision, const Json& input) const {
  if (!pack_) return {};
  auto answer = policy::decide(*pack_, decision, input, day_);
  return answer.ok() ? feel::to_json(answer->result) : Json();
}

}  // namespace guanhu::api::query_sql
