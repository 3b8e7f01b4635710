// The regulatory checks there are.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace guanhu::policy::detail {

enum class Asked { period_end, capped, floored, single_weight, deposit_weight, compliance_and_risk, deferral };

struct RegulatoryKind {
  std::string_view name;
  Asked asked;
  std::string_view limit;  // the key that changes it: "at_most", "at_least"; "" there is none
  int per_cent;            // the limit where the pack says none
  std::string_view source;
};

std::span<const RegulatoryKind> regulatory_kinds();
const RegulatoryKind* regulatory_kind(std::string_view name);
// 0.4: "40%".
std::string per_cent(const base::Decimal& share);

}  // namespace guanhu::policy::detail
