#include "policy/format.h"

#include <gtest/gtest.h>

namespace guanhu::policy {
namespace {

const char* kUntidy = R"(# 第一条
a || b 是正文

```decision mode
table = """
first | 金额 | 条件 || 方式
 | > 1 | - || 受托支付
      | - | "含 || 的字" = 名称 || 自主支付
"""
gate = """
没有批复 | 批复日期 = null
用途没有核实过|not(用途已核实) | DIS-005
"""
inputs = "方式: 甲 | 乙"
```

```case mode
金额||方式 | 说明
100.01 || 受托支付
-1 || 拒绝: 金额
```
)";

const char* kTidy = R"(# 第一条
a || b 是正文

```decision mode
table = """
first | 金额 | 条件                  || 方式
      | > 1  | -                     || 受托支付
      | -    | "含 || 的字" = 名称 || 自主支付
"""
gate = """
没有批复       | 批复日期 = null
用途没有核实过 | not(用途已核实) | DIS-005
"""
inputs = "方式: 甲 | 乙"
```

```case mode
金额   || 方式 | 说明
100.01 || 受托支付
-1     || 拒绝: 金额
```
)";

TEST(Format, ColumnsBeginBelowEachOther) {
  std::string once = format_document(kUntidy);
  std::string expected = kTidy;
  expected.replace(expected.find("条件                  ||"), std::string("条件                  ||").size(),
                   "条件                ||");
  expected.replace(expected.find("-                     ||"), std::string("-                     ||").size(),
                   "-                   ||");
  EXPECT_EQ(once, expected);
}

TEST(Format, IsStable) {
  std::string once = format_document(kUntidy);
  EXPECT_EQ(format_document(once), once);
  const std::string results = "```decision d\n  || 规则\n  | > 1 || 甲\n```\n";
  EXPECT_EQ(format_document(results), results);
  const std::string late = "```decision d\n     | > 1 || 甲\n  乙 | -   || 丙\n```\n";
  EXPECT_EQ(format_document(late), late);
}

TEST(Format, RemarksBetweenRowsStay) {
  const std::string untidy =
      "```decision d\n  first | 金额 || 甲\n# 大的\n  | > 100 || 乙丙\n    # 其余 || 不排\n  | - || 丁\n  # "
      "完\n\"\"\"\n```\n# 第二条 || 正文\n";
  const std::string tidy =
      "```decision d\n  first | 金额  || 甲\n# 大的\n        | > 100 || 乙丙\n    # 其余 || 不排\n        | -     "
      "|| 丁\n  # 完\n\"\"\"\n```\n# 第二条 || 正文\n";
  EXPECT_EQ(format_document(untidy), tidy);
  EXPECT_EQ(format_document(tidy), tidy);
  const std::string other = "```case d\n1 || 2\n\n# 另一张\n100 || 3\n```\n";
  EXPECT_EQ(format_document(other), other) << "an empty line ends a table, a remark before one begins none";
}

TEST(Format, ChangesNothingElse) {
  EXPECT_EQ(format_document(""), "");
  EXPECT_EQ(format_document("```case\n1 || 2"), "```case\n1 || 2");
  EXPECT_EQ(format_document("| a || b |\n"), "| a || b |\n");
}

TEST(Format, RowsThatAllBeginWithABarStayWhereTheyAre) {
  const std::string rows = "```decision d\n  | - | 1 || 甲\n  | 22 | 1 || 乙\n```\n";
  const std::string once = format_document(rows);
  EXPECT_EQ(once, "```decision d\n  | -  | 1 || 甲\n  | 22 | 1 || 乙\n```\n");
  EXPECT_EQ(format_document(once), once);
}

}  // namespace
}  // namespace guanhu::policy
