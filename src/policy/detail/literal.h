// Values as people write them in cases and defaults, read with the type in mind: words, dates and texts
// need no quotes where the type says what they are.
//
//   300000 · true · null · 2024-03-01 · 自主支付 · "含 | 的文字" · [甲, 乙] · {金额: 1, 日期: 2024-01-31}
#pragma once
#include <string_view>

#include "base/json.h"
#include "policy/decision.h"

namespace guanhu::policy::detail {

// As JSON, the form that `decide` takes. What does not look like a value of the type is taken as it looks, so
// that a case can give a wrong value on purpose.
base::Json literal(std::string_view text, const ValueType& type);

}  // namespace guanhu::policy::detail
