#include "dmn/boxed.h"

#include <gtest/gtest.h>

#include "dmn/model_text.h"

namespace guanhu::dmn {
namespace {

std::string entry(const std::string& name, const std::string& expression, const std::string& type = "") {
  std::string variable =
      name.empty() ? ""
                   : "<variable name=\"" + name + "\"" + (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/>";
  return "<contextEntry>" + variable + expression + "</contextEntry>";
}
std::string of(const std::string& box) { return outcome(model_text(decision("d", box)), "d"); }
std::string refused(const std::string& box) { return refusal(model_text(decision("d", box))); }
std::string loop(const std::string& kind, const std::string& in, const std::string& body) {
  std::string part = kind == "for" ? "return" : "satisfies";
  return "<" + kind + " iteratorVariable=\"e\"><in>" + in + "</in><" + part + ">" + body + "</" + part + "></" +
         kind + ">";
}

TEST(BoxedRefuses, WhatLacksParts) {
  EXPECT_EQ(
      refused("<conditional><if>" + literal("true") + "</if><then>" + literal("1") + "</then></conditional>"),
      "m.dmn:2, decision 'd': <conditional> lacks the expression of <else>");
  EXPECT_EQ(refused("<filter><in>" + literal("[1]") + "</in></filter>"),
            "m.dmn:2, decision 'd': <filter> lacks the expression of <match>");
  EXPECT_EQ(refused("<some><in>" + literal("[1]") + "</in></some>"),
            "m.dmn:2, decision 'd': the iterator does not name its variable");
  EXPECT_EQ(refused("<invocation/>"), "m.dmn:2, decision 'd': the invocation does not say what is invoked");
  EXPECT_EQ(refused("<context>" + entry("a", literal("1")) + entry("a", literal("2")) + "</context>"),
            "m.dmn:2, decision 'd': two entries of the context are named 'a' (rename one)");
  EXPECT_EQ(refused("<context>" + entry("", literal("1")) + entry("a", literal("2")) + "</context>"),
            "m.dmn:2, decision 'd': only the last entry of a context may be without a name (name it)");
  EXPECT_EQ(refused("<relation><column name=\"a\"/><row>" + literal("1") + literal("2") + "</row></relation>"),
            "m.dmn:2, decision 'd': the row has 2 cells for 1 columns");
}

TEST(Boxed, Contexts) {
  EXPECT_EQ(of("<context>" + entry("a b", literal("1")) + entry("c", literal("a b + 1")) + "</context>"),
            "{a b: 1, c: 2}");
  EXPECT_EQ(of("<context>" + entry("a", literal("1")) + entry("", literal("a + 1")) + "</context>"), "2");
  EXPECT_EQ(of("<context>" + entry("a", literal("1"), "string") + "</context>"), "{a: null}");
  // An inner name hides an outer one, and only inside.
  std::string inner = "<context>" + entry("a", literal("2")) + entry("", literal("a * 10")) + "</context>";
  EXPECT_EQ(
      of("<context>" + entry("a", literal("1")) + entry("b", inner) + entry("c", literal("a")) + "</context>"),
      "{a: 1, b: 20, c: 1}");
  EXPECT_EQ(refused("<list><context>" + entry("z", literal("1")) + "</context>" + literal("z") + "</list>"),
            "m.dmn:2, decision 'd', 1:1: unknown name 'z', in 'z' (did you mean 'is'?)");
}

TEST(Boxed, ListsAndRelations) {
  EXPECT_EQ(of("<list>" + literal("1") + "<list/>" + literal("\"x\"") + "</list>"), "[1, [], \"x\"]");
  EXPECT_EQ(of("<relation><column name=\"a\"/><column name=\"b c\" typeRef=\"number\"/><row>" + literal("1") +
               literal("2") + "</row><row>" + literal("3") + literal("\"x\"") + "</row></relation>"),
            "[{a: 1, b c: 2}, {a: 3, b c: null}]");
}

TEST(Boxed, FunctionsAndInvocations) {
  std::string sum =
      "<functionDefinition><formalParameter name=\"x\" typeRef=\"number\"/><formalParameter name=\"y\"/>" +
      literal("x + y + base") + "</functionDefinition>";
  std::string binding = "<binding><parameter name=\"y\"/>" + literal("2") +
                        "</binding><binding><parameter name=\"x\"/>" + literal("1") + "</binding>";
  auto invoke = [&](const std::string& bindings) {
    return of("<context>" + entry("base", literal("100")) + entry("sum", sum) +
              entry("", "<invocation>" + literal("sum") + bindings + "</invocation>") + "</context>");
  };
  EXPECT_EQ(invoke(binding), "103");
  EXPECT_EQ(invoke(""), "null: m.dmn:2, decision 'd': the function needs arguments, the invocation has none");
  EXPECT_EQ(invoke("<binding><parameter name=\"z\"/>" + literal("2") + "</binding>").substr(0, 5), "null:");
  EXPECT_EQ(of("<invocation>" + literal("1") + "</invocation>"),
            "null: m.dmn:2, decision 'd': 1 is invoked but is no function");
  // It knows itself, and what stood around it when it was made.
  std::string power = "<functionDefinition><formalParameter name=\"n\"/>" +
                      literal("if n = 0 then 1 else base * power(n - 1)") + "</functionDefinition>";
  EXPECT_EQ(of("<context>" + entry("base", literal("2")) + entry("power", power) +
               entry("", literal("for i in 1..3 return power(i)")) + "</context>"),
            "[2, 4, 8]");
}

TEST(Boxed, Conditionals) {
  auto choose = [](const std::string& condition) {
    return of("<conditional><if>" + literal(condition) + "</if><then>" + literal("\"yes\"") + "</then><else>" +
              literal("\"no\"") + "</else></conditional>");
  };
  EXPECT_EQ(choose("1 &lt; 2"), "\"yes\"");
  EXPECT_EQ(choose("1 &gt; 2"), "\"no\"");
  EXPECT_EQ(choose("null"), "\"no\"");
  EXPECT_EQ(choose("7"), "null: m.dmn:2, decision 'd': the condition gives 7, not a boolean");
}

TEST(Boxed, Loops) {
  EXPECT_EQ(of(loop("for", literal("[1, 2, 3]"), literal("e * 2"))), "[2, 4, 6]");
  EXPECT_EQ(of(loop("for", literal("(1..4]"), literal("e"))), "[2, 3, 4]");
  EXPECT_EQ(of(loop("for", literal("[1, 2, 3]"), literal("e + sum(partial)"))), "[null, null, null]");
  EXPECT_EQ(of(loop("for", literal("[1, 2, 3]"), literal("count(partial)"))), "[0, 1, 2]");
  EXPECT_EQ(of(loop("for", literal("null"), literal("e"))),
            "null: m.dmn:2, decision 'd': the list to loop over is null");
  EXPECT_EQ(of(loop("for", literal("[1..&quot;x&quot;]"), literal("e"))).substr(0, 4), "null");
  EXPECT_EQ(of(loop("some", literal("[1, 2]"), literal("e = 2"))), "true");
  EXPECT_EQ(of(loop("some", literal("[]"), literal("e = 2"))), "false");
  EXPECT_EQ(of(loop("every", literal("[1, 2]"), literal("e = 2"))), "false");
  EXPECT_EQ(of(loop("every", literal("[]"), literal("e = 2"))), "true");
  EXPECT_EQ(of(loop("every", literal("[1, null]"), literal("e &lt; 2"))).substr(0, 4), "null");
  EXPECT_EQ(of(loop("some", literal("[1, 2]"), literal("if e = 1 then true else 5"))),
            "null: m.dmn:2, decision 'd': the condition gives 5, not a boolean");
  EXPECT_EQ(of(loop("for", literal("[1, 2]"), loop("for", literal("[e, e]"), literal("e * 10")))),
            "[[10, 10], [20, 20]]");
}

TEST(Boxed, Filters) {
  auto filter = [](const std::string& in, const std::string& match) {
    return of("<filter><in>" + literal(in) + "</in><match>" + match + "</match></filter>");
  };
  EXPECT_EQ(filter("[1, 5, 7]", literal("item &gt; 4")), "[5, 7]");
  EXPECT_EQ(filter("[{a: 1}, {a: 2}]", literal("a = 2")), "[{a: 2}]");
  EXPECT_EQ(filter("[{a b: 1}, {a b: 2}]", literal("a b = 2 and item.a b = 2")), "[{a b: 2}]");
  EXPECT_EQ(filter("[1, null]", literal("item &gt; 0")), "[1]");
  EXPECT_EQ(filter("[1, 2]", literal("1")),
            "null: m.dmn:2, decision 'd': the filter's condition gives 1, not a boolean");
  EXPECT_EQ(filter("[1, 2, 3]", "<conditional><if>" + literal("item = 2") + "</if><then>" + literal("false") +
                                    "</then><else>" + literal("true") + "</else></conditional>"),
            "[1, 3]");
}
}  // namespace
}  // namespace guanhu::dmn
