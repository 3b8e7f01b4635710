#include "policy/formula_scope.h"

#include "policy/detail/words.h"

namespace guanhu::policy {

std::shared_ptr<const feel::Suffixes> unit_suffixes() {
  static const auto kSuffixes = [] {
    auto out = std::make_shared<feel::Suffixes>();
    for (std::string_view unit : detail::kUnits) {
      int exponent = unit == "万元" ? 4 : unit == "亿元" ? 8 : unit == "%" ? -2 : 0;
      out->push_back({std::string(unit), exponent});
    }
    return out;
  }();
  return kSuffixes;
}

feel::Scope formula_scope() {
  feel::Scope out;
  out.allow_suffixes(unit_suffixes());
  return out;
}

}  // namespace guanhu::policy
