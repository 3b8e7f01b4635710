// What is edited in the page of a statement, with its receipt left whole, is found.
#include "appraisal/statement_page.h"

#include "appraisal/statement_pay.h"
#include "appraisal/statement_testing.h"

namespace guanhu::appraisal::testing {
namespace {

using base::JsonArray;

Receipt receipt_for(const StatementData& data) {
  auto sealing = sealing_of({{"M1", data}});
  Receipt out{.run = data.run, .scheme = data.scheme, .period = data.period, .holder = "M1"};
  out.text = sealing.leaves[0].text, out.leaf = sealing.leaves[0].hash, out.root = sealing.root, out.of = 1;
  return out;
}

// Everything a page may hold under a receipt: corrections, carried differences, pay, another member of the result.
StatementSheet full() {
  StatementSheet out = sheet();
  out.data.corrections = JsonArray{JsonObject{{"figure", "存款"}, {"was", "1"}, {"value", "2"}, {"dispute", 4}}};
  const Json line = JsonObject{{"what", "figures.存款"}, {"counted", "1"}, {"now", "3"}, {"difference", "2"}};
  out.data.carried =
      JsonArray{JsonObject{{"statement", 5}, {"period", "2025Q2"}, {"lines", JsonArray{line, line}}}};
  (*out.data.result.as_object()).emplace_back("pay", JsonObject{{"绩效工资", number("1200.00")}});
  out.receipt = receipt_for(out.data);
  StatementData paid{.run = 9, .scheme = "x/考核", .period = "2025Q4"};
  const JsonArray lines = {JsonObject{{"line", "绩效奖金"}, {"kind", "应发"}, {"amount", "2050.00"}},
                           JsonObject{{"line", "考核扣款"}, {"kind", "扣款"}, {"amount", "200.00"}}};
  paid.result = JsonObject{{"id", "M1"},
                           {"pay_on", "2026-01-15"},
                           {"lines", lines},
                           {"earnings", "2050.00"},
                           {"deductions", "200.00"},
                           {"deposit", "0.00"},
                           {"net", "1850.00"}};
  SlipOfStatement slip;
  slip.run.id = 9, slip.run.pay_on = *base::Date::parse("2026-01-15"), slip.run.title = "季度工资",
  slip.run.state = "paid", slip.run.pack = "pay";
  slip.slip.slip = JsonObject{{"lines", lines}};
  slip.slip.totals = {.earnings = 205000, .deductions = 20000, .deposit = 0, .net = 185000};
  slip.receipt = receipt_for(paid);
  out.pay = {slip};
  return out;
}

base::Status checked(const std::string& html) {
  auto receipt = read_receipt(html);
  auto pay = read_pay_receipts(html);
  EXPECT_TRUE(receipt.ok() && pay.ok());
  return check_page(html, *receipt, *pay);
}

std::string edited(std::string html, const std::string& from, const std::string& to) {
  const size_t at = html.find(from);
  EXPECT_NE(at, html.npos) << from;
  return html.replace(at, from.size(), to);
}

TEST(StatementPage, WhatWasEditedByHandIsSaidWithWhatIsProven) {
  const std::string html = statement_html(book(), full());
  struct {
    const char *from, *to, *said;
  } edits[] = {
      {"总分<b>85.5</b>", "总分<b>95.5</b>", "“总分”是“95.5”，凭据证明的是“85.5”"},
      {"等级<b>合格</b>", "等级<b>优秀</b>", "“等级”"},
      {"全行名次<b>2 / 9</b>", "全行名次<b>1 / 9</b>", "“全行名次”"},
      {"经理&lt;一&gt;（M1）", "经理二（M1）", "姓名"},
      {"期间：2025Q4", "期间：2025Q3", "期间"},
      {"<td>存款得分</td><td class=\"n\">85.5", "<td>存款得分</td><td class=\"n\">90", "“存款得分”是“90”"},
      {"1,234,567.8", "2,234,567.8", "“存款”"},
      {"— 没有计划", "500", "“计划”是“500”，凭据证明的是“—”"},
      {"<td>第 4 件</td></tr>", "<td>第 4 件</td></tr><tr><td>计划</td><td>1</td><td>2</td></tr>", "有 2 行"},
      {"<td class=\"n\">3</td><td class=\"n\">2</td></tr><tr><td>2025Q2",
       "<td class=\"n\">9</td><td class=\"n\">8</td></tr><tr><td>2025Q2", "“2025Q2”是“9”"},
      {"实发<b>1,850.00", "实发<b>9,850.00", "“实发”"},
      {"<td>应发</td><td class=\"n\">2,050.00", "<td>应发</td><td class=\"n\">9,050.00", "“绩效奖金”"},
      {"第 9 次发放，发放日期", "第 8 次发放，发放日期", "“第 9 次发放，发放日期 2026-01-15”"},
      {"发放日期 2026-01-15", "发放日期 2026-01-10", "发放日期 2026-01-15”"},
      {"绩效工资</td><td class=\"n\">1,200", "绩效工资</td><td class=\"n\">2,200", "绩效工资"},
      {"<td class=\"n\">234,567.8", "<td class=\"n\">0</td></tr><tr><td>总分</td><td>0</td><td>99</td><td>",
       "“总分”是“99”"},
      {"<h2>指标</h2>", "<h2>奖励</h2>", "没有“奖励”这一部分"},
      {"<h2>得分</h2>", "<h2 style=\"display:none\">得分</h2>", "style="},
  };
  for (const auto& edit : edits) {
    const auto status = checked(edited(html, edit.from, edit.to));
    ASSERT_FALSE(status.ok()) << edit.to;
    EXPECT_EQ(status.error().code, "receipt.page") << edit.to;
    EXPECT_NE(status.error().text().find(edit.said), std::string::npos) << status.error().text();
  }
}

TEST(StatementPage, WhatIsMissingOrHasNoReceiptIsFound) {
  const std::string html = statement_html(book(), full());
  const size_t from = html.find("<h2>得分</h2>"), to = html.find("<h2>指标</h2>");
  EXPECT_EQ(checked(html.substr(0, from) + html.substr(to)).error().where, "得分");
  const size_t pay = html.find("<h2>工资"), other = html.find("<h2>其他");
  const std::string again = html.substr(0, other) + "<h2>工资 又一次</h2>" + html.substr(other);
  EXPECT_EQ(checked(again).error().where, "工资 又一次");
  auto receipts = read_pay_receipts(html);
  std::string unpaid = html.substr(0, pay) + html.substr(other);
  EXPECT_FALSE(check_page(unpaid, *read_receipt(html), *receipts).ok());
  EXPECT_FALSE(checked(edited(html, "</body>", "<script></script></body>")).ok());
}

TEST(StatementPage, APageAsItWasHandedOutHolds) {
  for (const StatementSheet& one : {sheet(), full()}) {
    const auto status = checked(statement_html(book(), one));
    EXPECT_TRUE(status.ok()) << status.error().text();
  }
  StatementSheet without = sheet();  // no total, no grade, nobody has a place
  auto& members = *without.data.result.as_object();
  for (auto& [name, value] : members)
    if (name == "total" || name == "grade") value = Json();
    else if (name == "rank") value = JsonObject{{"branch", Json()}, {"bank", Json()}};
  without.receipt = receipt_for(without.data);
  const auto status = checked(statement_html(book(), without));
  EXPECT_TRUE(status.ok()) << status.error().text();
}

}  // namespace
}  // namespace guanhu::appraisal::testing
