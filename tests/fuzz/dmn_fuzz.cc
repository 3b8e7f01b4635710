// Decision models: any text is a model or is refused with its place; what is loaded can be evaluated.
#include "dmn/evaluate.h"
#include "fuzz.h"

namespace guanhu::fuzz {
namespace {

constexpr std::string_view kHead =
    "<definitions name=\"m\" namespace=\"u\" xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\">";

void model(std::string_view input) {
  auto strict = dmn::load({{"m.dmn", std::string(input)}});
  if (!strict.ok())
    require(!strict.error().message.empty() && !strict.error().where.empty(), "a refusal says what and where");
  auto loaded = dmn::load({{"m.dmn", std::string(input)}}, {true});
  if (!loaded.ok()) return;
  require(strict.ok() == loaded->problems().empty(), "a strict load refuses where a lenient one has problems");
  feel::EvalOptions options;
  options.max_steps = 20'000;
  options.max_depth = 50;
  size_t count = 0;
  for (const auto& node : loaded->nodes()) {
    if (node.kind == dmn::Model::Kind::input || ++count > 10) continue;
    std::vector<base::Error> diagnostics;
    auto value = dmn::evaluate(*loaded, node.name, {{"x", feel::Value(3)}, {"y", feel::Value::string("a")}},
                               options, &diagnostics);
    if (!value.ok()) require(!value.error().message.empty(), "an error says what");
  }
}

}  // namespace

std::vector<Target> dmn_targets() {
  std::string head(kHead);
  return {{"dmn",
           {head + "<itemDefinition name=\"t\" "
                   "isCollection=\"true\"><typeRef>string</typeRef><allowedValues><text>\"a\",\"b\"</text>"
                   "</allowedValues></itemDefinition><inputData name=\"x\" id=\"x\"><variable name=\"x\" "
                   "typeRef=\"number\"/></inputData>"
                   "<decision name=\"d\" id=\"d\"><variable name=\"d\" "
                   "typeRef=\"t\"/><informationRequirement><requiredInput href=\"#x\"/>"
                   "</informationRequirement><decisionTable hitPolicy=\"OUTPUT "
                   "ORDER\"><input><inputExpression><text>x</text></inputExpression>"
                   "</input><output><outputValues><text>\"b\",\"a\"</text></outputValues></"
                   "output><rule><inputEntry><text>&lt;5</text>"
                   "</inputEntry><outputEntry><text>\"a\"</text></outputEntry></rule></decisionTable></decision></"
                   "definitions>",
            head + "<businessKnowledgeModel name=\"f\" id=\"f\"><encapsulatedLogic><formalParameter "
                   "name=\"n\"/><context><contextEntry>"
                   "<variable name=\"r\"/><for "
                   "iteratorVariable=\"e\"><in><literalExpression><text>[1..n]</text></literalExpression></in>"
                   "<return><literalExpression><text>e*2</text></literalExpression></return></for></"
                   "contextEntry></context>"
                   "</encapsulatedLogic></businessKnowledgeModel><decision name=\"d\" "
                   "id=\"d\"><knowledgeRequirement><requiredKnowledge "
                   "href=\"#f\"/></knowledgeRequirement><invocation><literalExpression><text>f</text></"
                   "literalExpression><binding><parameter "
                   "name=\"n\"/><filter><in><list/></in><match><literalExpression><text>item</text></"
                   "literalExpression></match></filter>"
                   "</binding></invocation></decision><decisionService name=\"s\"><outputDecision "
                   "href=\"#d\"/></decisionService></definitions>"},
           {"<text>",
            "</text>",
            "<decision name=\"",
            "<literalExpression>",
            "</literalExpression>",
            "<list>",
            "</list>",
            "<relation>",
            "<column name=\"a\"/>",
            "<row>",
            "<conditional>",
            "<functionDefinition kind=\"Java\">",
            "<typeRef>t</typeRef>",
            "<itemComponent name=\"c\">",
            "typeRef=\"t\"",
            "href=\"#d\"",
            "hitPolicy=\"PRIORITY\"",
            "aggregation=\"SUM\" hitPolicy=\"COLLECT\"",
            "<import name=\"i\" namespace=\"u\"/>",
            "?"},
           model}};
}

}  // namespace guanhu::fuzz
