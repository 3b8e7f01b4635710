// Item definitions and references to types.
#include "dmn/loader.h"

namespace guanhu::dmn {
namespace {
constexpr int kDeepestType = 50;

// Names of XML Schema that models of DMN 1.1 use.
std::string schema_type(const std::string& name) {
  static const std::map<std::string, std::string> kTypes = {{"string", "string"},
                                                            {"boolean", "boolean"},
                                                            {"decimal", "number"},
                                                            {"double", "number"},
                                                            {"float", "number"},
                                                            {"integer", "number"},
                                                            {"int", "number"},
                                                            {"long", "number"},
                                                            {"short", "number"},
                                                            {"date", "date"},
                                                            {"time", "time"},
                                                            {"dateTime", "date and time"},
                                                            {"dayTimeDuration", "days and time duration"},
                                                            {"yearMonthDuration", "years and months duration"}};
  auto at = kTypes.find(name);
  return at == kTypes.end() ? "" : at->second;
}
}  // namespace

const ItemType* Loader::basic_type(const std::string& name) {
  auto known = basic_.find(name);
  if (known != basic_.end()) return known->second;
  feel::TypeRef type = feel::Type::named(name);
  if (!type) return nullptr;
  data_->types.emplace_back();
  data_->types.back().name = type->str();
  data_->types.back().feel = data_->types.back().single = type;
  return basic_[name] = &data_->types.back();
}

void Loader::read_types() {
  for (size_t file = 0; file < files_.size(); ++file)
    for (Element definition : children(files_[file].document->root(), "itemDefinition")) {
      std::string name = feel::normal_name(attribute(definition, "name"));
      if (!files_[file].definitions.emplace(name, definition).second)
        problem(file, definition, "dmn.model", "two item definitions are named '" + name + "'", "rename one");
    }
  for (size_t file = 0; file < files_.size(); ++file)
    for (auto& [name, definition] : files_[file].definitions) make_type(file, name);
  for (size_t file = 0; file < files_.size(); ++file) {
    auto declare = [&](const std::string& name, const ItemType* type) {
      files_[file].scope.declare_type(name, type && type->feel ? type->feel : feel::Type::any());
    };
    for (auto& [name, type] : files_[file].types) declare(name, type);
    for (auto& [import, imported] : data_->files[file].imports)
      for (auto& [name, type] : files_[imported].types) declare(import.empty() ? name : import + "." + name, type);
  }
}

const ItemType* Loader::make_type(size_t file, const std::string& name) {
  auto& types = files_[file].types;
  if (auto known = types.find(name); known != types.end()) return known->second;
  auto definition = files_[file].definitions.find(name);
  if (definition == files_[file].definitions.end()) return nullptr;
  for (size_t i = 0; i < making_.size(); ++i) {
    if (making_[i].file != file || making_[i].name != name) continue;
    if (const ItemType* basic = basic_type(name)) return basic;  // an item definition may bear its name
    for (size_t inner = i + 1; inner < making_.size(); ++inner)
      if (making_[inner].name.empty()) return making_[i].type;
    problem(file, definition->second, "dmn.cycle", "the item definition '" + name + "' is defined by itself",
            "name another type");
    return nullptr;
  }
  ItemType& type = data_->types.emplace_back();
  type.name = name;
  making_.push_back({file, name, &type});
  build_type(file, definition->second, type, 0);
  making_.pop_back();
  return types[name] = &type;
}

void Loader::build_type(size_t file, Element definition, ItemType& type, int depth) {
  if (depth > kDeepestType || making_.size() > 10 * kDeepestType)
    return problem(file, definition, "dmn.limit",
                   "item definitions nest deeper than " + std::to_string(kDeepestType));
  auto components = children(definition, "itemComponent");
  if (!components.empty()) {
    type.is_structure = true;
    making_.push_back({file, "", nullptr});
    std::vector<std::pair<std::string, feel::TypeRef>> members;
    for (Element component : components) {
      std::string name = feel::normal_name(attribute(component, "name"));
      ItemType& member = data_->types.emplace_back();
      member.name = type.name + "." + name;
      build_type(file, component, member, depth + 1);
      type.members.emplace_back(name, &member);
      members.emplace_back(name, member.feel);
    }
    making_.pop_back();
    type.feel = feel::Type::context_of(std::move(members));
  } else if (Element function = child(definition, "functionItem")) {
    build_function_type(file, function, type);
  } else if (Element reference = child(definition, "typeRef")) {
    type.base = find_type(file, reference, trimmed(text_of(reference)));
    if (type.base) type.feel = type.base->feel;
  }
  finish_type(file, definition, type);
}

void Loader::build_function_type(size_t file, Element item, ItemType& type) {
  std::vector<feel::TypeRef> parameters;
  std::vector<std::string> names;
  for (Element parameter : children(item, "parameters")) {
    const ItemType* own = type_attribute(file, parameter);
    parameters.push_back(own && own->feel ? own->feel : feel::Type::any());
    names.push_back(feel::normal_name(attribute(parameter, "name")));
  }
  const ItemType* result = find_type(file, item, attribute(item, "outputTypeRef"));
  type.feel = feel::Type::function_of(std::move(parameters),
                                      result && result->feel ? result->feel : feel::Type::any(), std::move(names));
}

void Loader::finish_type(size_t file, Element definition, ItemType& type) {
  type.is_collection = flag(definition, "isCollection");
  type.single = type.feel;
  if (type.is_collection) type.feel = feel::Type::list_of(type.feel ? type.feel : feel::Type::any());
  feel::Scope scope;
  if (Element allowed = child(definition, "allowedValues")) type.allowed = unary_tests(file, allowed, scope);
  if (Element constraint = child(definition, "typeConstraint"))
    type.constraint = unary_tests(file, constraint, scope);
}

std::optional<feel::Program> Loader::unary_tests(size_t file, Element at, const feel::Scope& scope) {
  std::string text = inner_text(at);
  if (text.empty()) return std::nullopt;
  auto program = feel::compile(text, scope, {feel::Form::unary_tests, true});
  if (program.ok()) return std::move(*program);
  problem(file, at, "dmn.expression", program.error().message + ", in '" + text + "' at " + program.error().where,
          program.error().hint);
  return std::nullopt;
}

const ItemType* Loader::find_type(size_t file, Element at, const std::string& reference) {
  std::string name = feel::normal_name(reference);
  if (name.empty() || name == "Any" || name == "feel:Any") return nullptr;
  if (const ItemType* found = lookup_type(file, at, name))
    return found->feel && found->feel->name == feel::Type::Name::any ? nullptr : found;
  if (files_[file].definitions.contains(name) || name.ends_with(":Any") || name.ends_with(":any")) return nullptr;
  problem(file, at, "dmn.reference", "the type '" + name + "' is unknown",
          "define an item of that name, or import its model");
  return nullptr;
}

const ItemType* Loader::lookup_type(size_t file, Element at, const std::string& name) {
  if (const ItemType* own = make_type(file, name)) return own;
  if (const ItemType* basic = basic_type(name)) return basic;
  if (size_t colon = name.find(':'); colon != std::string::npos) {
    std::string prefix = name.substr(0, colon), local = name.substr(colon + 1);
    std::string space = namespace_of(at, prefix);
    if (prefix == "feel" || space.find("/FEEL") != std::string::npos) return basic_type(local);
    if (prefix == "xsd" || prefix == "xs" || space == "http://www.w3.org/2001/XMLSchema")
      return basic_type(schema_type(local));
    for (size_t other = 0; other < files_.size() && !space.empty(); ++other)
      if (data_->files[other].space == space) return make_type(other, local);
    if (auto import = data_->files[file].imports.find(prefix); import != data_->files[file].imports.end())
      return make_type(import->second, local);
  }
  for (auto& [import, imported] : data_->files[file].imports) {
    if (import.empty()) {
      if (const ItemType* found = make_type(imported, name)) return found;
    } else if (name.starts_with(import + ".")) {
      if (const ItemType* found = make_type(imported, name.substr(import.size() + 1))) return found;
    }
  }
  return nullptr;
}

}  // namespace guanhu::dmn
