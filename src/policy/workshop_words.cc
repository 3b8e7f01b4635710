#include "policy/workshop_words.h"

#include <algorithm>

#include "policy/detail/words.h"

namespace guanhu::policy {

base::JsonArray aggregates_for(const FactInfo& fact) {
  base::JsonArray out;
  for (const auto& word : detail::kAggregates)
    if (std::find(fact.aggregates.begin(), fact.aggregates.end(), word.value) != fact.aggregates.end())
      out.push_back(std::string(word.chinese));
  return out;
}

base::JsonArray attributions_for(const FactInfo& fact) {
  base::JsonArray out;
  for (const auto& word : detail::kAttributions)
    if (std::find(fact.attributions.begin(), fact.attributions.end(), word.value) != fact.attributions.end())
      out.push_back(std::string(word.chinese));
  return out;
}

base::JsonArray reaches() {
  base::JsonArray out;
  for (const auto& word : detail::kReaches) out.push_back(std::string(word.chinese));
  return out;
}

std::span<const std::string_view> units() { return detail::kUnits; }

}  // namespace guanhu::policy
