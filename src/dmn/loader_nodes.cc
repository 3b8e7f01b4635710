// Inputs, decisions, knowledge models, services: what they are called and what they need.
#include <algorithm>

#include "dmn/loader.h"

namespace guanhu::dmn {
namespace {
constexpr size_t kLongestChain = 1000;

std::string_view kind_word(Model::Kind kind) {
  switch (kind) {
    case Model::Kind::input: return "input";
    case Model::Kind::decision: return "decision";
    case Model::Kind::knowledge: return "knowledge model";
    case Model::Kind::service: return "decision service";
  }
  return "element";
}

}  // namespace

base::Status Loader::read_nodes() {
  static constexpr std::pair<std::string_view, Model::Kind> kKinds[] = {
      {"inputData", Model::Kind::input},
      {"decision", Model::Kind::decision},
      {"businessKnowledgeModel", Model::Kind::knowledge},
      {"decisionService", Model::Kind::service}};
  for (size_t file = 0; file < files_.size(); ++file)
    for (Element element : children(files_[file].document->root()))
      for (auto& [name, kind] : kKinds)
        if (local_name(element) == name)
          if (auto status = add_node(file, element, kind); !status.ok()) return status;
  return {};
}

base::Status Loader::add_node(size_t file, Element element, Model::Kind kind) {
  NodeData& node = data_->nodes.emplace_back();
  elements_.push_back(element);
  node.kind = kind;
  node.file = file;
  node.name = feel::normal_name(attribute(element, "name"));
  Element variable = child(element, "variable");
  node.variable = feel::normal_name(attribute(variable, "name"));
  if (node.variable.empty()) node.variable = node.name;
  if (node.name.empty()) node.name = node.variable;
  node.place =
      files_[file].document->where(element) + ", " + std::string(kind_word(kind)) + " '" + node.name + "'";
  if (node.name.empty())
    return base::Error{"dmn.model", "a " + std::string(kind_word(kind)) + " has no name",
                       files_[file].document->where(element), "name it"};
  if (!files_[file].node_names.insert(node.variable).second)
    problem(file, element, "dmn.model", "two elements are named '" + node.variable + "'", "rename one");
  if (variable) node.type = type_attribute(file, variable);
  std::string id = attribute(element, "id");
  if (!id.empty() && !files_[file].nodes_by_id.emplace(id, data_->nodes.size() - 1).second)
    problem(file, element, "dmn.model", "two elements have the id '" + id + "'", "give each its own");
  return {};
}

// "#id" in the same model, "namespace#id" in any.
std::optional<size_t> Loader::find_node(size_t file, Element at) {
  std::string href = attribute(at, "href");
  size_t hash = href.find('#');
  std::string space = hash == std::string::npos ? "" : href.substr(0, hash);
  std::string id = hash == std::string::npos ? href : href.substr(hash + 1);
  for (size_t other = 0; other < files_.size(); ++other) {
    if (space.empty() ? other != file : data_->files[other].space != space) continue;
    auto found = files_[other].nodes_by_id.find(id);
    if (found != files_[other].nodes_by_id.end()) return found->second;
  }
  problem(file, at, "dmn.reference", "nothing has the id '" + href + "' that is referred to here",
          space.empty() ? "" : "the model of that namespace must be imported");
  return std::nullopt;
}

void Loader::read_references(size_t index) {
  NodeData& node = data_->nodes[index];
  if (node.kind == Model::Kind::service) return read_service(index);
  for (Element requirement : children(elements_[index], "informationRequirement"))
    for (Element target : children(requirement))
      if (local_name(target) == "requiredDecision" || local_name(target) == "requiredInput")
        if (auto found = find_node(node.file, target)) node.information.push_back(*found);
  for (Element requirement : children(elements_[index], "knowledgeRequirement"))
    for (Element target : children(requirement, "requiredKnowledge"))
      if (auto found = find_node(node.file, target)) node.knowledge.push_back(*found);
  auto wrong = [&](std::vector<size_t>& list, bool information) {
    std::erase_if(list, [&](size_t other) {
      auto kind = data_->nodes[other].kind;
      bool fits = information == (kind == Model::Kind::input || kind == Model::Kind::decision);
      if (!fits)
        problem("dmn.reference",
                "'" + data_->nodes[other].name + "' is a " + std::string(kind_word(kind)) +
                    " and cannot be required so",
                node.place);
      return !fits;
    });
  };
  wrong(node.information, true);
  wrong(node.knowledge, false);
}

void Loader::read_service(size_t index) {
  NodeData& node = data_->nodes[index];
  auto all = [&](const char* name, std::vector<size_t>& into, Model::Kind kind) {
    for (Element target : children(elements_[index], name)) {
      auto found = find_node(node.file, target);
      if (!found) continue;
      if (data_->nodes[*found].kind == kind) into.push_back(*found);
      else
        problem(node.file, target, "dmn.reference",
                "'" + data_->nodes[*found].name + "' is no " + std::string(kind_word(kind)));
    }
  };
  all("outputDecision", node.outputs, Model::Kind::decision);
  all("encapsulatedDecision", node.encapsulated, Model::Kind::decision);
  // Its parameters: input data first, then input decisions (spec 10.4).
  all("inputData", node.parameters, Model::Kind::input);
  all("inputDecision", node.parameters, Model::Kind::decision);
  if (node.outputs.empty())
    problem("dmn.model", "the decision service has no output decision", node.place, "name at least one");
}

// Decisions in an order in which each comes after what it requires; what is left over is a circle.
void Loader::check_cycles() {
  auto& nodes = data_->nodes;
  std::vector<size_t> missing(nodes.size()), depth(nodes.size(), 1), ready;
  std::vector<std::vector<size_t>> needed_by(nodes.size());
  for (size_t i = 0; i < nodes.size(); ++i) {
    missing[i] = nodes[i].information.size();
    for (size_t other : nodes[i].information) needed_by[other].push_back(i);
    if (missing[i] == 0) ready.push_back(i);
  }
  for (size_t at = 0; at < ready.size(); ++at)
    for (size_t next : needed_by[ready[at]]) {
      depth[next] = std::max(depth[next], depth[ready[at]] + 1);
      if (--missing[next] == 0) ready.push_back(next);
    }
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (depth[i] > kLongestChain) {
      problem("dmn.limit", "more than " + std::to_string(kLongestChain) + " decisions hang on each other",
              nodes[i].place);
      nodes[i].information.clear();
    }
    if (missing[i] == 0) continue;
    std::string names = nodes[i].name;
    std::set<size_t> seen{i};
    // Follow the first unfinished requirement until the circle closes.
    for (size_t at = i;;) {
      size_t next = at;
      for (size_t other : nodes[at].information)
        if (missing[other] > 0) next = other;
      names += " → " + nodes[next].name;
      if (!seen.insert(next).second || seen.size() > 20) break;
      at = next;
    }
    problem("dmn.cycle", "decisions require each other in a circle: " + names, nodes[i].place,
            "remove one of the requirements");
  }
  for (size_t i = 0; i < nodes.size(); ++i)
    if (missing[i] > 0) std::erase_if(nodes[i].information, [&](size_t other) { return missing[other] > 0; });
}

feel::TypeRef Loader::value_type(size_t index) const {
  const NodeData& node = data_->nodes[index];
  if (node.kind == Model::Kind::input || node.kind == Model::Kind::decision)
    return node.type ? node.type->feel : nullptr;
  return feel::Type::simple(feel::Type::Name::function);
}

void Loader::declare_requirement(
    size_t index, size_t required, feel::Scope& scope,
    std::map<std::string, std::vector<std::pair<std::string, feel::TypeRef>>>& imported) {
  NodeData& node = data_->nodes[index];
  const NodeData& other = data_->nodes[required];
  auto& imports = data_->files[node.file].imports;
  std::string prefix;
  if (other.file != node.file) {
    auto found =
        std::find_if(imports.begin(), imports.end(), [&](auto& import) { return import.second == other.file; });
    if (found != imports.end()) prefix = found->first;
    else
      problem("dmn.import", "'" + other.name + "' is required, but its model is not imported", node.place,
              "add an import");
  }
  if (prefix.empty()) {
    node.requirements.push_back({required, scope.declare(other.variable, value_type(required)), ""});
    return;
  }
  imported[prefix].emplace_back(other.variable, value_type(required));
  node.requirements.push_back({required, scope.declare(prefix), other.variable});
}

feel::Scope Loader::scope_of(size_t index) {
  NodeData& node = data_->nodes[index];
  feel::Scope scope = files_[node.file].scope;
  std::map<std::string, std::vector<std::pair<std::string, feel::TypeRef>>> imported;
  for (size_t required : node.information) declare_requirement(index, required, scope, imported);
  for (size_t required : node.knowledge) declare_requirement(index, required, scope, imported);
  for (auto& [prefix, members] : imported) scope.declare(prefix, feel::Type::context_of(members));
  // A knowledge model may call itself.
  if (node.kind == Model::Kind::knowledge && scope.find(node.variable) < 0)
    node.code.self = scope.declare(node.variable, feel::Type::simple(feel::Type::Name::function));
  return scope;
}

void Loader::compile_node(size_t index) {
  NodeData& node = data_->nodes[index];
  FunctionCode& code = node.code;
  code.name = node.variable;
  code.place = node.place;
  if (node.kind == Model::Kind::input) return;
  if (node.kind == Model::Kind::service) {
    for (size_t parameter : node.parameters) {
      const NodeData& other = data_->nodes[parameter];
      code.parameters.push_back({other.variable, other.type ? other.type->feel : nullptr});
      code.types.push_back(other.type);
    }
  }
  // The variable of something that can be called has the type of the function, or of its result.
  bool function_type = node.type && node.type->feel && node.type->feel->name == feel::Type::Name::function;
  code.result = node.type;
  if (function_type && node.kind != Model::Kind::decision) {
    code.result = nullptr;
    if (auto& result = node.type->feel->result; result && result->name != feel::Type::Name::any) {
      ItemType& made = data_->types.emplace_back();
      made.name = result->str();
      made.feel = made.single = result;
      code.result = &made;
    }
  }
  if (node.kind == Model::Kind::service) return;
  feel::Scope scope = scope_of(index);
  ExpressionReader reader(*this, node.file, std::string(kind_word(node.kind)) + " '" + node.name + "'");
  if (node.kind == Model::Kind::decision) {
    code.body = reader.read_child(elements_[index], scope);
    if (!code.body) problem("dmn.expression", "the decision has no expression", node.place, "add one");
  } else if (Element logic = child(elements_[index], "encapsulatedLogic")) {
    reader.read_function(logic, scope, code);
  } else {
    problem("dmn.expression", "the knowledge model has no logic", node.place, "add an encapsulatedLogic");
  }
  code.slot_count = std::max(reader.most_slots(), scope.size());
}

}  // namespace guanhu::dmn
