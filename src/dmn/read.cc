#include "dmn/read.h"

#include "dmn/xml.h"

namespace guanhu::dmn {
namespace {

std::string text_child(Element parent, std::string_view name) { return trimmed(text_of(child(parent, name))); }

class Reader {
 public:
  explicit Reader(const XmlDocument& xml) : xml_(xml) {}

  Document run() {
    Element root = xml_.root();
    Document out;
    out.id = attribute(root, "id");
    out.name = attribute(root, "name");
    out.space = attribute(root, "namespace");
    out.description = text_child(root, "description");
    out.extensions = extensions(root);
    for (Element element : children(root)) {
      if (local_name(element) == "itemDefinition") out.types.push_back(type(element));
      else if (auto kind = kind_of(local_name(element))) out.nodes.push_back(node(element, *kind));
    }
    return out;
  }

 private:
  static std::optional<NodeText::Kind> kind_of(std::string_view name) {
    if (name == "inputData") return NodeText::Kind::input;
    if (name == "decision") return NodeText::Kind::decision;
    if (name == "businessKnowledgeModel") return NodeText::Kind::knowledge;
    if (name == "decisionService") return NodeText::Kind::service;
    if (name == "knowledgeSource") return NodeText::Kind::source;
    return std::nullopt;
  }
  static Extensions extensions(Element element) {
    Extensions out;
    for (pugi::xml_attribute a : element.attributes()) {
      std::string_view name = a.name();
      size_t colon = name.find(':');
      if (colon == std::string_view::npos || name.starts_with("xmlns:")) continue;
      if (namespace_of(element, name.substr(0, colon)) == kExtensionSpace)
        out.emplace_back(name.substr(colon + 1), a.value());
    }
    return out;
  }
  TypeText type(Element element) {
    TypeText out;
    out.id = attribute(element, "id");
    out.name = attribute(element, "name");
    out.type = text_child(element, "typeRef");
    out.allowed = inner_text(child(element, "allowedValues"));
    out.collection = flag(element, "isCollection");
    for (Element component : children(element, "itemComponent")) out.components.push_back(type(component));
    out.extensions = extensions(element);
    return out;
  }
  NodeText node(Element element, NodeText::Kind kind) {
    NodeText out;
    out.kind = kind;
    out.line = xml_.line(element);
    out.id = attribute(element, "id");
    out.name = attribute(element, "name");
    out.description = text_child(element, "description");
    out.question = text_child(element, "question");
    out.answers = text_child(element, "allowedAnswers");
    out.type = attribute(child(element, "variable"), "typeRef");
    out.extensions = extensions(element);
    for (const char* requirement : {"informationRequirement", "knowledgeRequirement", "authorityRequirement"})
      for (Element one : children(element, requirement))
        for (Element required : children(one)) out.requirements.push_back(reference(required));
    for (Element one : children(element, "outputDecision")) out.outputs.push_back(reference(one));
    for (Element one : children(element, "encapsulatedDecision")) out.encapsulated.push_back(reference(one));
    for (Element one : children(element, "inputData")) out.inputs.push_back(reference(one));
    if (Element logic = child(element, "encapsulatedLogic")) {
      for (Element one : children(logic, "formalParameter"))
        out.parameters.emplace_back(attribute(one, "name"), attribute(one, "typeRef"));
      out.expression = expression_in(logic);
    } else {
      out.expression = expression_in(element);
    }
    return out;
  }
  static std::string reference(Element element) {
    std::string href = attribute(element, "href");
    return href.starts_with("#") ? href.substr(1) : href;
  }

  static bool is_expression(std::string_view name) {
    static constexpr std::string_view kNames[] = {
        "literalExpression",  "decisionTable", "context", "invocation", "list", "relation",
        "functionDefinition", "conditional",   "filter",  "for",        "some", "every"};
    for (std::string_view one : kNames)
      if (one == name) return true;
    return false;
  }
  ExpressionTextPtr expression_in(Element parent) {
    for (Element element : children(parent))
      if (is_expression(local_name(element))) return expression(element, 0);
    return nullptr;
  }
  // Models nest their boxes a few levels deep; what goes beyond is kept as text.
  static constexpr int kDeepest = 100;
  ExpressionTextPtr expression(Element element, int depth) {
    auto out = std::make_shared<ExpressionText>();
    out->id = attribute(element, "id");
    out->type = attribute(element, "typeRef");
    out->line = xml_.line(element);
    std::string_view name = local_name(element);
    if (name == "literalExpression") {
      out->text = inner_text(element);
    } else if (name == "decisionTable") {
      out->kind = ExpressionText::Kind::table;
      out->table = table(element);
    } else if ((name == "context" || name == "invocation") && depth < kDeepest) {
      entries(element, name == "context", depth, *out);
    } else {
      out->kind = ExpressionText::Kind::other;
      out->text = std::string(name) + ":" + all_text(element);
    }
    return out;
  }
  void entries(Element element, bool context, int depth, ExpressionText& out) {
    out.kind = context ? ExpressionText::Kind::context : ExpressionText::Kind::invocation;
    for (Element one : children(element)) {
      if (!context && is_expression(local_name(one))) out.text = inner_text(one);
      if (local_name(one) != (context ? "contextEntry" : "binding")) continue;
      ExpressionText::Entry entry;
      Element variable = child(one, context ? "variable" : "parameter");
      entry.name = attribute(variable, "name");
      entry.type = attribute(variable, "typeRef");
      for (Element value : children(one))
        if (is_expression(local_name(value))) entry.value = expression(value, depth + 1);
      out.entries.push_back(std::move(entry));
    }
  }
  static std::string all_text(Element element) {
    std::string out;
    struct Walker : pugi::xml_tree_walker {
      explicit Walker(std::string& o) : out(o) {}
      bool for_each(Element& node) override {
        if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata)
          out += trimmed(node.value()) + " ";
        return true;
      }
      std::string& out;
    } walker(out);
    element.traverse(walker);
    return out;
  }

  TableText table(Element element) {
    TableText out;
    std::string policy = attribute(element, "hitPolicy");
    if (!policy.empty()) out.policy = policy;
    out.aggregation = attribute(element, "aggregation");
    for (Element one : children(element, "input")) {
      Element expression = child(one, "inputExpression");
      out.inputs.push_back({attribute(one, "id"), attribute(one, "label"), inner_text(expression),
                            attribute(expression, "typeRef"), inner_text(child(one, "inputValues"))});
    }
    for (Element one : children(element, "output"))
      out.outputs.push_back({attribute(one, "id"), attribute(one, "name"), attribute(one, "label"),
                             attribute(one, "typeRef"), inner_text(child(one, "outputValues")),
                             inner_text(child(one, "defaultOutputEntry"))});
    for (Element one : children(element, "annotation")) out.annotations.push_back(attribute(one, "name"));
    for (Element one : children(element, "rule")) out.rules.push_back(rule(one));
    return out;
  }
  TableText::Rule rule(Element element) {
    TableText::Rule out;
    out.id = attribute(element, "id");
    out.line = xml_.line(element);
    out.description = text_child(element, "description");
    for (Element one : children(element, "inputEntry")) out.tests.push_back(inner_text(one));
    for (Element one : children(element, "outputEntry")) out.results.push_back(inner_text(one));
    for (Element one : children(element, "annotationEntry")) out.annotations.push_back(inner_text(one));
    return out;
  }

  const XmlDocument& xml_;
};
}  // namespace

base::Result<Document> read_document(const std::string& file, const std::string& text) {
  auto xml = XmlDocument::parse(file, text);
  if (!xml.ok()) return xml.error();
  Element root = (*xml)->root();
  std::string_view prefix = root.name();
  size_t colon = prefix.find(':');
  std::string space = namespace_of(root, colon == std::string_view::npos ? "" : prefix.substr(0, colon));
  if (local_name(root) != "definitions" || space.find("/spec/DMN/") == std::string::npos)
    return base::Error{"dmn.model", "this is no decision model: its root is <" + std::string(root.name()) + ">",
                       (*xml)->where(root), "give a file that a DMN modeller saved"};
  return Reader(**xml).run();
}

}  // namespace guanhu::dmn
