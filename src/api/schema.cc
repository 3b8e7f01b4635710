#include "api/schema.h"

#include <algorithm>

#include "base/clock.h"
#include "base/date.h"
#include "base/length.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using Kind = Schema::Kind;

namespace {

SchemaRef of(Schema schema) { return std::make_shared<const Schema>(std::move(schema)); }
SchemaRef plain(Kind kind) { return of({.kind = kind}); }

template <class Change>
SchemaRef changed(const SchemaRef& schema, Change change) {
  Schema copy = *schema;
  change(copy);
  return of(std::move(copy));
}

bool is_optional(const Schema& s, const std::string& name) {
  return std::find(s.optional.begin(), s.optional.end(), name) != s.optional.end();
}

class Fit {
 public:
  explicit Fit(const Schemas& named) : named_(named) {}
  std::vector<Misfit> found;

  void check(const Json& v, const SchemaRef& schema, const std::string& at) {
    if (found.size() >= 50) return;
    const Schema& s = *schema;
    if (v.is_null()) {
      if (!s.nullable && s.kind != Kind::any) bad(at, "不能为空");
      return;
    }
    switch (s.kind) {
      case Kind::any: return;
      case Kind::ref: return check(v, named_.at(s.name), at);
      case Kind::list: return check_list(v, s, at);
      case Kind::object: return check_object(v, s, at);
      case Kind::map: return check_map(v, s, at);
      case Kind::either: return check_either(v, s, at);
      default: return check_scalar(v, s, at);
    }
  }

 private:
  void bad(const std::string& at, std::string message) {
    found.push_back({at.empty() ? "/" : at, std::move(message)});
  }

  void check_scalar(const Json& v, const Schema& s, const std::string& at) {
    const std::string* t = v.as_string();
    switch (s.kind) {
      case Kind::integer:
        if (!v.as_number() || !v.as_number()->is_integer()) bad(at, "应为整数");
        return;
      case Kind::boolean:
        if (!v.as_bool()) bad(at, "应为 true 或 false");
        return;
      case Kind::decimal:
        if (!t || !base::Decimal::parse(*t)) bad(at, "应为写成文本的数, 如 \"12.50\"");
        return;
      case Kind::date:
        if (!t || !base::Date::parse(*t)) bad(at, "应为日期 YYYY-MM-DD");
        return;
      case Kind::moment:
        if (!t || !base::Instant::parse(*t)) bad(at, "应为时间, 如 2025-12-31T08:00:00Z");
        return;
      case Kind::choice:
        if (!t || std::find(s.choices.begin(), s.choices.end(), *t) == s.choices.end())
          bad(at, "应为其中之一: " + joined(s.choices));
        return;
      default:
        if (!t) return bad(at, "应为文本");
        if (base::characters(*t) > s.longest) bad(at, "太长, 最多 " + std::to_string(s.longest) + " 个字");
    }
  }

  static std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& w : words) out += (out.empty() ? "" : ", ") + w;
    return out;
  }

  void check_list(const Json& v, const Schema& s, const std::string& at) {
    const JsonArray* items = v.as_array();
    if (!items) return bad(at, "应为列表");
    for (size_t i = 0; i < items->size(); ++i) check((*items)[i], s.item, at + "/" + std::to_string(i));
  }

  void check_map(const Json& v, const Schema& s, const std::string& at) {
    const JsonObject* members = v.as_object();
    if (!members) return bad(at, "应为对象");
    for (const auto& [name, value] : *members) check(value, s.item, at + "/" + name);
  }

  void check_object(const Json& v, const Schema& s, const std::string& at) {
    const JsonObject* members = v.as_object();
    if (!members) return bad(at, "应为对象");
    for (const auto& [name, schema] : s.members) {
      const Json* value = v.find(name);
      if (value) {
        check(*value, schema, at + "/" + name);
      } else if (!is_optional(s, name)) {
        bad(at + "/" + name, "缺少");
      }
    }
    if (s.open) return;
    for (const auto& [name, value] : *members)
      if (std::none_of(s.members.begin(), s.members.end(), [&](const auto& m) { return m.first == name; }))
        bad(at + "/" + name, "没有这个字段");
  }

  void check_either(const Json& v, const Schema& s, const std::string& at) {
    // Where nothing fits, the alternative that comes nearest says what is wrong.
    std::vector<Misfit> told;
    for (const auto& one : s.alternatives) {
      Fit fit(named_);
      fit.check(v, one, at);
      if (fit.found.empty()) return;
      if (told.empty() || fit.found.size() < told.size()) told = std::move(fit.found);
    }
    found.insert(found.end(), told.begin(), told.end());
  }

  const Schemas& named_;
};

JsonObject scalar_schema(const Schema& s) {
  auto formatted = [](const char* format) { return JsonObject{{"type", "string"}, {"format", format}}; };
  switch (s.kind) {
    case Kind::integer: return {{"type", "integer"}};
    case Kind::boolean: return {{"type", "boolean"}};
    case Kind::decimal: return {{"type", "string"}, {"format", "decimal"}, {"pattern", "^-?[0-9]+(\\.[0-9]+)?$"}};
    case Kind::date: return formatted("date");
    case Kind::moment: return formatted("date-time");
    case Kind::choice: {
      JsonArray choices;
      for (const auto& c : s.choices) choices.push_back(c);
      return {{"type", "string"}, {"enum", std::move(choices)}};
    }
    case Kind::text: return {{"type", "string"}};
    default: return {};
  }
}

JsonObject object_schema(const Schema& s) {
  JsonObject properties;
  JsonArray required;
  for (const auto& [name, schema] : s.members) {
    properties.emplace_back(name, to_json_schema(schema));
    if (!is_optional(s, name)) required.push_back(name);
  }
  JsonObject out = {{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) out.emplace_back("required", std::move(required));
  if (!s.open) out.emplace_back("additionalProperties", false);
  return out;
}

JsonArray any_of(const Schema& s) {
  JsonArray out;
  for (const auto& one : s.alternatives) out.push_back(to_json_schema(one));
  return out;
}

}  // namespace

SchemaRef any() { return plain(Kind::any); }
SchemaRef text(size_t longest) { return of({.kind = Kind::text, .longest = longest}); }
SchemaRef decimal() { return plain(Kind::decimal); }
SchemaRef integer() { return plain(Kind::integer); }
SchemaRef boolean() { return plain(Kind::boolean); }
SchemaRef date() { return plain(Kind::date); }
SchemaRef moment() { return plain(Kind::moment); }
SchemaRef choice(std::vector<std::string> choices) {
  return of({.kind = Kind::choice, .choices = std::move(choices)});
}
SchemaRef list(SchemaRef item) { return of({.kind = Kind::list, .item = std::move(item)}); }
SchemaRef map(SchemaRef item) { return of({.kind = Kind::map, .item = std::move(item)}); }
SchemaRef object(std::vector<std::pair<std::string, SchemaRef>> members) {
  return of({.kind = Kind::object, .members = std::move(members)});
}
SchemaRef ref(std::string name) { return of({.kind = Kind::ref, .name = std::move(name)}); }
SchemaRef either(std::vector<SchemaRef> alternatives) {
  return of({.kind = Kind::either, .alternatives = std::move(alternatives)});
}
SchemaRef nullable(SchemaRef schema) {
  return changed(schema, [](Schema& s) { s.nullable = true; });
}
SchemaRef optional(SchemaRef schema, std::vector<std::string> names) {
  return changed(schema, [&](Schema& s) { s.optional = std::move(names); });
}
SchemaRef open(SchemaRef schema) {
  return changed(schema, [](Schema& s) { s.open = true; });
}
SchemaRef described(SchemaRef schema, std::string description) {
  return changed(schema, [&](Schema& s) { s.description = std::move(description); });
}

std::vector<Misfit> misfits(const Json& value, const SchemaRef& schema, const Schemas& named) {
  Fit fit(named);
  fit.check(value, schema, "");
  return std::move(fit.found);
}

Json to_json_schema(const SchemaRef& schema) {
  const Schema& s = *schema;
  JsonObject out;
  if (s.kind == Kind::ref) out = {{"$ref", "#/components/schemas/" + s.name}};
  else if (s.kind == Kind::list) out = {{"type", "array"}, {"items", to_json_schema(s.item)}};
  else if (s.kind == Kind::map) out = {{"type", "object"}, {"additionalProperties", to_json_schema(s.item)}};
  else if (s.kind == Kind::object) out = object_schema(s);
  else if (s.kind == Kind::either) out = {{"anyOf", any_of(s)}};
  else out = scalar_schema(s);
  if (s.nullable && s.kind != Kind::any)
    out = {{"anyOf", JsonArray{Json(std::move(out)), Json(JsonObject{{"type", "null"}})}}};
  if (!s.description.empty()) out.emplace_back("description", s.description);
  return out;
}

}  // namespace guanhu::api
