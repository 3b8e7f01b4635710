// Reading members of the bodies of records; an absent member and null are the same.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/json.h"

namespace guanhu::workbench {

inline std::string text_in(const base::Json& of, std::string_view name) {
  const base::Json* found = of.find(name);
  return found && found->as_string() ? *found->as_string() : "";
}
inline int64_t whole_in(const base::Json& of, std::string_view name) {
  const base::Json* found = of.find(name);
  if (!found || !found->as_number()) return 0;
  try {
    return std::stoll(found->as_number()->str());
  } catch (const std::exception&) {
    return 0;
  }
}
inline bool flag_in(const base::Json& of, std::string_view name) {
  const base::Json* found = of.find(name);
  return found && found->as_bool() && *found->as_bool();
}
// Written as a text or as a number.
inline std::optional<base::Decimal> decimal_in(const base::Json& of, std::string_view name) {
  const base::Json* found = of.find(name);
  if (!found) return std::nullopt;
  if (found->as_number()) return *found->as_number();
  return found->as_string() ? base::Decimal::parse(*found->as_string()) : std::nullopt;
}
inline std::optional<base::Date> day_in(const base::Json& of, std::string_view name) {
  return base::Date::parse(text_in(of, name));
}
inline const base::JsonArray& list_in(const base::Json& of, std::string_view name) {
  static const base::JsonArray kNone;
  const base::Json* found = of.find(name);
  return found && found->as_array() ? *found->as_array() : kNone;
}
inline std::vector<std::string> texts_in(const base::Json& of, std::string_view name) {
  std::vector<std::string> out;
  for (const base::Json& one : list_in(of, name))
    if (one.as_string()) out.push_back(*one.as_string());
  return out;
}
inline base::Json texts_json(const std::vector<std::string>& of) { return base::JsonArray(of.begin(), of.end()); }
inline base::Json day_or_null(const std::optional<base::Date>& day) {
  return day ? base::Json(day->str()) : base::Json();
}
inline base::Json decimal_or_null(const std::optional<base::Decimal>& value) {
  return value ? base::Json(value->str()) : base::Json();
}
// Characters of a text, not bytes.
inline size_t characters(const std::string& text) {
  size_t n = 0;
  for (unsigned char c : text) n += (c & 0xC0) != 0x80;
  return n;
}

}  // namespace guanhu::workbench
