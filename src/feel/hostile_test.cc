// What somebody writes who wants the machine to stand still: each ends by its own limits, quickly and
// in little memory, with an error that says which limit it was.
#include <gtest/gtest.h>

#include <ctime>

#include "feel/program.h"
#include "feel/rules.h"

namespace guanhu::feel {
namespace {

double processor() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }  // double: a stop-watch

// Of the usual steps the 150th part: what takes a second here would take minutes.
std::string outcome(const std::string& text) {
  EvalOptions options;
  options.max_steps = 30'000;
  options.max_text = 1 << 17;
  auto program = compile(text, Scope(), {.lenient = true});
  if (!program.ok()) return program.error().text();
  auto value = program->evaluate({}, options);
  return value.ok() ? value->show() : value.error().code + " " + value.error().message;
}

const char* const kSteps = "feel.limit the evaluation takes more than 30000 steps";

void expect_limit(const std::string& text) {
  double start = processor();  // double: a stop-watch
  EXPECT_EQ(outcome(text), kSteps) << text;
  EXPECT_LT(processor() - start, 5) << text;
}

TEST(Hostile, LoopsWithoutEnd) {
  expect_limit("for i in 1..1000000000000 return i");
  expect_limit("count(for i in 1..1000000, j in 1..1000000 return 1)");
  expect_limit("some i in 1..1000000000000 satisfies false");
  expect_limit("every d in @\"0001-01-01\"..@\"999999999-12-31\" satisfies true");
  expect_limit("{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(80)}.r");
  EXPECT_EQ(outcome("{f: function(n) f(n + 1), r: f(0)}.r"),
            "feel.limit functions call each other more than 400 deep");
  EXPECT_EQ(outcome("{f: function(n) g(n), g: function(n) f(n), r: f(0)}.r"), "null");  // f knows no later g
}

TEST(Hostile, TextsThatGrow) {
  const std::string text =
      "{s: string join(for i in 1..5000 return \"0123456789\"), r: count(for i in 1..9000 return ";
  for (auto* each :
       {"s + \"x\"", "upper case(s)", "substring(s, 2)", "split(s, \";\")", "replace(s, \"0\", \"1\")",
        "string([s, s])", "string join([s, s])", "contains(s, \"zzz\")", "string length(s)", "matches(s, \"zzz\")",
        "s = s + \"\"", "lower case(s)", "substring after(s, \"9\")"})
    expect_limit(text + each + ")}.r");
  EXPECT_EQ(outcome("{f: function(s, n) if n = 0 then s else f(s + s, n - 1), r: f(\"x\", 100)}.r"),
            "feel.limit a string grows beyond 131072 bytes");
  EXPECT_EQ(outcome("{s: string join(for i in 1..2000 return \"0123456789\"), r: replace(s, \"0\", s)}.r"),
            "feel.limit a string grows beyond 131072 bytes");
}

TEST(Hostile, PatternsThatBacktrack) {
  const std::string many(60, 'a');
  EXPECT_EQ(outcome("matches(\"" + many + "X\", \"(a+)+$\")"), "null");
  expect_limit("count(for i in 1..1000 return matches(\"" + many + "X\", \"(a+)+$\"))");
  expect_limit("count(for i in 1..1000 return replace(\"" + many + "X\", \"(a|aa)+$\", \"\"))");
  EXPECT_EQ(outcome("matches(\"a\", \"((((a{1000}){1000}){1000}){1000})\")"), "null");
}

TEST(Hostile, ArithmeticThatTakesLong) {
  for (auto* each :
       {"log(i + 0.1)", "exp(i / 1000)", "1.0001 ** (i / 7)", "1.0001 ** i", "sqrt(i)", "stddev([i, 1])"})
    expect_limit("count(for i in 1..29000 return " + std::string(each) + ")");
  EXPECT_EQ(outcome("9.99 ** 999999999999"), "null");
  EXPECT_EQ(outcome("exp(9999999999999999)"), "null");
  EXPECT_EQ(outcome("9e6000 * 9e6000"), "null");
}

TEST(Hostile, ListsInLoops) {
  const std::string list = "{l: for i in 1..1000 return i, r: count(for i in 1..9000 return ";
  for (auto* each : {"index of(l, i)",
                     "list contains(l, -1)",
                     "l[item = -1]",
                     "-1 in l",
                     "l = reverse(l)",
                     "append(l, i)",
                     "l instance of list<number>",
                     "(function(x: list<number>) 1)(l)",
                     "max(l)",
                     "all(l)",
                     "string(l)",
                     "flatten(l)",
                     "concatenate(l, l)",
                     "sublist(l, 1, 900)",
                     "l.a",
                     "mode(l)",
                     "median(l)",
                     "remove(l, 1)",
                     "insert before(l, 1, 0)",
                     "list replace(l, 1, 0)",
                     "sort(l)",
                     "distinct values(l)",
                     "union(l, l)",
                     "for x in l return x",
                     "is(l, reverse(l))"})
    expect_limit(list + each + ")}.r");
  const std::string context =
      "{c: context(for i in 1..1000 return {key: string(i), value: i}), r: count(for i in 1..9000 return ";
  for (auto* each : {"get entries(c)", "context put(c, \"x\", i)", "context merge([c, c])",
                     "c = context merge([c])", "string(c)", "is(c, context put(c, \"1\", 1))"})
    expect_limit(context + each + ")}.r");
}

// A small value that shares its parts is a tree of 2^60 leaves to whoever walks it.
TEST(Hostile, SharedParts) {
  const std::string tree = "for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]";
  const std::string start = "{l: " + tree + ", m: " + tree + ", r: ";
  for (auto* each : {"l[-1] = m[-1]", "is(l[-1], m[-1])", "list contains(l, m[-1])", "count(flatten(l[-1]))",
                     "count(distinct values(concatenate(l, m)))", "index of(l, m[-1])", "m[-1] in (l[-1], 1)",
                     "l[-1].a", "string(l[-1])"})
    expect_limit(start + each + "}.r");
  EXPECT_NE(outcome(start + "l[-1]}.r").find("…"), std::string::npos);
}

TEST(Hostile, SourcesToCompile) {
  Scope scope;
  scope.declare("a");
  scope.declare("a b c");
  for (int i = 0; i < 200; ++i) scope.declare("a a " + std::to_string(i));
  for (std::string part : {"a ",
                           "a b ",
                           "1+",
                           "(",
                           "[",
                           "{a:",
                           "-",
                           "not(",
                           "if a then ",
                           "for x in ",
                           "function(x) ",
                           "a.",
                           "a[",
                           "1,",
                           "some x in a satisfies ",
                           "x instance of ",
                           "list<",
                           "/*",
                           "\"\" ",
                           "a and ",
                           "f(a:",
                           "户",
                           "[1..2],",
                           "{a:1},"})
    for (Form form : {Form::expression, Form::unary_tests}) {
      std::string text;
      while (text.size() < 100'000) text += part;
      double start = processor();  // double: a stop-watch
      auto program = compile(text, scope, {.form = form, .lenient = true});
      EXPECT_LT(processor() - start, 5) << part;
      if (!program.ok()) EXPECT_FALSE(program.error().where.empty()) << part;
    }
}

TEST(Hostile, TablesCountToo) {
  auto cell = *compile("string join(for i in 1..1000 return \"x\") = ?", Scope(), {.form = Form::unary_tests});
  Rules rules(1, std::vector<Rules::Row>(500, Rules::Row{cell}));
  Value input[] = {Value::string("x")};
  auto found = rules.matching(input, {}, {.max_steps = 100'000});
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, "feel.limit");
}
}  // namespace
}  // namespace guanhu::feel
