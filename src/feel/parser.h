// Text to tree. Which names exist decides where a name ends ("Monthly Salary" is one name when the
// scope knows it), so the scope is needed here already.
#pragma once
#include <string_view>

#include "base/error.h"
#include "feel/ast.h"
#include "feel/scope.h"

namespace guanhu::feel {

enum class Form {
  expression,   // any FEEL expression
  unary_tests,  // the cell of a decision table: "-", "< 5, [10..20]", "not("a", "b")"
};

// Errors: code "feel.syntax", where "line:column". Names are not checked here, only delimited.
base::Result<NodePtr> parse(std::string_view source, const Scope& scope, Form form = Form::expression);

}  // namespace guanhu::feel
