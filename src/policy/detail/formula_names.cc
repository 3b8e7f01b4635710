// The figures a formula names.
#include <algorithm>
#include <set>

#include "feel/parser.h"
#include "policy/block_edit.h"
#include "policy/detail/formula.h"
#include "policy/formula_scope.h"

namespace guanhu::policy {

std::vector<std::string> figures_in(const Pack& pack, const std::string& formula,
                                    const std::vector<std::string>& before) {
  auto tree = feel::parse(formula, formula_scope());
  if (!tree.ok()) return before;
  auto is_figure = [&](const std::string& name) {
    return pack.measure(name) || pack.indicator(name) || pack.score(name) || pack.peer(name);
  };
  std::set<std::string> used;
  std::vector<std::string> in_order, out;
  for (const detail::UsedName& one : detail::free_names(*tree.value())) {
    // A name nobody knows is listed too when it was: that it is unknown is told once, where it is used.
    bool listed = std::find(before.begin(), before.end(), one.name) != before.end();
    if ((is_figure(one.name) || listed) && used.insert(one.name).second) in_order.push_back(one.name);
  }
  for (const auto& name : before)
    if (used.erase(name)) out.push_back(name);
  for (const auto& name : in_order)
    if (used.contains(name)) out.push_back(name);
  return out;
}

}  // namespace guanhu::policy
