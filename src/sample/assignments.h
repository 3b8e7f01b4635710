// Which manager has what: by customer for most, by account and loan for some, shared by two or
// three for a few, nobody for a few. A change ends the old row the day before (re-sent with
// valid_to) and begins a new one.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

// Share of holder `i` in 1/10,000; the shares of a split add up to 10,000.
int share_of(Split split, int holder);
// Chooses how the customer's business is assigned and to whom. Writes nothing.
void choose_managers(Bank& bank, uint32_t customer);
// Begins the rows of a customer, account or loan that is to have some; `opened` is its own first day.
void begin_customer(Bank& bank, uint32_t customer, int32_t opened);
void begin_account(Bank& bank, uint32_t account);
void begin_loan(Bank& bank, uint32_t loan);
// Ends the rows of a closed account or settled loan with today.
void end_account(Bank& bank, uint32_t account);
void end_loan(Bank& bank, uint32_t loan);
// The main manager, -1 for nobody.
int manager_of_account(const Bank& bank, uint32_t account);
int manager_of_loan(const Bank& bank, uint32_t loan);
const Assigned& in_force(const Bank& bank, const Assigned& own, uint32_t customer);
// Everything the managers in `gone` had goes to colleagues of the branch, from today on.
void hand_over(Bank& bank, const std::vector<int>& gone);
// A manager new at a site takes over a part of the customers there.
void start_portfolio(Bank& bank, int manager);
// The few customers that change hands on an ordinary day.
void rebalance(Bank& bank);

}  // namespace guanhu::sample
