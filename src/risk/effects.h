// What the figures would be without a finding's money: balances at the end and average daily balances of the
// managers who hold the accounts, computed anew from balances less the money, day by day.
#pragma once
#include <map>
#include <vector>

#include "risk/books.h"

namespace guanhu::risk {

// Sums over all accounts for some days (both included). By staff: fen × 1/10,000, as held on each day; by
// organisation: fen, of the accounts of the organisation itself.
struct Totals {
  int32_t first = 0, last = 0;
  std::vector<base::Int128> staff_days, staff_end, org_days, org_end;
  base::Int128 bank_days = 0, bank_end = 0;
  int days() const { return last - first + 1; }
};
Totals totals_of(const Books& books, int32_t first, int32_t last);

// By organisation number: it and all below it.
using Subtrees = std::map<uint32_t, std::vector<uint32_t>>;
Subtrees subtrees_of(const Books& books, const people::Directory& directory);
base::Int128 sum_of(const std::vector<base::Int128>& by_org, const std::vector<uint32_t>& orgs);

// Fills `effects` and `managers` of a finding from its money. `period`: totals of the whole period.
// Staff who only hold the money on days outside of it are managers without an effect.
void weigh(const Books& books, const Totals& period, const Subtrees& subtrees, Finding& finding);

// The money of these stretches on a day: what is taken off, never more than the balance.
int64_t taken_off(const std::vector<Stretch>& of_one_account, int32_t day, int64_t balance);

}  // namespace guanhu::risk
