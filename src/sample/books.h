// The bank's books: every change of a balance goes through here, so that balances, transactions and
// the ledger's totals always agree.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

// Adds `amount` (signed) to the account; writes the transaction when the customer is covered.
// A balance below zero throws Broken: it would be a fault of this program.
void move_money(Bank& bank, uint32_t account, Fen amount, TxnKind kind, std::string_view memo);
// Takes `amount` from the customer's current account; what is missing is paid in as cash before.
void take_from(Bank& bank, uint32_t customer, Fen amount, TxnKind kind, std::string_view memo);

// Opens an account today with balance 0, with its assignment rows, and returns its number.
uint32_t open_account(Bank& bank, uint32_t customer, Product product, int32_t matures);
// Closes an account of balance 0 today.
void close_account(Bank& bank, uint32_t account);

// Takes the loan out of / into the sums of its organisation; every change of balance, class or
// off_balance stands between the two.
void unbook(Bank& bank, const Loan& loan);
void book(Bank& bank, const Loan& loan);

// Opening balances, dated the day before the first.
void write_opening_balances(Bank& bank);
// Today's account and balance rows and, on the first day and at month ends, the ledger's totals.
void close_books(Bank& bank);

}  // namespace guanhu::sample
