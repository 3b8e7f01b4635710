// What a formula says, as far as the checker and the compiler of schemes need it: names, results,
// comparisons. No bank word; the tree is feel's.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "feel/ast.h"

namespace guanhu::policy::detail {

inline constexpr std::string_view kFullMark = "满分";  // what a score's formula calls its full mark

struct UsedName {
  std::string name;
  feel::SourceRange range;
  bool in_filter = false;  // it may be a member of the list's items
};

// Names the expression does not define itself (entries of contexts, loop variables, parameters), each
// time it is used, without the names of functions that are called.
std::vector<UsedName> free_names(const feel::Node& tree);

// The expressions whose value may be the result: through `if`, and the last entry of a context.
// Contexts themselves are among them, before their last entry.
std::vector<const feel::Node*> results(const feel::Node& tree);

// Whether `name` is compared with null somewhere (`name = null`, `name != null`).
bool tests_null(const feel::Node& tree, std::string_view name);
// Whether `name` is compared with anything (=, !=, <, <=, >, >=, between, in).
bool tests_value(const feel::Node& tree, std::string_view name);

// Chinese for a message of feel's parser or compiler: what is wrong, how to mend it.
struct Wording {
  std::string message, hint;
};
Wording in_chinese(const base::Error& error);

}  // namespace guanhu::policy::detail
