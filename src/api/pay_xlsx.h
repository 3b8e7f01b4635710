// A pay run as a workbook.
#pragma once
#include <string>

#include "appraisal/pay_runs.h"

namespace guanhu::api {

// The bytes of an .xlsx: title, head, a row a person, control totals as formulas beside the values the run keeps.
std::string pay_xlsx(const std::string& bank, const appraisal::PayRun& run, const appraisal::PaySheet& sheet);

}  // namespace guanhu::api
