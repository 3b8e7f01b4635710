// The type of a value, for scopes whose inputs are known only as values (the command line, tests).
#pragma once
#include "feel/type.h"

namespace guanhu::feel {

// Contexts with the types of their entries; lists whose items are contexts with all entries any of
// them has. null: unknown.
TypeRef infer_type(const Value& value);

}  // namespace guanhu::feel
