// The parts of a statement about pay and grade.
#pragma once
#include <string>
#include <vector>

#include "appraisal/pay_seal.h"

namespace guanhu::appraisal {

// "" where there is nothing to show.
std::string statement_pay(const std::vector<SlipOfStatement>& pay);
std::string statement_grades(const std::vector<GradeStep>& grades);

// The receipts of pay that stand in a statement. Refused: as read_receipt.
base::Result<std::vector<Receipt>> read_pay_receipts(const std::string& html);

}  // namespace guanhu::appraisal
