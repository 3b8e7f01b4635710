#include <gtest/gtest.h>

#include <sstream>

#include "cli/command.h"

namespace guanhu::cli {
namespace {

struct Outcome {
  int status;
  std::string out, err;
};

Outcome feel(std::vector<std::string> arguments, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out, err;
  base::FixedClock clock(*base::Instant::parse("2025-12-31T17:00:00Z"));
  Io io{in, out, err, clock};
  int status = kFeelCommand.run(arguments, io);
  return {status, out.str(), err.str()};
}

TEST(FeelCommand, RefusesWrongUse) {
  EXPECT_EQ(feel({}).err, "guanhu feel: one expression is needed (see --help)\n");
  EXPECT_EQ(feel({}).status, kWrong);
  EXPECT_EQ(feel({"1", "2"}).status, kWrong);
  EXPECT_EQ(feel({"--quick", "1"}).status, kWrong);
  EXPECT_EQ(feel({"a"}, "[1]").err,
            "guanhu feel: standard input: the context is no JSON object (write {\"name\": value, …})\n");
  EXPECT_EQ(feel({"a"}, "{\"a\":}").err,
            "guanhu feel: standard input, line 1, column 6: a value is expected, not '}'\n");
}

TEST(FeelCommand, ShowsWhereTheSyntaxIsWrong) {
  auto o = feel({"余额 + ) * 2"});
  EXPECT_EQ(o.status, kWrong);
  EXPECT_EQ(o.err, "guanhu feel: 1:6: a value is expected, not ')'\n余额 + ) * 2\n       ^\n");
  EXPECT_EQ(o.out, "");
}

TEST(FeelCommand, ErrorsAreNullUnlessStrict) {
  auto lenient = feel({"1 / 余额"}, "{\"余额\": 0}");
  EXPECT_EQ(lenient.status, kDone);
  EXPECT_EQ(lenient.out, "null\n");
  EXPECT_EQ(lenient.err, "null: 1:1: division by zero: 1 / 0 (余额 = 0)\n1 / 余额\n^^^^^^^^\n");
  auto strict = feel({"--strict", "2 + 1 / 余额"}, "{\"余额\": 0}");
  EXPECT_EQ(strict.status, kWrong);
  EXPECT_EQ(strict.err,
            "guanhu feel: 1:5: division by zero: 1 / 0, in '1 / 余额' (余额 = 0)\n2 + 1 / 余额\n    ^\n");
  EXPECT_EQ(feel({"--strict", "余颔"}, "{\"余额\": 0}").err,
            "guanhu feel: 1:1: unknown name '余颔' (did you mean '余额'?)\n余颔\n^^\n");
  EXPECT_EQ(feel({"余颔"}, "{\"余额\": 0}").out, "null\n");
}

TEST(FeelCommand, PrintsExactJson) {
  EXPECT_EQ(feel({"0.1 + 0.2"}).out, "0.3\n");
  EXPECT_EQ(feel({"{日: today(), 数: 余额 * 3, 全 名: \"a\\\"b\"}"}, "{\"余额\": 12345678901234.56}").out,
            "{\"日\": \"2026-01-01\", \"数\": 37037036703703.68, \"全 名\": \"a\\\"b\"}\n");
  EXPECT_EQ(feel({"客户.管户 经理 + \"!\""}, "{\"客户\": {\"管户 经理\": \"张\"}}").out, "\"张!\"\n");
  EXPECT_EQ(
      feel({"贷款[余额 > 5].编号"}, "{\"贷款\": [{\"余额\": 4, \"编号\": \"a\"}, {\"余额\": 6, \"编号\": \"b\"}]}")
          .out,
      "[\"b\"]\n");
}

TEST(FeelCommand, RunsUnaryTestsAndTraces) {
  EXPECT_EQ(feel({"--tests", "7", "< 5, [7..9]"}).out, "true\n");
  EXPECT_EQ(feel({"--tests", "6", "not(< 5, [7..9])"}).out, "true\n");
  EXPECT_EQ(feel({"--trace", "a + 2 * 3"}, "{\"a\": 1}").err,
            "1:1    a = 1\n1:5    2 * 3 = 6\n1:1  a + 2 * 3 = 7\n");
}
}  // namespace
}  // namespace guanhu::cli
