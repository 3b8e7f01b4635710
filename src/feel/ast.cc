#include "feel/ast.h"

#include "feel/compare.h"

namespace guanhu::feel {

std::string_view op_text(Op op) {
  static constexpr std::string_view kTexts[] = {
      "", "or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "**"};
  return kTexts[static_cast<size_t>(op)];
}

void walk(const Node& node, const std::function<bool(const Node&)>& visit) {
  if (!visit(node)) return;
  for (auto& child : node.children) walk(*child, visit);
}

bool same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.op != b.op || a.text != b.text || a.names != b.names ||
      a.low_included != b.low_included || a.high_included != b.high_included || a.negated != b.negated ||
      a.children.size() != b.children.size())
    return false;
  if (a.kind == NodeKind::literal && !(a.value.kind() == b.value.kind() && equal(a.value, b.value) == true))
    return false;
  if (a.kind == NodeKind::instance_of && a.type->str() != b.type->str()) return false;
  for (size_t i = 0; i < a.children.size(); ++i)
    if (!same(*a.children[i], *b.children[i])) return false;
  return true;
}

}  // namespace guanhu::feel
