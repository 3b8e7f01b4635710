// Item definitions: types with constraints, and how values are fitted to them. Inside of dmn only.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "feel/program.h"
#include "feel/type.h"

namespace guanhu::dmn {

struct ItemType {
  std::string name;                // for messages
  feel::TypeRef feel;              // null: any
  feel::TypeRef single;            // of one item where it is a collection, otherwise the same
  const ItemType* base = nullptr;  // of an alias, a collection or a constrained type
  std::vector<std::pair<std::string, const ItemType*>> members;  // of a structure
  bool is_structure = false;
  bool is_collection = false;               // of base, or of the structure of these members
  std::optional<feel::Program> allowed;     // of the value, or of each item of a collection
  std::optional<feel::Program> constraint;  // of the whole value
};

// The value as the type has it: unwrapped from or wrapped into a list of one, a date as date and time,
// members likewise (spec 10.3.2.9.4). Nothing when it does not fit; `why` tells. null fits every type.
std::optional<feel::Value> fit(const feel::Value& value, const ItemType& type, feel::Eval& eval, std::string& why);

}  // namespace guanhu::dmn
