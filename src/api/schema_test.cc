#include "api/schema.h"

#include <gtest/gtest.h>

namespace guanhu::api {
namespace {

const Schemas kNamed = {{"Item", object({{"id", text(5)}, {"total", nullable(decimal())}})}};

std::string misfit_text(const char* json, const SchemaRef& schema) {
  std::string out;
  for (const auto& m : misfits(base::Json::parse(json).value(), schema, kNamed))
    out += m.where + " " + m.message + "\n";
  return out;
}

TEST(Schema, NamesEveryMisfitByPlace) {
  SchemaRef list_of = object({{"items", list(ref("Item"))}, {"page", integer()}});
  EXPECT_EQ(misfit_text("[]", list_of), "/ 应为对象\n");
  EXPECT_EQ(misfit_text(R"({"items": {}, "page": "1"})", list_of), "/items 应为列表\n/page 应为整数\n");
  EXPECT_EQ(misfit_text(R"({"items": [{"id": "abcdef", "total": 5}], "page": 1.5})", list_of),
            "/items/0/id 太长, 最多 5 个字\n/items/0/total 应为写成文本的数, 如 \"12.50\"\n/page 应为整数\n");
  EXPECT_EQ(misfit_text(R"({"page": 1, "extra": 1})", list_of), "/items 缺少\n/extra 没有这个字段\n");
  EXPECT_EQ(misfit_text(R"({"items": [{"id": null, "total": null}], "page": 1})", list_of),
            "/items/0/id 不能为空\n");
}

TEST(Schema, ChecksEachScalar) {
  EXPECT_EQ(misfit_text("\"2025-02-30\"", date()), "/ 应为日期 YYYY-MM-DD\n");
  EXPECT_EQ(misfit_text("\"yesterday\"", moment()), "/ 应为时间, 如 2025-12-31T08:00:00Z\n");
  EXPECT_EQ(misfit_text("\"c\"", choice({"a", "b"})), "/ 应为其中之一: a, b\n");
  EXPECT_EQ(misfit_text("1", boolean()), "/ 应为 true 或 false\n");
  EXPECT_EQ(misfit_text("{\"x\": \"1\"}", map(integer())), "/x 应为整数\n");
}

// A field of five characters holds five of Chinese, which are fifteen bytes.
TEST(Schema, CountsWhatSomebodyWritesByCharacters) {
  EXPECT_EQ(misfit_text("\"\u8d37\u6b3e\u5230\u671f\u4e86\"", text(5)), "");
  EXPECT_EQ(misfit_text("\"\u8d37\u6b3e\u5df2\u5230\u671f\u4e86\"", text(5)), "/ 太长, 最多 5 个字\n");
}

TEST(Schema, TakesWhatFits) {
  EXPECT_EQ(misfit_text(R"({"items": [{"id": "a", "total": "1.50"}], "page": 2})",
                        object({{"items", list(ref("Item"))}, {"page", integer()}})),
            "");
  EXPECT_EQ(misfit_text(R"({"a": "x"})", optional(object({{"a", text()}, {"b", text()}}), {"b"})), "");
  EXPECT_EQ(misfit_text(R"({"a": "x", "more": 1})", open(object({{"a", text()}}))), "");
  EXPECT_EQ(misfit_text("null", nullable(date())), "");
}

TEST(Schema, WritesJsonSchema) {
  EXPECT_EQ(to_json_schema(nullable(date())).dump(),
            R"({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]})");
  EXPECT_EQ(
      to_json_schema(optional(object({{"a", text()}, {"b", ref("Item")}}), {"b"})).dump(),
      R"({"type": "object", "properties": {"a": {"type": "string"}, "b": {"$ref": "#/components/schemas/Item"}}, )"
      R"("required": ["a"], "additionalProperties": false})");
}

}  // namespace
}  // namespace guanhu::api
