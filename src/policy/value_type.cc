// Values checked against types.
#include <algorithm>

#include "feel/format.h"
#include "feel/temporal.h"
#include "policy/decision.h"
#include "policy/detail/text.h"

namespace guanhu::policy {

namespace {

using feel::Kind;
using feel::Value;

std::string_view kind_text(TypeKind kind) {
  constexpr std::string_view kNames[] = {"any",    "boolean",       "number",        "string",          "date",
                                         "time",   "date and time", "days duration", "months duration", "list",
                                         "context"};
  return kNames[static_cast<size_t>(kind)];
}

// What is asked for, in a sentence: "要的是 …".
std::string wanted(const ValueType& type) {
  switch (type.kind) {
    case TypeKind::boolean: return "true 或 false";
    case TypeKind::number: return type.integer ? "整数" : "数字";
    case TypeKind::string: return type.words.empty() ? "文字" : "文字，可取 " + detail::joined(type.words, " / ");
    case TypeKind::date: return "日期，如 \"2025-12-31\"";
    case TypeKind::time: return "时刻，如 \"08:30:00\"";
    case TypeKind::date_time: return "日期和时刻，如 \"2025-12-31T08:30:00\"";
    case TypeKind::days_duration: return "时长，如 \"P3D\"";
    case TypeKind::months_duration: return "月数时长，如 \"P1Y2M\"";
    case TypeKind::list: return "列表";
    case TypeKind::context: return "一组有名称的值";
    default: return "一个值";
  }
}

std::string shown(const base::Json& json) {
  std::string text = json.dump();
  return text.size() > 60 ? text.substr(0, 54) + "…" : text;
}

std::nullopt_t refuse(Misfit& misfit, const char* code, const std::string& path, std::string message) {
  misfit = {code, path, std::move(message)};
  return std::nullopt;
}

std::string named(const std::string& path) { return path.empty() ? "结果" : "“" + path + "”"; }

bool in_range(const base::Decimal& number, const ValueType& type) {
  if (type.low && (type.low->included ? number < type.low->value : number <= type.low->value)) return false;
  return !type.high || (type.high->included ? number <= type.high->value : number < type.high->value);
}

std::string range_text(const ValueType& type) {
  std::string out;
  if (type.low) out += (type.low->included ? ">= " : "> ") + type.low->value.str();
  if (type.high)
    out += (out.empty() ? "" : " ") + std::string(type.high->included ? "<= " : "< ") + type.high->value.str();
  return out;
}

bool check_number(const base::Decimal& number, const ValueType& type, const std::string& path, Misfit& misfit) {
  if (type.integer && !number.is_integer()) {
    refuse(misfit, "integer", path, named(path) + "要的是整数，不能是 " + number.str());
    return false;
  }
  if (!in_range(number, type)) {
    refuse(misfit, "range", path, named(path) + "是 " + number.str() + "，要 " + range_text(type));
    return false;
  }
  return true;
}

bool check_word(const std::string& word, const ValueType& type, const std::string& path, Misfit& misfit) {
  if (type.words.empty() || std::find(type.words.begin(), type.words.end(), word) != type.words.end()) return true;
  std::string near = detail::nearest(word, type.words);
  refuse(misfit, "allowed", path,
         named(path) + "不能是“" + word + "”，可取 " + detail::joined(type.words, " / ") +
             (near.empty() ? "" : "；是不是“" + near + "”？"));
  return false;
}

std::optional<Value> read_temporal(const std::string& text, const ValueType& type) {
  switch (type.kind) {
    case TypeKind::date: return feel::parse_date(text);
    case TypeKind::time: return feel::parse_time(text);
    case TypeKind::date_time: return feel::parse_date_time(text);
    default: {
      auto read = feel::parse_duration(text);
      Kind kind = type.kind == TypeKind::days_duration ? Kind::days_duration : Kind::months_duration;
      return read && read->is(kind) ? read : std::nullopt;
    }
  }
}

std::optional<Value> read_list(const base::JsonArray& array, const ValueType& type, const std::string& path,
                               Misfit& misfit) {
  std::vector<Value> items;
  items.reserve(array.size());
  for (size_t i = 0; i < array.size(); ++i) {
    auto item = read_value(array[i], *type.element, path + "[" + std::to_string(i + 1) + "]", misfit);
    if (!item) return std::nullopt;
    items.push_back(std::move(*item));
  }
  return Value::list(std::move(items));
}

std::optional<Value> read_context(const base::Json& json, const ValueType& type, const std::string& path,
                                  Misfit& misfit) {
  const std::string prefix = path.empty() ? "" : path + ".";
  std::vector<std::pair<std::string, Value>> entries;
  entries.reserve(type.members.size());
  for (const Field& member : type.members) {
    const base::Json* given = json.find(member.name);
    if (given && !given->is_null()) {
      auto value = read_value(*given, *member.type, prefix + member.name, misfit);
      if (!value) return std::nullopt;
      entries.emplace_back(member.name, std::move(*value));
    } else if (member.optional) {
      entries.emplace_back(member.name, member.otherwise.value_or(Value()));
    } else {
      const char* code = given ? "null" : "missing";
      return refuse(misfit, code, prefix + member.name,
                    (given ? "没有填“" : "缺少“") + prefix + member.name + "”");
    }
  }
  for (const auto& [name, ignored] : *json.as_object())
    if (!type.member(name)) {
      std::vector<std::string> known;
      for (const Field& member : type.members) known.push_back(member.name);
      std::string near = detail::nearest(name, known);
      return refuse(misfit, "unknown", prefix + name,
                    "没有“" + prefix + name + "”这一项" + (near.empty() ? "" : "；是不是“" + near + "”？"));
    }
  return Value::context(std::move(entries));
}

// The value as it looks, for `any`.
Value plain_value(const base::Json& json) {
  if (const bool* flag = json.as_bool()) return Value(*flag);
  if (const auto* number = json.as_number()) return Value(*number);
  if (const auto* text = json.as_string()) return Value::string(*text);
  if (const auto* array = json.as_array()) {
    std::vector<Value> items;
    for (const base::Json& item : *array) items.push_back(plain_value(item));
    return Value::list(std::move(items));
  }
  std::vector<std::pair<std::string, Value>> entries;
  if (const auto* object = json.as_object())
    for (const auto& [name, value] : *object) entries.emplace_back(name, plain_value(value));
  return json.as_object() ? Value::context(std::move(entries)) : Value();
}

}  // namespace

std::optional<Value> read_value(const base::Json& json, const ValueType& type, const std::string& path,
                                Misfit& misfit) {
  if (json.is_null()) {
    if (type.nullable || type.kind == TypeKind::any) return Value();
    return refuse(misfit, "null", path, "没有填" + named(path));
  }
  auto wrong = [&] {
    return refuse(misfit, "type", path, named(path) + "要的是" + wanted(type) + "，不能是 " + shown(json));
  };
  switch (type.kind) {
    case TypeKind::any: return plain_value(json);
    case TypeKind::boolean:
      if (const bool* flag = json.as_bool()) return Value(*flag);
      return wrong();
    case TypeKind::number: {
      const base::Decimal* number = json.as_number();
      if (!number) return wrong();
      if (!check_number(*number, type, path, misfit)) return std::nullopt;
      return Value(*number);
    }
    case TypeKind::string: {
      const std::string* text = json.as_string();
      if (!text) return wrong();
      if (!check_word(*text, type, path, misfit)) return std::nullopt;
      return Value::string(*text);
    }
    case TypeKind::list: {
      const base::JsonArray* array = json.as_array();
      return array ? read_list(*array, type, path, misfit) : wrong();
    }
    case TypeKind::context: return json.as_object() ? read_context(json, type, path, misfit) : wrong();
    default: {
      const std::string* text = json.as_string();
      if (!text) return wrong();
      auto read = read_temporal(*text, type);
      if (read) return read;
      bool form = type.kind == TypeKind::date && text->size() == 10 && (*text)[4] == '-' && (*text)[7] == '-';
      if (!form) return wrong();
      return refuse(misfit, "date", path, named(path) + "是 " + *text + "，没有这一天");
    }
  }
}

namespace {

bool is_kind(const Value& value, TypeKind kind) {
  constexpr Kind kKinds[] = {Kind::null,   Kind::boolean,   Kind::number,        Kind::string,          Kind::date,
                             Kind::time,   Kind::date_time, Kind::days_duration, Kind::months_duration, Kind::list,
                             Kind::context};
  return kind == TypeKind::any || value.is(kKinds[static_cast<size_t>(kind)]);
}

bool check_parts(const Value& value, const ValueType& type, const std::string& path, Misfit& misfit) {
  if (type.kind == TypeKind::list) {
    const auto& items = value.items();
    for (size_t i = 0; i < items.size(); ++i)
      if (!check_value(items[i], *type.element, path + "[" + std::to_string(i + 1) + "]", misfit)) return false;
    return true;
  }
  const std::string prefix = path.empty() ? "" : path + ".";
  const feel::Context& context = value.context();
  for (const Field& member : type.members) {
    const Value* part = context.find(member.name);
    if (!part) {
      refuse(misfit, "missing", prefix + member.name, "缺少“" + prefix + member.name + "”");
      return false;
    }
    if (!check_value(*part, *member.type, prefix + member.name, misfit)) return false;
  }
  return true;
}

}  // namespace

bool check_value(const Value& value, const ValueType& type, const std::string& path, Misfit& misfit) {
  if (value.is_null()) {
    if (type.nullable || type.kind == TypeKind::any) return true;
    refuse(misfit, "null", path, named(path) + "没有值");
    return false;
  }
  if (!is_kind(value, type.kind)) {
    refuse(misfit, "type", path, named(path) + "要的是" + wanted(type) + "，却是 " + value.show());
    return false;
  }
  switch (type.kind) {
    case TypeKind::number: return check_number(value.number(), type, path, misfit);
    case TypeKind::string: return check_word(value.text(), type, path, misfit);
    case TypeKind::list: return !type.element || check_parts(value, type, path, misfit);
    case TypeKind::context: return check_parts(value, type, path, misfit);
    default: return true;
  }
}

const Field* ValueType::member(std::string_view wanted_name) const {
  auto at =
      std::find_if(members.begin(), members.end(), [&](const Field& one) { return one.name == wanted_name; });
  return at == members.end() ? nullptr : &*at;
}

std::string ValueType::str() const {
  std::string out = name;
  if (out.empty() && kind == TypeKind::list) out = "list<" + (element ? element->str() : "any") + ">";
  if (out.empty() && kind == TypeKind::context) {
    for (const Field& one : members) out += (out.empty() ? "{" : ", ") + one.name + ": " + one.type->str();
    out = out.empty() ? "{}" : out + "}";
  }
  if (out.empty() && !words.empty())
    out = words.size() == 1 ? "\"" + words[0] + "\"" : detail::joined(words, " | ");
  if (out.empty() && kind == TypeKind::number) {
    out = integer ? "integer" : "";
    if (!unit.empty() || !integer) out += (out.empty() ? "" : " ") + (unit.empty() ? std::string("number") : unit);
    if (std::string range = range_text(*this); !range.empty()) out += " " + range;
  }
  if (out.empty()) out = kind_text(kind);
  return out + (nullable ? "?" : "");
}

feel::TypeRef ValueType::feel() const {
  using Name = feel::Type::Name;
  constexpr Name kNames[] = {Name::any,    Name::boolean,   Name::number,        Name::string,          Name::date,
                             Name::time,   Name::date_time, Name::days_duration, Name::months_duration, Name::list,
                             Name::context};
  if (kind == TypeKind::list) return feel::Type::list_of(element ? element->feel() : feel::Type::any());
  if (kind == TypeKind::context) {
    std::vector<std::pair<std::string, feel::TypeRef>> parts;
    for (const Field& one : members) parts.emplace_back(one.name, one.type->feel());
    return feel::Type::context_of(std::move(parts));
  }
  return feel::Type::simple(kNames[static_cast<size_t>(kind)]);
}

}  // namespace guanhu::policy
