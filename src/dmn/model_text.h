// Models written in tests. For tests only.
#pragma once
#include <string>

#include "dmn/evaluate.h"

namespace guanhu::dmn {

constexpr const char* kDmn15 = "https://www.omg.org/spec/DMN/20230324/MODEL/";

// The elements inside <definitions>, which starts on line 1; `body` begins on line 2.
inline std::string model_text(const std::string& body, const std::string& space = "urn:test",
                              const std::string& version = kDmn15) {
  return "<definitions name=\"m\" namespace=\"" + space + "\" xmlns=\"" + version +
         "\" xmlns:feel=\"https://www.omg.org/spec/DMN/20230324/FEEL/\">\n" + body + "\n</definitions>\n";
}

inline std::string literal(const std::string& text) {
  return "<literalExpression><text>" + text + "</text></literalExpression>";
}

// A decision with its id "_NAME", its requirements by id ("_a" a decision, "in:_b" input data, "bkm:_c"
// knowledge), and its expression.
inline std::string decision(const std::string& name, const std::string& expression, const std::string& needs = "",
                            const std::string& type = "") {
  std::string out = "<decision name=\"" + name + "\" id=\"_" + name + "\"><variable name=\"" + name + "\"" +
                    (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/>";
  for (size_t at = 0; at < needs.size();) {
    size_t end = std::min(needs.find(' ', at), needs.size());
    std::string id = needs.substr(at, end - at);
    if (id.starts_with("in:"))
      out += "<informationRequirement><requiredInput href=\"#" + id.substr(3) + "\"/></informationRequirement>";
    else if (id.starts_with("bkm:"))
      out += "<knowledgeRequirement><requiredKnowledge href=\"#" + id.substr(4) + "\"/></knowledgeRequirement>";
    else out += "<informationRequirement><requiredDecision href=\"#" + id + "\"/></informationRequirement>";
    at = end + 1;
  }
  return out + expression + "</decision>\n";
}

inline std::string input(const std::string& name, const std::string& type = "") {
  return "<inputData name=\"" + name + "\" id=\"_" + name + "\"><variable name=\"" + name + "\"" +
         (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/></inputData>\n";
}

// What a strict load refuses with; "" when it does not.
inline std::string refusal(const std::string& text) {
  auto model = load({{"m.dmn", text}});
  return model.ok() ? "" : model.error().text();
}

// The value as a literal, "! " and the error, or "null: " and the first diagnostic.
inline std::string outcome(const base::Result<Model>& model, const std::string& name, const Inputs& inputs = {},
                           bool strict = false) {
  if (!model.ok()) return "not loaded: " + model.error().text();
  feel::EvalOptions options;
  options.strict = strict;
  std::vector<base::Error> diagnostics;
  auto value = evaluate(*model, name, inputs, options, &diagnostics);
  if (!value.ok()) return "! " + value.error().text();
  if (value->is_null() && !diagnostics.empty()) return "null: " + diagnostics[0].text();
  return value->show(2000);
}

inline std::string outcome(const std::string& text, const std::string& name, const Inputs& inputs = {}) {
  return outcome(load({{"m.dmn", text}}, {true}), name, inputs);
}

}  // namespace guanhu::dmn
