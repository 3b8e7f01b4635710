// Equality, order, membership: the semantics of =, <, in, between (DMN 1.5, tables 49-54).
// nullopt is FEEL's null: the values cannot be compared.
#pragma once
#include <optional>

#include "feel/ast.h"
#include "feel/value.h"

namespace guanhu::feel {

// Different kinds (other than null) cannot be compared; null equals null only.
std::optional<bool> equal(const Value& a, const Value& b);
// Less than 0, 0, more than 0; only values of one ordered kind. Dates and dates with times compare as
// moments where one of them has a time.
std::optional<int> order(const Value& a, const Value& b);
std::optional<bool> compare(Op op, const Value& a, const Value& b);
std::optional<bool> contains(const Range& range, const Value& value);
// "value in test": a range contains it, a list has an equal element or a range that contains it,
// otherwise it is equal.
std::optional<bool> matches_test(const Value& value, const Value& test);
// The same kind, the same value, the same zone: the function is().
bool identical(const Value& a, const Value& b);

}  // namespace guanhu::feel
