// A pack to a decision model and back, and two versions of a pack held side by side.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "dmn/evaluate.h"
#include "dmn/model.h"
#include "dmn/write.h"
#include "policy/diff.h"
#include "policy/dmn_export.h"
#include "policy/dmn_import.h"
#include "policy/load.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = R"(id      = "demo"
title   = "示例"
version = "1.0"
from    = 2013-01-01

[[sources]]
document = "示例.txt"
title    = "示例办法"
)";

constexpr const char* kDocument = R"(# 示例办法
来源: 示例.txt 篇二 · 施行: 2013-01-01

## 第三章 发放
### 四(二) 支付管理

小额的可以自主支付。

```parameter
[["自主上限"]]
value = 300000
unit  = "元"

[["生产上限"]]
value = 400000
unit  = "元"
to    = 2019-12-31

[["生产上限"]]
value = 500000
from  = 2020-01-01
```

```function 折算
parameters = """
金额: 元
份数: 笔
"""
output  = "元"
formula = "金额 * 份数"
```

```decision payment-mode
title  = "支付方式"
rules  = ["DIS-006"]
inputs = """
  可确定: boolean
  用于生产: boolean
  金额: 元 >= 0
  其他情形: boolean = false
"""
output = "受托支付 | 自主支付"
table  = """
first | 可确定 | 用于生产 | 金额 | 其他情形 || 支付方式 || 规则 | 说明
      | false | - | <= 自主上限 | - || 自主支付 || DIS-006 | 说不清
      # 生产经营
      | - | true | <= 生产上限 | - || 自主支付 || |
      | - | - | - | true || 自主支付
      | - | - | - | - || 受托支付
"""
```

```decision payment-check
title    = "支付审查"
rules    = ["DIS-006"]
inputs   = """
  单笔: 元 >= 0
  笔数: integer 笔 >= 0
"""
requires = """
  方式 = payment-mode(可确定: true, 用于生产: 笔数 > 1, 金额: 单笔)
"""
steps    = """
  _合计: 元 = 折算(单笔, 笔数)
  结论: 通过 | 不通过 = if 方式 = "自主支付" then "通过" else "不通过"
  总额: 元 = _合计
"""
```
)";

// A folder of packs of its own, with the pack "demo".
class Exchange : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(testing::TempDir()) / ("guanhu-exchange-" + std::string(test->name()));
    fs::remove_all(root_);
    write(kDocument);
  }
  void TearDown() override { fs::remove_all(root_); }

  fs::path folder(const std::string& policies = "policies") const { return root_ / policies / "demo"; }
  void write(const std::string& document, const std::string& policies = "policies") const {
    fs::create_directories(folder(policies));
    std::ofstream(folder(policies) / "pack.toml") << kManifest;
    std::ofstream(folder(policies) / "支付.md") << document;
  }
  static std::string replaced(std::string text, const std::string& from, const std::string& to) {
    size_t at = text.find(from);
    EXPECT_NE(at, text.npos) << from;
    return at == text.npos ? text : text.replace(at, from.size(), to);
  }
  Pack pack(const std::string& policies = "policies") const {
    Loaded loaded = load_pack(folder(policies));
    EXPECT_TRUE(loaded.problems.errors.empty()) << loaded.problems.text();
    return std::move(loaded.pack);
  }
  std::string model(const DmnChoice& choice = {}, dmn::Version version = dmn::Version::dmn15) const {
    auto document = export_dmn(pack(), choice);
    EXPECT_TRUE(document.ok()) << document.error().text();
    return document.ok() ? dmn::write(*document, version) : "";
  }
  DmnImport import(const std::string& xml) const { return import_dmn(folder(), "demo.dmn", xml); }
  std::string only_error(const std::string& xml) const {
    DmnImport out = import(xml);
    EXPECT_TRUE(out.files.empty());
    return out.errors.empty() ? "" : out.errors.front().text();
  }

 private:
  fs::path root_;
};

std::string ask(const std::string& xml, const char* name, const dmn::Inputs& inputs) {
  auto model = dmn::load({{"demo.dmn", xml}});
  if (!model.ok()) return model.error().text();
  auto value = dmn::evaluate(*model, name, inputs);
  return value.ok() ? value->show(200) : value.error().text();
}

dmn::Inputs payment(bool known, bool business, int amount) {
  return {{"可确定", feel::Value(known)}, {"用于生产", feel::Value(business)}, {"金额", feel::Value(amount)}};
}

TEST_F(Exchange, RefusesToExportWhatIsNotThere) {
  auto unknown = export_dmn(pack(), {{"payment-mod"}, {}});
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().code, "policy.dmn.decision");
  EXPECT_NE(unknown.error().hint.find("payment-mode"), std::string::npos);
  auto early = export_dmn(pack(), {{}, base::Date::parse("2000-01-01")});
  ASSERT_FALSE(early.ok());
  EXPECT_EQ(early.error().code, "policy.dmn.parameter");
  Loaded sample = load_pack(fs::path(GUANHU_SOURCE_DIR) / "tests/policies/good/smallest");
  auto empty = export_dmn(sample.pack);
  ASSERT_FALSE(empty.ok());
  EXPECT_EQ(empty.error().code, "policy.dmn.empty");
}

TEST_F(Exchange, TheModelGivesWhatThePackSays) {
  std::string xml = model();
  EXPECT_EQ(ask(xml, "支付方式", payment(false, false, 300000)), "\"自主支付\"");
  EXPECT_EQ(ask(xml, "支付方式", payment(false, false, 300001)), "\"受托支付\"");
  EXPECT_EQ(ask(xml, "支付方式", payment(true, true, 500000)), "\"自主支付\"");
  EXPECT_EQ(ask(xml, "支付方式", payment(true, true, 500001)), "\"受托支付\"");
  // A required decision with arguments is asked with those, whatever the facts of the same names are.
  dmn::Inputs check{{"单笔", feel::Value(500000)}, {"笔数", feel::Value(2)}, {"用于生产", feel::Value(false)}};
  EXPECT_EQ(ask(xml, "支付审查", check), "{结论: \"通过\", 总额: 1000000}");
  check[1].value = feel::Value(1);
  EXPECT_EQ(ask(xml, "支付审查", check), "{结论: \"不通过\", 总额: 500000}");
}

TEST_F(Exchange, ParametersAreThoseOfTheDay) {
  std::string old = model({{"payment-mode"}, base::Date::parse("2019-12-31")});
  EXPECT_EQ(ask(old, "支付方式", payment(true, true, 400000)), "\"自主支付\"");
  EXPECT_EQ(ask(old, "支付方式", payment(true, true, 400001)), "\"受托支付\"");
  EXPECT_EQ(old.find("支付审查"), std::string::npos) << "only what was asked for";
}

TEST_F(Exchange, NothingEditedIsNothingChanged) {
  for (dmn::Version version : {dmn::Version::dmn13, dmn::Version::dmn15}) {
    DmnImport out = import(model({}, version));
    EXPECT_TRUE(out.errors.empty()) << out.errors.front().text();
    EXPECT_TRUE(out.files.empty());
    EXPECT_TRUE(out.words.empty());
  }
}

TEST_F(Exchange, NothingEditedInAnyPackIsNothingChanged) {
  size_t seen = 0;
  for (const char* folder : {"policies", "tests/policies/good"})
    for (const auto& entry : fs::directory_iterator(fs::path(GUANHU_SOURCE_DIR) / folder)) {
      if (!fs::exists(entry.path() / "pack.toml")) continue;
      Loaded loaded = load_pack(entry.path());
      if (loaded.pack.decisions.empty() || !loaded.problems.errors.empty()) continue;
      auto document = export_dmn(loaded.pack);
      ASSERT_TRUE(document.ok()) << document.error().text();
      DmnImport out = import_dmn(entry.path(), "x.dmn", dmn::write(*document));
      EXPECT_TRUE(out.errors.empty()) << loaded.pack.id << " " << out.errors.front().text();
      EXPECT_TRUE(out.files.empty()) << loaded.pack.id;
      ++seen;
    }
  if (seen == 0) GTEST_SKIP() << "no pack has decisions";
}

TEST_F(Exchange, RefusesWhatATableCannotSay) {
  std::string xml = model();
  EXPECT_NE(only_error("<a/>").find("no decision model"), std::string::npos);
  EXPECT_NE(only_error(replaced(xml, "guanhu:pack=\"demo\"", "")).find("不是从制度包导出"), std::string::npos);
  EXPECT_NE(only_error(replaced(xml, "guanhu:pack=\"demo\"", "guanhu:pack=\"other\"")).find("“other”"),
            std::string::npos);
  EXPECT_NE(only_error(replaced(xml, "<text>300000</text>", "<text>300001</text>")).find("从哪一天起"),
            std::string::npos);
  EXPECT_NE(only_error(replaced(xml, "<text>_合计</text>", "<text>0</text>")).find("算式"), std::string::npos);
  EXPECT_NE(only_error(replaced(xml, "<text>金额</text>", "<text>金额 + 1</text>")).find("列"), std::string::npos);
  EXPECT_NE(only_error(replaced(xml, "&lt;= 自主上限", "&lt;= 自主上限 |")).find("竖线"), std::string::npos);
  EXPECT_NE(only_error(replaced(xml, "&lt;= 自主上限", "&lt;= (")).find("读不懂"), std::string::npos);
  EXPECT_NE(only_error(replaced(xml, "&lt;= 自主上限", "&lt;= 没有的名称")).find("没有的名称"), std::string::npos)
      << "checked as the pack it would be";
  EXPECT_NE(only_error(replaced(xml, "hitPolicy=\"FIRST\"", "hitPolicy=\"BEST\"")).find("命中方式"),
            std::string::npos);
  // Edited in an old export, while the document went on.
  write(replaced(kDocument, "<= 生产上限", "<= 生产上限 * 2"));
  EXPECT_NE(only_error(replaced(xml, "&lt;= 自主上限", "&lt;= 100")).find("重新导出"), std::string::npos);
}

TEST_F(Exchange, AnEditedTableComesBackAndNothingElse) {
  std::string xml = replaced(model(), "&lt;= 生产上限", "&lt;= 生产上限 * 2");
  size_t begin = xml.find("<rule id=\"payment-mode_table_row_3\">"), end = xml.find("</rule>", begin) + 7;
  xml.replace(
      begin, end - begin,
      "<rule id=\"new\"><description>新的一行</description><inputEntry><text>true</text></inputEntry>"
      "<inputEntry><text></text></inputEntry><inputEntry><text>[1..100]</text></inputEntry>"
      "<inputEntry><text>-</text></inputEntry><outputEntry><text>\"自主支付\"</text></outputEntry></rule>");
  xml = replaced(xml, "hitPolicy=\"FIRST\"", "hitPolicy=\"RULE ORDER\"");
  DmnImport broken = import(xml);
  ASSERT_FALSE(broken.errors.empty()) << "rule order gives a list, and the output is no list";
  DmnImport out = import(replaced(xml, "hitPolicy=\"RULE ORDER\"", "hitPolicy=\"FIRST\""));
  ASSERT_TRUE(out.errors.empty()) << out.errors.front().text();
  ASSERT_EQ(out.files.size(), 1u);
  EXPECT_EQ(out.files[0].before, kDocument);
  std::string table = R"(first | 可确定 | 用于生产 | 金额            | 其他情形 || 支付方式 || 规则    | 说明
      | false  | -        | <= 自主上限     | -        || 自主支付 || DIS-006 | 说不清
      # 生产经营
      | -      | true     | <= 生产上限 * 2 | -        || 自主支付
      | true   | -        | [1..100]        | -        || 自主支付 ||         | 新的一行
      | -      | -        | -               | -        || 受托支付
)";
  std::string document = kDocument;
  size_t from = document.find("first |"), to = document.find("\"\"\"\n```\n\n```decision payment-check");
  EXPECT_EQ(out.files[0].after, document.substr(0, from) + table + document.substr(to));
  EXPECT_EQ(out.words,
            (std::vector<std::string>{"决策 payment-mode 第 2 行“金额”：<= 生产上限 改为 <= 生产上限 * 2",
                                      "决策 payment-mode：新增第 3 行", "决策 payment-mode：删去原第 3 行"}));
  // Taken over, the model and the pack say the same.
  write(out.files[0].after);
  EXPECT_EQ(ask(model(), "支付方式", payment(true, false, 100)), "\"自主支付\"");
}

TEST_F(Exchange, ColumnsOfNotesAreMadeAndDefaultsKeepTheirNames) {
  // A cell that names an input with a default, and a table without notes of which one gets a note.
  std::string document = replaced(kDocument, " || 规则 | 说明", "");
  document = replaced(document, " || DIS-006 | 说不清", "");
  document = replaced(document, "自主支付 || |", "自主支付");
  document = replaced(document, "| - | true | <= 生产上限 | - |", "| - | 其他情形 | <= 生产上限 | - |");
  write(document);
  std::string xml = model();
  EXPECT_NE(xml.find("if 其他情形 = null then false else 其他情形"), std::string::npos);
  xml = replaced(xml, "<rule id=\"payment-mode_table_row_2\">",
                 "<rule id=\"payment-mode_table_row_2\"><description>补充</description>");
  xml = replaced(xml, "<text>if 其他情形 = null then false else 其他情形</text>\n        </inputEntry>",
                 "<text>not(if 其他情形 = null then false else 其他情形)</text>\n        </inputEntry>");
  DmnImport out = import(xml);
  ASSERT_TRUE(out.errors.empty()) << out.errors.front().text();
  EXPECT_NE(out.files[0].after.find("支付方式 || 说明\n"), std::string::npos) << out.files[0].after;
  EXPECT_NE(out.files[0].after.find("| not(其他情形) |"), std::string::npos) << out.files[0].after;
  EXPECT_NE(out.files[0].after.find("自主支付 || 补充\n"), std::string::npos);
}

TEST_F(Exchange, TheDifferenceIsSaidInWords) {
  std::string now = replaced(kDocument, "value = 300000", "value = 350000");
  now = replaced(now, "value = 500000\nfrom  = 2020-01-01",
                 "value = 500000\nfrom  = 2020-01-01\nto    = 2025-12-31\n\n[[\"生产上限\"]]\nvalue = "
                 "600000\nfrom  = 2026-01-01");
  now = replaced(now, "| - | true | <= 生产上限 | - || 自主支付 || |",
                 "| - | true | < 生产上限 | - || 自主支付 || |");
  now = replaced(now, "      | - | - | - | true || 自主支付\n", "");
  now = replaced(now, "formula = \"金额 * 份数\"", "formula = \"金额 * 份数 + 1\"");
  now = replaced(now, "  单笔: 元 >= 0", "  单笔: 元 > 0");
  now = replaced(now, "小额的可以自主支付。", "小额的经审批可以自主支付。");
  write(now, "newer");
  PackDiff out = diff(pack(), pack("newer"));
  EXPECT_EQ(out.words(), R"(示例（demo）1.0 → 1.0，7 处不同
  参数“自主上限”（第三章四(二)）2013-01-01 起由 300000 元 改为 350000 元
  参数“生产上限”（第三章四(二)）2026-01-01 起由 500000 元 改为 600000 元
  函数“折算”（第三章四(二)）的算式由 金额 * 份数 改为 金额 * 份数 + 1
  决策“payment-mode”（第三章四(二)）第 2 行“金额”由 <= 生产上限 改为 < 生产上限
  删去决策“payment-mode”（第三章四(二)）的原第 3 行：- | - | - | true || 自主支付
  决策“payment-check”（第三章四(二)）的输入“单笔”由 单笔: 元 >= 0 改为 单笔: 元 > 0
  条款“第三章四(二)”的文字由 小额的可以自主支付。 改为 小额的经审批可以自主支付。
)");
  EXPECT_NE(
      out.table().find("| 修改 | 决策 | payment-mode | 第三章四(二) | 第 2 行“金额” | <= 生产上限 | < 生产上限 |"),
      std::string::npos);
  EXPECT_EQ(out.json().find("changes")->as_array()->size(), out.changes.size());
}

TEST_F(Exchange, LayoutIsNoDifference) {
  write(replaced(kDocument, "| - | true |", "|   -   |   true |"), "newer");
  EXPECT_TRUE(diff(pack(), pack("newer")).changes.empty());
  EXPECT_NE(diff(pack(), pack("newer")).words().find("只是排版"), std::string::npos);
  EXPECT_NE(diff(pack(), pack()).words().find("没有不同"), std::string::npos);
}

}  // namespace
}  // namespace guanhu::policy
