#include "policy/detail/check_tree.h"

#include <algorithm>

#include "policy/detail/formula.h"

namespace guanhu::policy::detail {

using feel::NodeKind;
using feel::Op;

namespace {

void print(const feel::Node& node, std::string& out) {
  out += "(" + std::to_string(static_cast<int>(node.kind)) + std::string(op_text(node.op)) + node.text;
  if (node.kind == NodeKind::literal) out += node.value.show(200);
  if (node.low_included) out += "[";
  if (node.high_included) out += "]";
  if (node.negated) out += "!";
  for (const std::string& name : node.names) out += name + ":";
  for (const auto& child : node.children) print(*child, out);
  out += ")";
}

}  // namespace

std::string canonical(const feel::Node& node) {
  std::string out;
  print(node, out);
  return out;
}

Op mirrored(Op op) {
  switch (op) {
    case Op::less: return Op::greater;
    case Op::less_equal: return Op::greater_equal;
    case Op::greater: return Op::less;
    case Op::greater_equal: return Op::less_equal;
    default: return op;
  }
}

Op opposite(Op op) {
  switch (op) {
    case Op::equal: return Op::not_equal;
    case Op::not_equal: return Op::equal;
    case Op::less: return Op::greater_equal;
    case Op::less_equal: return Op::greater;
    case Op::greater: return Op::less_equal;
    default: return Op::less;
  }
}

bool is_null(const feel::Node& node) { return node.kind == NodeKind::literal && node.value.is_null(); }

bool asks_input(const feel::Node& node) {
  bool found = false;
  feel::walk(node, [&](const feel::Node& part) {
    found = found || (part.kind == NodeKind::name && part.text == "?");
    return !found;
  });
  return found;
}

std::vector<std::string> names_in(const feel::Node& node) {
  std::vector<std::string> out;
  for (const UsedName& used : free_names(node))
    if (std::find(out.begin(), out.end(), used.name) == out.end()) out.push_back(used.name);
  return out;
}

}  // namespace guanhu::policy::detail
