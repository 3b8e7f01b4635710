#include "dmn/evaluate.h"

#include <gtest/gtest.h>

#include "dmn/model_text.h"
#include "feel/program.h"

namespace guanhu::dmn {
namespace {
using feel::Value;

std::string bkm(const std::string& name, const std::string& parameters, const std::string& body,
                const std::string& type = "", const std::string& needs = "") {
  std::string out = "<businessKnowledgeModel name=\"" + name + "\" id=\"_" + name + "\"><variable name=\"" + name +
                    "\"" + (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/><encapsulatedLogic>" +
                    parameters + body + "</encapsulatedLogic>";
  if (!needs.empty())
    out += "<knowledgeRequirement><requiredKnowledge href=\"#" + needs + "\"/></knowledgeRequirement>";
  return out + "</businessKnowledgeModel>\n";
}
std::string parameter(const std::string& name, const std::string& type) {
  return "<formalParameter name=\"" + name + "\" typeRef=\"" + type + "\"/>";
}

TEST(EvaluateRefuses, WhatTheModelDoesNotHave) {
  auto model =
      load({{"m.dmn", model_text(input("x") + decision("rate", literal("1")) + decision("grade", literal("2")))}});
  EXPECT_EQ(outcome(model, "score"),
            "! m.dmn: the model has no decision, service or knowledge model 'score' (it has rate, grade)");
  EXPECT_EQ(outcome(model, "x"),
            "! m.dmn: the model has no decision, service or knowledge model 'x' (it has rate, grade)");
  std::vector<base::Error> diagnostics;
  EXPECT_TRUE(evaluate(*model, "rate", {{"y", Value(1)}}, {}, &diagnostics).ok());
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].text(), "m.dmn:3, decision 'rate': the model has no input 'y'");
  EXPECT_FALSE(evaluate(*model, "rate", {}, {}, nullptr, "urn:elsewhere").ok());
}

TEST(EvaluateRefuses, MissingAndMistypedInputs) {
  std::string text = model_text(input("x", "number") +
                                decision("d", literal("if x = null then \"none\" else string(x)"), "in:_x"));
  auto model = load({{"m.dmn", text}});
  std::vector<base::Error> diagnostics;
  EXPECT_EQ(evaluate(*model, "d", {}, {}, &diagnostics)->show(), "\"none\"");
  EXPECT_EQ(diagnostics.at(0).text(), "m.dmn:2, input 'x': the input 'x' is not given");
  EXPECT_EQ(evaluate(*model, "d", {{"x", Value::string("1")}}, {}, &diagnostics)->show(), "\"none\"");
  EXPECT_EQ(diagnostics.at(1).text(), "m.dmn:2, input 'x': \"1\" is not of type number");
  EXPECT_EQ(outcome(model, "d", {{"x", Value(1)}}), "\"1\"");
  EXPECT_EQ(outcome(model, "d", {}, true), "! m.dmn:2, input 'x': the input 'x' is not given");
}

TEST(EvaluateRefuses, CallsWithoutEnd) {
  std::string endless = model_text(bkm("f", parameter("n", "number"), literal("f(n + 1)")) +
                                   decision("d", literal("f(1)"), "bkm:_f"));
  EXPECT_NE(outcome(endless, "d").find("functions call each other more than"), std::string::npos)
      << outcome(endless, "d");
  EXPECT_TRUE(outcome(endless, "d").starts_with("! m.dmn:2, knowledge model 'f'")) << outcome(endless, "d");
  // Two that call each other; a service that contains its caller.
  std::string mutual = model_text(bkm("f", "", literal("g()"), "", "_g") + bkm("g", "", literal("f()"), "", "_f") +
                                  decision("d", literal("g()"), "bkm:_g"));
  EXPECT_TRUE(outcome(mutual, "d").starts_with("! "));
  std::string service =
      model_text("<decisionService name=\"s\" id=\"_s\"><outputDecision href=\"#_d\"/></decisionService>" +
                 decision("d", literal("s()"), "bkm:_s"));
  EXPECT_TRUE(outcome(service, "d").starts_with("! "));
}

TEST(EvaluateRefuses, MoreStepsThanAllowed) {
  std::string loop = "<for iteratorVariable=\"i\"><in>" + literal("[1..100000]") + "</in><return>" + literal("i") +
                     "</return></for>";
  auto model = load({{"m.dmn", model_text(decision("a", loop) + decision("b", loop) +
                                          decision("c", literal("count(a) + count(b)"), "_a _b"))}});
  feel::EvalOptions options;
  options.max_steps = 300'000;
  EXPECT_EQ(evaluate(*model, "a", {}, options)->items().size(), 100000u);
  // The limit holds for all decisions together.
  auto both = evaluate(*model, "c", {}, options);
  ASSERT_FALSE(both.ok());
  EXPECT_EQ(both.error().code, "feel.limit");
}

TEST(Evaluate, StrictErrorsSayWhere) {
  std::string text =
      model_text(bkm("ratio", parameter("a", "number") + parameter("b", "number"), literal("a / b")) +
                 decision("d", literal("1 + ratio(1, 0)"), "bkm:_ratio") + decision("e", literal("d + 1"), "_d"));
  auto model = load({{"m.dmn", text}});
  EXPECT_EQ(outcome(model, "e", {}, true),
            "! m.dmn:2, knowledge model 'ratio', 1:1: division by zero: 1 / 0 (a = 1, b = 0)");
  std::vector<base::Error> diagnostics;
  EXPECT_TRUE(evaluate(*model, "e", {}, {}, &diagnostics)->is_null());
  ASSERT_EQ(diagnostics.size(), 3u);
  EXPECT_EQ(diagnostics[0].where, "m.dmn:2, knowledge model 'ratio', 1:1");
  EXPECT_EQ(diagnostics[1].where, "m.dmn:3, decision 'd', 1:1");
  EXPECT_EQ(diagnostics[2].where, "m.dmn:4, decision 'e', 1:1");
}

TEST(Evaluate, EachDecisionOnce) {
  // Two to the power of 40 ways lead through this graph.
  std::string text = decision("d0", literal("1"));
  for (int i = 1; i <= 40; ++i) {
    std::string before = std::to_string(i - 1), own = std::to_string(i);
    text += decision("l" + own, literal("d" + before), "_d" + before) +
            decision("r" + own, literal("d" + before), "_d" + before) +
            decision("d" + own, literal("l" + own + " + r" + own), "_l" + own + " _r" + own);
  }
  EXPECT_EQ(outcome(model_text(text), "d40"), "1099511627776");
}

TEST(Evaluate, LongChains) {
  std::string text = decision("d0", literal("0"));
  for (int i = 1; i < 1000; ++i)
    text += decision("d" + std::to_string(i), literal("d" + std::to_string(i - 1) + " + 1"),
                     "_d" + std::to_string(i - 1));
  EXPECT_EQ(outcome(load({{"m.dmn", model_text(text)}}), "d999"), "999");
  std::string longer = text + decision("d1000", literal("d999"), "_d999");
  EXPECT_TRUE(refusal(model_text(longer))
                  .starts_with("m.dmn:1002, decision 'd1000': more than 1000 decisions hang on each other"));
}

TEST(Evaluate, KnowledgeModels) {
  std::string text = model_text(
      bkm("fact", parameter("n", "number"), literal("if n &lt; 2 then 1 else n * fact(n - 1)"), "number") +
      bkm("text", parameter("n", "number"), literal("n"), "string") +
      decision("d", literal("fact(20)"), "bkm:_fact") + decision("named", literal("fact(n: [3])"), "bkm:_fact") +
      decision("wrong", literal("fact(\"3\")"), "bkm:_fact") +
      decision("result", literal("text(3)"), "bkm:_text"));
  EXPECT_EQ(outcome(text, "d"), "2432902008176640000");
  EXPECT_EQ(outcome(text, "named"), "6");
  EXPECT_EQ(outcome(text, "wrong"),
            "null: m.dmn:2, knowledge model 'fact': argument 'n': \"3\" is not of type number");
  EXPECT_EQ(outcome(text, "result"), "null: m.dmn:3, knowledge model 'text': 3 is not of type string");
  EXPECT_EQ(outcome(text, "fact", {{"n", Value(5)}}), "120");
}

const std::string kServices =
    input("i", "number") + decision("sub", literal("100"), "", "number") +
    decision("out", literal("sub + i"), "_sub in:_i") + decision("other", literal("sub * 2"), "_sub") +
    "<decisionService name=\"one\" id=\"_one\"><outputDecision href=\"#_out\"/><inputDecision "
    "href=\"#_sub\"/><inputData href=\"#_i\"/></decisionService>"
    "<decisionService name=\"two\" id=\"_two\"><outputDecision href=\"#_out\"/><outputDecision href=\"#_other\"/>"
    "<encapsulatedDecision href=\"#_sub\"/><inputData href=\"#_i\"/></decisionService>" +
    decision("call", literal("[one(1, 10), one(i: 2, sub: 20), sub]"), "bkm:_one _sub") +
    decision("wrong", literal("one(\"1\", 10)"), "bkm:_one");

TEST(Evaluate, DecisionServices) {
  std::string text = model_text(kServices);
  EXPECT_EQ(outcome(text, "wrong"),
            "null: m.dmn:6, decision service 'one': argument 'i': \"1\" is not of type number");
  EXPECT_EQ(outcome(text, "one", {{"i", Value(1)}}),
            "null: m.dmn:6, decision service 'one': the input 'sub' is not given");
  // Input data come first; what is given replaces the decision, and only inside.
  EXPECT_EQ(outcome(text, "call"), "[11, 22, 100]");
  EXPECT_EQ(outcome(text, "one", {{"sub", Value(5)}, {"i", Value(1)}}), "6");
  EXPECT_EQ(outcome(text, "two", {{"i", Value(1)}}), "{out: 101, other: 200}");
}

TEST(Evaluate, FunctionsOutliveTheirModel) {
  Value function;
  {
    auto model = load({{"m.dmn", model_text(bkm("inc", parameter("n", "number"), literal("n + 1")) +
                                            decision("d", literal("inc"), "bkm:_inc"))}});
    function = *evaluate(*model, "d", {});
  }
  feel::Scope scope;
  scope.declare("f");
  Value slots[] = {function};
  EXPECT_EQ(feel::compile("f(41)", scope)->evaluate(slots)->show(), "42");
}

TEST(Types, FitOrNull) {
  auto typed = [](const std::string& definition, const std::string& value) {
    return outcome(model_text("<itemDefinition name=\"t\"" + definition + "</itemDefinition>" +
                              decision("d", literal(value), "", "t")),
                   "d");
  };
  const std::string level = "><typeRef>string</typeRef><allowedValues><text>\"a\", \"b\"</text></allowedValues>";
  EXPECT_EQ(typed(level, "\"c\""),
            "null: m.dmn:2, decision 'd': \"c\" is not among the allowed values of t: \"a\", \"b\"");
  EXPECT_EQ(typed(level, "1"), "null: m.dmn:2, decision 'd': 1 is not of type string");
  EXPECT_EQ(typed(level, "\"b\""), "\"b\"");
  EXPECT_EQ(typed(level, "[\"b\"]"), "\"b\"");
  EXPECT_EQ(typed(level, "[\"b\", \"a\"]").substr(0, 5), "null:");
  const std::string many = " isCollection=\"true\"" + level;
  EXPECT_EQ(typed(many, "[\"a\", \"c\"]").substr(0, 5), "null:");
  EXPECT_EQ(typed(many, "[\"a\", \"b\"]"), "[\"a\", \"b\"]");
  EXPECT_EQ(typed(many, "\"a\""), "[\"a\"]");
  const std::string few =
      " isCollection=\"true\"><typeRef>number</typeRef><typeConstraint><text>count(?) &lt;= "
      "2</text></typeConstraint>";
  EXPECT_EQ(typed(few, "[1, 2, 3]"),
            "null: m.dmn:2, decision 'd': [1, 2, 3] breaks the constraint of t: count(?) <= 2");
  EXPECT_EQ(typed(few, "[1, 2]"), "[1, 2]");
  const std::string structure =
      "><itemComponent name=\"on\"><typeRef>date and time</typeRef></itemComponent>"
      "<itemComponent name=\"n\"><typeRef>number</typeRef></itemComponent>";
  EXPECT_EQ(typed(structure, "{n: 1}"), "null: m.dmn:2, decision 'd': {n: 1} has no entry 'on' of type t");
  EXPECT_EQ(typed(structure, "{on: 1, n: 1}"), "null: m.dmn:2, decision 'd': on: 1 is not of type date and time");
  EXPECT_EQ(typed(structure, "{on: @\"2025-01-31\", n: [1], more: 2}"),
            "{on: @\"2025-01-31T00:00:00Z\", n: 1, more: 2}");
  EXPECT_EQ(typed(structure, "null"), "null");
  EXPECT_EQ(
      typed("><functionItem outputTypeRef=\"number\"><parameters name=\"x\" typeRef=\"number\"/></functionItem>",
            "1")
          .substr(0, 5),
      "null:");
}

TEST(Types, AreNotTheirOwnDefinition) {
  std::string types =
      "<itemDefinition name=\"a\"><typeRef>b</typeRef></itemDefinition><itemDefinition name=\"b\" "
      "isCollection=\"true\">"
      "<typeRef>a</typeRef></itemDefinition>";
  EXPECT_EQ(refusal(model_text(types)),
            "m.dmn:2: the item definition 'a' is defined by itself (name another type)");
  EXPECT_EQ(outcome(model_text(types + decision("d", literal("1"), "", "a")), "d"), "[1]");
}

TEST(Types, MayReferToThemselvesAndInAnyOrder) {
  std::string types =
      "<itemDefinition name=\"tTree\"><itemComponent name=\"v\"><typeRef>tLeaf</typeRef></itemComponent>"
      "<itemComponent name=\"sub\" isCollection=\"true\"><typeRef>tTree</typeRef></itemComponent></itemDefinition>"
      "<itemDefinition name=\"tLeaf\"><typeRef>number</typeRef></itemDefinition><itemDefinition "
      "name=\"string\"><typeRef>string</typeRef></itemDefinition>";
  std::string text =
      model_text(types + decision("d", literal("{v: 1, sub: [{v: 2, sub: []}]}"), "", "tTree") +
                 decision("s", literal("\"x\""), "", "string") + decision("i", literal("1 instance of tLeaf")));
  EXPECT_EQ(refusal(text), "");
  EXPECT_EQ(outcome(text, "d"), "{v: 1, sub: [{v: 2, sub: []}]}");
  EXPECT_EQ(
      outcome(model_text(types + decision("d", literal("{v: 1, sub: [{v: \"2\", sub: []}]}"), "", "tTree")), "d"),
      "null: m.dmn:2, decision 'd': sub: v: \"2\" is not of type number");
  EXPECT_EQ(outcome(text, "s"), "\"x\"");
  EXPECT_EQ(outcome(text, "i"), "true");
}
}  // namespace
}  // namespace guanhu::dmn
