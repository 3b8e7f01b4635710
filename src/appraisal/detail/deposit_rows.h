// Rows of orders on deposits.
#pragma once
#include "appraisal/deposit_orders.h"

namespace guanhu::appraisal::detail {

// In one transaction with its audit record; the order's number.
int64_t insert_order(store::Session& session, const DepositOrder& order, const PeopleDoing& doing);

}  // namespace guanhu::appraisal::detail
