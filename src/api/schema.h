// The shape of what goes over the wire: declared once per endpoint, used to check requests, to check
// answers in tests, and to write the OpenAPI document.
//
//   object({{"login", text()}, {"password", text()}})
//   object({{"items", list(ref("RankingItem"))}, {"total", integer()}})
#pragma once
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace guanhu::api {

struct Schema;
using SchemaRef = std::shared_ptr<const Schema>;

struct Schema {
  enum class Kind { any, text, decimal, integer, boolean, date, moment, choice, list, object, map, ref, either };
  Kind kind = Kind::any;
  bool nullable = false;
  std::string description;
  std::vector<std::string> choices;                        // choice
  SchemaRef item;                                          // list, map
  std::string name;                                        // ref: the named schema
  std::vector<std::pair<std::string, SchemaRef>> members;  // object, in order
  std::vector<std::string> optional;                       // members that may be absent
  std::vector<SchemaRef> alternatives;                     // either: fits when one of them does
  bool open = false;                                       // object: other members are allowed
  size_t longest = 4000;                                   // text: bytes
};

SchemaRef any();
SchemaRef text(size_t longest = 4000);
SchemaRef decimal();  // an exact decimal as a string
SchemaRef integer();
SchemaRef boolean();
SchemaRef date();
SchemaRef moment();
SchemaRef choice(std::vector<std::string> choices);
SchemaRef list(SchemaRef item);
SchemaRef map(SchemaRef item);  // object with free names
SchemaRef object(std::vector<std::pair<std::string, SchemaRef>> members);
SchemaRef ref(std::string name);
SchemaRef either(std::vector<SchemaRef> alternatives);
SchemaRef nullable(SchemaRef schema);
SchemaRef optional(SchemaRef object_schema, std::vector<std::string> names);
SchemaRef open(SchemaRef object_schema);
SchemaRef described(SchemaRef schema, std::string description);

using Schemas = std::map<std::string, SchemaRef>;  // the named ones

struct Misfit {
  std::string where;    // "/password", "/items/3/total"
  std::string message;  // Chinese, for the person who filled in the form
};
// Every place where `value` does not fit; at most 50.
std::vector<Misfit> misfits(const base::Json& value, const SchemaRef& schema, const Schemas& named);

// JSON Schema (2020-12) as OpenAPI 3.1 wants it.
base::Json to_json_schema(const SchemaRef& schema);

}  // namespace guanhu::api
