// Asks what a scheme that a decision scores stands on: the formulas of its sources, gates and lists.
#pragma once
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "feel/value.h"
#include "policy/pack.h"

namespace guanhu::policy {

// `inputs` in the order of ask.decision.inputs; null only for those among ask.tests. Parameters are those in
// force on `on`. Errors: scheme.source (the formula fails, with its place in the document).
base::Result<feel::Value> ask_formula(const Pack& pack, const FormulaAsk& ask, std::vector<feel::Value> inputs,
                                      base::Date on);

}  // namespace guanhu::policy
