// The page of a statement: what stands in it, and that nothing in it reaches out or breaks out.
#include "appraisal/statement.h"

#include "appraisal/statement_testing.h"

namespace guanhu::appraisal::testing {
namespace {

using base::JsonArray;

std::string section(const std::string& html, const std::string& title) {
  size_t at = html.find("<h2>" + title + "</h2>");
  if (at == html.npos) return "";
  at += title.size() + 9;
  size_t end = std::min(html.find("<h2>", at), html.find("</body>", at));
  std::string out = html.substr(at, end - at);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

TEST(Statement, LetsNothingOutAndNothingBreakIn) {
  StatementSheet s = sheet();
  (*s.data.result.as_object())[1].second = "</script><script src=\"http://x\">'&";
  s.receipt.text = "name\t</script><b>";
  const std::string html = statement_html(book(), s);
  EXPECT_EQ(html.find("<script src"), std::string::npos);
  EXPECT_EQ(html.find("</script><b>"), std::string::npos);
  size_t scripts = 0;
  for (size_t at = html.find("<script"); at != html.npos; at = html.find("<script", at + 1)) ++scripts;
  EXPECT_EQ(scripts, 1u) << "the receipt, which is data";
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(html_text("<&>\"'"), "&lt;&amp;&gt;&quot;&#39;");
  auto receipt = read_receipt(html);
  ASSERT_TRUE(receipt.ok()) << receipt.error().text();
  EXPECT_EQ(receipt->text, s.receipt.text) << "what is escaped in the page is read back as it was";
  EXPECT_FALSE(check_receipt(*receipt).ok());
}

TEST(Statement, ShowsScoresFiguresAndWhereTheyComeFrom) {
  const std::string html = statement_html(book(), sheet());
  EXPECT_NE(html.find("<h1>季度考核 绩效单</h1>"), std::string::npos);
  EXPECT_NE(html.find("<td>姓名：经理&lt;一&gt;（M1）</td>"), std::string::npos);
  EXPECT_NE(html.find("<div>总分<b>85.5</b>满分 100</div><div>等级<b>合格</b></div>"), std::string::npos);
  EXPECT_NE(html.find("全行名次<b>2 / 9</b>"), std::string::npos);
  EXPECT_EQ(
      section(html, "得分"),
      "<table><thead><tr><th>计分项</th><th class=\"n\">得分</th><th class=\"n\">满分</th>"
      "<th class=\"n\">权重</th><th>依据</th></tr></thead><tbody><tr><td>存款得分</td><td class=\"n\">85.5</td>"
      "<td class=\"n\">100</td><td class=\"n\">1</td><td>第一条 〔2〕</td></tr></tbody></table>");
  EXPECT_EQ(
      section(html, "指标"),
      "<table><thead><tr><th>指标</th><th class=\"n\">数值</th><th>单位</th><th>依据</th></tr></thead><tbody>"
      "<tr><td>存款</td><td class=\"n\">1,234,567.8</td><td>元</td><td>第一条 〔1〕</td></tr>"
      "<tr><td>计划</td><td class=\"n\">— 没有计划</td><td>元</td><td> </td></tr></tbody></table>");
  EXPECT_NE(section(html, "公式和条款")
                .find("<code>存款余额; 期末</code></td><td>第一条<br>"
                      "<span class=\"small\">每十元一分<br>示例.txt KPI-313</span>"),
            std::string::npos);
  EXPECT_NE(html.find("<code>if 存款 &lt; 10 then 0 else 存款 / 10</code>"), std::string::npos);
  EXPECT_EQ(section(html, "其他"), "");
}

TEST(Statement, SaysWhatAFormulaReadsAndAnArticleOnce) {
  StatementBook with = book();
  with.basis[1].read = {"加分步长 = 50,000 元", "平均 <x> = 3"};
  const std::string said = section(statement_html(with, sheet()), "公式和条款");
  EXPECT_NE(
      said.find("存款 / 10</code><span class=\"small\"><br>加分步长 = 50,000 元<br>平均 &lt;x&gt; = 3</span>"),
      std::string::npos)
      << said;
  EXPECT_EQ(said.find("每十元一分"), said.rfind("每十元一分")) << "two figures rest on it";
  EXPECT_NE(said.find("第一条<br><span class=\"small\">见〔1〕 KPI-313</span>"), std::string::npos) << said;
}

TEST(Statement, SaysWhatChangedSinceTheLastPeriod) {
  EXPECT_EQ(section(statement_html(book(), sheet()), "和 2025Q3 相比"),
            "<table><thead><tr><th>项目</th><th class=\"n\">上期</th><th class=\"n\">本期</th><th "
            "class=\"n\">变化</th></tr>"
            "</thead><tbody>"
            "<tr><td>存款</td><td class=\"n\">1,000,000</td><td class=\"n\">1,234,567.8</td>"
            "<td class=\"n\">234,567.8</td></tr>"
            "<tr><td>存款得分</td><td class=\"n\">80</td><td class=\"n\">85.5</td><td class=\"n\">5.5</td></tr>"
            "<tr><td>总分</td><td class=\"n\">80</td><td class=\"n\">85.5</td><td "
            "class=\"n\">5.5</td></tr></tbody></table>");
  StatementSheet same = sheet();
  same.previous = same.data.result;
  EXPECT_EQ(section(statement_html(book(), same), "和 2025Q3 相比"), "<p>没有变化。</p>");
  same.previous.reset();
  EXPECT_EQ(section(statement_html(book(), same), "和 2025Q3 相比"), "<p>上一期没有本人的考核结果。</p>");
  StatementBook first = book();
  first.previous_run = 0;
  EXPECT_EQ(statement_html(first, sheet()).find("相比"), std::string::npos);
}

TEST(Statement, ShowsCorrectionsAndWhatIsCarriedIn) {
  StatementSheet s = sheet();
  s.data.corrections = JsonArray{JsonObject{{"figure", "存款"}, {"was", "1"}, {"value", "2"}, {"dispute", 4}}};
  s.data.carried = JsonArray{JsonObject{
      {"statement", 5},
      {"period", "2025Q2"},
      {"lines",
       JsonArray{JsonObject{{"what", "figures.存款"}, {"counted", "1"}, {"now", "3"}, {"difference", "2"}}}}}};
  (*s.data.result.as_object()).emplace_back("pay", JsonObject{{"绩效工资", number("1200.00")}});
  const std::string html = statement_html(book(), s);
  EXPECT_NE(section(html, "申诉成立的更正")
                .find("<tr><td>存款</td><td class=\"n\">1</td><td class=\"n\">2</td><td>第 4 件</td></tr>"),
            std::string::npos);
  EXPECT_NE(section(html, "以前期间的差额，计入本期")
                .find("<tr><td>2025Q2</td><td>存款</td><td class=\"n\">1</td><td class=\"n\">3</td><td "
                      "class=\"n\">2</td></tr>"),
            std::string::npos);
  EXPECT_EQ(section(html, "其他"),
            "<table><tbody><tr><td>pay · 绩效工资</td><td class=\"n\">1,200</td></tr></tbody></table>");
}

}  // namespace
}  // namespace guanhu::appraisal::testing
