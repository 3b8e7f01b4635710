#include "policy/coverage.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "policy/load.h"

namespace guanhu::policy {
namespace {

TEST(Coverage, EveryArticleHasAState) {
  namespace fs = std::filesystem;
  const fs::path root = fs::temp_directory_path() / ("guanhu-coverage-" + std::to_string(getpid()));
  const fs::path folder = root / "policies" / "p";
  fs::create_directories(folder);
  std::ofstream(folder / "pack.toml") << "id = \"p\"\ntitle = \"办法\"\nversion = \"1\"\nfrom = 2024-01-01\n"
                                         "[[sources]]\ndocument = \"示例.txt\"\ntitle = \"办法\"\n";
  std::ofstream(folder / "a.md") << R"(# 第一章 总则
来源: 示例.txt

## 第一条 支付

金额不超过上限的可以付。

```parameter
["上限"]
value = 100
unit  = "元"
```

```decision pay
title   = "能否支付"
rules   = ["DIS-005"]
inputs  = "金额: 元 >= 0"
output  = "boolean"
formula = "金额 <= 上限"
```

## 第二条 走访

走访得细不细，由人看。

```judgement
why = "由复核人判断"
```

## 第三条 空白

什么也没有写。

```text
# 第九条 纸上的例子
```
)";
  Loaded loaded = load_pack(folder);
  EXPECT_EQ(loaded.problems.text(), "");
  auto all = coverage(loaded.pack, folder);
  fs::remove_all(root);
  std::vector<std::string> states;
  for (const ArticleCoverage& one : all) states.push_back(one.article + " " + one.state());
  EXPECT_EQ(states, (std::vector<std::string>{"第一条 executable", "第二条 judgement", "第三条 none"}));
  EXPECT_EQ(all[0].rules, std::vector<std::string>{"DIS-005"});
  EXPECT_EQ(all[0].parameters, 1u);
  EXPECT_EQ(all[2].line, 30);
}

}  // namespace
}  // namespace guanhu::policy
