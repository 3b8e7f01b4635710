// Identity documents judged by their form: GB 11643 (residents, also the 15 digits of before 1999), GB 32100
// (unified social credit code), the older numbers of companies, and others as texts with rules. What is wrong with
// a number is said so that it can be asked for again; the number itself is never part of it.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "store/personal_key.h"
#include "warehouse/warehouse.h"

namespace guanhu::customers {

struct Identity {
  std::string kind;    // of the customer: person, company, other
  std::string type;    // of the document, as the extract says it; "" unknown
  std::string number;  // in the clear
  std::optional<base::Date> born;
};

struct IdentityFlaw {
  std::string code;     // missing, length, characters, case, birthday, future, check, born, old, type
  std::string message;  // Chinese, one sentence
  bool grave = true;    // false: it holds, but ought to be made good (an old number)
};

// What document it is taken for: resident, resident_old, credit_code, organisation, licence, passport, other.
std::string_view document_of(const Identity& of);
// All that is wrong; empty: nothing. `today`: nobody is born later.
std::vector<IdentityFlaw> identity_flaws(const Identity& of, base::Date today);

struct IdentityFinding {
  std::string customer, name, kind, type, document;
  std::string masked;  // enough to recognise, not to know
  std::vector<IdentityFlaw> flaws;
};
// Of all customers as last described those with a flaw, by number of customer. `sees` says of whom; every number
// is opened for a moment, none is kept.
std::vector<IdentityFinding> identity_findings(warehouse::Warehouse& db, const store::PersonalKey& key,
                                               base::Date today,
                                               const std::function<bool(const std::string&)>& sees);
// Of one customer; nothing for an unknown one.
std::optional<IdentityFinding> identity_of(warehouse::Warehouse& db, const store::PersonalKey& key,
                                           base::Date today, const std::string& customer);

// "3301**********1234", "ab**cd": the ends only.
std::string masked_number(const std::string& number);

}  // namespace guanhu::customers
