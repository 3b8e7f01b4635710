#include "feel/infer.h"

#include "feel/function.h"

namespace guanhu::feel {
namespace {
TypeRef infer_list(const std::vector<Value>& items) {
  std::vector<std::pair<std::string, TypeRef>> members;
  for (auto& item : items) {
    if (!item.is(Kind::context)) return Type::simple(Type::Name::list);
    const Context& c = item.context();
    for (size_t i = 0; i < c.size(); ++i) {
      const std::string& name = c.shape->names()[i];
      bool known = false;
      for (auto& [other, type] : members) {
        if (other != name) continue;
        known = true;
        TypeRef own = infer_type(c.values[i]);  // entries of several kinds: nothing is known of them
        if (!type || !own || type->str() != own->str()) type = nullptr;
      }
      if (!known) members.emplace_back(name, infer_type(c.values[i]));
    }
  }
  return items.empty() ? Type::simple(Type::Name::list) : Type::list_of(Type::context_of(std::move(members)));
}
}  // namespace

TypeRef infer_type(const Value& value) {
  switch (value.kind()) {
    case Kind::null: return nullptr;
    case Kind::list: return infer_list(value.items());
    case Kind::context: {
      std::vector<std::pair<std::string, TypeRef>> members;
      const Context& c = value.context();
      for (size_t i = 0; i < c.size(); ++i) members.emplace_back(c.shape->names()[i], infer_type(c.values[i]));
      return Type::context_of(std::move(members));
    }
    case Kind::function: {
      std::vector<TypeRef> types;
      std::vector<std::string> names;
      for (auto& p : value.function().parameters()) types.push_back(p.type), names.push_back(p.name);
      return Type::function_of(std::move(types), value.function().result_type(), std::move(names));
    }
    default: return Type::named(kind_name(value.kind()));
  }
}

}  // namespace guanhu::feel
