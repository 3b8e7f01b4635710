// Yearly plans of managers and of the organisations above them, cut into half-years, quarters and
// months that add up; written on the first day and on every 1 January.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

void targets_day(Bank& bank);

}  // namespace guanhu::sample
