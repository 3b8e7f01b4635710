// What moves deposits: pay and pension days, spending, harvests, the Spring Festival, interest,
// time deposits, and window dressing at the ends of quarters.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

void deposits_day(Bank& bank);

}  // namespace guanhu::sample
