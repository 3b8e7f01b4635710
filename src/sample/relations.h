// Who is married to whom, owns, leads, controls and vouches.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

// The relations of the opening day and the plan of those that will end.
void write_relations(Bank& bank);
// A borrower's guarantor, from the day of the loan on.
void write_guarantor(Bank& bank, uint32_t borrower, uint32_t guarantor, int32_t since);
// Today's newcomers' and ending relations.
void relations_day(Bank& bank);
// The nearest person at or after `start` (wrapping round), other than `except`.
uint32_t some_person(const Bank& bank, uint64_t start, uint32_t except);

}  // namespace guanhu::sample
