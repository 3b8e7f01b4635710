// What the checks ask of an expression's tree.
#pragma once
#include <string>
#include <vector>

#include "feel/ast.h"

namespace guanhu::policy::detail {

// The expression whatever its spacing.
std::string canonical(const feel::Node& node);
// `a op b` as `b op a`.
feel::Op mirrored(feel::Op op);
// What holds when `a op b` does not.
feel::Op opposite(feel::Op op);
bool is_null(const feel::Node& node);
// Whether the text names "?" somewhere.
bool asks_input(const feel::Node& node);
// The names it uses and does not bind itself.
std::vector<std::string> names_in(const feel::Node& node);

}  // namespace guanhu::policy::detail
