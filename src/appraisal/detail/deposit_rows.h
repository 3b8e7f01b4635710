// Rows of orders on deposits, and how the pack's decisions are asked about an account.
#pragma once
#include "appraisal/deposit_orders.h"
#include "appraisal/people_facts.h"

namespace guanhu::appraisal::detail {

// In one transaction with its audit record; the order's number.
int64_t insert_order(store::Session& session, const DepositOrder& order, const PeopleDoing& doing);

// The decision that the pack's deposit-plan names for something ("释放"). Refused: order.plan.
base::Result<std::string> planned(const policy::Pack& pack, const char* member, base::Date on);

// What is told of an account and its owner; `behind` must outlive it.
Names told_of_account(const FactsByDay& facts, const people::Directory* directory, const std::string& staff,
                      base::Fen balance, base::Date on, Names& behind);

// What comes back of one lot on the day. Refused (where: the account): what the decision refuses, more than is
// left.
struct LotRelease {
  base::Fen amount = 0;
  NamedAnswer answer;
};
base::Result<LotRelease> release_of_lot(const policy::Pack& pack, const std::string& decision,
                                        const Names& account, const std::string& staff, const DepositLot& lot,
                                        base::Date on);

}  // namespace guanhu::appraisal::detail
