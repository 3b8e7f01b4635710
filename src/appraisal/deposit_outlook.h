// What the ledger of risk deposits adds up to, and which lots are due back when.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "appraisal/deposit_orders.h"

namespace guanhu::appraisal {

// The people's accounts of a fund on one side, the bank's counter accounts on the other: together nothing is left.
struct FundBalance {
  std::string fund;
  int64_t people = 0, bookings = 0;
  base::Fen balance = 0;                                // of all accounts of people
  std::vector<std::pair<std::string, base::Fen>> bank;  // "应付工资" and the like: what was booked against them
  base::Fen difference = 0;                             // 0, or the ledger is broken
};
std::vector<FundBalance> fund_balances(store::Session& session);

// A lot that the pack's decision gives back, in whole or in part, on a day to come.
struct ComingRelease {
  std::string staff;
  int64_t booking = 0;
  base::Date on;                // of the booking
  base::Fen left = 0, due = 0;  // what is there of it, what comes back
  base::Date due_on;            // the first day on which the decision gives anything; `from` if it is due already
  std::string decision;         // PACK/DECISION
  base::Json cites;
};
// Of open lots (staff "": of all), with what is recorded today: a loan that turns bad meanwhile changes the
// answer. A decision must not take back on a later day what it gave on an earlier one. Refused: order.plan, and
// what the decision refuses.
base::Result<std::vector<ComingRelease>> coming_releases(store::Session& session, const policy::Pack& pack,
                                                         const people::Directory& directory, base::Date from,
                                                         base::Date to, const std::string& staff = "");

}  // namespace guanhu::appraisal
