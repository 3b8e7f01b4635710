// JSON with exact numbers: a number keeps its decimal value, never a double; objects keep the order
// of their members.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/error.h"

namespace guanhu::base {

class Json;
using JsonArray = std::vector<Json>;
using JsonObject = std::vector<std::pair<std::string, Json>>;

class Json {
 public:
  Json() = default;                                                   // null
  Json(std::nullptr_t) {}                                             // NOLINT
  Json(bool b) : v_(b) {}                                             // NOLINT
  Json(Decimal d) : v_(d) {}                                          // NOLINT
  Json(int i) : v_(Decimal(i)) {}                                     // NOLINT
  Json(int64_t i) : v_(Decimal(i)) {}                                 // NOLINT
  Json(size_t i) : v_(Decimal::make(static_cast<__int128>(i), 0)) {}  // NOLINT
  Json(std::string s) : v_(std::move(s)) {}                           // NOLINT
  Json(std::string_view s) : v_(std::string(s)) {}                    // NOLINT
  Json(const char* s) : v_(std::string(s)) {}                         // NOLINT
  Json(JsonArray a) : v_(std::move(a)) {}                             // NOLINT
  Json(JsonObject o) : v_(std::move(o)) {}                            // NOLINT

  bool is_null() const { return v_.index() == 0; }
  const bool* as_bool() const { return std::get_if<bool>(&v_); }
  const Decimal* as_number() const { return std::get_if<Decimal>(&v_); }
  const std::string* as_string() const { return std::get_if<std::string>(&v_); }
  const JsonArray* as_array() const { return std::get_if<JsonArray>(&v_); }
  const JsonObject* as_object() const { return std::get_if<JsonObject>(&v_); }
  JsonArray* as_array() { return std::get_if<JsonArray>(&v_); }
  JsonObject* as_object() { return std::get_if<JsonObject>(&v_); }
  // The member of an object, or nullptr (also when this is no object).
  const Json* find(std::string_view name) const;

  // The whole text must be one JSON document; errors carry "line L, column C". Duplicate members,
  // nesting over 200 and numbers beyond 34 digits' range are refused.
  static Result<Json> parse(std::string_view text);
  // indent 0: one line. UTF-8 is written as it is; numbers as plain exact decimals.
  std::string dump(int indent = 0) const;

 private:
  void write(std::string& out, int indent, int depth) const;
  std::variant<std::monostate, bool, Decimal, std::string, JsonArray, JsonObject> v_;
};

}  // namespace guanhu::base
