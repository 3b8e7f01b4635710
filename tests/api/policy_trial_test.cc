// Decisions tried over HTTP: one by a form, many by a spreadsheet. Nothing of it is kept.
#include "api/spreadsheet.h"
#include "bank.h"
#include "http/target.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

constexpr const char* kPath = "/policies/hubei-rcc-guide/decisions/personal-loan-payment-mode";
constexpr const char* kSheet = "application/octet-stream";

Browser& clerk() { return TestBank::get().as(Role::administrator); }  // whoever reads a rule may try it

std::string ask(const std::string& input, const std::string& more = "") {
  return R"({"pack": "hubei-rcc-guide", "decision": "personal-loan-payment-mode", "input": {)" + input + "}" +
         more + "}";
}
const std::string kWhole =
    R"("交易对象可事先确定": false, "可有效使用非现金结算": true, "用于生产经营": false, "单笔支付金额": )";

TEST(PolicyTrial, WhatDoesNotFitIsNamedFieldByField) {
  Reply reply =
      clerk().send("POST", "/decide", ask(R"("单笔支付金额": -1, "用于生产经营": "也许", "没有这个": 1)"));
  EXPECT_EQ(reply.status, 422);
  std::set<std::string> fields;
  for (const Json& one : *reply.body.find("errors")->as_array()) fields.insert(*one.find("where")->as_string());
  EXPECT_TRUE(fields.count("单笔支付金额") && fields.count("用于生产经营") && fields.count("没有这个") &&
              fields.count("交易对象可事先确定"))
      << reply.text;
  EXPECT_EQ(clerk().send("POST", "/decide", R"({"pack": "sample", "decision": "x", "input": []})").status, 400);
  EXPECT_EQ(clerk().send("POST", "/decide", ask(kWhole + "1", R"(, "version": 999999)")).status, 404);
  EXPECT_EQ(TestBank::get().as(Role::manager).send("POST", "/decide", ask(kWhole + "1", R"(, "draft": 1)")).status,
            404)
      << "drafts are not for managers";
}

TEST(PolicyTrial, BothSidesOfTheLimitWithArticlesAndTrace) {
  Reply below = clerk().send("POST", "/decide", ask(kWhole + "300000", R"(, "trace": true, "on": "2025-06-30")"));
  ASSERT_EQ(below.status, 200) << below.text;
  EXPECT_EQ(below.at("result"), "自主支付");
  EXPECT_EQ(below.at("on"), "2025-06-30");
  EXPECT_EQ(below.at("cites.0.article"), "第三章四(二)");
  EXPECT_EQ(clerk().get("/policies/hubei-rcc-guide/" + below.at("cites.0.article_id")).at("article"),
            "第三章四(二)");
  const JsonArray& trace = *below.body.find("trace")->as_array();
  ASSERT_FALSE(trace.empty());
  EXPECT_EQ(*trace.back().find("table")->as_bool(), true) << below.body.find("trace")->dump(1);
  EXPECT_EQ(trace.back().find("value")->dump(), "\"自主支付\"");
  EXPECT_EQ(clerk().send("POST", "/decide", ask(kWhole + "300000.01")).at("result"), "受托支付");
  EXPECT_EQ(clerk().send("POST", "/decide", ask(kWhole + "1")).at("trace"), "null");
}

TEST(PolicyTrial, NothingIsKept) {
  Browser& auditor = TestBank::get().as(Role::auditor);
  const std::string before = auditor.get("/decisions").at("total"), records = auditor.get("/audit").at("total");
  ASSERT_EQ(clerk().send("POST", "/decide", ask(kWhole + "1")).status, 200);
  EXPECT_EQ(auditor.get("/decisions").at("total"), before);
  EXPECT_EQ(auditor.get("/audit").at("total"), records);
}

TEST(PolicyTrial, ASheetIsRefusedForWhatIsWrongWithIt) {
  auto code = [&](const std::string& bytes) {
    return clerk().send("POST", std::string(kPath) + "/batch", bytes, {}, kSheet).code();
  };
  EXPECT_EQ(code("\xD0\xCF\x11\xE0 old"), "sheet.format");
  EXPECT_EQ(code("PK nothing"), "sheet.format");
  EXPECT_EQ(code(std::string("a,b\n\0\n", 6)), "sheet.format");
  EXPECT_EQ(code("交易对象可事先确定,可有效使用非现金结算,用于生产经营,单笔支付金额\n"), "sheet.empty");
  Reply unknown = clerk().send("POST", std::string(kPath) + "/batch", "单笔金额\n1\n", {}, kSheet);
  EXPECT_EQ(unknown.code(), "sheet.column");
  EXPECT_EQ(unknown.at("errors.0.where"), "单笔金额");
  EXPECT_EQ(code("单笔支付金额\n1\n"), "sheet.column") << "required columns are missing";
  EXPECT_EQ(clerk().send("POST", std::string(kPath) + "/batch", "x\n1\n").status, 415);
}

TEST(PolicyTrial, ManyAtOnceAndBackAsAWorkbook) {
  const std::string csv =
      "\xEF\xBB\xBF单笔支付金额,交易对象可事先确定,可有效使用非现金结算,用于生产经营\n"
      "\"300,000\",否,是,否\n300000.01,否,是,否\n-1,否,是,否\n\n";
  Reply reply = clerk().send("POST", std::string(kPath) + "/batch", csv, {}, kSheet);
  ASSERT_EQ(reply.status, 200) << reply.text;
  EXPECT_EQ(reply.at("counts.rows") + reply.at("counts.answered") + reply.at("counts.refused"), "321");
  EXPECT_EQ(reply.at("rows.0.result"), "自主支付");
  EXPECT_EQ(reply.at("rows.1.result"), "受托支付");
  EXPECT_EQ(reply.at("rows.2.error.where"), "单笔支付金额");
  EXPECT_EQ(reply.at("rows.2.row"), "4") << "as the sheet counts";
  Reply file = clerk().send("POST", std::string(kPath) + "/batch.xlsx", csv, {}, kSheet);
  ASSERT_EQ(file.status, 200) << file.text.substr(0, 300);
  auto grid = read_grid(file.text);
  ASSERT_TRUE(grid.ok()) << grid.error().text();
  ASSERT_EQ(grid->rows.size(), 4u);
  EXPECT_EQ(grid->rows[1].cells[4], "自主支付");
  // The answers sent back as questions: what was added is left out.
  Reply again = clerk().send("POST", std::string(kPath) + "/batch", file.text, {}, kSheet);
  EXPECT_EQ(again.at("counts.answered"), "2") << again.text;
  EXPECT_EQ(again.at("file"), "xlsx");
}

TEST(PolicyTrial, TheTemplateHasTheInputsAndIsAccepted) {
  Reply file = clerk().get(std::string(kPath) + "/template.xlsx");
  ASSERT_EQ(file.status, 200);
  auto grid = read_grid(file.text);
  ASSERT_TRUE(grid.ok()) << grid.error().text();
  Reply decision = clerk().get(kPath);
  EXPECT_EQ(grid->rows.front().cells.size(), decision.body.find("decision")->find("inputs")->as_array()->size());
  EXPECT_EQ(clerk().send("POST", std::string(kPath) + "/batch", file.text, {}, kSheet).code(), "sheet.empty");
}

}  // namespace
}  // namespace guanhu::api::testing
