// From XML to a model, in passes: files and imports, types, nodes, references, expressions. Inside of
// dmn only.
#pragma once
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "dmn/model_data.h"
#include "dmn/table.h"
#include "dmn/xml.h"

namespace guanhu::dmn {

class Loader {
 public:
  Loader() : data_(std::make_shared<ModelData>()) {}
  // Structural failures; everything else goes to data().problems.
  base::Status run(const std::vector<Source>& sources);
  std::shared_ptr<ModelData> data() { return data_; }

 private:
  friend class ExpressionReader;
  struct File {
    std::shared_ptr<XmlDocument> document;
    std::map<std::string, const ItemType*> types;  // by normal name
    std::map<std::string, Element> definitions;    // item definitions not yet made, by name
    std::unordered_map<std::string, size_t> nodes_by_id;
    std::set<std::string> node_names;
    feel::Scope scope;  // with the names of the types
  };

  void problem(const char* code, std::string message, const std::string& where, std::string hint = "");
  void problem(size_t file, Element at, const char* code, std::string message, std::string hint = "");

  // loader_files.cc
  base::Status read_files(const std::vector<Source>& sources);
  base::Status read_imports(size_t file);

  // loader_types.cc
  void read_types();
  const ItemType* make_type(size_t file, const std::string& name);
  void build_type(size_t file, Element definition, ItemType& type, int depth);
  void build_function_type(size_t file, Element item, ItemType& type);
  void finish_type(size_t file, Element definition, ItemType& type);
  const ItemType* basic_type(const std::string& name);
  // A typeRef; null: none given, Any, or unknown (a problem).
  const ItemType* find_type(size_t file, Element at, const std::string& reference);
  const ItemType* lookup_type(size_t file, Element at, const std::string& name);
  const ItemType* type_attribute(size_t file, Element at) { return find_type(file, at, attribute(at, "typeRef")); }
  std::optional<feel::Program> unary_tests(size_t file, Element at, const feel::Scope& scope);

  // loader_nodes.cc
  base::Status read_nodes();
  base::Status add_node(size_t file, Element element, Model::Kind kind);
  void read_references(size_t node);
  void read_service(size_t node);
  std::optional<size_t> find_node(size_t file, Element at);
  void check_cycles();
  void compile_node(size_t node);
  feel::Scope scope_of(size_t node);
  void declare_requirement(size_t node, size_t required, feel::Scope& scope,
                           std::map<std::string, std::vector<std::pair<std::string, feel::TypeRef>>>& imported);
  feel::TypeRef value_type(size_t node) const;

  std::shared_ptr<ModelData> data_;
  std::vector<File> files_;
  std::vector<Element> elements_;  // of the nodes
  std::map<std::string, const ItemType*> basic_;
  // Item definitions being made, innermost last; a structure between two of them has an empty name: only
  // through one may a type refer to itself.
  struct Making {
    size_t file;
    std::string name;
    ItemType* type;
  };
  std::vector<Making> making_;
};

// Compiles the expressions of one node.
class ExpressionReader {
 public:
  ExpressionReader(Loader& loader, size_t file, Place place)
      : loader_(loader), file_(file), place_(std::move(place)) {}
  // The expression among the element's children; null when there is none.
  BoxedPtr read_child(Element parent, const feel::Scope& scope);
  BoxedPtr read(Element element, const feel::Scope& scope);
  void read_function(Element element, const feel::Scope& scope, FunctionCode& code);
  size_t most_slots() const { return most_slots_; }

 private:
  BoxedPtr dispatch(Element element, const feel::Scope& scope);
  BoxedPtr literal(Element element, const feel::Scope& scope);
  BoxedPtr context(Element element, const feel::Scope& scope);
  BoxedPtr list(Element element, const feel::Scope& scope);
  BoxedPtr relation(Element element, const feel::Scope& scope);
  BoxedPtr invocation(Element element, const feel::Scope& scope);
  BoxedPtr function(Element element, const feel::Scope& scope, const std::string& self);
  BoxedPtr conditional(Element element, const feel::Scope& scope);
  BoxedPtr iterator(Element element, const feel::Scope& scope);
  BoxedPtr filter(Element element, const feel::Scope& scope);
  BoxedPtr table(Element element, const feel::Scope& scope);
  void table_columns(Element element, const feel::Scope& scope, TableBox& table);
  void table_rules(Element element, const feel::Scope& scope, TableBox& table);
  void table_policy(Element element, TableBox& table);
  BoxedPtr failing(Element at, const char* code, std::string message, std::string hint = "");
  // A named part ("if", "in", "match"), whose expression is a problem when missing.
  BoxedPtr part(Element element, const char* name, const feel::Scope& scope);
  std::optional<feel::Program> compile(Element at, const std::string& text, const feel::Scope& scope,
                                       feel::CompileOptions options = {});
  int declare(feel::Scope& scope, const std::string& name, feel::TypeRef type);
  Place place_of(Element at) const;

  Loader& loader_;
  size_t file_;
  Place place_;  // "decision 'Grade'"
  size_t most_slots_ = 0;
  int depth_ = 0;
};

}  // namespace guanhu::dmn
