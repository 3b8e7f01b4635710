#include "policy/pack.h"

#include <algorithm>

namespace guanhu::policy {

namespace {
template <class T>
const T* named(const std::vector<T>& among, std::string_view name) {
  auto at = std::find_if(among.begin(), among.end(), [&](const T& one) { return one.name == name; });
  return at == among.end() ? nullptr : &*at;
}
}  // namespace

std::optional<base::Decimal> Parameter::on(base::Date day) const {
  for (const DatedValue& dated : values)
    if ((!dated.from || *dated.from <= day) && (!dated.to || day <= *dated.to)) return dated.value;
  return std::nullopt;
}

const Parameter* Pack::parameter(std::string_view name) const {
  for (const Parameter& one : parameters)
    if (one.decision.empty() && one.name == name) return &one;
  return nullptr;
}

const Parameter* Pack::parameter_for(std::string_view decision, std::string_view name) const {
  for (const Parameter& one : parameters)
    if (!decision.empty() && one.decision == decision && one.name == name) return &one;
  if (const Parameter* own = parameter(name)) return own;
  for (const auto& imported : imports)
    if (const Parameter* other = imported->parameter(name)) return other;
  return nullptr;
}
const feel::Value* Parameter::constant_on(base::Date day) const {
  for (const DatedValue& dated : values)
    if ((!dated.from || *dated.from <= day) && (!dated.to || day <= *dated.to)) return &dated.constant;
  return nullptr;
}

const Measure* Pack::measure(std::string_view name) const { return named(measures, name); }
const Indicator* Pack::indicator(std::string_view name) const { return named(indicators, name); }
const Score* Pack::score(std::string_view name) const { return named(scores, name); }
const PeerFigure* Pack::peer(std::string_view name) const { return named(peers, name); }
const Scheme* Pack::scheme(std::string_view name) const { return named(schemes, name); }
const RecordedFact* Pack::recorded_fact(std::string_view name) const { return named(recorded, name); }
const ListFigure* Pack::list(std::string_view name) const { return named(lists, name); }

const Decision* Pack::decision(std::string_view wanted) const {
  auto at =
      std::find_if(decisions.begin(), decisions.end(), [&](const Decision& one) { return one.id == wanted; });
  return at == decisions.end() ? nullptr : &*at;
}

const NamedType* Pack::type(std::string_view name) const {
  if (const NamedType* own = named(types, name)) return own;
  for (const auto& imported : imports)
    if (const NamedType* other = named(imported->types, name)) return other;
  return nullptr;
}

const Function* Pack::function(std::string_view name) const {
  if (const Function* own = named(functions, name)) return own;
  for (const auto& imported : imports)
    if (const Function* other = named(imported->functions, name)) return other;
  return nullptr;
}

const Field* Decision::input(std::string_view name) const { return named(inputs, name); }

}  // namespace guanhu::policy
