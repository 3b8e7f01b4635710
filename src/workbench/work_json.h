// Reading and writing members of the bodies of records.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/json_member.h"

namespace guanhu::workbench {

using base::day_in, base::decimal_in, base::flag_in, base::list_in, base::text_in, base::texts_in, base::whole_in;

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
