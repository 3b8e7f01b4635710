// How far a visitor sees: the one place where a data scope becomes "this one, not that one".
//
// Handlers filter lists, counts, exports and trees through it; what it does not reach is answered as if
// it did not exist. Built from the login, the scope of the endpoint's permission and the directory of the
// business date; kept by Facts (facts.h), so that it is built once for each login and scope.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "people/access.h"
#include "people/directory.h"
#include "people/logins.h"

namespace guanhu::api {

class Reach {
 public:
  // A login whose staff the directory does not know reaches nothing, unless the scope is the bank.
  // `team`: who is reached beside oneself in the scope of one's teams (ORG-635).
  static Reach of(const std::string& staff_id, people::Scope scope, const people::Directory& directory,
                  const std::vector<std::string>& team = {});

  bool bank() const { return bank_; }
  bool staff(const std::string& id) const { return bank_ || staff_.count(id) != 0; }
  bool org(const std::string& id) const { return bank_ || orgs_.count(id) != 0; }
  // Somebody or something appraised: a manager or, in schemes over organisations, an organisation.
  bool holder(const std::string& id) const { return staff(id) || org(id); }
  bool nothing() const { return !bank_ && staff_.empty() && orgs_.empty(); }
  // The organisation at the top of what is seen: "" for the bank and for one's own.
  const std::string& top() const { return top_; }

  // SQL that gives the ids of the customers in reach (one column); "" when all are. `day` is the business
  // date whose assignments count. A manager reaches customers assigned to them directly, or by an account or
  // loan; a branch the customers, accounts and loans of its organisations. Of the rows of the feed those count
  // that docs/warehouse-schema.md says.
  std::string customers_sql(base::Date day) const;

 private:
  bool bank_ = false;
  bool own_ = false;
  std::string top_;
  std::set<std::string> staff_, orgs_;
};

// 'it''s': a text as an SQL literal.
std::string sql_text(const std::string& text);
// ('a', 'b'): never empty.
std::string sql_list(const std::set<std::string>& texts);

// The rows that count, as a subquery with the columns named: of rows with one key the one of the latest business
// date. For tables that describe things it is the version in force on the latest date.
std::string winning_rows(const std::string& table, const std::string& key, const std::string& columns,
                         const std::string& where = "");

}  // namespace guanhu::api
