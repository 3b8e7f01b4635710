// A null born of an error is an error: every function and operator is given values of every kind.
#include <gtest/gtest.h>

#include <set>

#include "feel/builtins.h"
#include "feel/program.h"

namespace guanhu::feel {
namespace {

const std::vector<std::string> kTexts = {"-2",
                                         "2.5",
                                         "\"ab\"",
                                         "true",
                                         "null",
                                         "[]",
                                         "[1, null]",
                                         "{a: 1}",
                                         "@\"2025-01-31\"",
                                         "@\"10:00:00\"",
                                         "@\"P1D\"",
                                         "@\"P1M\"",
                                         "[1..3]",
                                         "@\"2025-01-31T10:00:00Z\"",
                                         "abs"};

// Null is what these say of a null, of an empty list or of an entry that is not there (DMN 1.5, tables
// 74, 76 and 82); the files of tests/feel say when.
const std::set<std::string> kMayBeNull = {"string",  "not",    "min", "max", "sum",      "mean",
                                          "product", "median", "all", "any", "get value"};

std::vector<Value> samples() {
  std::vector<Value> out;
  for (auto& text : kTexts) out.push_back(*compile(text, Scope())->evaluate({}));
  return out;
}

// What is wrong with the outcome of a formula; "" when nothing is.
std::string fault(const Program& program, std::span<const Value> slots, bool may_be_null) {
  EvalOptions options;
  options.now = base::Instant{};
  std::vector<Diagnostic> said;
  auto value = program.evaluate(slots, options, &said);
  options.strict = true;
  auto strict = program.evaluate(slots, options);
  if (!value.ok()) return "";  // a limit
  if (strict.ok() != said.empty()) return "strict evaluation and the diagnostics disagree";
  if (strict.ok()) return value->is_null() && !may_be_null ? "null without an error" : "";
  const base::Error& error = strict.error();
  if (error.message.empty() || error.where.empty()) return "the error does not say what and where";
  // It is about one of the inputs, by its name.
  bool named = slots.empty() || error.message.find("x = ") != std::string::npos ||
               error.message.find("y = ") != std::string::npos || error.message.find("z = ") != std::string::npos;
  return named ? "" : "the error names no input: " + error.message;
}

// The first fault of the formula over all combinations of values; "" when there is none.
std::string try_all(const std::string& text, size_t inputs, bool may_be_null) {
  static const char* const kNames[] = {"x", "y", "z"};
  static const std::vector<Value> values = samples();
  Scope scope;
  for (size_t i = 0; i < inputs; ++i) scope.declare(kNames[i]);
  auto program = compile(text, scope);
  if (!program.ok()) return "";  // so many arguments are refused when it is compiled
  size_t count = 1;
  for (size_t i = 0; i < inputs; ++i) count *= values.size();
  for (size_t n = 0; n < count; ++n) {
    std::vector<Value> slots;
    for (size_t i = 0, rest = n; i < inputs; ++i, rest /= values.size())
      slots.push_back(values[rest % values.size()]);
    std::string wrong = fault(*program, slots, may_be_null);
    if (wrong.empty()) continue;
    std::string with;
    for (auto& slot : slots) with += " " + slot.show();
    return text + " of" + with + ": " + wrong;
  }
  return "";
}

TEST(Strict, EveryFunctionSaysWhyItIsNull) {
  for (auto& name : builtin_names()) {
    bool may_be_null = kMayBeNull.contains(name);
    EXPECT_EQ(try_all(name + "()", 0, may_be_null), "");
    EXPECT_EQ(try_all(name + "(x)", 1, may_be_null), "");
    EXPECT_EQ(try_all(name + "(x, y)", 2, may_be_null), "");
    EXPECT_EQ(try_all(name + "(x, y, z)", 3, may_be_null), "");
  }
}

TEST(Strict, EveryOperatorSaysWhyItIsNull) {
  for (std::string op : {"+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">="})
    EXPECT_EQ(try_all("x " + op + " y", 2, false), "");
  // Null is a truth value of its own, and an answer of tests and loops over such.
  for (std::string text : {"x and y", "x or y", "x in y", "x in (< y)", "x in [y..y]", "some i in x satisfies y",
                           "every i in x satisfies y", "x between y and y"})
    EXPECT_EQ(try_all(text, 2, true), "");
  for (std::string text : {"-x", "x.year", "x.a", "x(1)", "for i in x return 1", "for i in x..3 return i"})
    EXPECT_EQ(try_all(text, 1, text == "x.a"), "");
  EXPECT_EQ(try_all("x[y]", 2, true), "");
  EXPECT_EQ(try_all("if x then y else z", 3, true), "");
}
}  // namespace
}  // namespace guanhu::feel
