// JSON in, JSON out. Numbers stay exact; JSON has no dates, so they come and go as strings.
#pragma once
#include "base/error.h"
#include "base/json.h"
#include "feel/type.h"
#include "feel/value.h"

namespace guanhu::feel {

// null, booleans, numbers, strings, lists, contexts; dates stay strings.
Value from_json(const base::Json& json);
// As the type asks: strings become dates, times and durations where it says so, members are followed.
// Errors ("feel.input"): a value of another type, a missing or unknown member; where: `path` extended
// ("申请.金额", "[3].日期"). null is taken for every type.
base::Result<Value> from_json(const base::Json& json, const Type& type, const std::string& path = "");

// Dates and durations in ISO form; ranges and functions as the text that string() gives.
base::Json to_json(const Value& value);

}  // namespace guanhu::feel
