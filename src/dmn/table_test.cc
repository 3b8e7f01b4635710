#include "dmn/table.h"

#include <gtest/gtest.h>

#include "dmn/model_text.h"

namespace guanhu::dmn {
namespace {
using feel::Value;

// One input x, outputs named o, p, ...; rules "test | output, output".
struct Table {
  std::string attributes;
  std::vector<std::string> outputs = {"<output/>"};
  std::vector<std::pair<std::string, std::vector<std::string>>> rules = {};
  std::string input_values = {};

  std::string decision_text() const {
    std::string out = "<decisionTable " + attributes +
                      "><input><inputExpression typeRef=\"number\"><text>x</text></inputExpression>" +
                      input_values + "</input>";
    for (auto& output : outputs) out += output;
    for (auto& [test, cells] : rules) {
      out += "\n<rule><inputEntry><text>" + test + "</text></inputEntry>";
      for (auto& cell : cells) out += "<outputEntry><text>" + cell + "</text></outputEntry>";
      out += "</rule>";
    }
    return decision("d", out + "</decisionTable>", "in:_x");
  }
  std::string text() const { return model_text(input("x", "number") + decision_text()); }
  std::string of(int x) const { return outcome(text(), "d", {{"x", Value(x)}}); }
};

const std::string kPriorities =
    "<output><outputValues><text>\"high\", \"mid\", \"low\"</text></outputValues></output>";

TEST(TableRefuses, WhatCannotBeRun) {
  EXPECT_EQ(refusal(Table{"hitPolicy=\"BEST\"", {"<output/>"}, {{"-", {"1"}}}}.text()),
            "m.dmn:3, decision 'd': the hit policy 'BEST' is none (one of UNIQUE, ANY, PRIORITY, FIRST, RULE "
            "ORDER, OUTPUT ORDER, COLLECT)");
  EXPECT_EQ(refusal(Table{"hitPolicy=\"COLLECT\" aggregation=\"AVG\"", {"<output/>"}, {{"-", {"1"}}}}.text()),
            "m.dmn:3, decision 'd': the aggregation 'AVG' is none (one of SUM, MIN, MAX, COUNT)");
  EXPECT_EQ(refusal(Table{"", {}, {{"-", {}}}}.text()),
            "m.dmn:3, decision 'd': the decision table has no output column");
  EXPECT_EQ(refusal(Table{"", {"<output name=\"o\"/>", "<output/>"}, {}}.text()),
            "m.dmn:3, decision 'd': an output column has no name, and there are several (name it)");
  EXPECT_EQ(refusal(Table{"", {"<output/>"}, {{"-", {"1", "2"}}}}.text()),
            "m.dmn:4, decision 'd', rule 1: the rule has 1 inputs and 2 outputs, the table 1 and 1 (fill in or "
            "remove cells)");
  EXPECT_EQ(refusal(Table{"", {"<output/>"}, {{"-", {"1"}}, {"&lt; ", {"2"}}}}.text()),
            "m.dmn:5, decision 'd', 1:2: a value is expected, not the end of the text, in '<'");
  EXPECT_EQ(refusal(Table{
                "hitPolicy=\"COLLECT\" aggregation=\"SUM\"",
                {"<output name=\"o\"/>", "<output name=\"p\"/>"},
                {}}.text()),
            "m.dmn:3, decision 'd': several outputs cannot be aggregated (collect them, or keep one output)");
  EXPECT_EQ(refusal(Table{"hitPolicy=\"PRIORITY\"", {"<output/>"}, {{"-", {"1"}}}}.text()),
            "m.dmn:3, decision 'd': the hit policy 'PRIORITY' needs a list of output values to order by (list the "
            "output values, the most important first)");
  EXPECT_EQ((Table{"hitPolicy=\"BEST\"", {"<output/>"}, {{"-", {"1"}}}}.of(1)),
            "null: m.dmn:3, decision 'd': the decision table is not one that can be run");
}

TEST(Table, UniqueAndAny) {
  Table unique{"", {"<output/>"}, {{"&lt; 10", {"\"a\""}}, {"[10..20]", {"\"b\""}}, {"20", {"\"c\""}}}};
  EXPECT_EQ(unique.of(9), "\"a\"");
  EXPECT_EQ(unique.of(10), "\"b\"");
  EXPECT_EQ(unique.of(20), "null: m.dmn:3, decision 'd': rules 2 and 3 match, the hit policy is UNIQUE");
  EXPECT_EQ(unique.of(21), "null: m.dmn:3, decision 'd': no rule matches and there is no default output");
  Table any{"hitPolicy=\"ANY\"", {"<output/>"}, {{"&gt; 0", {"1"}}, {"&gt; 5", {"1.0"}}, {"&gt; 9", {"2"}}}};
  EXPECT_EQ(any.of(9), "1");
  EXPECT_EQ(any.of(10), "null: m.dmn:3, decision 'd': rules with different outputs match, the hit policy is ANY");
}

TEST(Table, FirstAndRuleOrder) {
  Table table{"hitPolicy=\"FIRST\"", {"<output/>"}, {{"&gt; 5", {"\"a\""}}, {"-", {"\"b\""}}, {"", {"\"c\""}}}};
  EXPECT_EQ(table.of(6), "\"a\"");
  EXPECT_EQ(table.of(5), "\"b\"");
  table.attributes = "hitPolicy=\"RULE ORDER\"";
  EXPECT_EQ(table.of(6), R"(["a", "b", "c"])");
  EXPECT_EQ(table.of(5), R"(["b", "c"])");
}

TEST(Table, PriorityAndOutputOrder) {
  Table table{"hitPolicy=\"PRIORITY\"",
              {kPriorities},
              {{"&gt; 0", {"\"low\""}}, {"&gt; 5", {"\"high\""}}, {"&gt; 3", {"\"mid\""}}}};
  EXPECT_EQ(table.of(6), "\"high\"");
  EXPECT_EQ(table.of(5), "\"mid\"");
  table.attributes = "hitPolicy=\"OUTPUT ORDER\"";
  EXPECT_EQ(table.of(6), R"(["high", "mid", "low"])");
  // The first column first, then the second.
  Table two{"hitPolicy=\"OUTPUT ORDER\"",
            {"<output name=\"o\"><outputValues><text>2, 1</text></outputValues></output>",
             "<output name=\"p\"><outputValues><text>\"y\", \"x\"</text></outputValues></output>"},
            {{"-", {"1", "\"y\""}}, {"-", {"2", "\"x\""}}, {"-", {"2", "\"y\""}}}};
  EXPECT_EQ(two.of(1), R"([{o: 2, p: "y"}, {o: 2, p: "x"}, {o: 1, p: "y"}])");
}

TEST(Table, PriorityFromTheAllowedValuesOfTheType) {
  Table table{
      "hitPolicy=\"PRIORITY\"", {"<output typeRef=\"tLevel\"/>"}, {{"-", {"\"low\""}}, {"-", {"\"high\""}}}};
  std::string type =
      "<itemDefinition name=\"tLevel\"><typeRef>string</typeRef><allowedValues><text>\"high\", "
      "\"low\"</text></allowedValues></itemDefinition>";
  EXPECT_EQ(outcome(model_text(type + input("x", "number") + table.decision_text()), "d", {{"x", Value(1)}}),
            "\"high\"");
}

TEST(Table, CollectAndAggregate) {
  Table table{"hitPolicy=\"COLLECT\"", {"<output/>"}, {{"&gt; 0", {"3"}}, {"&gt; 1", {"1"}}, {"&gt; 2", {"1"}}}};
  auto with = [&](const char* aggregation, int x) {
    table.attributes = std::string("hitPolicy=\"COLLECT\" aggregation=\"") + aggregation + "\"";
    return table.of(x);
  };
  EXPECT_EQ(table.of(0), "[]");
  EXPECT_EQ(table.of(3), "[3, 1, 1]");
  EXPECT_EQ(with("SUM", 3), "5");
  EXPECT_EQ(with("MIN", 2), "1");
  EXPECT_EQ(with("MAX", 2), "3");
  EXPECT_EQ(with("COUNT", 3), "3");
  EXPECT_EQ(with("COUNT", 0), "0");
  EXPECT_EQ(with("SUM", 0), "null: m.dmn:3, decision 'd': no rule matches and there is no default output");
  table.rules[0].second = {"\"text\""};
  EXPECT_EQ(with("SUM", 3), "null: m.dmn:3, decision 'd': the output \"text\" cannot be aggregated");
  EXPECT_EQ(with("MAX", 3), "null: m.dmn:3, decision 'd': the outputs 1 and \"text\" cannot be compared");
  EXPECT_EQ(with("MAX", 1), "\"text\"");
}

TEST(Table, DefaultsAndStructures) {
  Table table{
      "",
      {"<output name=\"o\" typeRef=\"number\"><defaultOutputEntry><text>0</text></defaultOutputEntry></output>",
       "<output name=\"p q\"/>"},
      {{"1", {"x * 10", "\"one\""}}, {"2", {"\"no number\"", ""}}}};
  EXPECT_EQ(table.of(1), R"({o: 10, p q: "one"})");
  EXPECT_EQ(table.of(2), "{o: null, p q: null}");
  EXPECT_EQ(table.of(3), "{o: 0, p q: null}");
}

TEST(Table, ValuesOfInputsAndOutputs) {
  Table table{"",
              {"<output><outputValues><text>\"a\"</text></outputValues></output>"},
              {{"&lt; 5", {"\"a\""}}, {"&gt;= 5", {"\"b\""}}},
              "<inputValues><text>[0..10]</text></inputValues>"};
  EXPECT_EQ(table.of(0), "\"a\"");
  EXPECT_EQ(table.of(-1), "null: m.dmn:3, decision 'd': the input x is -1, which is not among [0..10]");
  EXPECT_EQ(table.of(10), "null: m.dmn:5, decision 'd', rule 2: the output \"b\" is not among \"a\"");
  EXPECT_EQ(outcome(table.text(), "d", {{"x", Value::string("3")}}).substr(0, 5), "null:");
}

TEST(Table, TellsWhichRulesMatched) {
  auto hits_of = [](const Table& table, int x) {
    std::vector<TableHit> hits;
    auto value = evaluate(*load({{"m.dmn", table.text()}}), "d", {{"x", Value(x)}}, {}, nullptr, {}, &hits);
    EXPECT_TRUE(value.ok());
    std::string out = value->show() + " at";
    for (auto& hit : hits) {
      out += " " + hit.where + ":";
      for (size_t i = 0; i < hit.rules.size(); ++i) out += " " + std::to_string(hit.rules[i]) + "=" + hit.ids[i];
    }
    return out;
  };
  std::vector<std::pair<std::string, std::vector<std::string>>> rules = {
      {"&lt; 5", {"\"low\""}}, {"&lt; 9", {"\"mid\""}}, {"&lt; 9", {"\"high\""}}};
  EXPECT_EQ(hits_of({"hitPolicy=\"FIRST\"", {"<output/>"}, rules}, 3), "\"low\" at m.dmn:3, decision 'd': 0=");
  EXPECT_EQ(hits_of({"hitPolicy=\"PRIORITY\"", {kPriorities}, rules}, 3),
            "\"high\" at m.dmn:3, decision 'd': 0= 1= 2=");
  EXPECT_EQ(hits_of({"", {"<output/>"}, rules}, 6), "null at m.dmn:3, decision 'd': 1= 2=");
  EXPECT_EQ(hits_of({"", {"<output><defaultOutputEntry><text>0</text></defaultOutputEntry></output>"}, rules}, 9),
            "0 at m.dmn:3, decision 'd':");
  // Two tables, the inner one first; ids as the file has them.
  std::string inner =
      "<decisionTable><input><inputExpression><text>x</text></inputExpression></input><output/><rule "
      "id=\"r7\"><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry>"
      "</rule></decisionTable>";
  std::string outer = inner;
  outer.replace(outer.find(">x<"), 3, ">a<");
  std::vector<TableHit> hits;
  auto model =
      load({{"m.dmn", model_text(input("x") + decision("a", inner, "in:_x") + decision("b", outer, "_a"))}});
  EXPECT_TRUE(evaluate(*model, "b", {{"x", Value(1)}}, {}, nullptr, {}, &hits).ok());
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(hits[0].where, "m.dmn:3, decision 'a'");
  EXPECT_EQ(hits[1].where, "m.dmn:4, decision 'b'");
  EXPECT_EQ(hits[0].ids, std::vector<std::string>{"r7"});
}

TEST(Table, CellsSeeNamesAndTheInput) {
  Table table{"hitPolicy=\"FIRST\"",
              {"<output/>"},
              {{"? * 2 = x + 7", {"\"seven\""}}, {"not(1, 2)", {"\"other\""}}, {"&lt; x + 1", {"\"rest\""}}}};
  EXPECT_EQ(table.of(7), "\"seven\"");
  EXPECT_EQ(table.of(3), "\"other\"");
  EXPECT_EQ(table.of(2), "\"rest\"");
}
}  // namespace
}  // namespace guanhu::dmn
