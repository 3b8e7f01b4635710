// Persons, companies and others, with their accounts of the opening day; who comes new, moves house
// or gets another phone.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

// Options.customers customers with their accounts and opening balances.
void make_customers(Bank& bank);
// Their rows and those of what is assigned by customer or account; the accounts' rows follow at the
// end of the day.
void write_customers(Bank& bank);
// Today's newcomers and changed key rows.
void customers_day(Bank& bank);
bool is_female(const Bank& bank, uint32_t customer);

}  // namespace guanhu::sample
