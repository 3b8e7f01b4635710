#include "dmn/model.h"

#include <gtest/gtest.h>

#include "dmn/model_text.h"

namespace guanhu::dmn {
namespace {
using feel::Value;

TEST(ModelRefuses, WhatIsNoDmn) {
  EXPECT_EQ(refusal("<definitions><decision></definitions>"),
            "m.dmn:1: this is no well-formed XML: Start-end tags mismatch (open it in a DMN modeller and save it "
            "again)");
  EXPECT_EQ(refusal("\n\n<definitions"),
            "m.dmn:3: this is no well-formed XML: Error parsing start element tag (open it in a DMN modeller and "
            "save it again)");
  EXPECT_TRUE(refusal("").starts_with("m.dmn:1: this is no well-formed XML"));
  EXPECT_TRUE(refusal("<html/>").starts_with("m.dmn:1: this is no DMN model: its root is <html>"));
  EXPECT_TRUE(refusal("<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"/>")
                  .starts_with("m.dmn:1: this is no DMN model"));
  EXPECT_EQ(refusal("<?xml version=\"1.0\" encoding=\"GB2312\"?><definitions/>"),
            "m.dmn:1: the encoding 'gb2312' is not read (save the model as UTF-8)");
}

TEST(ModelRefuses, UnknownReferences) {
  EXPECT_EQ(refusal(model_text(decision("a", literal("1"), "_b"))),
            "m.dmn:2: nothing has the id '#_b' that is referred to here");
  EXPECT_EQ(refusal(model_text(decision("a", literal("1"), "", "tNone"))),
            "m.dmn:2: the type 'tNone' is unknown (define an item of that name, or import its model)");
  EXPECT_EQ(refusal(model_text("<import name=\"o\" namespace=\"urn:other\" importType=\"" + std::string(kDmn15) +
                               "\"/>")),
            "m.dmn:2: no model of the namespace 'urn:other' is there to import (put its file beside this one)");
  EXPECT_EQ(refusal(model_text(
                "<import name=\"o\" namespace=\"urn:x\" importType=\"http://www.w3.org/2001/XMLSchema\"/>")),
            "m.dmn:2: the import 'o' is of the kind 'http://www.w3.org/2001/XMLSchema', which is not read (import "
            "DMN models only)");
  EXPECT_EQ(refusal(model_text(input("i") + decision("a", literal("1"), "bkm:_i"))),
            "m.dmn:3, decision 'a': 'i' is a input and cannot be required so");
}

TEST(ModelRefuses, Circles) {
  std::string text = model_text(decision("a", literal("b"), "_b") + decision("b", literal("a"), "_a") +
                                decision("c", literal("1")));
  EXPECT_TRUE(
      refusal(text).starts_with("m.dmn:2, decision 'a': decisions require each other in a circle: a → b → a "
                                "(remove one of the requirements"))
      << refusal(text);
  EXPECT_EQ(outcome(text, "c"), "1");
  EXPECT_TRUE(outcome(text, "a").starts_with("null: m.dmn:"));
  EXPECT_NE(refusal(model_text(decision("a", literal("1"), "_a"))), "");
}

TEST(ModelRefuses, DoubledNames) {
  EXPECT_EQ(refusal(model_text(decision("a", literal("1")) + "<decision name=\"a\" id=\"x\">" + literal("2") +
                               "</decision>")),
            "m.dmn:3: two elements are named 'a' (rename one)");
  EXPECT_EQ(refusal(model_text("<itemDefinition name=\"t\"/><itemDefinition name=\"t\"/>")),
            "m.dmn:2: two item definitions are named 't' (rename one)");
  EXPECT_EQ(refusal(model_text("<decision/>")), "m.dmn:2: a decision has no name (name it)");
}

TEST(ModelRefuses, ExpressionsThatAreNone) {
  EXPECT_EQ(refusal(model_text(decision("a", literal("1 +")))),
            "m.dmn:2, decision 'a', 1:4: a value is expected, not the end of the text, in '1 +'");
  EXPECT_EQ(refusal(model_text(input("余额") + decision("a", literal("余颔"), "in:_余额"))),
            "m.dmn:3, decision 'a', 1:1: unknown name '余颔', in '余颔' (did you mean '余额'?)");
  EXPECT_EQ(refusal(model_text("<decision name=\"a\"/>")),
            "m.dmn:2, decision 'a': the decision has no expression (add one)");
  EXPECT_EQ(
      refusal(model_text(decision(
          "a", "<literalExpression expressionLanguage=\"http://java.com\"><text>1</text></literalExpression>"))),
      "m.dmn:2, decision 'a': the expression language 'http://java.com' is not FEEL (write it in FEEL)");
}

TEST(ModelRefuses, ExternalFunctions) {
  std::string java =
      "<businessKnowledgeModel name=\"cos\" id=\"_cos\"><encapsulatedLogic kind=\"Java\"><formalParameter "
      "name=\"x\"/>"
      "<context><contextEntry><variable name=\"class\"/>" +
      literal("\"java.lang.Math\"") + "</contextEntry></context></encapsulatedLogic></businessKnowledgeModel>\n";
  std::string text = model_text(java + decision("a", literal("cos(1)"), "bkm:_cos"));
  EXPECT_EQ(
      refusal(text),
      "m.dmn:2, knowledge model 'cos': the function is external (Java); only FEEL is run (write it in FEEL)");
  EXPECT_EQ(outcome(text, "a"),
            "null: m.dmn:2, knowledge model 'cos': the function is external (Java); only FEEL is run");
}

TEST(ModelRefuses, ExpressionsNestedWithoutEnd) {
  std::string open, close;
  for (int i = 0; i < 5000; ++i) open += "<list>", close += "</list>";
  std::string text = model_text(decision("a", open + literal("1") + close));
  EXPECT_NE(refusal(text).find("expressions nest deeper than 100 levels"), std::string::npos);
  EXPECT_TRUE(outcome(text, "a").starts_with("[[[["));
  open.clear(), close.clear();
  for (int i = 0; i < 5000; ++i) open += "<itemComponent name=\"c\">", close += "</itemComponent>";
  EXPECT_NE(refusal(model_text("<itemDefinition name=\"t\">" + open + close + "</itemDefinition>"))
                .find("nest deeper than 50"),
            std::string::npos);
}

TEST(Model, CountsItsOtherProblems) {
  EXPECT_EQ(
      refusal(model_text(decision("a", literal("1 +")) + decision("b", literal("2 +")) +
                         decision("c", literal("3 +")))),
      "m.dmn:2, decision 'a', 1:4: a value is expected, not the end of the text, in '1 +' (and 2 more problems)");
}

TEST(Model, ReadsEveryVersion) {
  for (const char* version :
       {"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/", kDmn15}) {
    auto text = model_text(input("x", "feel:number") + decision("a", literal("x * 2"), "in:_x", "number"),
                           "urn:test", version);
    EXPECT_EQ(outcome(text, "a", {{"x", Value(21)}}), "42") << version;
    EXPECT_EQ(refusal(text), "") << version;
  }
}

TEST(Model, ReadsPrefixedElementsAndLeavesForeignOnesAlone) {
  std::string text =
      R"(<d:definitions name="m" namespace="urn:m" xmlns:d="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:v="urn:vendor">
    <d:extensionElements><d:decision name="not me"/></d:extensionElements>
    <v:decision name="nor me"/>
    <d:decision name="月末 余额/万元"><d:variable name="月末  余额/万元"/><v:literalExpression/>
    <d:literalExpression><d:text><![CDATA[ if 1 < 2 then "是" else "否" ]]></d:text></d:literalExpression></d:decision></d:definitions>)";
  auto model = load({{"m.dmn", text}});
  ASSERT_TRUE(model.ok()) << model.error().text();
  ASSERT_EQ(model->nodes().size(), 1u);
  EXPECT_EQ(model->nodes()[0].where, "m.dmn:4");
  EXPECT_EQ(model->space(), "urn:m");
  EXPECT_EQ(outcome(model, "月末 余额/万元"), "\"是\"");
}

TEST(Model, ImportsByNameAndByNamespace) {
  std::string other = model_text(
      "<itemDefinition "
      "name=\"tRate\"><typeRef>number</typeRef><allowedValues><text>[0..1]</text></allowedValues></"
      "itemDefinition>" +
          input("rate", "tRate") + decision("double rate", literal("rate * 2"), "in:_rate") +
          "<businessKnowledgeModel name=\"half\" id=\"_half\"><encapsulatedLogic><formalParameter name=\"x\" "
          "typeRef=\"number\"/>" +
          literal("x / 2") + "</encapsulatedLogic></businessKnowledgeModel>",
      "urn:other");
  auto requires_of = [](const std::string& name) {
    return "<decision name=\"" + name +
           "\"><informationRequirement><requiredDecision href=\"urn:other#_double "
           "rate\"/></informationRequirement>"
           "<knowledgeRequirement><requiredKnowledge href=\"urn:other#_half\"/></knowledgeRequirement>";
  };
  std::string import =
      "<import name=\"the other\" namespace=\"urn:other\" importType=\"" + std::string(kDmn15) + "\"/>";
  auto model =
      load({{"m.dmn", model_text(import + requires_of("a") + literal("the other.half(the other.double rate) + 1") +
                                 "</decision>" + decision("b", literal("2"), "", "the other.tRate"))},
            {"broken.dmn", "<"},
            {"other.dmn", other}});
  ASSERT_TRUE(model.ok()) << model.error().text();
  EXPECT_EQ(outcome(model, "a", {{"rate", *base::Decimal::parse("0.25")}}), "1.25");
  EXPECT_EQ(outcome(model, "a", {{"rate", *base::Decimal::parse("0.25"), "urn:other"}}), "1.25");
  EXPECT_EQ(outcome(model, "b"),
            "null: m.dmn:2, decision 'b': 2 is not among the allowed values of tRate: [0..1]");
  Value nested = Value::context({{"the other", Value::context({{"rate", Value(1)}})}});
  EXPECT_EQ(outcome(model, "a", inputs_of(*model, nested)), "2");
  // Without a name the imported elements are as if they stood here.
  std::string bare = "<import name=\"\" namespace=\"urn:other\" importType=\"" + std::string(kDmn15) + "\"/>";
  auto open = load({{"m.dmn", model_text(bare + requires_of("a") + literal("half(double rate)") + "</decision>")},
                    {"other.dmn", other}});
  EXPECT_EQ(outcome(open, "a", {{"rate", Value(1)}}), "1");
}
}  // namespace
}  // namespace guanhu::dmn
