#include "feel/json.h"

#include "feel/format.h"
#include "feel/temporal.h"

namespace guanhu::feel {

Value from_json(const base::Json& json) {
  if (auto* b = json.as_bool()) return Value(*b);
  if (auto* n = json.as_number()) return Value(*n);
  if (auto* s = json.as_string()) return Value::string(*s);
  if (auto* a = json.as_array()) {
    std::vector<Value> items;
    items.reserve(a->size());
    for (auto& item : *a) items.push_back(from_json(item));
    return Value::list(std::move(items));
  }
  if (auto* o = json.as_object()) {
    std::vector<std::pair<std::string, Value>> entries;
    for (auto& [name, member] : *o) entries.emplace_back(name, from_json(member));
    return Value::context(std::move(entries));
  }
  return {};
}

namespace {
using Name = Type::Name;

base::Error wrong(const base::Json& json, const Type& type, const std::string& path) {
  std::string shown = json.dump();
  if (shown.size() > 60) shown = shown.substr(0, 57) + "...";
  std::string form = type.name == Name::date              ? "\"2025-12-31\""
                     : type.name == Name::time            ? "\"08:00:00\""
                     : type.name == Name::date_time       ? "\"2025-12-31T08:00:00\""
                     : type.name == Name::days_duration   ? "\"P1DT2H\""
                     : type.name == Name::months_duration ? "\"P1Y2M\""
                                                          : "";
  return {"feel.input", "a " + type.str() + " is expected, not " + shown, path,
          form.empty() ? "" : "for example " + form};
}

base::Result<Value> list_from(const base::JsonArray& array, const Type& type, const std::string& path) {
  std::vector<Value> items;
  for (size_t i = 0; i < array.size(); ++i) {
    auto item = type.element ? from_json(array[i], *type.element, path + "[" + std::to_string(i + 1) + "]")
                             : base::Result<Value>(from_json(array[i]));
    if (!item.ok()) return item.error();
    items.push_back(std::move(item).value());
  }
  return Value::list(std::move(items));
}

base::Result<Value> context_from(const base::JsonObject& object, const Type& type, const std::string& path) {
  std::string prefix = path.empty() ? "" : path + ".";
  std::vector<std::pair<std::string, Value>> entries;
  for (auto& [name, member] : object) {
    const TypeRef* known = type.member(name);
    if (!known && !type.members.empty()) {
      std::string all;
      for (auto& [other, t] : type.members) all += (all.empty() ? "" : ", ") + other;
      return base::Error{"feel.input", "unknown entry '" + name + "'", prefix + name, "known are " + all};
    }
    auto value =
        known && *known ? from_json(member, **known, prefix + name) : base::Result<Value>(from_json(member));
    if (!value.ok()) return value.error();
    entries.emplace_back(name, std::move(value).value());
  }
  Value out = Value::context(std::move(entries));
  for (auto& [name, t] : type.members)
    if (!out.context().find(name))
      return base::Error{"feel.input", "the entry '" + name + "' is missing", prefix + name, ""};
  return out;
}
}  // namespace

base::Result<Value> from_json(const base::Json& json, const Type& type, const std::string& path) {
  if (json.is_null()) return Value();
  if (type.name == Name::any) return from_json(json);
  auto* text = json.as_string();
  std::optional<Value> read;
  switch (type.name) {
    case Name::boolean:
      if (auto* b = json.as_bool()) read = Value(*b);
      break;
    case Name::number:
      if (auto* n = json.as_number()) read = Value(*n);
      break;
    case Name::string:
      if (text) read = Value::string(*text);
      break;
    case Name::date:
      if (text) read = parse_date(*text);
      break;
    case Name::time:
      if (text) read = parse_time(*text);
      break;
    case Name::date_time:
      if (text) read = parse_date_time(*text);
      break;
    case Name::days_duration:
    case Name::months_duration:
      if (text) read = parse_duration(*text);
      if (read && !is_instance(*read, type)) read.reset();
      break;
    case Name::list:
      if (auto* a = json.as_array()) return list_from(*a, type, path);
      break;
    case Name::context:
      if (auto* o = json.as_object()) return context_from(*o, type, path);
      break;
    default: break;
  }
  if (!read) return wrong(json, type, path);
  return *read;
}

base::Json to_json(const Value& value) {
  switch (value.kind()) {
    case Kind::null: return {};
    case Kind::boolean: return value.boolean();
    case Kind::number: return value.number();
    case Kind::list: {
      base::JsonArray out;
      out.reserve(value.items().size());
      for (auto& item : value.items()) out.push_back(to_json(item));
      return out;
    }
    case Kind::context: {
      base::JsonObject out;
      const Context& c = value.context();
      for (size_t i = 0; i < c.size(); ++i) out.emplace_back(c.shape->names()[i], to_json(c.values[i]));
      return out;
    }
    default: return to_text(value);
  }
}

}  // namespace guanhu::feel
