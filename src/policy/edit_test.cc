#include "policy/edit.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "policy/decide.h"
#include "policy/load.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;
using base::Json;
using base::JsonObject;

constexpr const char* kManifest =
    "id = \"bank\"\ntitle = \"行\"\nversion = \"1\"\nfrom = 2024-01-01\n"
    "[[sources]]\ndocument = \"x\"\ntitle = \"y\"\n";
constexpr const char* kText = R"doc(# 办法
来源: 示例.txt

## 第一条 加分

每超过一档加一次分。

```parameter
["上限"]
value = 5
unit  = "分"

[["步长"]]
value = 50000
unit  = "元"
to    = 2025-12-31

[["步长"]]
value = 100000
from  = 2026-01-01

["词"]
value = ["甲", "乙"]
```

```decision bonus
title   = "加几分"
rules   = ["KPI-313"]
inputs  = """
金额: 元 >= 0
种类: 甲 | 乙 = 甲
"""
output  = "分"
formula = 'if 种类 = "乙" then 1 else min(上限, floor(金额 / 步长))'
```

```decision word
title  = "哪一种"
rules  = ["KPI-313"]
inputs = "种类: string"
steps  = """
有: boolean = list contains(词, 种类)
两倍: number = 2 * count(词)
"""
```
)doc";

class Edit : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("guanhu-edit-" + std::to_string(::getpid())) / "bank";
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_.parent_path()); }

  Loaded load(const std::string& text) {
    base::write_file_unsynced(folder_ / "pack.toml", kManifest);
    base::write_file_unsynced(folder_ / "x.md", text);
    return load_pack(folder_);
  }
  const Parameter& parameter(const Loaded& loaded, const char* name) { return *loaded.pack.parameter(name); }

  fs::path folder_;
};

TEST_F(Edit, ABlockIsReplacedAndNothingElse) {
  EXPECT_EQ(with_block(kText, 1, "x = 1").error().code, "policy.edit.block");
  EXPECT_EQ(with_block(kText, 8, "```").error().code, "policy.edit.value") << "a fence would end the block";
  auto out = with_block("甲\n```open\nold\n```\n乙\n", 2, "new\nlines");
  EXPECT_EQ(*out, "甲\n```open\nnew\nlines\n```\n乙\n");
  EXPECT_EQ(*with_block("```open\r\nold\r\n```\r\n", 1, "new"), "```open\r\nnew\r\n```\r\n")
      << "ends of lines stay";
}

TEST_F(Edit, AFormulaAtItsPlace) {
  Loaded loaded = load(kText);
  ASSERT_TRUE(loaded.problems.errors.empty()) << loaded.problems.text();
  const Text& whole = loaded.pack.decision("bonus")->body.steps[0].formula;
  auto out = with_formula(kText, whole, "if 种类 = \"甲\" then 1 else min(上限, 2)");
  ASSERT_TRUE(out.ok()) << out.error().text();
  EXPECT_NE(out->find("formula = 'if 种类 = \"甲\" then 1 else min(上限, 2)'"), std::string::npos) << *out;
  auto lines = with_formula(kText, whole, "if 金额 > 1\nthen 1\nelse 2");
  ASSERT_TRUE(lines.ok());
  EXPECT_NE(lines->find("formula = \"\"\"\nif 金额 > 1\n"), std::string::npos) << *lines;
  const Text& step = loaded.pack.decision("word")->body.steps[1].formula;
  auto one = with_formula(kText, step, "3 *\ncount(词)");
  ASSERT_TRUE(one.ok());
  EXPECT_NE(one->find("两倍: number = 3 *\n  count(词)\n\"\"\""), std::string::npos) << *one;
  EXPECT_TRUE(load(*one).problems.errors.empty()) << load(*one).problems.text();
  EXPECT_EQ(with_formula("# 别的\n", step, "1").error().code, "policy.edit.layout");
}

TEST_F(Edit, AParameterFromADayClosesTheOneBefore) {
  Loaded loaded = load(kText);
  auto day = [](const char* text) { return base::Date::parse(text); };
  auto out = with_parameter(kText, parameter(loaded, "上限"), {"上限", Json(6), day("2027-07-01"), {}, {}});
  ASSERT_TRUE(out.ok()) << out.error().text();
  EXPECT_NE(out->find("[[\"上限\"]]\nvalue = 5\nunit  = \"分\"\nto    = 2027-06-30\n\n[[\"上限\"]]\nvalue = 6\n"
                      "from  = 2027-07-01\n"),
            std::string::npos)
      << *out;
  Loaded again = load(*out);
  ASSERT_TRUE(again.problems.errors.empty()) << again.problems.text();
  EXPECT_EQ(parameter(again, "上限").on(*day("2027-06-30"))->str(), "5");
  EXPECT_EQ(parameter(again, "上限").on(*day("2027-07-01"))->str(), "6");
  auto third =
      with_parameter(kText, parameter(loaded, "步长"), {"步长", Json(200000), day("2028-01-01"), "行务会", true});
  ASSERT_TRUE(third.ok());
  again = load(*third);
  EXPECT_EQ(parameter(again, "步长").values.size(), 3u);
  EXPECT_TRUE(parameter(again, "步长").to_confirm);
  EXPECT_EQ(parameter(again, "步长").on(*day("2027-12-31"))->str(), "100000");
}

TEST_F(Edit, AParameterIsPutRight) {
  Loaded loaded = load(kText);
  auto day = [](const char* text) { return base::Date::parse(text); };
  auto newest = with_parameter(kText, parameter(loaded, "步长"), {"步长", Json(90000), {}, {}, {}});
  EXPECT_NE(newest->find("value = 50000"), std::string::npos) << "what was in force stays";
  EXPECT_NE(newest->find("value = 90000\nfrom  = 2026-01-01"), std::string::npos) << *newest;
  EXPECT_EQ(*with_parameter(kText, parameter(loaded, "步长"), {"步长", Json(90000), day("2026-01-01"), {}, {}}),
            *newest);
  auto list = with_parameter(kText, parameter(loaded, "词"), {"词", base::JsonArray{"丙", "丁\"戊"}, {}, {}, {}});
  EXPECT_NE(list->find("value = [\"丙\", \"丁\\\"戊\"]"), std::string::npos) << *list;
  EXPECT_EQ(
      with_parameter(kText, parameter(loaded, "步长"), {"步长", Json(1), day("2025-12-31"), {}, {}}).error().code,
      "policy.edit.dates");
  EXPECT_EQ(with_parameter(kText, parameter(loaded, "步长"), {"步长", Json(), {}, {}, {}}).error().code,
            "policy.edit.value");
}

TEST_F(Edit, CasesAreAddedInOneTable) {
  Loaded loaded = load(kText);
  const Decision& bonus = *loaded.pack.decision("bonus");
  CaseEdit first{JsonObject{{"金额", 60000}, {"种类", "乙"}}, base::Date::parse("2025-03-01"), Json(1), "",
                 "一档"};
  auto one = with_case(kText, bonus, first);
  ASSERT_TRUE(one.ok()) << one.error().text();
  EXPECT_NE(one->find("```case bonus\n金额  | 种类 | 参数日期   || 结果 | 说明\n60000 | 乙   | 2025-03-01 || 1    "
                      "| 一档\n```"),
            std::string::npos)
      << *one;
  CaseEdit second{JsonObject{{"金额", -1}}, {}, {}, "金额", ""};
  auto two = with_case(*one, bonus, second);
  ASSERT_TRUE(two.ok());
  EXPECT_NE(two->find("-1    | -    | -          || 拒绝: 金额\n```"), std::string::npos) << *two;
  Loaded again = load(*two);
  EXPECT_TRUE(again.problems.errors.empty()) << again.problems.text();
  ASSERT_EQ(again.pack.cases.size(), 1u) << "no second table for the same columns";
  EXPECT_EQ(failing_cases(again.pack, *base::Date::parse("2026-06-01")).size(), 0u);
  const Decision& word = *loaded.pack.decision("word");
  CaseEdit parts{JsonObject{{"种类", "a | b"}}, {}, Json(JsonObject{{"有", false}, {"两倍", 4}}), "", ""};
  auto three = with_case(kText, word, parts);
  EXPECT_NE(three->find("\"a | b\" || false | 4"), std::string::npos) << *three;
  again = load(*three);
  EXPECT_EQ(failing_cases(again.pack, *base::Date::parse("2026-06-01")).size(), 0u) << *three;
  EXPECT_EQ(with_case("# 空\n", bonus, first).error().code, "policy.edit.block");
  first.note = "竖|线";
  EXPECT_EQ(with_case(kText, bonus, first).error().code, "policy.edit.value");
}

}  // namespace
}  // namespace guanhu::policy
