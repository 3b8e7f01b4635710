// First access (首次建立信贷关系): a customer who borrows for the first time, or again after long, passes review
// and approval first (CUS-309). The form is made of the inputs of the decisions that the bank's plan names; what
// is known is filled in; each case is a record of kind "first_access".
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "customers/customer_ask.h"
#include "records/records.h"

namespace guanhu::customers {

inline constexpr const char* kAccessKind = "first_access";

// The decisions one after the other; what an earlier one answers counts for the later ones by its name.
std::vector<base::Result<Asked>> ask_access(const PackOf& packs, const RegisterPlan& plan,
                                            const std::vector<Known>& known, const base::Json& given,
                                            base::Date on);

struct AccessAsked {
  std::string customer, customer_name, why;
  base::Json given;
  base::Date on;
  std::string owner, org;
};
// Files it: "reviewing" (审查中), or "not_needed" where the decisions say that it is no case. Refused:
// access.waits (one is under way), access.missing (where: the input), access.answer (a decision refuses the facts;
// where: the input), merge.reason, plan.decision.
base::Result<records::Record> file_access(store::Session& session, const PackOf& packs, const RegisterPlan& plan,
                                          const AccessAsked& asked, const std::vector<Known>& known,
                                          const records::Doing& doing);
// The next step: reviewing to deciding, deciding to approved, or to rejected. Each by another person than those
// before. Refused: record.unknown, access.state, access.self, merge.reason.
struct AccessStep {
  int64_t record = 0, version = 0;
  bool accept = false;
  std::string why;
  base::Date today;
};
base::Result<records::Record> step_access(store::Session& session, const AccessStep& step,
                                          const records::Doing& doing);

}  // namespace guanhu::customers
