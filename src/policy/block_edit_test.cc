#include "policy/block_edit.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "policy/diff.h"
#include "policy/load.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr const char* kManifest =
    "id = \"bank\"\ntitle = \"行\"\nversion = \"1\"\nfrom = 2024-01-01\n"
    "[[sources]]\ndocument = \"x\"\ntitle = \"y\"\n";

constexpr const char* kScheme = R"(# 这个方案由业务部门管
title      = "考核"   # 全称
holders    = "客户经理"
periods    = [
  "月",  # 每月
  "季",
]
figures    = ["存款"]
full_total = 100
missing    = "按其余折算"
rules      = ["KPI-623"]

# 权重每年议定
[[items]]
score  = "存款得分"
weight = 0.40  # 四成

[[items]]
score  = "户数得分"
weight = 0.6

[[grades]]
grade    = "甲"
at_least = 90
)";

std::string changed(const std::string& source, const std::vector<KeyEdit>& edits, const char* kind = "scheme") {
  auto out = with_keys(kind, source, edits);
  EXPECT_TRUE(out.ok()) << (out.ok() ? "" : out.error().text());
  return out.ok() ? *out : "";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

Json item(const char* score, const char* weight) {
  return JsonObject{{"score", score}, {"weight", *base::Decimal::parse(weight)}};
}

TEST(BlockEdit, RefusesWhatIsNotThereOrCannotBeWritten) {
  EXPECT_EQ(with_keys("scheme", "title = \"", {{"title", "x"}}).error().code, "policy.edit.layout");
  EXPECT_EQ(with_keys("scheme", kScheme, {{"title", JsonObject{{"a", 1}}}}).error().code, "policy.edit.value");
  EXPECT_EQ(with_keys("scheme", kScheme, {{"figures", JsonArray{JsonArray{}}}}).error().code, "policy.edit.value");
  EXPECT_EQ(with_block_keys("# 甲\n", 1, {}).error().code, "policy.edit.block");
  EXPECT_EQ(without_block("# 甲\n", 3).error().code, "policy.edit.block");
  EXPECT_EQ(with_new_block("# 甲\n", 2, {"measure", "存款", {}, ""}).error().code, "policy.edit.block");
  EXPECT_EQ(with_new_article("# 甲\n", {"乙", "## 丙", ""}).error().code, "policy.edit.value");
}

TEST(BlockEdit, LeavesEveryByteThatIsNotChanged) {
  EXPECT_EQ(changed(kScheme, {}), kScheme);
  EXPECT_EQ(changed(kScheme, {{"title", "考核"},
                              {"periods", JsonArray{"月", "季"}},
                              {"items", JsonArray{item("存款得分", "0.4"), item("户数得分", "0.6")}}}),
            kScheme)
      << "the same values, written another way";
  EXPECT_EQ(changed(kScheme, {{"title", "新考核"}}), replaced(kScheme, "\"考核\"   # 全称", "\"新考核\"  # 全称"));
  EXPECT_EQ(changed(kScheme, {{"full_total", 120}}), replaced(kScheme, "= 100", "= 120"));
}

TEST(BlockEdit, PutsNewKeysInOrderAndTakesThemOut) {
  const std::string made = changed(kScheme, {{"holder_filter", "岗位 = \"manager\""}});
  EXPECT_EQ(made, replaced(kScheme, "\"客户经理\"\n", "\"客户经理\"\nholder_filter = '岗位 = \"manager\"'\n"));
  EXPECT_EQ(changed(made, {{"holder_filter", Json()}}), kScheme);
  EXPECT_EQ(changed(kScheme, {{"periods", Json()}}).find("每月"), std::string::npos) << "with all of its lines";
  EXPECT_EQ(changed("", {{"unit", "元"}, {"formula", "if a = null then null\nelse a"}}, "indicator"),
            "unit = \"元\"\nformula = \"\"\"\nif a = null then null\nelse a\n\"\"\"\n");
}

TEST(BlockEdit, KnowsTablesByTheirFirstMember) {
  const std::string made = changed(
      kScheme, {{"items", JsonArray{item("户数得分", "0.5"), item("存款得分", "0.4"), item("新得分", "0.1")}}});
  EXPECT_EQ(made, replaced(replaced(kScheme, "[[items]]\nscore  = \"存款得分\"\nweight = 0.40  # 四成\n\n", ""),
                           "[[items]]\nscore  = \"户数得分\"\nweight = 0.6\n",
                           "[[items]]\nscore  = \"户数得分\"\nweight = 0.5\n\n"
                           "[[items]]\nscore  = \"存款得分\"\nweight = 0.40  # 四成\n\n"
                           "[[items]]\nscore  = \"新得分\"\nweight = 0.1\n"));
  EXPECT_EQ(changed(kScheme, {{"grades", JsonArray{}}}),
            replaced(kScheme, "\n[[grades]]\ngrade    = \"甲\"\nat_least = 90\n", ""));
}

constexpr const char* kText = R"doc(# 办法
来源: 示例.txt

## 第一条 存款

存款按计划考核。

```measure 存款
fact      = "存款余额"
aggregate = "净增"
unit      = "元"
rules     = ["KPI-313"]
```

## 第二条 方案

每季考核。

```scheme 考核
title      = "考核"
holders    = "客户经理"
periods    = ["季"]
figures    = ["存款"]
full_total = 100
missing    = "无总分"
rules      = ["KPI-623"]

[[items]]
score  = "得分"
weight = 1
```
)doc";

Loaded load(const std::string& document) {
  const fs::path folder = fs::path(::testing::TempDir()) / "guanhu-block-edit" / "bank";
  fs::remove_all(folder);
  fs::create_directories(folder);
  base::write_file_unsynced(folder / "pack.toml", kManifest);
  base::write_file_unsynced(folder / "a.md", document);
  return load_pack(folder);
}

// A department makes a target, a parameter and a score without touching what is there.
TEST(BlockEdit, WritesBlocksThatThePackReads) {
  auto article = with_new_article(kText, {"存款计划", "各人的净增计划按季下达。", "本行 2026 年 3 号文"});
  ASSERT_TRUE(article.ok()) << article.error().text();
  EXPECT_EQ(article->article, "附一");
  auto text = with_new_block(article->document, article->heading,
                             {"measure",
                              "计划",
                              {{"fact", "计划"},
                               {"target", "存款"},
                               {"unit", "元"},
                               {"null_reason", "没有下达"},
                               {"rules", JsonArray{"KPI-612"}}},
                              ""});
  ASSERT_TRUE(text.ok()) << text.error().text();
  text = with_new_block(
      *text, article->heading,
      {"target",
       "存款",
       {{"unit", "元"},
        {"rules", JsonArray{"KPI-612"}},
        {"values", target_rows({{TargetOf::bank, "", "全行", "2026Q1", 300},
                                {TargetOf::staff, "S1", "张敏", "2026Q1", base::Decimal::fen(10050)}})}},
       ""});
  ASSERT_TRUE(text.ok()) << text.error().text();
  text =
      with_new_parameter(*text, article->heading, "上限", {{"value", 5}, {"unit", "分"}, {"from", "2026-01-01"}});
  ASSERT_TRUE(text.ok()) << text.error().text();
  text = with_new_block(
      *text, article->heading,
      {"score",
       "得分",
       {{"full", 10},
        {"rules", JsonArray{"KPI-623"}},
        {"inputs", JsonArray{"存款", "计划"}},
        {"formula", "if 计划 = null or 计划 = 0 then null\nelse min(满分 + 上限, 满分 * 存款 / 计划)"},
        {"null_reason", "没有下达"}},
       "得分按完成率算。"});
  ASSERT_TRUE(text.ok()) << text.error().text();
  Loaded loaded = load(*text);
  EXPECT_TRUE(loaded.problems.errors.empty()) << loaded.problems.text() << *text;
  ASSERT_EQ(loaded.pack.targets.size(), 1u);
  EXPECT_EQ(loaded.pack.targets[0].values.at(1).value, base::Decimal::fen(10050));
  EXPECT_EQ(loaded.pack.targets[0].origin.article, "附一");
  EXPECT_EQ(loaded.pack.score("得分")->origin.text, "各人的净增计划按季下达。\n得分按完成率算。");
  EXPECT_TRUE(text->starts_with(kText)) << "what was there is untouched";
  auto less = without_parameter(*text, *loaded.pack.parameter("上限"));
  ASSERT_TRUE(less.ok());
  EXPECT_EQ(less->find("上限\"]"), std::string::npos);
  EXPECT_EQ(less->find("```parameter"), std::string::npos) << "an empty block goes with its last parameter";
}

TEST(BlockEdit, ListsTheFiguresAFormulaNames) {
  Loaded loaded = load(kText);
  EXPECT_EQ(figures_in(loaded.pack, "存款 * 上限", {}), std::vector<std::string>{"存款"})
      << "parameters need no list";
  EXPECT_EQ(figures_in(loaded.pack, "存款 +", {"老"}), std::vector<std::string>{"老"}) << "cannot be read yet";
  EXPECT_EQ(figures_in(loaded.pack, "{x: 存款, y: x}", {"别的"}), std::vector<std::string>{"存款"});
}

TEST(Targets, ChangesAreToldByPerson) {
  auto table = [](int64_t first) {
    auto text = with_new_block(kText, 4,
                               {"target",
                                "存款",
                                {{"unit", "元"},
                                 {"rules", JsonArray{"KPI-612"}},
                                 {"values", target_rows({{TargetOf::staff, "S1", "张敏", "2026", first},
                                                         {TargetOf::staff, "S2", "李强", "2026", 7}})}},
                                ""});
    return load(*text).pack;
  };
  auto changes = diff(table(5), table(6)).changes;
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].element, "计划");
  EXPECT_EQ(changes[0].name, "存款 2026");
  EXPECT_EQ(changes[0].part + " " + changes[0].before + " → " + changes[0].after, "员工 S1 张敏 5 元 → 6 元");
}

}  // namespace
}  // namespace guanhu::policy
