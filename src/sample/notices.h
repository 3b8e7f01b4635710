// Written notices before maturity and in arrears, their receipts, and what a receipt does to the
// limitation of action.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

void notices_of(Bank& bank, uint32_t loan);
void receipts_day(Bank& bank);

}  // namespace guanhu::sample
