#include "policy/detail/document.h"

#include <gtest/gtest.h>

#include "policy/detail/text.h"
#include "policy/detail/tree.h"

namespace guanhu::policy::detail {
namespace {

Document read(const std::string& text, Problems* problems = nullptr) {
  static std::vector<std::unique_ptr<Source>> kept;  // blocks point at their source
  kept.push_back(std::make_unique<Source>(Source::of("p/d.md", text)));
  Report report;
  Document out = read_document(*kept.back(), report);
  Problems found = report.take();
  if (problems) *problems = found;
  else EXPECT_EQ(found.text(), "");
  return out;
}

TEST(Article, IsReadFromHeadings) {
  const std::pair<const char*, const char*> kCases[] = {
      {"第十一条(二)4 组织资金(10 分)", "第十一条(二)4"},
      {"第三章 贷款发放", "第三章"},
      {"第三章第二节 支付", "第三章第二节"},
      {"四(二) 支付管理", "四(二)"},
      {"一、总则", "一"},
      {"(三) 附注", "(三)"},
      {"2.1 范围", "2.1"},
      {"附则", "附则"},
      {"附件2 评分表", "附件2"},
      {"第7条之一", "第7条之一"},
      {"一般规定", ""},  // a numeral that is only the beginning of a word
      {"第一", ""},      // no ordinal
      {"组织资金", ""},
      {"", ""},
  };
  for (const auto& [heading, article] : kCases) EXPECT_EQ(article_of(heading), article) << heading;
}

TEST(Document, ABlockKnowsWhereItStandsAndWhatItObeys) {
  Document document = read(
      "# 办法\n"
      "来源: 甲.txt 篇一 · 施行: 2024-01-01 至 2024-12-31\n\n"
      "## 第三章 贷款\n\n第三章的话。\n\n"
      "### 四(二) 支付\n\n第一段，\n接着写。\n\n- 其一\n- **其二**\n\n"
      "```measure 甲\nfact = 1\n```\n");
  ASSERT_EQ(document.blocks.size(), 1u);
  const Block& block = document.blocks[0];
  EXPECT_EQ(block.kind, "measure");
  EXPECT_EQ(block.name, "甲");
  EXPECT_EQ(block.body, "fact = 1\n");
  EXPECT_EQ(block.origin.line, 16);
  EXPECT_EQ(block.name_at.column, 12);
  EXPECT_EQ(block.origin.article, "第三章四(二)");
  EXPECT_EQ(block.origin.heading, (std::vector<std::string>{"办法", "第三章 贷款", "四(二) 支付"}));
  EXPECT_EQ(block.origin.locator, "甲.txt 篇一");
  EXPECT_EQ(block.origin.text, "第一段，接着写。\n其一\n其二");
  EXPECT_EQ(block.from->str(), "2024-01-01");
  EXPECT_EQ(block.to->str(), "2024-12-31");
}

TEST(Document, MarksHoldForWhatIsBelowTheirHeadingOnly) {
  Document document = read(
      "# 办法\n来源：甲.txt\n施行：2024-01-01\n\n"
      "## 附一\n来源: 乙.txt · 卷二\n\n```open\n```\n\n"
      "## 第二条\n\n```open\n```\n");
  ASSERT_EQ(document.blocks.size(), 2u);
  EXPECT_EQ(document.blocks[0].origin.locator, "乙.txt · 卷二");
  EXPECT_EQ(document.blocks[1].origin.locator, "甲.txt");
  EXPECT_EQ(document.blocks[1].from->str(), "2024-01-01");
  EXPECT_FALSE(document.blocks[1].to);
}

TEST(Document, PlainFencesAreProse) {
  Document document =
      read("# 第一条\n来源: 甲\n\n话。\n\n```text\n例子\n```\n\n```\n又一个\n```\n\n~~~peer 甲\n~~~\n");
  ASSERT_EQ(document.blocks.size(), 1u);
  EXPECT_EQ(document.blocks[0].kind, "peer");
  EXPECT_EQ(document.blocks[0].origin.text, "话。\n例子\n又一个");
}

TEST(Document, ACarriageReturnAloneEndsALine) {
  Problems problems;
  Document d =
      read("# 办法\r来源: x.txt\r\r## 第一条\r\r步长。\r\r```parameter\r[\"步长\"]\rvalue = 5\r", &problems);
  ASSERT_EQ(d.blocks.size(), 1u);
  EXPECT_EQ(d.blocks[0].kind_at.line, 8);
  ASSERT_EQ(problems.errors.size(), 1u);
  EXPECT_EQ(problems.errors[0].code, "policy.block.open");
  EXPECT_EQ(split_lines("a\rb\r\nc\n\nd"), (std::vector<std::string_view>{"a", "b", "c", "", "d"}));
  EXPECT_TRUE(split_lines("").empty());
}

TEST(Document, AByteOrderMarkAndWindowsLineEndsDoNotCount) {
  Document document = read("\xEF\xBB\xBF# 第一条\r\n来源: 甲\r\n\r\n话。\r\n\r\n```peer 甲\r\nhow = 1\r\n```\r\n");
  ASSERT_EQ(document.blocks.size(), 1u);
  EXPECT_EQ(document.blocks[0].origin.article, "第一条");
  EXPECT_EQ(document.blocks[0].body, "how = 1\n");
  EXPECT_EQ(document.blocks[0].origin.line, 6);
}

TEST(Source, TheCaretStandsBelowWideCharacters) {
  Source source = Source::of("p/d.md", "a存款b = 1\n\tx\n");
  EXPECT_EQ(source.excerpt({1, 2, 2}), "  a存款b = 1\n   ^^^^\n");
  EXPECT_EQ(source.excerpt({1, 4, 1}), "  a存款b = 1\n       ^\n");
  EXPECT_EQ(source.excerpt({2, 2, 1}), "  \tx\n  \t^\n");
  EXPECT_EQ(source.excerpt({1, 9, 1}), "  a存款b = 1\n            ^\n");  // behind the end
  EXPECT_EQ(source.excerpt({3, 1, 1}), "");
}

TEST(Tree, StringsKnowThePlaceOfEveryCharacter) {
  Source source =
      Source::of("p/d.md", "头\na = \"x\\u5B58\\\"y\"\nb = \"\"\"\n存\\\n   款\n\"\"\"\nc = '''z'''\n");
  Report report;
  auto tree =
      parse_tree(source, "a = \"x\\u5B58\\\"y\"\nb = \"\"\"\n存\\\n   款\n\"\"\"\nc = '''z'''\n", 2, report);
  ASSERT_TRUE(tree);
  auto places = [&](const char* key) {
    std::string out;
    for (Place place : tree->find(key)->value.origins)
      out += std::to_string(place.line) + ":" + std::to_string(place.column) + " ";
    return out;
  };
  EXPECT_EQ(tree->find("a")->value.text, "x存\"y");
  EXPECT_EQ(places("a"), "2:6 2:7 2:13 2:15 2:16 ");
  EXPECT_EQ(tree->find("b")->value.text, "存款\n");
  EXPECT_EQ(places("b"), "4:1 5:4 5:5 6:1 ");
  EXPECT_EQ(places("c"), "7:8 7:9 ");
}

TEST(Tree, NumbersAreWhatIsWritten) {
  const std::string text =
      "a = 0.1\nb = 10_000\nc = +1e-2\nd = -0.30\ne = 123456789012345678.12\nf = 2024-02-29\n";
  Source source = Source::of("p/d.md", text);
  Report report;
  auto tree = parse_tree(source, text, 1, report);
  ASSERT_TRUE(tree);
  EXPECT_EQ(report.take().text(), "");
  auto number = [&](const char* key) { return tree->find(key)->value.number.str(); };
  EXPECT_EQ(number("a"), "0.1");
  EXPECT_EQ(number("b"), "10000");
  EXPECT_EQ(number("c"), "0.01");
  EXPECT_EQ(number("d"), "-0.3");
  EXPECT_EQ(number("e"), "123456789012345678.12");
  EXPECT_EQ(tree->find("f")->value.date.str(), "2024-02-29");
}

TEST(Text, TheNearestNameIsOneThatIsLikeIt) {
  const std::vector<std::string> known = {"formula", "full", "净增计划", "存款净增"};
  EXPECT_EQ(nearest("formla", known), "formula");
  EXPECT_EQ(nearest("净增计画", known), "净增计划");
  EXPECT_EQ(nearest("存款", known), "存款净增");
  EXPECT_EQ(nearest("利息", known), "");
  EXPECT_EQ(nearest("x", known), "");
}

TEST(Text, InvalidUtf8IsFound) {
  EXPECT_EQ(find_invalid_utf8("存款 ok"), std::string::npos);
  EXPECT_EQ(find_invalid_utf8("a\xB4\xE6"), 1u);         // GBK
  EXPECT_EQ(find_invalid_utf8("ab\xE5\xAD"), 2u);        // cut short
  EXPECT_EQ(find_invalid_utf8("\xC0\x80"), 0u);          // overlong
  EXPECT_EQ(find_invalid_utf8("\xED\xA0\x80"), 0u);      // surrogate
  EXPECT_EQ(find_invalid_utf8("\xF4\x90\x80\x80"), 0u);  // beyond Unicode
}

}  // namespace
}  // namespace guanhu::policy::detail
