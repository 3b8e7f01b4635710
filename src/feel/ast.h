// The tree of an expression, with the place of every part. Other modules walk it: the policy
// checker, the translation to SQL, the export of explanations.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "feel/source.h"
#include "feel/type.h"
#include "feel/value.h"

namespace guanhu::feel {

enum class NodeKind : uint8_t {
  literal,     // value; text: the suffix of a number, which is in its value already
  name,        // text; also "?", the input of unary tests
  negate,      // children: operand
  binary,      // op; children: left, right
  between,     // children: value, low, high
  in,          // children: value, test...
  unary_test,  // op (less ... not_equal); children: operand; "< 5" in tests and "(< 5)"
  if_,         // children: condition, then, else
  for_,        // names; children: domain..., body
  some,
  every,        // names; children: domain..., condition
  iteration,    // "from..to" as a domain; children: from, to
  function,     // names, types; children: body (none when external)
  call,         // children: callee, argument...; names: of the arguments, empty when positional
  path,         // text; children: object
  filter,       // children: list, condition
  instance_of,  // type; children: operand
  list,         // children: item...
  context,      // names; children: value...
  range,        // children: low, high; low_included, high_included
  tests,        // unary tests; children: test...; negated; none: "-", everything matches
};

enum class Op : uint8_t {
  none,
  or_,
  and_,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  add,
  subtract,
  multiply,
  divide,
  power
};
std::string_view op_text(Op op);

struct Node;
using NodePtr = std::unique_ptr<Node>;

struct Node {
  NodeKind kind;
  SourceRange range;
  Op op = Op::none;
  bool low_included = false, high_included = false, negated = false;
  uint16_t depth = 1;  // of the tree below it
  std::string text;
  Value value;
  std::vector<std::string> names;
  std::vector<TypeRef> types;  // of a function's parameters; null: any
  TypeRef type;                // of instance_of
  TypeRef known;               // what the parser knows of its type; null: nothing
  // Of a name, set when the program is compiled: the scope's slot, or one of the below.
  static constexpr int kLocal = -1, kConstant = -2, kBuiltin = -3, kUnknown = -4;
  int slot = kLocal;  // a constant's value stands in `value`
  std::vector<NodePtr> children;

  const Node& child(size_t i) const { return *children[i]; }
};

// Calls `visit` for the node and everything below it, in the order of the text; where it returns
// false, what lies below is left out.
void walk(const Node& node, const std::function<bool(const Node&)>& visit);
// Whether two trees say the same, whatever their spacing.
bool same(const Node& a, const Node& b);

}  // namespace guanhu::feel
