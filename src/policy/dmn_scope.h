// What goes into a decision model: the decisions, all they require, and a name and an id for each. Inside
// of the exchange with decision models only.
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "policy/dmn_export.h"
#include "policy/dmn_types.h"
#include "policy/pack.h"

namespace guanhu::policy {

std::string literal_of(const feel::Value& value);
bool is_step(const Body& body, const std::string& name);
void collect_members(const ValueTypePtr& type, std::set<std::string>& out);

class DmnScope {
 public:
  struct Item {
    const Pack* pack;
    const Decision* decision;
    std::string name, id;
    std::set<std::string> names;  // that its formulas use
  };
  struct Shared {  // a function or a parameter
    const Pack* pack;
    std::string name, id;
  };

  DmnScope(const Pack& pack, const DmnChoice& choice) : pack_(pack), choice_(choice) {}
  base::Status gather();

  // The decision a requirement means and the pack it belongs to; null when there is none.
  static std::pair<const Pack*, const Decision*> required_of(const Pack& pack, const Requirement& requirement);
  const Item& item_of(const Decision& decision) const;
  base::Result<feel::Value> value_of(const Parameter& parameter) const;

  std::vector<Item> items;              // what is required before what requires it
  std::map<std::string, Field> inputs;  // shared by all that ask for the name
  std::vector<std::string> input_order;
  std::map<const Function*, Shared> functions;
  std::map<const Function*, std::set<std::string>> function_names;  // that their formulas use
  std::vector<const Function*> function_order;
  std::map<const Parameter*, Shared> parameters;
  std::vector<const Parameter*> parameter_order;
  std::set<std::string> members;  // entries of structures
  Unique ids, names;

 private:
  base::Status choose();
  void add(const Pack& pack, const Decision& decision);
  base::Status find_names(Item& item);
  void gather_inputs();
  base::Status gather_functions();
  base::Status add_function(const Pack& pack, const std::string& name);
  base::Status gather_parameters();
  void name_decisions();

  const Pack& pack_;
  const DmnChoice& choice_;
  std::set<const Decision*> seen_;
};

}  // namespace guanhu::policy
