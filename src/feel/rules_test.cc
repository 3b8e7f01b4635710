#include "feel/rules.h"

#include <gtest/gtest.h>

#include <random>

namespace guanhu::feel {
namespace {

Scope names() {
  Scope scope;
  scope.declare("limit");
  return scope;
}

Rules::Row row_of(const std::vector<std::string>& cells) {
  Rules::Row row;
  for (auto& text : cells) {
    row.emplace_back();
    if (text == "-") continue;
    auto program = compile(text, names(), {.form = Form::unary_tests});
    EXPECT_TRUE(program.ok()) << text << ": " << program.error().text();
    row.back() = *program;
  }
  return row;
}

Rules table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<Rules::Row> made;
  for (auto& cells : rows) made.push_back(row_of(cells));
  return Rules(rows.empty() ? 1 : rows[0].size(), std::move(made));
}

Value value(const std::string& text) { return *compile(text, Scope())->evaluate({}); }

std::string found(const Rules& rules, const std::vector<std::string>& inputs, bool first = false,
                  bool strict = false) {
  std::vector<Value> values;
  for (auto& text : inputs) values.push_back(value(text));
  Value slots[] = {Value(100)};
  auto matched = rules.matching(values, slots, {.strict = strict}, first);
  if (!matched.ok()) return matched.error().text();
  std::string out;
  for (size_t rule : *matched) out += (out.empty() ? "" : " ") + std::to_string(rule);
  return out;
}

TEST(Rules, RefusesWhatCannotBeDecided) {
  Rules rules = table({{"< 5", "\"A\""}, {">= limit", "-"}});
  EXPECT_EQ(found(rules, {"\"x\"", "\"A\""}, false, true).substr(0, 17), "rule 1, 1:1: cann");
  EXPECT_EQ(found(rules, {"null", "\"A\""}, false, true).substr(0, 17), "rule 1, 1:1: cann");
  EXPECT_EQ(found(rules, {"null", "\"A\""}), "");
  // The second rule's test is not of this kind either, but the first rule of a text column is none.
  EXPECT_EQ(found(table({{"limit + 1"}}), {"\"x\""}, false, true).substr(0, 8), "rule 1, ");
  Value one[] = {Value(1)};
  EXPECT_THROW((void)rules.matching(one, {}), base::Broken);
  EXPECT_THROW(Rules(3, {row_of({"1", "2"})}), base::Broken);
}

TEST(Rules, NumbersOnBothSidesOfEveryBoundary) {
  Rules rules = table({{"< 5"}, {"<= 5"}, {"[5..7)"}, {"(5..7]"}, {"5, 7"}, {"not(5)"}, {"> 7"}, {"-"}, {"5.50"}});
  EXPECT_EQ(rules.indexed(), 8u);
  EXPECT_EQ(found(rules, {"4.999"}), "0 1 5 7");
  EXPECT_EQ(found(rules, {"5.0"}), "1 2 4 7");
  EXPECT_EQ(found(rules, {"5.001"}), "2 3 5 7");
  EXPECT_EQ(found(rules, {"5.5"}), "2 3 5 7 8");
  EXPECT_EQ(found(rules, {"7"}), "3 4 5 7");
  EXPECT_EQ(found(rules, {"7.000000000000000000000000000000001"}), "5 6 7");
  EXPECT_EQ(found(rules, {"-1000000000"}), "0 1 5 7");
  EXPECT_EQ(found(rules, {"1000000000"}, true), "5");
}

TEST(Rules, TextsDatesAndBooleans) {
  Rules rules = table({{"\"A\", \"B\"", "true", "< date(\"2025-03-01\")"},
                       {"not(\"A\")", "false", "[date(\"2025-03-01\")..date(\"2025-03-31\")]"},
                       {"-", "-", "@\"2025-04-01\""},
                       {"[\"A\", \"丙\"]", "-", "-"}});
  EXPECT_EQ(rules.indexed(), 8u);
  EXPECT_EQ(found(rules, {"\"A\"", "true", "@\"2025-02-28\""}), "0 3");
  EXPECT_EQ(found(rules, {"\"B\"", "true", "@\"2025-03-01\""}), "");
  EXPECT_EQ(found(rules, {"\"B\"", "false", "@\"2025-03-01\""}), "1");
  EXPECT_EQ(found(rules, {"\"C\"", "false", "@\"2025-03-31\""}), "1");
  EXPECT_EQ(found(rules, {"\"丙\"", "true", "@\"2025-04-01\""}), "2 3");
  EXPECT_EQ(found(rules, {"\"丙\"", "true", "@\"2025-04-02\""}), "3");
}

TEST(Rules, WhatIsNoConstantIsEvaluated) {
  Rules rules =
      table({{"< limit"}, {"? > 50 and ? < limit"}, {"150"}, {"contains(\"150\", string(?))"}, {"null"}});
  EXPECT_EQ(rules.indexed(), 1u);
  EXPECT_EQ(found(rules, {"60"}), "0 1");
  EXPECT_EQ(found(rules, {"150"}), "2 3");
  EXPECT_EQ(found(rules, {"null"}), "4");
  EXPECT_EQ(found(Rules(2, {}), {"1", "2"}), "");
  EXPECT_EQ(found(table({{"[\"a\"..\"f\"]"}, {"< \"b\""}, {"\"b\""}}), {"\"b\""}), "0 2");
}

const std::vector<std::string> kCells = {"-",
                                         "-",
                                         "1",
                                         "< 2",
                                         ">= 2",
                                         "[1..3]",
                                         "(1..3)",
                                         "not(2, 3)",
                                         "2.5, < 1",
                                         "\"a\"",
                                         "not(\"a\", \"b\")",
                                         "[1, 2, \"a\"]",
                                         "true",
                                         "false",
                                         "null",
                                         "< limit",
                                         "? = 2",
                                         "@\"2025-01-02\"",
                                         "< @\"2025-01-02\"",
                                         "[-1..1]",
                                         "= 2",
                                         "!= 2",
                                         "(< 2)",
                                         "[[1]]",
                                         "1, null",
                                         "\"a\", 2"};
const std::vector<std::string> kInputs = {"1",
                                          "2",
                                          "2.0",
                                          "0",
                                          "2.5",
                                          "100",
                                          "\"a\"",
                                          "\"c\"",
                                          "true",
                                          "null",
                                          "@\"2025-01-01\"",
                                          "@\"2025-01-02\"",
                                          "[1]",
                                          "{a: 1}"};

std::vector<size_t> cell_by_cell(const Rules& rules, std::span<const Value> inputs, std::span<const Value> slots) {
  std::vector<size_t> out;
  for (size_t r = 0; r < rules.size(); ++r) {
    bool passes = true;
    for (size_t c = 0; c < inputs.size(); ++c) {
      auto& cell = rules.row(r)[c];
      passes = passes && (!cell || cell->test(inputs[c], slots)->is_true());
    }
    if (passes) out.push_back(r);
  }
  return out;
}

// Whatever the index holds, the outcome is that of testing every cell.
TEST(Rules, AgreeWithTestingEveryCell) {
  std::mt19937 random(7);
  auto any = [&](auto& list, size_t among) { return list[random() % among]; };
  Value slots[] = {Value(100)};
  for (int round = 0; round < 150; ++round) {
    std::vector<std::vector<std::string>> rows;
    size_t count = 1 + random() % 90, spread = 1 + random() % kCells.size();
    for (size_t r = 0; r < count; ++r) rows.push_back({any(kCells, spread), any(kCells, kCells.size())});
    Rules rules = table(rows);
    for (int i = 0; i < 20; ++i) {
      Value given[] = {value(any(kInputs, kInputs.size())), value(any(kInputs, kInputs.size()))};
      ASSERT_EQ(*rules.matching(given, slots), cell_by_cell(rules, given, slots))
          << given[0].show() << ", " << given[1].show();
    }
  }
}
}  // namespace
}  // namespace guanhu::feel
