#include "appraisal/tree.h"

#include <gtest/gtest.h>

namespace guanhu::appraisal {
namespace {

Node small_tree(const policy::Origin& origin) {
  Node row{.kind = "row", .name = "2025-12-31/balances.csv:7"};
  row.fields = {{"file", "balances.csv"}, {"business_date", "2025-12-31"}, {"line", 7}, {"balance", "100.00"}};
  Node account{.kind = "contribution", .name = "账户 A1", .value = base::Json(100), .unit = "元"};
  account.fields = {{"subject_kind", "account"}, {"subject_id", "A1"}, {"customer_name", "样本客户"}};
  account.children = {row};
  Node measure{.kind = "measure",
               .name = "存款时点余额",
               .value = base::Json(base::Decimal::fen(123456789)),
               .unit = "元",
               .formula = "存款余额",
               .origin = &origin,
               .pack = "sample"};
  measure.fields = {{"contributions", 3}};
  measure.children = {account};
  Node score{.kind = "score",
             .name = "组织资金得分",
             .unit = "分",
             .reason = "没有计划",
             .formula = "a +\nb",
             .origin = &origin,
             .pack = "sample"};
  score.children = {measure};
  return score;
}

TEST(Tree, TellsAnArticleOnceAndWhatIsLeftOut) {
  policy::Origin origin{.document = "policies/sample/x.md",
                        .line = 3,
                        .article = "第一条",
                        .text = "写明白。",
                        .locator = "某办法",
                        .rules = {"KPI-313"}};
  EXPECT_EQ(to_text(small_tree(origin)),
            "组织资金得分 = —  [没有计划]\n"
            "│ 公式:\n"
            "│     a +\n"
            "│     b\n"
            "│ 依据: 第一条 KPI-313  (policies/sample/x.md:3)\n"
            "│     写明白。\n"
            "│     原文: 某办法\n"
            "└ 存款时点余额 = 1,234,567.89 元\n"
            "  │ 公式:\n"
            "  │     存款余额\n"
            "  │ 依据: 第一条 KPI-313  (policies/sample/x.md:3)\n"
            "  │ 明细数: 3\n"
            "  └ 账户 A1 = 100 元  户名 样本客户\n"
            "    └ 2025-12-31/balances.csv:7  balance 100.00\n"
            "    … 另有 2 项未列出 (--limit 0 全部列出)\n");
}

TEST(Tree, WritesEveryFieldAsJson) {
  policy::Origin origin{.document = "d", .line = 3, .article = "第一条", .rules = {"KPI-313"}};
  base::Json json = to_json(small_tree(origin));
  EXPECT_TRUE(json.find("value")->is_null());
  EXPECT_EQ(json.find("article")->find("rules")->dump(), R"(["KPI-313"])");
  const base::Json& measure = json.find("inputs")->as_array()->at(0);
  EXPECT_EQ(measure.find("value")->dump(), "1234567.89");
  const base::Json& row = measure.find("inputs")->as_array()->at(0).find("inputs")->as_array()->at(0);
  EXPECT_EQ(row.dump(), R"({"kind": "row", "name": "2025-12-31/balances.csv:7", "file": "balances.csv", )"
                        R"("business_date": "2025-12-31", "line": 7, "balance": "100.00"})");
}

TEST(Tree, NoMemberStandsTwice) {
  Node row{.kind = "row", .name = "2025-12-31/accounts.csv:2"};
  row.fields = {{"file", "accounts.csv"}, {"kind", "demand"}};
  EXPECT_EQ(
      to_json(row).dump(),
      R"({"kind": "row", "name": "2025-12-31/accounts.csv:2", "file": "accounts.csv", "row_kind": "demand"})");
}

}  // namespace
}  // namespace guanhu::appraisal
