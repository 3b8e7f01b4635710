#include "policy/outline.h"

#include <gtest/gtest.h>

namespace guanhu::policy {
namespace {

constexpr const char* kDocument = R"(前言一句。

# 办法
来源: 示例.txt 办法 · 施行: 2024-01-01

## 第三章 发放

章的说明。

### 四(二) 支付

第一段，
接着写。

- 一条
- 又一条

```parameter
["上限"]
value = 1
```

表下面的话。

```decision d
formula = "1"
```
尾巴。

### 五 检查
```text
# 这里不是标题
```

```decision open
formula = "没有结束"
)";

TEST(Outline, HeadingsHoldWhatStandsBelowThem) {
  auto all = outline(kDocument);
  ASSERT_EQ(all.size(), 5u);
  EXPECT_EQ(all[0].level, 0) << "what stands before the first heading";
  EXPECT_EQ(all[0].text, "前言一句。");
  EXPECT_EQ(all[1].locator, "示例.txt 办法");
  EXPECT_EQ(all[2].article, "第三章");
  EXPECT_EQ(all[2].text, "章的说明。");
  EXPECT_EQ(all[3].article, "第三章四(二)");
  EXPECT_EQ(all[3].title, "支付");
  EXPECT_EQ(all[3].parent, 2);
  EXPECT_EQ(all[3].locator, "示例.txt 办法") << "of the heading above";
  EXPECT_EQ(all[3].text, "第一段，接着写。\n- 一条\n- 又一条");
  EXPECT_EQ(all[3].rest, "尾巴。");
}

TEST(Outline, BlocksKnowTheirLinesAndTheProseAboveThem) {
  auto all = outline(kDocument);
  const auto& blocks = all[3].blocks;
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(blocks[0].kind, "parameter");
  EXPECT_EQ(blocks[0].source, "[\"上限\"]\nvalue = 1\n");
  EXPECT_EQ(blocks[0].text, "") << "that is the article's";
  EXPECT_EQ(blocks[0].line, 18);
  EXPECT_EQ(blocks[0].end_line, 21);
  EXPECT_EQ(blocks[1].name, "d");
  EXPECT_EQ(blocks[1].text, "表下面的话。");
}

TEST(Outline, AnExampleIsProseAndABlockThatDoesNotEndEndsWithTheDocument) {
  auto all = outline(kDocument);
  EXPECT_EQ(all[4].text, "# 这里不是标题");
  ASSERT_EQ(all[4].blocks.size(), 1u);
  EXPECT_EQ(all[4].blocks[0].source, "formula = \"没有结束\"\n");
}

TEST(Outline, OfNothingIsNothing) {
  EXPECT_TRUE(outline("").empty());
  EXPECT_TRUE(outline("\n\n").empty());
  EXPECT_EQ(outline("\xEF\xBB\xBF# 甲\r\n乙\r\n").at(0).text, "乙");
}

}  // namespace
}  // namespace guanhu::policy
