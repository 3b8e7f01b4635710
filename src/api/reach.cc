#include "api/reach.h"

namespace guanhu::api {

namespace {

std::string in_list(const std::set<std::string>& values) {
  std::string out;
  for (const auto& v : values) out += (out.empty() ? "" : ", ") + sql_text(v);
  return out.empty() ? "(NULL)" : "(" + out + ")";
}

}  // namespace

std::string sql_text(const std::string& text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out += '\'';
    if (c != '\0') out += c;
  }
  return out + "'";
}

Reach Reach::of(const people::Login& login, people::Scope scope, const people::Directory& directory) {
  Reach out;
  const people::Staff* self = directory.person(login.staff_id);
  if (scope == people::Scope::bank) {
    out.bank_ = true;
  } else if (scope == people::Scope::branch && self) {
    for (auto& org : directory.subtree(directory.branch_of(self->org))) out.orgs_.insert(org);
    for (const auto& person : directory.staff())
      if (out.orgs_.count(person.org)) out.staff_.insert(person.id);
  } else if (scope != people::Scope::none && self) {
    out.own_ = true;
    out.staff_.insert(self->id);
  }
  return out;
}

std::string Reach::customer_sql(const std::string& customer, const std::string& customer_org, base::Date day) const {
  if (bank_) return "TRUE";
  const std::string accounts = "SELECT a.customer_id FROM f_accounts a JOIN imports ia ON ia.import_id = a.import_id"
                               " AND ia.replaced_at IS NULL WHERE ";
  if (!own_)
    return "(" + customer_org + " IN " + in_list(orgs_) + " OR " + customer + " IN (" + accounts + "a.org_id IN " +
           in_list(orgs_) + "))";
  const std::string on = "DATE '" + day.str() + "'";
  const std::string mine = "SELECT s.subject_id FROM f_assignments s JOIN imports si ON si.import_id = s.import_id"
                           " AND si.replaced_at IS NULL WHERE s.staff_id IN " + in_list(staff_) + " AND s.valid_from <= " +
                           on + " AND (s.valid_to IS NULL OR s.valid_to >= " + on + ") AND s.share > 0 AND s.subject_kind = ";
  return "(" + customer + " IN (" + mine + "'customer') OR " + customer + " IN (" + accounts + "a.account_id IN (" + mine +
         "'account')) OR " + customer + " IN (SELECT l.customer_id FROM f_loans l JOIN imports il ON il.import_id = l.import_id"
         " AND il.replaced_at IS NULL WHERE l.loan_id IN (" + mine + "'loan')))";
}

}  // namespace guanhu::api
