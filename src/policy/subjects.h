// What duties, notices and processes are about, and what their formulas may ask of it: columns with types, units
// and whether they may be empty. Whoever carries the work out gives these values under these names.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "policy/decision.h"

namespace guanhu::policy {

struct Subject {
  std::string_view name, chinese;  // "loan", "贷款"
  std::string_view columns;  // lines "名称: 类型", as docs/packs-decisions.md shows them; `?`: may be empty
};

std::span<const Subject> subjects();
// Read from `columns`; empty for a subject that does not exist.
const std::vector<Field>& subject_columns(std::string_view subject);

}  // namespace guanhu::policy
