// The words a form offers for the keys of blocks: as a pack writes them in Chinese.
#pragma once
#include <span>
#include <string_view>

#include "base/json.h"
#include "policy/facts.h"

namespace guanhu::policy {

base::JsonArray aggregates_for(const FactInfo& fact);    // "日均", …: that make sense for it
base::JsonArray attributions_for(const FactInfo& fact);  // "按份额", …
base::JsonArray reaches();                               // "本期", …
std::span<const std::string_view> units();

}  // namespace guanhu::policy
