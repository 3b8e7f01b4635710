// A pay run beside the one before it, by line, branch and person; and what a paid run would be with what is known
// now.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "appraisal/pay_runs.h"

namespace guanhu::appraisal {

// The approved or paid run of the same plan and scheme for the latest earlier period of the same kind (month,
// quarter, half year, year).
std::optional<PayRun> pay_run_before(store::Session& session, const PayRun& run);

struct PayDifference {
  std::string staff, name, org, branch;
  bool here = false, before = false;  // has a slip in this run, in the other
  PayTotals now, was;
  // Lines whose amounts differ: name, kind, amounts.
  struct Line {
    std::string line, kind;
    base::Fen now = 0, was = 0;
  };
  std::vector<Line> lines;
};
// Everybody of either run, by id; whoever stayed the same has no lines.
std::vector<PayDifference> pay_differences(const std::vector<KeptSlip>& now, const std::vector<KeptSlip>& was);

// The slips of a result as they would be kept.
std::vector<KeptSlip> slips_of_result(const PayResult& result);

}  // namespace guanhu::appraisal
