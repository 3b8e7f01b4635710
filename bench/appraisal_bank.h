// A bank of any size, straight into a warehouse's tables: what the appraisal bench measures on.
#pragma once
#include <filesystem>
#include <string>

#include "warehouse/warehouse.h"

namespace guanhu::bench {

struct BankSize {
  int accounts = 1'000'000;
  int changes = 12;  // per account and year, on average; a few accounts have most
  int managers = 5'000;
  int loans = 100'000;  // with monthly repayments
};

// One year, 2025, one import a day. 10 % of the accounts are handed over once, 5 % are shared.
void make_bank(warehouse::Warehouse& db, const BankSize& size);

}  // namespace guanhu::bench
