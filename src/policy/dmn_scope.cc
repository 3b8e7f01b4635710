#include "policy/dmn_scope.h"

#include <algorithm>

#include "feel/format.h"
#include "policy/detail/text.h"
#include "policy/dmn_parts.h"
#include "policy/dmn_rewrite.h"

namespace guanhu::policy {

using base::Status;

namespace {

static const Pack* owner_of(const Pack& pack, const Function& function) {
  for (const Function& own : pack.functions)
    if (&own == &function) return &pack;
  for (const auto& imported : pack.imports)
    if (const Pack* found = owner_of(*imported, function)) return found;
  return &pack;
}

}  // namespace

std::string literal_of(const feel::Value& value) {
  if (value.is_number()) return value.number().str();
  std::string out;
  feel::write_literal(value, out, std::string::npos / 2);
  return out;
}

void collect_members(const ValueTypePtr& type, std::set<std::string>& out) {
  if (!type) return;
  collect_members(type->element, out);
  for (const Field& member : type->members) {
    out.insert(member.name);
    collect_members(member.type, out);
  }
}

bool is_step(const Body& body, const std::string& name) {
  return std::any_of(body.steps.begin(), body.steps.end(), [&](const Step& step) { return step.name == name; });
}

Status DmnScope::gather() {
  if (auto done = choose(); !done.ok()) return done;
  gather_inputs();
  if (auto done = gather_functions(); !done.ok()) return done;
  if (auto done = gather_parameters(); !done.ok()) return done;
  name_decisions();
  return {};
}

Status DmnScope::choose() {
  if (choice_.decisions.empty())
    for (const Decision& decision : pack_.decisions) add(pack_, decision);
  for (const std::string& id : choice_.decisions) {
    const Decision* found = pack_.decision(id);
    std::vector<std::string> known;
    for (const Decision& decision : pack_.decisions) known.push_back(decision.id);
    std::string near = detail::nearest(id, known);
    if (!found)
      return base::Error{"policy.dmn.decision", "制度包“" + pack_.id + "”没有决策“" + id + "”", "",
                         near.empty() ? "guanhu policy check 列出包里有什么" : "是不是“" + near + "”？"};
    add(pack_, *found);
  }
  if (items.empty())
    return base::Error{"policy.dmn.empty", "制度包“" + pack_.id + "”没有决策，没有可以导出的", "",
                       "导出的是 decision 块；考核方案和指标不是决策模型"};
  for (Item& item : items)
    if (auto done = find_names(item); !done.ok()) return done;
  return {};
}
// What it requires comes before it.
void DmnScope::add(const Pack& pack, const Decision& decision) {
  if (!seen_.insert(&decision).second) return;
  for (const Requirement& requirement : decision.requirements)
    if (auto [owner, required] = required_of(pack, requirement); required) add(*owner, *required);
  items.push_back({&pack, &decision, "", "", {}});
}
std::pair<const Pack*, const Decision*> DmnScope::required_of(const Pack& pack, const Requirement& requirement) {
  size_t slash = requirement.decision.find('/');
  if (slash == std::string::npos) return {&pack, pack.decision(requirement.decision)};
  for (const auto& imported : pack.imports)
    if (imported->id == requirement.decision.substr(0, slash))
      return {imported.get(), imported->decision(requirement.decision.substr(slash + 1))};
  return {nullptr, nullptr};
}
Status DmnScope::find_names(Item& item) {
  auto collect = [&](const std::string& text, feel::Form form) -> Status {
    auto used = free_names(text, form);
    if (!used.ok()) return used.error();
    item.names.merge(*used);
    return {};
  };
  if (auto done = each_formula(item.decision->body, collect); !done.ok()) return done;
  for (const Requirement& requirement : item.decision->requirements)
    for (const auto& argument : requirement.arguments)
      if (auto done = collect(argument.formula.text, feel::Form::expression); !done.ok()) return done;
  for (const Field& field : item.decision->inputs) collect_members(field.type, members);
  collect_members(item.decision->output, members);
  for (const NamedType& type : item.pack->types) collect_members(type.type, members);
  return {};
}

void DmnScope::gather_inputs() {
  for (const Item& item : items)
    for (const Field& field : item.decision->inputs) {
      auto [at, fresh] = inputs.emplace(field.name, field);
      if (fresh) input_order.push_back(names.take(field.name));
      else at->second.type = widened(at->second.type, field.type);
    }
}
// Functions the decisions call, and those these call, each behind what it calls.
Status DmnScope::gather_functions() {
  for (const Item& item : items)
    for (const std::string& name : item.names)
      if (auto done = add_function(*item.pack, name); !done.ok()) return done;
  return {};
}
Status DmnScope::add_function(const Pack& pack, const std::string& name) {
  const Function* function = pack.function(name);
  if (!function || functions.count(function)) return {};
  const Pack* owner = owner_of(pack, *function);
  functions[function] = {owner, "", ""};  // names stay unset until those it calls are done
  auto& uses = function_names[function];
  auto collect = [&](const std::string& text, feel::Form form) -> Status {
    auto used = free_names(text, form);
    if (!used.ok()) return used.error();
    uses.merge(*used);
    return {};
  };
  if (auto done = each_formula(function->body, collect); !done.ok()) return done;
  for (const std::string& used : uses)
    if (auto done = add_function(*owner, used); !done.ok()) return done;
  functions[function].name = names.take(function->name);
  functions[function].id = ids.take(as_id("function_" + functions[function].name));
  function_order.push_back(function);
  return {};
}

Status DmnScope::gather_parameters() {
  for (const Item& item : items)
    for (const std::string& name : item.names) {
      if (item.decision->input(name) || is_step(item.decision->body, name)) continue;
      const Parameter* parameter = item.pack->parameter_for(item.decision->id, name);
      if (!parameter || parameters.count(parameter)) continue;
      if (auto value = value_of(*parameter); !value.ok()) return value.error();
      std::string wanted = name;
      if (names.taken(wanted))
        wanted = as_name(name + "_" + (parameter->decision.empty() ? item.pack->id : parameter->decision));
      std::string own = names.take(wanted);
      parameters[parameter] = {item.pack, own, ids.take(as_id("parameter_" + own))};
      parameter_order.push_back(parameter);
    }
  return {};
}
base::Result<feel::Value> DmnScope::value_of(const Parameter& parameter) const {
  if (!choice_.on) return parameter.values.back().constant;
  if (const feel::Value* value = parameter.constant_on(*choice_.on)) return *value;
  return base::Error{"policy.dmn.parameter", "参数“" + parameter.name + "”在 " + choice_.on->str() + " 没有值",
                     parameter.origin.document + ":" + std::to_string(parameter.origin.line),
                     "换一天（--on），或者补上这一天的值"};
}

void DmnScope::name_decisions() {
  // A decision that is required must not be hidden by a step of its user.
  std::map<const Decision*, std::set<std::string>> hidden;
  for (const Item& item : items)
    for (const Requirement& requirement : item.decision->requirements)
      if (auto [owner, required] = required_of(*item.pack, requirement); required)
        for (const Step& step : item.decision->body.steps) hidden[required].insert(step.name);
  for (Item& item : items) {
    std::string wanted = as_name(item.decision->title.empty() ? item.decision->id : item.decision->title);
    if (names.taken(wanted) || hidden[item.decision].count(wanted))
      wanted = as_name(wanted + "_" + item.decision->id);
    item.name = names.take(wanted);
    item.id = ids.take(as_id(item.decision->id));
  }
}
const DmnScope::Item& DmnScope::item_of(const Decision& decision) const {
  return *std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.decision == &decision; });
}

}  // namespace guanhu::policy
