// What a manager hands over of what the feed knows: customers, accounts, loans, and the credit files that go with
// them.
#include <map>

#include "attribution/handover.h"
#include "attribution/holders.h"
#include "attribution/known.h"
#include "attribution/recorded.h"
#include "base/money.h"

namespace guanhu::attribution {

using base::Json;
using base::JsonObject;
using warehouse::Chunk;
using warehouse::Type;

namespace {

std::string text_at(const Chunk& c, size_t column, size_t row) {
  return c.columns[column].is_null(row) ? "" : std::string(c.columns[column].text[row]);
}

// The version of each thing in force on the latest date.
std::string versions(const std::string& table, const std::string& key, const std::string& columns) {
  return "(SELECT DISTINCT ON (f." + key + ") " + columns + " FROM " + table +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL ORDER BY f." + key +
         ", i.business_date DESC)";
}

std::string latest(const std::string& table, const std::string& key, const std::string& columns, base::Date day) {
  return "(SELECT DISTINCT ON (f." + key + ") f." + key + ", " + columns + " FROM " + table +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND f.date <= " +
         date_sql(day) + " ORDER BY f." + key + ", f.date DESC, i.business_date DESC)";
}

// What the giver holds of one kind on the day: subject_id, share (1/100,000,000), role.
std::string held(const HandoverView& v, const char* kind) {
  const std::string on = date_sql(v.day);
  return "(SELECT h.subject_id, max(h.share) AS share, max(coalesce(h.role, 'main')) AS role FROM " +
         holdings_sql("f.subject_kind = '" + std::string(kind) + "' AND f.staff_id = " + sql_literal(v.giver)) +
         " h WHERE h.share > 0 AND h.valid_from <= " + on + " AND (h.valid_to IS NULL OR h.valid_to >= " + on +
         ") GROUP BY h.subject_id)";
}

const std::string kCustomers = versions("f_customers", "customer_id", "f.customer_id, f.name, f.org_id");

Json fen(const Chunk& c, size_t column, size_t row) {
  return c.columns[column].is_null(row) ? Json("0.00") : Json(base::format_fen(c.columns[column].i64[row]));
}

HandoverItem item(const char* kind, const Chunk& c, size_t row) {
  HandoverItem out;
  out.kind = kind, out.object = text_at(c, 0, row), out.customer = text_at(c, 1, row),
  out.org = text_at(c, 2, row);
  out.title = text_at(c, 3, row);
  out.share = static_cast<int32_t>((c.columns[4].i64[row] + 5'000) / 10'000);
  out.main = text_at(c, 5, row) == "main";
  return out;
}

std::vector<HandoverItem> customers(const HandoverView& v) {
  std::vector<HandoverItem> out;
  const std::string sums =
      "LEFT JOIN (SELECT a.customer_id, CAST(sum(b.balance) AS BIGINT) AS balance FROM " +
      versions("f_accounts", "account_id", "f.account, f.account_id, f.customer_id") + " a JOIN " +
      latest("f_balances", "account", "f.balance", v.data) +
      " b ON b.account = a.account GROUP BY a.customer_id) d "
      "ON d.customer_id = h.subject_id LEFT JOIN (SELECT a.customer_id, CAST(sum(b.balance) AS BIGINT) AS balance "
      "FROM " +
      versions("f_loans", "loan_id", "f.loan, f.loan_id, f.customer_id") + " a JOIN " +
      latest("f_loan_states", "loan", "f.balance", v.data) +
      " b ON b.loan = a.loan GROUP BY a.customer_id) l ON l.customer_id = h.subject_id";
  const Type types[] = {Type::text,  Type::text, Type::text,  Type::text,
                        Type::int64, Type::text, Type::int64, Type::int64};
  v.warehouse.scan(
      "SELECT h.subject_id, h.subject_id, coalesce(c.org_id, ''), coalesce(c.name, h.subject_id), "
      "h.share, h.role, d.balance, l.balance FROM " +
          held(v, "customer") + " h LEFT JOIN " + kCustomers + " c ON c.customer_id = h.subject_id " + sums +
          " ORDER BY 1",
      types, [&](const Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i) {
          HandoverItem one = item("customer", c, i);
          one.detail = JsonObject{{"deposits", fen(c, 6, i)}, {"loans", fen(c, 7, i)}};
          out.push_back(std::move(one));
        }
      });
  return out;
}

std::vector<HandoverItem> accounts(const HandoverView& v) {
  std::vector<HandoverItem> out;
  const Type types[] = {Type::text,  Type::text, Type::text,  Type::text,
                        Type::int64, Type::text, Type::int64, Type::text};
  v.warehouse.scan(
      "SELECT h.subject_id, coalesce(a.customer_id, ''), coalesce(a.org_id, ''), coalesce(c.name, h.subject_id), "
      "h.share, h.role, b.balance, coalesce(a.product, '') FROM " +
          held(v, "account") + " h JOIN " +
          versions("f_accounts", "account_id",
                   "f.account, f.account_id, f.customer_id, f.org_id, f.product, f.closed_on") +
          " a ON a.account_id = h.subject_id LEFT JOIN " + kCustomers +
          " c ON c.customer_id = a.customer_id LEFT JOIN " + latest("f_balances", "account", "f.balance", v.data) +
          " b ON b.account = a.account WHERE a.closed_on IS NULL OR a.closed_on > " + date_sql(v.data) +
          " ORDER BY 1",
      types, [&](const Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i) {
          HandoverItem one = item("account", c, i);
          one.detail = JsonObject{{"balance", fen(c, 6, i)}, {"product", text_at(c, 7, i)}};
          out.push_back(std::move(one));
        }
      });
  return out;
}

// Loans held by themselves, and those of customers that are held: both sign each.
std::vector<HandoverItem> loans(const HandoverView& v) {
  std::vector<HandoverItem> out;
  const Type types[] = {Type::text, Type::text,  Type::text, Type::text,  Type::int64,
                        Type::text, Type::int64, Type::text, Type::int32, Type::date};
  v.warehouse.scan(
      "SELECT a.loan_id, coalesce(a.customer_id, ''), coalesce(a.org_id, ''), coalesce(c.name, a.loan_id), "
      "coalesce(o.share, p.share), coalesce(o.role, p.role), b.balance, coalesce(b.class, 'normal'), "
      "coalesce(b.overdue_days, 0), a.due_on FROM " +
          versions("f_loans", "loan_id", "f.loan, f.loan_id, f.customer_id, f.org_id, f.due_on, f.settled_on") +
          " a LEFT JOIN " + held(v, "loan") + " o ON o.subject_id = a.loan_id LEFT JOIN " + held(v, "customer") +
          " p ON p.subject_id = a.customer_id LEFT JOIN " + kCustomers +
          " c ON c.customer_id = a.customer_id "
          "LEFT JOIN " +
          latest("f_loan_states", "loan", "f.balance, f.class, f.overdue_days", v.data) +
          " b ON b.loan = a.loan WHERE (o.subject_id IS NOT NULL OR (p.subject_id IS NOT NULL AND NOT EXISTS "
          "(SELECT "
          "1 FROM " +
          holdings_sql("f.subject_kind = 'loan'") +
          " x WHERE x.subject_id = a.loan_id AND x.valid_from "
          "<= " +
          date_sql(v.day) + " AND (x.valid_to IS NULL OR x.valid_to >= " + date_sql(v.day) +
          ")))) AND "
          "(a.settled_on IS NULL OR a.settled_on > " +
          date_sql(v.data) + ") ORDER BY 1",
      types, [&](const Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i) {
          HandoverItem one = item("loan", c, i);
          one.detail = JsonObject{
              {"balance", fen(c, 6, i)},
              {"class", text_at(c, 7, i)},
              {"overdue_days", int64_t{c.columns[8].i32[i]}},
              {"due_on", c.columns[9].is_null(i) ? Json() : Json(base::Date(c.columns[9].i32[i]).str())}};
          out.push_back(std::move(one));
        }
      });
  return out;
}

// ARC-305: the credit file of each customer with a loan must be on the list.
std::vector<HandoverItem> files(const HandoverView& v) {
  std::map<std::string, HandoverItem> by_customer;
  std::map<std::string, int64_t> count;
  for (const HandoverItem& loan : loans(v)) {
    if (loan.customer.empty()) continue;
    HandoverItem& one = by_customer[loan.customer];
    one.kind = "archive", one.object = loan.customer, one.customer = loan.customer, one.org = loan.org;
    one.title = loan.title;
    one.detail = JsonObject{{"loans", ++count[loan.customer]}};
  }
  std::vector<HandoverItem> out;
  for (auto& [customer, one] : by_customer) out.push_back(std::move(one));
  return out;
}

}  // namespace

std::vector<HandoverSource> own_sources() {
  return {{"customer", "客户", customers},
          {"account", "账户", accounts},
          {"loan", "贷款", loans},
          {"archive", "信贷档案", files}};
}

}  // namespace guanhu::attribution
