// A decision model as it stands in its file: texts and references, nothing compiled. Made to be
// written (write.h) or to be looked at after somebody edited it (read.h); model.h is for running.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace guanhu::dmn {

// Attributes of our own namespace, kept by other tools: ("unit", "元").
using Extensions = std::vector<std::pair<std::string, std::string>>;
inline constexpr const char* kExtensionSpace = "urn:guanhu:dmn";

// A type; with components a structure.
struct TypeText {
  std::string id, name, description;
  std::string type;     // typeRef; empty for structures
  std::string allowed;  // unary tests; empty: any value
  bool collection = false;
  std::vector<TypeText> components;
  Extensions extensions;
};

struct TableText {
  struct Input {
    std::string id, label, text, type;
    std::string values;  // allowed values as unary tests
  };
  struct Output {
    std::string id, name, label, type;
    std::string values;
    std::string otherwise;  // default output entry
  };
  struct Rule {
    std::string id, description;
    std::vector<std::string> tests, results, annotations;
    int line = 0;  // of the file it was read from
  };
  std::string policy = "UNIQUE", aggregation;  // as DMN writes them: "RULE ORDER", "SUM"
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<std::string> annotations;  // names of the columns
  std::vector<Rule> rules;
};

struct ExpressionText;
using ExpressionTextPtr = std::shared_ptr<const ExpressionText>;

struct ExpressionText {
  enum class Kind {
    literal,     // text
    table,       // table
    context,     // entries; the name of the result is empty
    invocation,  // text: what is called; entries: the bindings
    other        // text: the name of the element, then all text in it
  };
  Kind kind = Kind::literal;
  std::string id, text, type;
  TableText table;
  struct Entry {
    std::string name, type;
    ExpressionTextPtr value;
  };
  std::vector<Entry> entries;
  int line = 0;
};

struct NodeText {
  enum class Kind { input, decision, knowledge, service, source };
  Kind kind = Kind::decision;
  std::string id, name, description, question, answers;
  std::string type;  // typeRef of its variable
  // Ids of what it requires: information, knowledge and authority follow from the kind of the other node.
  std::vector<std::string> requirements;
  ExpressionTextPtr expression;                                 // null: none
  std::vector<std::pair<std::string, std::string>> parameters;  // of knowledge: name, typeRef
  // Of a service: ids.
  std::vector<std::string> outputs, encapsulated, inputs;
  Extensions extensions;
  int line = 0;

  const std::string* extension(const std::string& key) const;
};

struct Document {
  std::string id, name, space, description;
  std::vector<TypeText> types;
  std::vector<NodeText> nodes;
  Extensions extensions;

  const NodeText* node(const std::string& wanted) const;
};

}  // namespace guanhu::dmn
