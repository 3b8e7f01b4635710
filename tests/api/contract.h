// The contract as its readers read it: the OpenAPI document alone, without the code that made it. Holds answers
// against the JSON Schema (2020-12) of their endpoint; a keyword it does not know is a fault, so that nothing
// passes unchecked.
#pragma once
#include <regex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/json.h"

namespace guanhu::api::testing {

class Contract {
 public:
  explicit Contract(base::Json document) : document_(std::move(document)) {}

  // What is wrong with an answer; empty: it is as promised. `path` as in the contract: "/scores/{holder}".
  std::vector<std::string> faults(const std::string& method, const std::string& path, int status,
                                  const std::string& media_type, const base::Json& body) const {
    found_.clear();
    std::string lower = method;
    for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    const base::Json* answers = at({"paths", path, lower, "responses"});
    if (!answers) return {"the contract does not know " + method + " " + path};
    const base::Json* answer = answers->find(std::to_string(status));
    if (!answer && status >= 400) answer = answers->find("default");
    if (!answer) return {"the contract promises no " + std::to_string(status)};
    const base::Json* content = answer->find("content");
    if (!content) {
      if (!media_type.empty()) found_.push_back("a body though none is promised: " + media_type);
      return found_;
    }
    const base::Json* media = content->find(media_type.substr(0, media_type.find(';')));
    if (!media) return {"the contract does not promise the type '" + media_type + "'"};
    if (media_type.find("json") != media_type.npos) check(body, *media->find("schema"), "");
    return found_;
  }

 private:
  const base::Json* at(const std::vector<std::string>& names) const {
    const base::Json* here = &document_;
    for (const auto& name : names) here = here ? here->find(name) : nullptr;
    return here;
  }

  void bad(const std::string& where, const std::string& what) const {
    if (found_.size() < 20) found_.push_back((where.empty() ? "/" : where) + " " + what);
  }

  void check(const base::Json& v, const base::Json& schema, const std::string& where) const {
    for (const auto& [keyword, value] : *schema.as_object()) {
      if (keyword == "$ref") check_ref(v, *value.as_string(), where);
      else if (keyword == "anyOf") check_any(v, *value.as_array(), where);
      else if (keyword == "type") check_type(v, *value.as_string(), where);
      else if (keyword == "enum") check_enum(v, *value.as_array(), where);
      else if (keyword == "pattern") check_pattern(v, *value.as_string(), where);
      else if (keyword == "format") check_format(v, *value.as_string(), where);
      else if (keyword == "items") check_items(v, value, where);
      else if (keyword == "properties") check_properties(v, value, where);
      else if (keyword == "required") check_required(v, *value.as_array(), where);
      else if (keyword == "additionalProperties") check_additional(v, schema, value, where);
      else if (keyword != "description") bad(where, "the schema has a keyword nobody checks: " + keyword);
    }
  }

  void check_ref(const base::Json& v, const std::string& ref, const std::string& where) const {
    const std::string prefix = "#/components/schemas/";
    const base::Json* schema =
        ref.starts_with(prefix) ? at({"components", "schemas", ref.substr(prefix.size())}) : nullptr;
    if (!schema) return bad(where, "refers to nothing: " + ref);
    check(v, *schema, where);
  }

  void check_any(const base::Json& v, const base::JsonArray& alternatives, const std::string& where) const {
    std::vector<std::string> kept = std::move(found_), nearest;
    bool fits = false;
    for (const auto& one : alternatives) {
      found_.clear();
      check(v, one, where);
      if (found_.empty()) fits = true;
      if (nearest.empty() || found_.size() < nearest.size()) nearest = found_;
    }
    found_ = std::move(kept);
    if (!fits) found_.insert(found_.end(), nearest.begin(), nearest.end());
  }

  void check_type(const base::Json& v, const std::string& type, const std::string& where) const {
    bool fits = type == "object"    ? v.as_object() != nullptr
                : type == "array"   ? v.as_array() != nullptr
                : type == "string"  ? v.as_string() != nullptr
                : type == "boolean" ? v.as_bool() != nullptr
                : type == "integer" ? v.as_number() && v.as_number()->is_integer()
                : type == "null"    ? v.is_null()
                                    : false;
    if (!fits) bad(where, "is no " + type + ": " + v.dump().substr(0, 80));
  }

  void check_enum(const base::Json& v, const base::JsonArray& choices, const std::string& where) const {
    for (const auto& one : choices)
      if (one.dump() == v.dump()) return;
    bad(where, "is none of the choices: " + v.dump().substr(0, 80));
  }

  void check_pattern(const base::Json& v, const std::string& pattern, const std::string& where) const {
    if (v.as_string() && !std::regex_search(*v.as_string(), std::regex(pattern))) bad(where, "does not match");
  }

  void check_format(const base::Json& v, const std::string& format, const std::string& where) const {
    const std::string* text = v.as_string();
    if (!text || format == "decimal") return;  // its pattern says more
    bool fits = format == "date"        ? base::Date::parse(*text).has_value()
                : format == "date-time" ? base::Instant::parse(*text).has_value()
                                        : false;
    if (!fits) bad(where, "is no " + format + ": " + *text);
  }

  void check_items(const base::Json& v, const base::Json& item, const std::string& where) const {
    if (!v.as_array()) return;
    for (size_t i = 0; i < v.as_array()->size(); ++i)
      check((*v.as_array())[i], item, where + "/" + std::to_string(i));
  }

  void check_properties(const base::Json& v, const base::Json& properties, const std::string& where) const {
    if (!v.as_object()) return;
    for (const auto& [name, schema] : *properties.as_object())
      if (const base::Json* value = v.find(name)) check(*value, schema, where + "/" + name);
  }

  void check_required(const base::Json& v, const base::JsonArray& names, const std::string& where) const {
    if (!v.as_object()) return;
    for (const auto& name : names)
      if (!v.find(*name.as_string())) bad(where + "/" + *name.as_string(), "is missing");
  }

  void check_additional(const base::Json& v, const base::Json& schema, const base::Json& rest,
                        const std::string& where) const {
    if (!v.as_object()) return;
    const base::Json* properties = schema.find("properties");
    for (const auto& [name, value] : *v.as_object()) {
      if (properties && properties->find(name)) continue;
      if (rest.as_object()) check(value, rest, where + "/" + name);
      else if (rest.as_bool() && !*rest.as_bool()) bad(where + "/" + name, "is not in the contract");
    }
  }

  base::Json document_;
  mutable std::vector<std::string> found_;
};

}  // namespace guanhu::api::testing
