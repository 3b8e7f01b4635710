// What decisions may know of a customer, under the names that packs use (存款余额, 逾期天数, 曾有信贷关系, ...):
// from the facts of the feed and from what the bank wrote down. Read for many customers at once.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "customers/merge.h"

namespace guanhu::customers {

struct Known {
  std::string name;  // "逾期天数"
  base::Json value;  // as a decision takes it; amounts in yuan
  std::string from;  // where it comes from, in words: "2025-12-31 的借据"
};
using KnownOf = std::map<std::string, std::vector<Known>>;  // by canonical number

struct KnownOn {
  base::Date business;  // balances at the end of this day
  base::Date today;     // the day something is asked for
  std::string org;      // name of the organisation that asks; "" nobody's
  std::function<std::string(const std::string& org)> org_name;
};
// Numbers that were merged count together. Unknown customers have no entry.
KnownOf known_of(store::Session& session, warehouse::Warehouse& db, const Merges& merges,
                 const std::vector<std::string>& customers, const KnownOn& on);
const base::Json* known_value(const std::vector<Known>& known, const std::string& name);

}  // namespace guanhu::customers
