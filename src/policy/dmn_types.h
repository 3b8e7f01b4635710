// Types of a pack as item definitions of a decision model, and the names and ids of its elements. Inside
// of the exchange with decision models only.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "dmn/document.h"
#include "policy/decision.h"

namespace guanhu::policy {

// Unique texts: the first who asks has what he wants, the others a number behind it.
class Unique {
 public:
  std::string take(const std::string& wanted);
  bool taken(const std::string& name) const { return taken_.count(name) != 0; }

 private:
  std::set<std::string> taken_;
};

// Without what an id of XML or a name of FEEL cannot hold.
std::string as_id(std::string_view text);
std::string as_name(std::string_view text);

class DmnTypes {
 public:
  explicit DmnTypes(Unique& ids) : ids_(ids) {}
  // The typeRef; "" for anything. `hint`: what an unnamed type is called after.
  std::string reference(const ValueTypePtr& type, const std::string& hint);
  std::vector<dmn::TypeText> take() { return std::move(types_); }

 private:
  std::string define(const ValueType& type, const std::string& hint);
  dmn::TypeText build(const ValueType& type, const std::string& hint);

  Unique& ids_;
  Unique names_;
  std::map<std::string, std::string> known_;  // what the type says -> its name
  std::vector<dmn::TypeText> types_;
};

// The allowed values as unary tests; "" when any value is allowed.
std::string allowed_values(const ValueType& type);
// One type that takes every value of both: of inputs with the same name.
ValueTypePtr widened(const ValueTypePtr& a, const ValueTypePtr& b);

}  // namespace guanhu::policy
