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
  data_->types.back().feel = type;
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
  // A definition that refers to itself, or to a basic type of the same name, is cut off here.
  if (!making_.insert({file, name}).second) return basic_type(name);
  const ItemType* type = build_type(file, definition->second, name, 0);
  making_.erase({file, name});
  return types[name] = type;
}

const ItemType* Loader::build_type(size_t file, Element definition, const std::string& name, int depth) {
  data_->types.emplace_back();
  ItemType& type = data_->types.back();
  type.name = name;
  if (depth > kDeepestType) {
    problem(file, definition, "dmn.limit", "item components nest deeper than " + std::to_string(kDeepestType));
    return &type;
  }
  auto components = children(definition, "itemComponent");
  if (!components.empty()) {
    type.is_structure = true;
    std::vector<std::pair<std::string, feel::TypeRef>> members;
    for (Element component : components) {
      std::string member = feel::normal_name(attribute(component, "name"));
      const ItemType* made = build_type(file, component, name + "." + member, depth + 1);
      type.members.emplace_back(member, made);
      members.emplace_back(member, made->feel);
    }
    type.feel = feel::Type::context_of(std::move(members));
  } else if (Element function = child(definition, "functionItem")) {
    build_function_type(file, function, type);
  } else if (Element reference = child(definition, "typeRef")) {
    type.base = find_type(file, reference, trimmed(text_of(reference)));
    if (type.base) type.feel = type.base->feel;
  }
  finish_type(file, definition, type);
  return &type;
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
  if (making_.contains({file, name}) || name.ends_with(":Any") || name.ends_with(":any")) return nullptr;
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
