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

const Parameter* Pack::parameter(std::string_view name) const { return named(parameters, name); }
const Measure* Pack::measure(std::string_view name) const { return named(measures, name); }
const Indicator* Pack::indicator(std::string_view name) const { return named(indicators, name); }
const Score* Pack::score(std::string_view name) const { return named(scores, name); }
const PeerFigure* Pack::peer(std::string_view name) const { return named(peers, name); }
const Scheme* Pack::scheme(std::string_view name) const { return named(schemes, name); }

}  // namespace guanhu::policy
