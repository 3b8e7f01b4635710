// The page of a statement. Everything stands in the one file: no script runs, no font, picture or style is
// fetched.
#include <algorithm>
#include <array>
#include <functional>

#include "appraisal/statement.h"
#include "appraisal/statement_pay.h"
#include "appraisal/text_table.h"

namespace guanhu::appraisal {

using base::Json;
using base::JsonObject;

namespace {

constexpr const char* kStyle = R"(
@page { size: A4; margin: 14mm 13mm 16mm }
* { box-sizing: border-box }
body { font: 10.5pt/1.5 "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  color: #1c2430; margin: 0 auto; max-width: 186mm; padding: 6mm 0 }
h1 { font-size: 17pt; margin: 0 0 1mm } h2 { font-size: 12pt; margin: 6mm 0 2mm; border-bottom: .4pt solid #8a94a3 }
p { margin: 0 0 2mm } .small { font-size: 8.5pt; color: #4a5565 }
table { border-collapse: collapse; width: 100%; margin: 0 0 2mm } thead { display: table-header-group }
th, td { border: .4pt solid #b6bdc8; padding: 1mm 1.6mm; text-align: left; vertical-align: top }
th { background: #eef1f5; font-weight: 600 } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
tr { break-inside: avoid } .head td { border: 0; padding: .5mm 4mm .5mm 0 }
.sum { display: flex; gap: 3mm; margin: 3mm 0 } .sum div { flex: 1; border: .6pt solid #8a94a3; padding: 2mm 3mm }
.sum b { display: block; font-size: 15pt } code { font: 8pt/1.4 "Noto Sans Mono CJK SC", Consolas, monospace;
  word-break: break-all; white-space: pre-wrap }
@media print { body { max-width: none; padding: 0 } }
)";

std::string cell(const std::string& text, const char* kind = "") {
  return std::string("<td") + (*kind ? " class=\"n\"" : "") + ">" + html_text(text) + "</td>";
}
std::string number_cell(const Json* value, const std::string& reason = "") {
  if (!value || value->is_null()) return cell(reason.empty() ? "—" : "— " + reason, "n");
  const std::string* text = value->as_string();
  const base::Decimal* number = value->as_number();
  if (!number) return cell(text ? *text : value->dump(), "n");
  const std::string plain = number->str();
  const size_t point = plain.find('.');
  return cell(grouped(*number, point == plain.npos ? 0 : static_cast<int>(plain.size() - point - 1)), "n");
}
std::string words(const Json* value, const char* none = "—") {
  if (!value || value->is_null()) return none;
  const std::string* text = value->as_string();
  return text ? *text : value->dump();
}

const Json* at(const Json& json, std::initializer_list<const char*> path) {
  const Json* here = &json;
  for (const char* name : path)
    if (here) here = here->find(name);
  return here;
}

std::string place(const Json& result, const char* where) {
  const Json *place = at(result, {"rank", where, "place"}), *of = at(result, {"rank", where, "of"});
  return place && of ? place->dump() + " / " + of->dump() : "—";
}

std::string org_words(const StatementBook& book, const Json& result) {
  const std::string id = words(result.find("org"));
  const people::Org* org = book.directory.org(id);
  return org && !org->name.empty() && org->name != id ? org->name + "（" + id + "）" : id;
}

std::string head(const StatementBook& book, const Json& result) {
  auto pair = [](const std::string& name, const std::string& value) {
    return "<td>" + html_text(name) + "：" + html_text(value) + "</td>";
  };
  return "<h1>" + html_text(book.title) + " 绩效单</h1><table class=\"head\"><tr>" +
         pair("单位", book.bank.empty() ? "—" : book.bank) + pair("期间", book.life.period) +
         pair("封存", book.life.sealed_at.substr(0, 10)) + "</tr><tr>" +
         pair("姓名", words(result.find("name")) + "（" + words(result.find("id")) + "）") +
         pair("机构", org_words(book, result)) + pair("考核", "第 " + std::to_string(book.life.run) + " 次") +
         "</tr></table>";
}

std::string summary(const StatementBook& book, const Json& result) {
  std::string total = words(result.find("total"));
  std::string out = "<div class=\"sum\"><div>总分<b>" + html_text(total) + "</b>满分 " +
                    html_text(book.full_total) + "</div><div>等级<b>" + html_text(words(result.find("grade"))) +
                    "</b></div>";
  if (at(result, {"rank", "branch"}))
    out += "<div>支行名次<b>" + html_text(place(result, "branch")) + "</b></div>";
  if (at(result, {"rank", "bank"})) out += "<div>全行名次<b>" + html_text(place(result, "bank")) + "</b></div>";
  out += "</div>";
  if (const Json* why = at(result, {"reasons", "total"})) out += "<p>没有总分：" + html_text(words(why)) + "</p>";
  return out + "<p class=\"small\">总分 = " + html_text(book.total_words) + "</p>";
}

const Basis* basis_for(const StatementBook& book, const std::string& name) {
  for (const auto& one : book.basis)
    if (one.name == name) return &one;
  return nullptr;
}
std::string note_for(const StatementBook& book, const std::string& name) {
  for (size_t i = 0; i < book.basis.size(); ++i)
    if (book.basis[i].name == name) return "〔" + std::to_string(i + 1) + "〕";
  return "";
}

std::string scores(const StatementBook& book, const Json& result) {
  const Json* all = result.find("scores");
  if (!all || !all->as_object() || all->as_object()->empty()) return "";
  std::string out =
      "<h2>得分</h2><table><thead><tr><th>计分项</th><th class=\"n\">得分</th><th class=\"n\">满分</th>"
      "<th class=\"n\">权重</th><th>依据</th></tr></thead><tbody>";
  for (const auto& [name, value] : *all->as_object()) {
    const Basis* basis = basis_for(book, name);
    const Json* why = at(result, {"reasons", name.c_str()});
    out += "<tr>" + cell(name) + number_cell(&value, why ? words(why) : "") + cell(basis ? basis->full : "", "n") +
           cell(basis ? basis->weight : "", "n") +
           cell((basis ? basis->origin.article : "") + " " + note_for(book, name)) + "</tr>";
  }
  return out + "</tbody></table>";
}

std::string figures(const StatementBook& book, const Json& result) {
  const Json* all = result.find("figures");
  if (!all || !all->as_object() || all->as_object()->empty()) return "";
  std::string out =
      "<h2>指标</h2><table><thead><tr><th>指标</th><th "
      "class=\"n\">数值</th><th>单位</th><th>依据</th></tr></thead>"
      "<tbody>";
  for (const auto& [name, one] : *all->as_object()) {
    const Basis* basis = basis_for(book, name);
    const Json* why = one.find("reason");
    out += "<tr>" + cell(name) + number_cell(one.find("value"), why ? words(why) : "") +
           cell(words(one.find("unit"), "")) +
           cell((basis ? basis->origin.article : "") + " " + note_for(book, name)) + "</tr>";
  }
  return out + "</tbody></table>";
}

// Members of the result this page has no table of its own for: pay and what else a scheme gives.
std::string others(const Json& result) {
  constexpr std::array kKnown = {"id",     "name",  "org",   "branch", "figures",
                                 "scores", "total", "grade", "rank",   "reasons"};
  std::string rows;
  const std::function<void(const std::string&, const Json&)> add = [&](const std::string& path,
                                                                       const Json& value) {
    if (const auto* members = value.as_object()) {
      for (const auto& [name, member] : *members) add(path.empty() ? name : path + " · " + name, member);
    } else if (const auto* items = value.as_array()) {
      for (size_t i = 0; i < items->size(); ++i) add(path + " " + std::to_string(i + 1), (*items)[i]);
    } else {
      rows += "<tr>" + cell(path) + number_cell(&value) + "</tr>";
    }
  };
  if (const auto* members = result.as_object())
    for (const auto& [name, member] : *members)
      if (std::find(kKnown.begin(), kKnown.end(), name) == kKnown.end()) add(name, member);
  return rows.empty() ? "" : "<h2>其他</h2><table><tbody>" + rows + "</tbody></table>";
}

std::string what_word(const std::string& what) {
  if (what == "total") return "总分";
  if (what == "grade") return "等级";
  if (what == "rank.bank") return "全行名次";
  if (what == "rank.branch") return "支行名次";
  const size_t dot = what.find('.');
  return dot == what.npos ? what : what.substr(dot + 1);
}

std::string since(const StatementBook& book, const StatementSheet& sheet) {
  if (!book.previous_run) return "";
  std::string out = "<h2>和 " + html_text(book.previous_period) + " 相比</h2>";
  if (!sheet.previous) return out + "<p>上一期没有本人的考核结果。</p>";
  auto changes = changes_between(*sheet.previous, sheet.data.result);
  if (changes.empty()) return out + "<p>没有变化。</p>";
  out +=
      "<table><thead><tr><th>项目</th><th class=\"n\">上期</th><th class=\"n\">本期</th><th "
      "class=\"n\">变化</th></tr>"
      "</thead><tbody>";
  for (const auto& change : changes) {
    const base::Decimal *was = change.before.as_number(), *now = change.after.as_number();
    Json moved = was && now ? Json(base::Decimal::subtract(*now, *was).value()) : Json();
    out += "<tr>" + cell(what_word(change.what)) + number_cell(&change.before) + number_cell(&change.after) +
           number_cell(&moved) + "</tr>";
  }
  return out + "</tbody></table>";
}

std::string corrections(const Json& list) {
  if (list.as_array()->empty()) return "";
  std::string out =
      "<h2>申诉成立的更正</h2><table><thead><tr><th>项目</th><th class=\"n\">原来</th><th class=\"n\">更正为</th>"
      "<th>申诉</th></tr></thead><tbody>";
  for (const Json& one : *list.as_array())
    out += "<tr>" + cell(words(one.find("figure"))) + number_cell(one.find("was")) +
           number_cell(one.find("value")) + cell("第 " + words(one.find("dispute")) + " 件") + "</tr>";
  return out + "</tbody></table>";
}

std::string carried(const Json& list) {
  if (list.as_array()->empty()) return "";
  std::string out =
      "<h2>以前期间的差额，计入本期</h2><p class=\"small\">封存以后才到的数据。差额 = 现在知道的 − "
      "已经计入的，只计一次。</p>"
      "<table><thead><tr><th>期间</th><th>项目</th><th class=\"n\">已计入</th><th class=\"n\">现在</th>"
      "<th class=\"n\">差额</th></tr></thead><tbody>";
  for (const Json& one : *list.as_array())
    for (const Json& line : *one.find("lines")->as_array())
      out += "<tr>" + cell(words(one.find("period"))) + cell(what_word(words(line.find("what")))) +
             number_cell(line.find("counted")) + number_cell(line.find("now")) +
             number_cell(line.find("difference")) + "</tr>";
  return out + "</tbody></table>";
}

// The number of the first note with the same article; its own: nobody before it has.
size_t first_with(const StatementBook& book, size_t i) {
  auto same = [&](const Basis& one) {
    return one.origin.article == book.basis[i].origin.article && one.origin.text == book.basis[i].origin.text &&
           one.origin.locator == book.basis[i].origin.locator;
  };
  return static_cast<size_t>(std::find_if(book.basis.begin(), book.basis.end(), same) - book.basis.begin());
}

std::string articles(const StatementBook& book) {
  std::string out =
      "<h2>公式和条款</h2><table><thead><tr><th "
      "class=\"n\">〔〕</th><th>名称</th><th>怎样算</th><th>条款</th></tr></thead>"
      "<tbody>";
  for (size_t i = 0; i < book.basis.size(); ++i) {
    const Basis& one = book.basis[i];
    std::string rules, read;
    for (const auto& rule : one.origin.rules) rules += (rules.empty() ? "" : " ") + rule;
    for (const auto& each : one.read) read += "<br>" + html_text(each);
    // An article is said once: several figures rest on it.
    const size_t first = first_with(book, i);
    const std::string said = first == i ? html_text(one.origin.text) + "<br>" + html_text(one.origin.locator) + " "
                                        : "见〔" + std::to_string(first + 1) + "〕 ";
    out += "<tr>" + cell(std::to_string(i + 1), "n") + "<td>" + html_text(one.name) +
           "<br><span class=\"small\">" + html_text(one.kind) + "</span></td><td><code>" + html_text(one.formula) +
           "</code>" + (read.empty() ? "" : "<span class=\"small\">" + read + "</span>") + "</td><td>" +
           html_text(one.origin.article) + "<br><span class=\"small\">" + said + html_text(rules) +
           "</span></td></tr>";
  }
  return out + "</tbody></table>";
}

std::string receipt(const StatementSheet& sheet) {
  // "<" inside a script element would end it.
  std::string json, plain = to_json(sheet.receipt).dump();
  for (char c : plain) json += c == '<' ? "\\u003c" : std::string(1, c);
  return "<h2>凭据</h2><p>这份绩效单是封存结果 " + std::to_string(sheet.receipt.of) +
         " 份中的一份。全部绩效单算出的根写进了银行的审计链；凭据只带着别人那部分的摘要，看不到别人的内容。</p>"
         "<p class=\"small\">根 <code>" +
         html_text(sheet.receipt.root) + "</code><br>本单 <code>" + html_text(sheet.receipt.leaf) +
         "</code></p><p class=\"small\">查验：<code>guanhu audit verify --receipt 本文件.html</code>，"
         "打印出来的根应当和银行公布的相同；在银行里再加 <code>--data "
         "数据目录</code>，和封存记录、审计链一起核对。</p>"
         "<script type=\"application/json\" id=\"guanhu-receipt\">" +
         json + "</script>";
}

}  // namespace

std::string html_text(const std::string& text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string statement_html(const StatementBook& book, const StatementSheet& sheet) {
  const Json& result = sheet.data.result;
  return "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
         "<meta name=\"viewport\" content=\"width=device-width\"><title>" +
         html_text(words(result.find("name")) + " " + book.life.period + " 绩效单") + "</title><style>" + kStyle +
         "</style></head>\n<body>\n" + head(book, result) + summary(book, result) + "\n" + scores(book, result) +
         "\n" + figures(book, result) + "\n" + statement_grades(sheet.grades) + statement_pay(sheet.pay) +
         others(result) + corrections(sheet.data.corrections) + carried(sheet.data.carried) + since(book, sheet) +
         "\n" + articles(book) + "\n" + receipt(sheet) + "\n</body></html>\n";
}

}  // namespace guanhu::appraisal
