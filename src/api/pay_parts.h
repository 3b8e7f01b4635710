// Parts of pay_endpoints() and deposit_endpoints() with files of their own.
#pragma once
#include "api/endpoint.h"

namespace guanhu::api {

Table pay_explain_endpoints();  // a line of a payslip opened
Table pay_compare_endpoints();  // a pay run beside the one before, by branch

}  // namespace guanhu::api
