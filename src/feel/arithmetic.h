// + - * / ** and the sign, over numbers, strings, dates, times and durations (DMN 1.5, tables 55-59).
#pragma once
#include <optional>

#include "feel/ast.h"
#include "feel/value.h"

namespace guanhu::feel {

// Nothing where FEEL says null: kinds that do not go together, division by zero, overflow.
std::optional<Value> calculate(Op op, const Value& a, const Value& b);
std::optional<Value> negate(const Value& value);
// Why calculate() gave nothing, for the person who wrote the formula.
std::string why_not(Op op, const Value& a, const Value& b);

}  // namespace guanhu::feel
