#include "api/reach.h"

#include <algorithm>

#include "attribution/recorded.h"

namespace guanhu::api {

std::string sql_text(const std::string& text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out += '\'';
    if (c != '\0') out += c;
  }
  return out + "'";
}

std::string sql_list(const std::set<std::string>& values) {
  std::string out;
  for (const auto& v : values) out += (out.empty() ? "" : ", ") + sql_text(v);
  return out.empty() ? "(NULL)" : "(" + out + ")";
}

std::string winning_rows(const std::string& table, const std::string& key, const std::string& columns,
                         const std::string& where) {
  std::string keyed;  // "a, b" -> "f.a, f.b"
  for (size_t at = 0; at < key.size();) {
    size_t end = std::min(key.find(", ", at), key.size());
    keyed += (keyed.empty() ? "f." : ", f.") + key.substr(at, end - at);
    at = end + 2;
  }
  return "(SELECT DISTINCT ON (" + keyed + ") " + columns + " FROM " + table +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL" +
         (where.empty() ? "" : " AND (" + where + ")") + " ORDER BY " + keyed + ", i.business_date DESC)";
}

Reach Reach::of(const std::string& staff_id, people::Scope scope, const people::Directory& directory,
                const std::vector<std::string>& team) {
  Reach out;
  const people::Staff* self = directory.person(staff_id);
  if (scope == people::Scope::bank) {
    out.bank_ = true;
  } else if (scope == people::Scope::branch && self) {
    out.top_ = directory.branch_of(self->org);
    for (auto& org : directory.subtree(out.top_)) out.orgs_.insert(org);
    for (const auto& person : directory.staff())
      if (out.orgs_.count(person.org)) out.staff_.insert(person.id);
  } else if (scope != people::Scope::none && self) {
    out.own_ = true;
    out.staff_.insert(self->id);
    if (scope == people::Scope::team)
      for (const auto& mate : team)
        if (directory.person(mate)) out.staff_.insert(mate);
  }
  return out;
}

std::string Reach::customers_sql(base::Date day) const {
  if (bank_) return "";
  // The filter stands outside the choice of the winning row: a row that was superseded must not come back
  // because the one that superseded it does not fit.
  const std::string accounts = winning_rows("f_accounts", "account_id", "f.account_id, f.customer_id, f.org_id");
  const std::string loans = winning_rows("f_loans", "loan_id", "f.loan_id, f.customer_id, f.org_id");
  if (!own_) {
    const std::string in = " IN " + sql_list(orgs_);
    return "SELECT c.customer_id FROM " + winning_rows("f_customers", "customer_id", "f.customer_id, f.org_id") +
           " c WHERE c.org_id" + in + " UNION SELECT a.customer_id FROM " + accounts + " a WHERE a.org_id" + in +
           " UNION SELECT l.customer_id FROM " + loans + " l WHERE l.org_id" + in;
  }
  const std::string on = "DATE '" + day.str() + "'";
  const std::string mine = "(SELECT s.subject_kind, s.subject_id FROM " +
                           attribution::holdings_sql("f.staff_id IN " + sql_list(staff_)) +
                           " s WHERE s.valid_from <= " + on + " AND (s.valid_to IS NULL OR s.valid_to >= " + on +
                           ") AND s.share > 0)";
  return "SELECT m.subject_id FROM " + mine +
         " m WHERE m.subject_kind = 'customer' UNION SELECT a.customer_id FROM " + accounts + " a JOIN " + mine +
         " m ON m.subject_kind = 'account' AND m.subject_id = a.account_id" + " UNION SELECT l.customer_id FROM " +
         loans + " l JOIN " + mine + " m ON m.subject_kind = 'loan' AND m.subject_id = l.loan_id";
}

}  // namespace guanhu::api
