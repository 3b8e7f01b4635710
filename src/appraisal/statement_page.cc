#include "appraisal/statement_page.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/decimal.h"

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;
using base::Status;

namespace {

using Row = std::vector<std::string>;

Error changed(const std::string& what, const std::string& where) {
  return {"receipt.page", what + "：页面被改过", where, "以凭据列出的内容为准，或者请银行重新给一份"};
}

Status same_text(const std::string& where, const std::string& shown, const std::string& proven) {
  auto plain = [](std::string text) {
    std::erase(text, ',');
    return text;
  };
  if (shown == proven) return {};
  const auto a = Decimal::parse(plain(shown)), b = Decimal::parse(plain(proven));
  if (a && b && *a == *b) return {};
  // Without a value a dash stands there, and the reason behind it.
  if (proven == "null" && shown.starts_with("—")) return {};
  return changed(
      "页面上的“" + where + "”是“" + shown + "”，凭据证明的是“" + (proven == "null" ? "—" : proven) + "”", where);
}

// ------------------------------------------------------------------------------------------------ what is shown

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string plain_of(const std::string& html) {
  std::string out;
  bool tag = false;
  for (char c : html) {
    if (c == '<') tag = true;
    if (!tag) out += c;
    if (c == '>') tag = false;
  }
  constexpr std::array<std::pair<const char*, const char*>, 5> kNames = {
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}};
  for (const auto& [name, letter] : kNames) out = replaced(std::move(out), name, letter);
  return out;
}

// What stands between `open` (the rest of its tag included) and `close`, again and again.
std::vector<std::string> between(const std::string& html, const std::string& open, const std::string& close) {
  std::vector<std::string> out;
  for (size_t at = html.find(open); at != html.npos; at = html.find(open, at)) {
    const size_t from = html.find('>', at), to = html.find(close, at);
    if (from == html.npos || to == html.npos || to < from) break;
    out.push_back(html.substr(from + 1, to - from - 1));
    at = to;
  }
  return out;
}

std::vector<Row> rows_of(const std::string& html) {
  std::vector<Row> out;
  for (const auto& row : between(html, "<tr", "</tr>")) {
    Row cells;
    for (const auto& cell : between(row, "<td", "</td>")) cells.push_back(plain_of(cell));
    if (!cells.empty()) out.push_back(std::move(cells));
  }
  return out;
}

// "总分" to "85.5": the boxes at the top, and those of pay.
std::vector<std::pair<std::string, std::string>> boxes_of(const std::string& html) {
  std::vector<std::pair<std::string, std::string>> out;
  for (size_t at = html.find("<b>"); at != html.npos; at = html.find("<b>", at + 1)) {
    const size_t label = html.rfind('>', at), end = html.find("</b>", at);
    if (label == html.npos || end == html.npos) continue;
    out.emplace_back(plain_of(html.substr(label + 1, at - label - 1)),
                     plain_of(html.substr(at + 3, end - at - 3)));
  }
  return out;
}

struct Section {
  std::string title, html;  // "" the part above the first one
};

std::vector<Section> sections_of(const std::string& html) {
  std::vector<Section> out;
  size_t at = 0;
  std::string title;
  while (true) {
    const size_t next = html.find("<h2", at);
    out.push_back({title, html.substr(at, next == html.npos ? next : next - at)});
    if (next == html.npos) return out;
    const size_t open = html.find('>', next), close = html.find("</h2>", next);
    if (open == html.npos || close == html.npos) return out;
    title = plain_of(html.substr(open + 1, close - open - 1)), at = close + 5;
  }
}

// ------------------------------------------------------------------------------------------------ what is proven

struct Proven {
  std::vector<std::pair<std::string, std::string>> lines;

  explicit Proven(const std::string& text) {
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size()), tab = text.find('\t', at);
      if (tab < end) lines.emplace_back(text.substr(at, tab - at), text.substr(tab + 1, end - tab - 1));
      at = end + 1;
    }
  }
  std::optional<std::string> get(const std::string& path) const {
    for (const auto& [name, value] : lines)
      if (name == path) return value;
    return std::nullopt;
  }
  std::string at(const std::string& path) const { return get(path).value_or("null"); }
  // "5 / 8"; nothing: the result has no such place.
  std::optional<std::string> place(const std::string& where) const {
    if (auto place = get(where + ".place")) return *place + " / " + at(where + ".of");
    return get(where) ? std::optional<std::string>("null") : std::nullopt;
  }
  // What stands between `prefix` and `suffix` in the paths, each once, in order: the names of scores and figures.
  Row names(const std::string& prefix, const std::string& suffix) const {
    Row out;
    for (const auto& [path, value] : lines)
      if (path.starts_with(prefix) && path.ends_with(suffix) && path.size() >= prefix.size() + suffix.size()) {
        const std::string name = path.substr(prefix.size(), path.size() - prefix.size() - suffix.size());
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
      }
    return out;
  }
};

// Rows that must stand in a section, and no others; "" in a row that is expected: whatever is shown there.
Status same_rows(const std::string& title, const std::vector<Row>& shown, const std::vector<Row>& proven) {
  if (shown.size() != proven.size())
    return changed("“" + title + "”有 " + std::to_string(shown.size()) + " 行，凭据证明的是 " +
                       std::to_string(proven.size()) + " 行",
                   title);
  for (size_t i = 0; i < proven.size(); ++i)
    for (size_t k = 0; k < proven[i].size(); ++k) {
      if (proven[i][k].empty()) continue;
      const std::string name = k ? proven[i][0] : title + " " + std::to_string(i + 1);
      if (auto status = same_text(name, k < shown[i].size() ? shown[i][k] : "", proven[i][k]); !status)
        return status;
    }
  return {};
}

Status same_top(const std::string& html, const Proven& proven) {
  const std::string text = plain_of(replaced(html, "</td>", "\n"));
  for (const auto& [word, value] :
       {std::pair<std::string, std::string>{"姓名", proven.at("name") + "（" + proven.at("id") + "）"},
        {"期间", proven.at("period")},
        {"考核", "第 " + proven.at("run") + " 次"}})
    if (text.find(word + "：" + value + "\n") == text.npos)
      return changed("页面上没有“" + word + "：" + value + "”，凭据证明的是这个", word);
  std::map<std::string, std::string> boxes;
  for (const auto& [word, value] : {std::pair<const char*, std::optional<std::string>>{"总分", proven.at("total")},
                                    {"等级", proven.at("grade")},
                                    {"支行名次", proven.place("rank.branch")},
                                    {"全行名次", proven.place("rank.bank")}})
    if (value) boxes.emplace(word, *value);
  for (const auto& [word, value] : boxes_of(html)) {
    auto known = boxes.find(word);
    if (known == boxes.end()) return changed("凭据里没有“" + word + "”", word);
    if (auto status = same_text(word, value, known->second); !status) return status;
    boxes.erase(known);
  }
  // A place that nobody has leaves no box on some pages.
  for (const auto& [word, value] : boxes)
    if (value != "null") return changed("页面上没有“" + word + "”", word);
  return {};
}

std::vector<Row> score_rows(const Proven& proven) {
  std::vector<Row> out;
  for (const auto& name : proven.names("scores.", "")) out.push_back({name, proven.at("scores." + name)});
  return out;
}

std::vector<Row> figure_rows(const Proven& proven) {
  std::vector<Row> out;
  for (const auto& name : proven.names("figures.", ".value"))
    out.push_back(
        {name, proven.at("figures." + name + ".value"), proven.get("figures." + name + ".unit").value_or("")});
  return out;
}

std::vector<Row> correction_rows(const Proven& proven) {
  std::vector<Row> out;
  for (const auto& at : proven.names("correction", ".figure"))
    out.push_back({proven.at("correction" + at + ".figure"), proven.at("correction" + at + ".was"),
                   proven.at("correction" + at + ".value")});
  return out;
}

std::vector<Row> carried_rows(const Proven& proven) {
  std::vector<Row> out;
  for (const auto& at : proven.names("carried", ".counted")) {
    const std::string line = "carried" + at;
    out.push_back({proven.at(line.substr(0, line.find("].")) + "].period"), "", proven.at(line + ".counted"),
                   proven.at(line + ".now"), proven.at(line + ".difference")});
  }
  return out;
}

Status same_pay(const Section& section, const Receipt* receipt) {
  if (!receipt) return changed("“" + section.title + "”没有凭据", section.title);
  const Proven proven(receipt->text);
  const std::string paid = "第 " + std::to_string(receipt->run) + " 次发放，发放日期 " + proven.at("pay_on");
  if (plain_of(section.html).find(paid) == std::string::npos)
    return changed("“" + section.title + "”不是凭据证明的“" + paid + "”", section.title);
  std::vector<Row> boxes, shown, lines;
  for (const auto& [word, value] : boxes_of(section.html)) shown.push_back({word, value});
  for (const auto& [word, name] :
       {std::pair{"应发", "earnings"}, {"扣款", "deductions"}, {"风险保证金", "deposit"}, {"实发", "net"}})
    boxes.push_back({word, proven.at(name)});
  if (auto status = same_rows(section.title, shown, boxes); !status) return status;
  for (const auto& at : proven.names("lines", ".amount"))
    lines.push_back({proven.at("lines" + at + ".line"), proven.at("lines" + at + ".kind"),
                     proven.at("lines" + at + ".amount")});
  return same_rows(section.title, rows_of(section.html), lines);
}

// The present column of "和 2025Q3 相比": figures, scores and the total once more.
Status same_now(const std::vector<Row>& shown, const Proven& proven) {
  for (const Row& row : shown) {
    if (row.size() < 3) continue;
    for (const auto& path :
         {row[0] == "总分" ? std::string("total") : "scores." + row[0], "figures." + row[0] + ".value"})
      if (auto value = proven.get(path))
        if (auto status = same_text(row[0], row[2], *value); !status) return status;
  }
  return {};
}

// What a scheme gives beside scores and figures: "pay · 绩效工资" is the line "pay.绩效工资".
Status same_others(const std::vector<Row>& shown, const Proven& proven) {
  for (const Row& row : shown) {
    std::optional<std::string> value;
    for (const auto& [path, text] : proven.lines)
      if (replaced(replaced(replaced(path, ".", " · "), "[", " "), "]", "") == row[0]) value = text;
    if (row.size() < 2 || !value) return changed("凭据里没有“" + row[0] + "”", row[0]);
    if (auto status = same_text(row[0], row[1], *value); !status) return status;
  }
  return {};
}

// Nothing that a browser would not show, or would show in another's place.
Status nothing_hidden(const std::string& html, size_t receipts) {
  auto count = [&](const std::string& what) {
    size_t out = 0;
    for (size_t at = html.find(what); at != html.npos; at = html.find(what, at + what.size())) ++out;
    return out;
  };
  for (const char* none : {"<!--", " style=", " hidden", "<img", "<svg", "<iframe", "<link", "display:none"})
    if (count(none)) return changed(std::string("页面里有“") + none + "”", none);
  if (count("<style") != 1 || count("<body") != 1 || count("<script") != receipts)
    return changed("页面里多了或少了别的部分", "html");
  return {};
}

// The page without what is data and style.
std::string visible(const std::string& html) {
  std::string out;
  size_t at = 0;
  for (size_t open = html.find("<script"); open != html.npos; open = html.find("<script", at)) {
    out += html.substr(at, open - at);
    const size_t close = html.find("</script>", open);
    if (close == html.npos) return out;
    at = close + 9;
  }
  out += html.substr(at);
  const size_t body = out.find("<body");
  return body == out.npos ? "" : out.substr(body);
}

}  // namespace

Status check_page(const std::string& html, const Receipt& receipt, const std::vector<Receipt>& pay) {
  if (auto status = nothing_hidden(html, pay.size() + 1); !status) return status;
  const Proven proven(receipt.text);
  std::map<std::string, std::vector<Row>> due = {{"得分", score_rows(proven)},
                                                 {"指标", figure_rows(proven)},
                                                 {"申诉成立的更正", correction_rows(proven)},
                                                 {"以前期间的差额，计入本期", carried_rows(proven)}};
  size_t paid = 0;
  for (const Section& section : sections_of(visible(html))) {
    Status status;
    if (section.title.empty()) {
      status = same_top(section.html, proven);
    } else if (section.title.starts_with("工资 ")) {
      status = same_pay(section, paid < pay.size() ? &pay[paid] : nullptr), ++paid;
    } else if (auto rows = due.find(section.title); rows != due.end()) {
      status = same_rows(section.title, rows_of(section.html), rows->second);
      due.erase(rows);
    } else if (section.title.starts_with("和 ")) {
      status = same_now(rows_of(section.html), proven);
    } else if (section.title == "其他") {
      status = same_others(rows_of(section.html), proven);
    } else if (section.title != "职级" && section.title != "公式和条款" && section.title != "凭据") {
      status = changed("绩效单没有“" + section.title + "”这一部分", section.title);
    }
    if (!status) return status;
  }
  for (const auto& [title, rows] : due)
    if (!rows.empty()) return changed("页面上没有“" + title + "”", title);
  if (paid < pay.size()) return changed("页面上没有工资，凭据里有", "工资");
  return {};
}

}  // namespace guanhu::appraisal
