// The part of a statement about money and grade: what was paid for the period, line by line with its article, and
// the grade held, with the document that gave it.
#include "appraisal/statement_pay.h"

#include "appraisal/statement.h"
#include "appraisal/text_table.h"
#include "base/json_member.h"

namespace guanhu::appraisal {

using base::Json;

namespace {

std::string text_cell(const std::string& text) { return "<td>" + html_text(text.empty() ? "—" : text) + "</td>"; }
std::string amount_cell(const std::string& amount) {
  auto number = base::Decimal::parse(amount);
  return "<td class=\"n\">" + html_text(number ? grouped(*number, 2) : amount) + "</td>";
}

// The rules a line rests on, each once.
std::string rules_of(const Json& line) {
  std::string out, article;
  const Json* cites = line.find("cites");
  if (!cites || !cites->as_array()) return "";
  for (const Json& one : *cites->as_array()) {
    if (article.empty()) article = text_in(one, "article");
    const std::string rule = text_in(one, "rule_id");
    if (out.find(rule) == std::string::npos) out += " " + rule;
  }
  return article + out;
}

std::string line_rows(const Json& slip) {
  std::string out;
  for (const Json& line : *slip.find("lines")->as_array())
    out += "<tr>" + text_cell(text_in(line, "line")) + text_cell(text_in(line, "kind")) +
           amount_cell(text_in(line, "amount")) + text_cell(rules_of(line)) +
           text_cell(text_in(line, "decision")) + "</tr>";
  return out;
}

std::string sums(const PayTotals& totals) {
  std::string out = "<div class=\"sum\">";
  for (const auto& [name, fen] : {std::pair{"应发", totals.earnings}, std::pair{"扣款", totals.deductions},
                                  std::pair{"风险保证金", totals.deposit}, std::pair{"实发", totals.net}})
    out += std::string("<div>") + name + "<b>" + html_text(grouped(base::Decimal::fen(fen), 2)) + "</b>元</div>";
  return out + "</div>";
}

std::string proof(const SlipOfStatement& one) {
  if (!one.receipt) return "";
  // "<" inside a script element would end it.
  std::string json, plain = to_json(*one.receipt).dump();
  for (char c : plain) json += c == '<' ? "\\u003c" : std::string(1, c);
  return "<p class=\"small\">工资单是第 " + std::to_string(one.run.id) + " 次发放 " +
         std::to_string(one.receipt->of) + " 份中的一份；批准时的根 <code>" + html_text(one.receipt->root) +
         "</code></p><script type=\"application/json\" class=\"guanhu-pay-receipt\">" + json + "</script>";
}

}  // namespace

std::string statement_pay(const std::vector<SlipOfStatement>& pay) {
  std::string out;
  for (const SlipOfStatement& one : pay) {
    out += "<h2>工资 " + html_text(one.run.title) + "</h2>" + sums(one.slip.totals) +
           "<table><thead><tr><th>项目</th><th>种类</th><th "
           "class=\"n\">金额（元）</th><th>条款</th><th>决策</th></tr></thead>"
           "<tbody>" +
           line_rows(one.slip.slip) + "</tbody></table><p class=\"small\">第 " + std::to_string(one.run.id) +
           " 次发放，发放日期 " + one.run.pay_on.str() + "，" +
           (one.run.state == "paid" ? "已发放" : "已批准，尚未发放") +
           (one.grade.empty() ? "" : "；计算时的职级 " + html_text(one.grade)) + "。制度包 <code>" +
           html_text(one.run.pack + " " + one.run.pack_hash.substr(0, 12)) + "</code></p>" + proof(one);
  }
  return out;
}

std::string statement_grades(const std::vector<GradeStep>& grades) {
  if (grades.empty()) return "";
  std::string out =
      "<h2>职级</h2><table><thead><tr><th>期末职级</th><th>自</th><th>决定机关</th><th>依据</th><th>制度包</th></"
      "tr></thead>"
      "<tbody>";
  for (const GradeStep& step : grades)
    out += "<tr>" + text_cell(step.grade) + text_cell(step.from.str()) + text_cell(step.body) +
           text_cell(step.document) + text_cell(step.pack) + "</tr>";
  return out + "</tbody></table>";
}

base::Result<std::vector<Receipt>> read_pay_receipts(const std::string& html) {
  static const std::string opening = "<script type=\"application/json\" class=\"guanhu-pay-receipt\">";
  std::vector<Receipt> out;
  for (size_t at = html.find(opening); at != html.npos; at = html.find(opening, at)) {
    at += opening.size();
    const size_t end = html.find("</script>", at);
    if (end == html.npos) return base::Error{"receipt.json", "the receipt of pay does not end", "", ""};
    auto receipt = read_receipt(html.substr(at, end - at));
    if (!receipt.ok()) return receipt.error();
    out.push_back(std::move(*receipt));
  }
  return out;
}

}  // namespace guanhu::appraisal
