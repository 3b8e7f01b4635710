#include "dmn/write.h"

#include <map>

#include "dmn/layout.h"

namespace guanhu::dmn {
namespace {

struct Spaces {
  const char *model, *feel, *diagram;
};
constexpr Spaces kSpaces13{"https://www.omg.org/spec/DMN/20191111/MODEL/",
                           "https://www.omg.org/spec/DMN/20191111/FEEL/",
                           "https://www.omg.org/spec/DMN/20191111/DMNDI/"};
constexpr Spaces kSpaces15{"https://www.omg.org/spec/DMN/20230324/MODEL/",
                           "https://www.omg.org/spec/DMN/20230324/FEEL/",
                           "https://www.omg.org/spec/DMN/20230324/DMNDI/"};

using Attributes = std::vector<std::pair<const char*, std::string>>;

std::string escaped(const std::string& text, bool attribute) {
  std::string out;
  for (char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"' && attribute) out += "&quot;";
    else if (c == '\n' && attribute) out += "&#10;";
    else if (c == '\t' && attribute) out += "&#9;";
    else if (c == '\r') out += "&#13;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;  // others XML cannot hold
  }
  return out;
}

class Xml {
 public:
  void open(const char* name, const Attributes& attributes = {}, const Extensions& extensions = {}) {
    start(name, attributes, extensions);
    out += ">\n";
    names_.push_back(name);
  }
  void close() {
    std::string name = names_.back();
    names_.pop_back();
    indent();
    out += "</" + name + ">\n";
  }
  void empty(const char* name, const Attributes& attributes = {}, const Extensions& extensions = {}) {
    start(name, attributes, extensions);
    out += "/>\n";
  }
  void text(const char* name, const std::string& text, const Attributes& attributes = {}) {
    start(name, attributes, {});
    out += ">" + escaped(text, false) + "</" + name + ">\n";
  }
  void optional_text(const char* name, const std::string& content) {
    if (!content.empty()) text(name, content);
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

 private:
  void indent() { out.append(names_.size() * 2, ' '); }
  // Attributes without value are left out.
  void start(const char* name, const Attributes& attributes, const Extensions& extensions) {
    indent();
    out += std::string("<") + name;
    for (const auto& [key, value] : attributes)
      if (!value.empty()) out += std::string(" ") + key + "=\"" + escaped(value, true) + "\"";
    for (const auto& [key, value] : extensions) out += " guanhu:" + key + "=\"" + escaped(value, true) + "\"";
  }
  std::vector<std::string> names_;
};

class Writer {
 public:
  Writer(const Document& document, const Spaces& spaces) : document_(document), spaces_(spaces) {
    for (const NodeText& node : document.nodes) kinds_[node.id] = node.kind;
  }

  std::string run() {
    xml_.open("definitions",
              {{"xmlns", spaces_.model},
               {"xmlns:dmndi", spaces_.diagram},
               {"xmlns:dc", "http://www.omg.org/spec/DMN/20180521/DC/"},
               {"xmlns:di", "http://www.omg.org/spec/DMN/20180521/DI/"},
               {"xmlns:guanhu", kExtensionSpace},
               {"id", document_.id},
               {"name", document_.name},
               {"namespace", document_.space},
               {"expressionLanguage", spaces_.feel},
               {"typeLanguage", spaces_.feel},
               {"exporter", "Guanhu"}},
              document_.extensions);
    xml_.optional_text("description", document_.description);
    for (const TypeText& type : document_.types) write_type("itemDefinition", type);
    for (const NodeText& node : document_.nodes) write_node(node);
    write_diagram();
    xml_.close();
    return std::move(xml_.out);
  }

 private:
  void write_type(const char* element, const TypeText& type) {
    xml_.open(element, {{"id", type.id}, {"name", type.name}, {"isCollection", type.collection ? "true" : ""}},
              type.extensions);
    xml_.optional_text("description", type.description);
    if (type.components.empty()) {
      xml_.text("typeRef", type.type.empty() ? "Any" : type.type);
      if (!type.allowed.empty()) write_tests("allowedValues", type.allowed);
    }
    for (const TypeText& component : type.components) write_type("itemComponent", component);
    xml_.close();
  }
  void write_tests(const char* element, const std::string& text, const std::string& id = "") {
    xml_.open(element, {{"id", id}});
    xml_.text("text", text);
    xml_.close();
  }

  void write_node(const NodeText& node) {
    static const std::map<NodeText::Kind, const char*> names{{NodeText::Kind::input, "inputData"},
                                                             {NodeText::Kind::decision, "decision"},
                                                             {NodeText::Kind::knowledge, "businessKnowledgeModel"},
                                                             {NodeText::Kind::service, "decisionService"},
                                                             {NodeText::Kind::source, "knowledgeSource"}};
    xml_.open(names.at(node.kind), {{"id", node.id}, {"name", node.name}}, node.extensions);
    xml_.optional_text("description", node.description);
    xml_.optional_text("question", node.question);
    xml_.optional_text("allowedAnswers", node.answers);
    if (node.kind != NodeText::Kind::source)
      xml_.empty("variable", {{"id", node.id + "_variable"}, {"name", node.name}, {"typeRef", node.type}});
    if (node.kind == NodeText::Kind::knowledge) {
      write_function(node);
      write_requirements(node);
    } else {
      write_requirements(node);
      if (node.expression) write_expression(*node.expression);
    }
    for (const std::string& id : node.outputs) xml_.empty("outputDecision", {{"href", "#" + id}});
    for (const std::string& id : node.encapsulated) xml_.empty("encapsulatedDecision", {{"href", "#" + id}});
    for (const std::string& id : node.inputs) xml_.empty("inputData", {{"href", "#" + id}});
    xml_.close();
  }
  void write_function(const NodeText& node) {
    xml_.open("encapsulatedLogic", {{"id", node.id + "_logic"}, {"kind", "FEEL"}});
    for (size_t i = 0; i < node.parameters.size(); ++i)
      xml_.empty("formalParameter", {{"id", node.id + "_parameter_" + std::to_string(i + 1)},
                                     {"name", node.parameters[i].first},
                                     {"typeRef", node.parameters[i].second}});
    if (node.expression) write_expression(*node.expression);
    xml_.close();
  }

  // The schema wants them in this order: information, knowledge, authority.
  void write_requirements(const NodeText& node) {
    auto kind_of = [&](size_t i) {
      auto found = kinds_.find(node.requirements[i]);
      return found == kinds_.end() ? NodeText::Kind::decision : found->second;
    };
    auto write = [&](size_t i, const char* element, const char* required) {
      xml_.open(element, {{"id", requirement_id(node, i)}});
      xml_.empty(required, {{"href", "#" + node.requirements[i]}});
      xml_.close();
    };
    for (size_t i = 0; i < node.requirements.size(); ++i) {
      if (kind_of(i) == NodeText::Kind::input) write(i, "informationRequirement", "requiredInput");
      if (kind_of(i) == NodeText::Kind::decision) write(i, "informationRequirement", "requiredDecision");
    }
    for (size_t i = 0; i < node.requirements.size(); ++i)
      if (kind_of(i) == NodeText::Kind::knowledge || kind_of(i) == NodeText::Kind::service)
        write(i, "knowledgeRequirement", "requiredKnowledge");
    for (size_t i = 0; i < node.requirements.size(); ++i)
      if (kind_of(i) == NodeText::Kind::source) write(i, "authorityRequirement", "requiredAuthority");
  }
  static std::string requirement_id(const NodeText& node, size_t i) {
    return node.id + "_requires_" + std::to_string(i + 1);
  }

  void write_expression(const ExpressionText& expression) {
    switch (expression.kind) {
      case ExpressionText::Kind::table: return write_table(expression);
      case ExpressionText::Kind::context:
      case ExpressionText::Kind::invocation: return write_entries(expression);
      default: write_literal("literalExpression", expression.text, expression.id, expression.type);
    }
  }
  void write_literal(const char* element, const std::string& text, const std::string& id,
                     const std::string& type = "") {
    xml_.open(element, {{"id", id}, {"typeRef", type}});
    xml_.text("text", text);
    xml_.close();
  }
  void write_entries(const ExpressionText& expression) {
    bool context = expression.kind == ExpressionText::Kind::context;
    xml_.open(context ? "context" : "invocation", {{"id", expression.id}, {"typeRef", expression.type}});
    if (!context) write_literal("literalExpression", expression.text, expression.id + "_called");
    for (size_t i = 0; i < expression.entries.size(); ++i) {
      const auto& entry = expression.entries[i];
      std::string id = expression.id + "_entry_" + std::to_string(i + 1);
      if (context) xml_.open("contextEntry", {{"id", id}});
      else xml_.open("binding");
      if (!entry.name.empty())
        xml_.empty(context ? "variable" : "parameter",
                   {{"id", id + "_variable"}, {"name", entry.name}, {"typeRef", entry.type}});
      if (entry.value) write_expression(*entry.value);
      xml_.close();
    }
    xml_.close();
  }

  void write_table(const ExpressionText& expression) {
    const TableText& table = expression.table;
    xml_.open("decisionTable", {{"id", expression.id},
                                {"typeRef", expression.type},
                                {"hitPolicy", table.policy},
                                {"aggregation", table.aggregation}});
    for (const auto& input : table.inputs) {
      xml_.open("input", {{"id", input.id}, {"label", input.label}});
      write_literal("inputExpression", input.text, input.id + "_expression", input.type);
      if (!input.values.empty()) write_tests("inputValues", input.values, input.id + "_values");
      xml_.close();
    }
    for (const auto& output : table.outputs) {
      xml_.open("output",
                {{"id", output.id}, {"label", output.label}, {"name", output.name}, {"typeRef", output.type}});
      if (!output.values.empty()) write_tests("outputValues", output.values, output.id + "_values");
      if (!output.otherwise.empty()) write_literal("defaultOutputEntry", output.otherwise, output.id + "_default");
      xml_.close();
    }
    for (const std::string& name : table.annotations) xml_.empty("annotation", {{"name", name}});
    for (const auto& rule : table.rules) write_rule(rule);
    xml_.close();
  }
  void write_rule(const TableText::Rule& rule) {
    xml_.open("rule", {{"id", rule.id}});
    xml_.optional_text("description", rule.description);
    for (size_t i = 0; i < rule.tests.size(); ++i)
      write_tests("inputEntry", rule.tests[i], rule.id + "_in_" + std::to_string(i + 1));
    for (size_t i = 0; i < rule.results.size(); ++i)
      write_literal("outputEntry", rule.results[i], rule.id + "_out_" + std::to_string(i + 1));
    for (const std::string& text : rule.annotations) {
      xml_.open("annotationEntry");
      xml_.text("text", text);
      xml_.close();
    }
    xml_.close();
  }

  void write_diagram() {
    Layout layout = lay_out(document_);
    xml_.open("dmndi:DMNDI");
    xml_.open("dmndi:DMNDiagram", {{"id", document_.id + "_diagram"}});
    for (const Box& box : layout.boxes) {
      const std::string& id = document_.nodes[box.node].id;
      xml_.open("dmndi:DMNShape", {{"id", id + "_shape"}, {"dmnElementRef", id}});
      xml_.empty("dc:Bounds", {{"x", std::to_string(box.x)},
                               {"y", std::to_string(box.y)},
                               {"width", std::to_string(box.width)},
                               {"height", std::to_string(box.height)}});
      xml_.close();
    }
    for (const Line& line : layout.lines) {
      std::string id = requirement_id(document_.nodes[line.node], line.requirement);
      xml_.open("dmndi:DMNEdge", {{"id", id + "_edge"}, {"dmnElementRef", id}});
      xml_.empty("di:waypoint", {{"x", std::to_string(line.from_x)}, {"y", std::to_string(line.from_y)}});
      xml_.empty("di:waypoint", {{"x", std::to_string(line.to_x)}, {"y", std::to_string(line.to_y)}});
      xml_.close();
    }
    xml_.close();
    xml_.close();
  }

  const Document& document_;
  const Spaces& spaces_;
  std::map<std::string, NodeText::Kind> kinds_;
  Xml xml_;
};
}  // namespace

std::string write(const Document& document, Version version) {
  return Writer(document, version == Version::dmn13 ? kSpaces13 : kSpaces15).run();
}

}  // namespace guanhu::dmn
