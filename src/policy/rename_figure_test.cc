// A figure under another name: what stays, and what follows.
#include "policy/rename_figure.h"

#include <gtest/gtest.h>

namespace guanhu::policy {
namespace {

constexpr const char* kDocument = R"doc(# 考核
存款净增是什么，看第一条。

```measure 存款净增
fact        = "存款余额"
null_reason = "没有存款净增"
unit        = "元"
```

```indicator 完成率
inputs  = ["存款净增", "存款净增计划"]
formula = "if 存款净增计划 = 0 then null else 存款净增 / 存款净增计划"
```

```indicator 说明
formula = 'if 存款净增 > 0 then "存款净增" else "没有"'
```

```peer 平均
of  = "存款净增"
how = "average"
```

```scheme 经营
title   = "存款净增"
figures = ["存款净增"]
sources = """
存款净增 = 存款净增
比例 = 存款净增 / 存款净增计划
"""

[[items]]
score = "完成得分"
```

```decision 别的
inputs = "存款净增: 元"
```
)doc";

// KPI-614: the link of a figure to its department's follows; the department's own figure of that name stays.
TEST(RenameFigure, ItsLinkToTheGoalFollows) {
  const std::string document =
      "```decision indicator-goals\nformula = \"\"\"\n[{指标: \"存款净增\", 部门: \"业务部\", 部门指标: "
      "\"存款净增\", 目标: "
      "\"做大\"}]\n\"\"\"\n```\n";
  FigureRenamed done = with_figure_renamed(document, "存款净增", "净增");
  EXPECT_EQ(done.mentions, 1u);
  EXPECT_NE(done.document.find("{指标: \"净增\", 部门: \"业务部\", 部门指标: \"存款净增\""), std::string::npos);
}

TEST(RenameFigure, LongerNamesTextsAndProseStay) {
  const std::string out = with_figure_renamed(kDocument, "存款净增", "存款增量").document;
  for (const char* stays : {"存款净增是什么", "null_reason = \"没有存款净增\"", "存款净增计划 = 0",
                            "then \"存款净增\" else", "title   = \"存款净增\"", "inputs = \"存款净增: 元\""})
    EXPECT_NE(out.find(stays), out.npos) << stays << "\n" << out;
}

TEST(RenameFigure, TheBlockAndWhateverNamesItFollow) {
  const FigureRenamed done = with_figure_renamed(kDocument, "存款净增", "存款增量");
  EXPECT_EQ(done.blocks, 1u);
  for (const char* is :
       {"```measure 存款增量\n", "inputs  = [\"存款增量\", \"存款净增计划\"]", "else 存款增量 / 存款净增计划\"",
        "if 存款增量 > 0 then \"存款净增\"", "of  = \"存款增量\"", "figures = [\"存款增量\"]",
        "存款净增 = 存款增量\n", "比例 = 存款增量 / 存款净增计划"})
    EXPECT_NE(done.document.find(is), done.document.npos) << is << "\n" << done.document;
  EXPECT_EQ(done.mentions, 7u);
  // And back again: nothing else was touched.
  EXPECT_EQ(with_figure_renamed(done.document, "存款增量", "存款净增").document, kDocument);
}

TEST(RenameFigure, WhatIsNotThereChangesNothing) {
  const FigureRenamed none = with_figure_renamed(kDocument, "没有的", "新的");
  EXPECT_EQ(none.document, kDocument);
  EXPECT_EQ(none.blocks + none.mentions, 0u);
  EXPECT_EQ(with_figure_renamed("", "a", "b").document, "");
  EXPECT_EQ(with_figure_renamed("```measure a", "a", "b").document, "```measure b") << "no line end at the end";
}

}  // namespace
}  // namespace guanhu::policy
