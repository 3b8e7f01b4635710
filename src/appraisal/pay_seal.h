// The seal of an approved pay run: every slip as one canonical text, its hash a leaf of a Merkle tree (seal.h),
// the root kept with the run and in the audit chain. So a statement can carry pay that was worked out after its
// appraisal was sealed, with a receipt of its own that shows nobody else's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "appraisal/pay_runs.h"
#include "appraisal/seal.h"

namespace guanhu::appraisal {

// Inside the transaction of the approval; the root.
std::string seal_pay(store::Session& session, const PayRun& run);
// "" the run was never approved.
std::string pay_root(store::Session& session, int64_t pay_id);
// `Receipt::run` is the pay run, `holder` the person. Refused: pay.unknown (no such run, not approved, or not in
// it).
base::Result<Receipt> pay_receipt(store::Session& session, int64_t pay_id, const std::string& staff);

// What a statement shows of one pay run.
struct SlipOfStatement {
  PayRun run;
  KeptSlip slip;
  std::string grade;               // 职级 as the slip was told, "" none of its decisions asked
  std::optional<Receipt> receipt;  // of an approved or paid run
};
// Approved and paid runs of a scheme's period in which the person is, oldest first.
std::vector<SlipOfStatement> slips_for_statement(store::Session& session, const std::string& scheme,
                                                 const std::string& period, const std::string& staff);

// A step of the history of grades that held on the period's last day, of each pack that has one.
std::vector<GradeStep> grades_held(store::Session& session, const std::string& staff, base::Date on);

}  // namespace guanhu::appraisal
