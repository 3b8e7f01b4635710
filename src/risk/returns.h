// Loan money that comes back as deposits: within some days of a disbursement the borrower, or someone connected
// with the borrower, receives nearly the same amount, in one transaction or several.
#pragma once
#include <vector>

#include "risk/movements.h"

namespace guanhu::risk {

// A loan paid out: the loan, the transaction that booked it, or both.
struct Disbursement {
  std::string loan_id;    // "" when only the transaction is known
  uint32_t customer = 0;  // borrower
  int32_t day = 0;
  int64_t at = 0;  // moment of the transaction; the day's first without one
  int64_t amount = 0;
  std::optional<Movement> booked;
  std::vector<std::string> managers;  // of the loan, that day
  std::string file;                   // row of loans.csv; "" without a loan
  base::Date business_date;
  int line = 0;
};

// Of the period; loans in force as they were paid out, joined with the transaction that has the same customer
// and amount and lies nearest, at most three days away.
std::vector<Disbursement> disbursements_of(const Books& books, const Rules& rules, const base::Period& period);

// Customers by borrower: the borrower itself, those related to it on that day (either way), those of its group.
class Connected {
 public:
  Connected(const Books& books, const Rules& rules);
  std::vector<uint32_t> of(uint32_t customer, int32_t day) const;

 private:
  struct Relation {
    uint32_t other;
    int32_t from, to;
  };
  std::unordered_map<uint32_t, std::vector<Relation>> relations_;
  std::unordered_map<uint32_t, std::string> group_;
  std::unordered_map<std::string, std::vector<uint32_t>> members_;
};

// `accounts`: by customer, as of the period's end. Rows of `replaced` are no money.
std::vector<Finding> find_returns(const Books& books, const Rules& rules, const base::Period& period,
                                  const std::vector<Disbursement>& disbursements, const Connected& connected,
                                  const std::vector<std::vector<uint32_t>>& accounts, const Movements& movements,
                                  const Replaced& replaced);

}  // namespace guanhu::risk
