#include "base/json.h"

#include <gtest/gtest.h>

namespace guanhu::base {
namespace {
std::string refusal(std::string_view text) {
  auto r = Json::parse(text);
  return r.ok() ? "accepted: " + r->dump() : r.error().where + ": " + r.error().message;
}

TEST(Json, RefusesWithPosition) {
  const std::pair<std::string, std::string> table[] = {
      {"", "line 1, column 1: the text ends where a value is expected"},
      {"[1,]", "line 1, column 4: a value is expected, not ']'"},
      {"[1 2]", "line 1, column 4: ',' or ']' is expected, not '2'"},
      {"{\"a\":1,\n \"a\":2}", "line 2, column 2: the member \"a\" stands twice"},
      {"{a:1}", "line 1, column 2: a member's name in quotes is expected, not 'a'"},
      {"{\"a\" 1}", "line 1, column 6: ':' is expected, not '1'"},
      {"{\"a\":1", "line 1, column 7: the text ends where ',' or '}' is expected"},
      {"01", "line 1, column 1: a number may not begin with 0"},
      {"-", "line 1, column 2: the text ends where a digit is expected"},
      {"1.", "line 1, column 3: the text ends where a digit is expected"},
      {"1e", "line 1, column 3: the text ends where a digit is expected"},
      {"1e7000", "line 1, column 1: the number is beyond the range of 34 digits and exponent 6111"},
      {"+1", "line 1, column 1: a value is expected, not '+'"},
      {"NaN", "line 1, column 1: a value is expected, not 'N'"},
      {"tru", "line 1, column 1: a value is expected, not 't'"},
      {"1 1", "line 1, column 3: text after the end of the document"},
      {"\"户\x01\"", "line 1, column 3: a control character inside a string"},
      {"\"a", "line 1, column 1: the string has no end"},
      {"\"\\x\"", "line 1, column 2: an unknown escape in a string"},
      {"\"\\u12g4\"", "line 1, column 6: a hexadecimal digit is expected, not 'g'"},
      {"\"\\ud800\"", "line 1, column 2: half of a surrogate pair"},
      {"\"\\udc00\"", "line 1, column 2: half of a surrogate pair"},
      {"\"\xC0\x80\"", "line 1, column 2: the text is not UTF-8"},
      {"\"\xED\xA0\x80\"", "line 1, column 2: the text is not UTF-8"},
      {"\"\xB9\xDC\"", "line 1, column 2: the text is not UTF-8"},
  };
  for (auto& [in, out] : table) EXPECT_EQ(refusal(in), out) << in;
}

TEST(Json, RefusesTooDeep) {
  auto nested = [](int n) {
    return std::string(static_cast<size_t>(n), '[') + std::string(static_cast<size_t>(n), ']');
  };
  EXPECT_TRUE(Json::parse(nested(201)).ok());
  EXPECT_EQ(refusal(nested(202)), "line 1, column 202: nested deeper than 200 levels");
}

TEST(Json, KeepsNumbersExact) {
  auto r = Json::parse("[0.1, 1e2, 12345678901234567890.12345678901234, -0, 1.10]");
  ASSERT_TRUE(r.ok());
  EXPECT_EQ(r->dump(), "[0.1, 100, 12345678901234567890.12345678901234, 0, 1.1]");
}

TEST(Json, KeepsOrderAndText) {
  auto r = Json::parse(
      "\xEF\xBB\xBF { \"b\" : [true,false,null], \"a\":{\"存款\":\"\\u6237\\ud83d\\ude00\\n\\u0001\\/\"}, "
      "\"e\":[],\"o\":{} } ");
  ASSERT_TRUE(r.ok()) << r.error().text();
  EXPECT_EQ(r->dump(),
            "{\"b\": [true, false, null], \"a\": {\"存款\": \"户😀\\n\\u0001/\"}, \"e\": [], \"o\": {}}");
  EXPECT_EQ(*r->find("a")->find("存款")->as_string(), "户😀\n\x01/");
  EXPECT_EQ(r->find("x"), nullptr);
  EXPECT_EQ(r->find("b")->find("x"), nullptr);
  EXPECT_EQ(Json::parse(r->dump(2))->dump(), r->dump());
  EXPECT_EQ(Json(JsonObject{{"a", JsonArray{1, "x"}}}).dump(2), "{\n  \"a\": [\n    1,\n    \"x\"\n  ]\n}");
}

TEST(Json, BuildsFromMachineTypes) {
  EXPECT_EQ(
      Json(JsonArray{size_t{18446744073709551615u}, int64_t{-5}, Decimal::fen(5), "x", true, nullptr}).dump(),
      "[18446744073709551615, -5, 0.05, \"x\", true, null]");
}
}  // namespace
}  // namespace guanhu::base
