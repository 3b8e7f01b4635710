// The daily life of loans: interest and instalments, late payers, arrears, classes, write-offs,
// recoveries, notices, limitation, extension, refinancing, renewal.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

void loans_day(Bank& bank);

}  // namespace guanhu::sample
