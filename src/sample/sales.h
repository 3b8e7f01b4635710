// Cards, e-banking, insurance, funds and the like, sold by managers and tellers.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

void sales_day(Bank& bank);

}  // namespace guanhu::sample
