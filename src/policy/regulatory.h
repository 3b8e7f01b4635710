// Checks by what supervisors ask of appraisal and pay. A pack switches them on (pack.toml: checks);
// docs/packs-checks.md tells what each one asks and of which regulation.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"

namespace guanhu::policy {

struct RegulatoryCheck {
  std::string name;                           // "period-end-deposits", …
  std::optional<base::Decimal> limit;         // at_most or at_least, a plain ratio; none: the check's own
  std::vector<std::string> except;            // elements it does not count for
  std::string why;                            // and the reason, for whoever reviews the pack
  std::vector<std::string> compliance, risk;  // of compliance-and-risk: scores
  std::string share;                          // of deferral: the parameter that says which share is paid later
  std::string str() const;                    // "deferral >= 40% (扣收比例)": for differences
};

}  // namespace guanhu::policy
