#include "base/json_member.h"

namespace guanhu::base {

const Json* given(const Json& of, std::string_view name) {
  const Json* member = of.find(name);
  return member && !member->is_null() ? member : nullptr;
}

Json value_in(const Json& of, std::string_view name) {
  const Json* member = of.find(name);
  return member ? *member : Json();
}

std::string text_in(const Json& of, std::string_view name) {
  const Json* member = of.find(name);
  return member && member->as_string() ? *member->as_string() : "";
}

bool flag_in(const Json& of, std::string_view name) {
  const Json* member = of.find(name);
  return member && member->as_bool() && *member->as_bool();
}

std::optional<int64_t> maybe_whole_in(const Json& of, std::string_view name) {
  const Json* member = of.find(name);
  return member && member->as_number() ? member->as_number()->to_int64() : std::nullopt;
}

int64_t whole_in(const Json& of, std::string_view name) { return maybe_whole_in(of, name).value_or(0); }

std::optional<Decimal> decimal_in(const Json& of, std::string_view name) {
  const Json* member = of.find(name);
  if (!member) return std::nullopt;
  if (member->as_number()) return *member->as_number();
  return member->as_string() ? Decimal::parse(*member->as_string()) : std::nullopt;
}

std::optional<Date> day_in(const Json& of, std::string_view name) {
  const Json* member = of.find(name);
  return member && member->as_string() ? Date::parse(*member->as_string()) : std::nullopt;
}

const JsonArray& list_in(const Json& of, std::string_view name) {
  static const JsonArray kNone;
  const Json* member = of.find(name);
  return member && member->as_array() ? *member->as_array() : kNone;
}

std::vector<std::string> texts_in(const Json& of, std::string_view name) {
  std::vector<std::string> out;
  for (const Json& one : list_in(of, name))
    if (one.as_string()) out.push_back(*one.as_string());
  return out;
}

}  // namespace guanhu::base
