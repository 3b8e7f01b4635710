// Making loans: those of the opening day (with their arrears) and new ones.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

// The loans of the opening day; borrowers become covered customers. Call before rows are written.
void make_opening_loans(Bank& bank);
// Their states (dated the day before the first), guarantors, assignments; their rows and limitations
// follow at the end of the day.
void write_opening_loans(Bank& bank);
// A loan issued today. The money goes to the borrower's account and most of it on to a seller, unless
// it refinances an old loan (then no money moves here). principal 0: drawn. Returns its number.
uint32_t grant(Bank& bank, uint32_t customer, LoanKind kind, Fen principal, bool refinances);
// Today's new borrowers and planned renewals.
void new_loans(Bank& bank);
// The rows of loans that changed today, once each.
void write_changed_loans(Bank& bank);

// The bank's scale: normal to 30 days, special mention to 90, substandard to 180, doubtful to 360.
LoanClass class_of(int32_t overdue_days);
int32_t overdue_days(const Bank& bank, const Loan& loan);

}  // namespace guanhu::sample
