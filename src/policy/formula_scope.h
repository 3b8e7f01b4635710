// What formulas of packs may say beyond FEEL: a number with its unit, `5 万元`, `10 分`, `3 %`, `2 元/户`
// (docs/packs.md). Whoever parses or compiles a formula of a pack begins with this scope.
#pragma once
#include <memory>

#include "feel/scope.h"

namespace guanhu::policy {

// The units of packs. Money counts in 元 and a per cent as a plain ratio: 5 万元 is 50000, 3 % is 0.03.
std::shared_ptr<const feel::Suffixes> unit_suffixes();
// Empty but for them.
feel::Scope formula_scope();

}  // namespace guanhu::policy
