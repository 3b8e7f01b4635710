// How far a visitor sees: the one place where a data scope becomes "this one, not that one".
//
// Handlers filter lists, counts, exports and trees through it; what it does not reach is answered as if
// it did not exist. Built per request from the login, the scope of the endpoint's permission and the
// directory of the business date.
#pragma once
#include <set>
#include <string>

#include "people/access.h"
#include "people/directory.h"
#include "people/logins.h"

namespace guanhu::api {

class Reach {
 public:
  static Reach of(const people::Login& login, people::Scope scope, const people::Directory& directory);

  bool bank() const { return bank_; }
  bool staff(const std::string& id) const { return bank_ || staff_.count(id) != 0; }
  bool org(const std::string& id) const { return bank_ || orgs_.count(id) != 0; }
  bool nothing() const { return !bank_ && staff_.empty() && orgs_.empty(); }

  // SQL condition that is true for the customers in reach: `customer` is an expression for the customer's
  // id, `customer_org` for its organisation; `day` is the business date whose assignments count. A
  // manager reaches customers assigned to them (directly, or by an account or loan); a branch the
  // customers and accounts of its organisations; `known` is the condition for active imports named i.
  std::string customer_sql(const std::string& customer, const std::string& customer_org, base::Date day) const;

 private:
  bool bank_ = false;
  bool own_ = false;
  std::set<std::string> staff_, orgs_;
};

// 'it''s': a text as an SQL literal.
std::string sql_text(const std::string& text);

}  // namespace guanhu::api
