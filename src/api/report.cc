#include "api/report.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <set>

#include "api/report_pages.h"
#include "appraisal/statement.h"
#include "appraisal/text_table.h"

namespace guanhu::api {

using appraisal::html_text;
using base::Decimal;
using base::Json;
using base::Rounding;

namespace {

constexpr int kMostDigits = 4;  // after the point, where a unit does not say; the workbook has them all

constexpr size_t kMostLetters = 600;  // of a cell

constexpr const char* kStyle = R"(
@page { margin: 0 }
* { box-sizing: border-box }
html, body { margin: 0; background: #6b7280 }
body { font-family: "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #111 }
.page { width: 210mm; height: 296.8mm; padding: 11mm 14mm 0; margin: 6mm auto; background: #fff; position: relative;
  overflow: hidden; line-height: 1.4; break-after: page; break-inside: avoid }
.page:last-of-type { break-after: auto }
.wide { width: 297mm; height: 209.8mm; page: wide }
h1 { font-size: 16pt; line-height: 9mm; margin: 0; text-align: center; letter-spacing: .12em; font-weight: 700 }
.bank { text-align: center; font-size: 9pt; line-height: 4mm; color: #333 }
.head { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1mm 4mm; margin: 0 0 2mm; padding: 1mm 0;
  border-top: .9pt solid #111; border-bottom: .5pt solid #111 }
.head div { overflow-wrap: anywhere } .head span, .boxes span { color: #444 }
.boxes { display: flex; gap: 3mm; height: 14mm; margin: 0 0 3mm } .boxes div { flex: 1; border: .5pt solid #111;
  padding: 1mm 2.5mm; font-size: 8.5pt } .boxes b { display: block; font-size: 14pt; line-height: 1.25; white-space: nowrap }
h2 { font-size: 1.1em; line-height: 1.2; margin: 3mm 0 1mm; font-weight: 600 } table.bare { margin-top: 2mm }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border: .4pt solid #555; padding: .22em .36em; text-align: left; vertical-align: top; overflow-wrap: anywhere;
  white-space: pre-wrap; line-height: 1.4 }
th { background: #eee; font-weight: 600; print-color-adjust: exact; -webkit-print-color-adjust: exact }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums } tr.sum td { font-weight: 700; border-top: 1pt solid #111 }
.note { margin: 1mm 0 0; color: #333 }
.signs { display: grid; grid-template-columns: repeat(3, 1fr); gap: 3mm 6mm; margin: 3mm 0 0 }
.signs div { height: 12mm; border-bottom: .5pt solid #111; display: flex; align-items: flex-end;
  justify-content: space-between; padding-bottom: 1mm }
.foot { position: absolute; left: 14mm; right: 14mm; bottom: 6mm; height: 5mm; display: flex; gap: 6mm; font-size: 6.5pt;
  line-height: 5mm; color: #444; justify-content: space-between; white-space: nowrap }
.foot span:first-child { overflow: hidden; text-overflow: ellipsis }
@media print { html, body { background: none } .page { margin: 0 } }
)";

// Points of letters for a style attribute. double: see Length.
std::string points(Length value) {
  const int tenths = static_cast<int>(value * 10 + 0.5);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "pt";
}

std::string cells_html(const ReportTable& table, const std::vector<std::string>& cells, const char* kind) {
  std::string out = std::string("<tr") + kind + ">";
  for (size_t i = 0; i < table.columns.size(); ++i)
    out += std::string("<td") + (table.columns[i].number ? " class=\"n\"" : "") + ">" +
           html_text(i < cells.size() ? cells[i] : "") + "</td>";
  return out + "</tr>";
}

std::string table_html(const ReportTable& table, const PrintedTable& texts, const ReportPiece& piece) {
  std::string out;
  if (!table.title.empty()) out += "<h2>" + html_text(table.title + (piece.first ? "（续）" : "")) + "</h2>";
  out += table.title.empty() ? "<table class=\"bare\"><colgroup>" : "<table><colgroup>";
  const int all = std::accumulate(table.columns.begin(), table.columns.end(), 0,
                                  [](int sum, const ReportColumn& c) { return sum + c.width; });
  for (const auto& column : table.columns) {
    const int share = column.width * 10'000 / std::max(all, 1);  // hundredths of a per cent
    out += "<col style=\"width:" + Decimal::make(share, -2).str() + "%\">";
  }
  out += "</colgroup><thead><tr>";
  for (const auto& column : table.columns)
    out += std::string("<th scope=\"col\"") + (column.number ? " class=\"n\"" : "") + ">" +
           html_text(column.title) + "</th>";
  out += "</tr></thead><tbody>";
  for (size_t i = piece.first; i < piece.last; ++i) out += cells_html(table, texts.rows[i], "");
  if (piece.totals)
    for (const auto& cells : texts.totals) out += cells_html(table, cells, " class=\"sum\"");
  return out + "</tbody></table>";
}

std::string head_html(const Report& report, bool first) {
  std::string out = "<div class=\"bank\">" + html_text(report.bank) + "</div><h1>" + html_text(report.title) +
                    "</h1><div class=\"head\">";
  for (const auto& [name, value] : report.head)
    out += "<div><span>" + html_text(name) + "：</span>" + html_text(value) + "</div>";
  out += "</div>";
  if (!first || report.boxes.empty()) return out;
  out += "<div class=\"boxes\">";
  for (const auto& [name, value] : report.boxes)
    out += "<div><span>" + html_text(name) + "</span><b>" + html_text(value) + "</b></div>";
  return out + "</div>";
}

std::string end_html(const Report& report) {
  std::string out;
  for (const auto& note : report.notes) out += "<p class=\"note\">" + html_text(note) + "</p>";
  if (report.signers.empty()) return out;
  out += "<div class=\"signs\">";
  for (const auto& who : report.signers)
    out += "<div><span>" + html_text(who) + "（签字）</span><span>　　年　月　日</span></div>";
  return out + "</div>";
}

std::string pages_html(const Report& report) {
  const auto texts = printed_tables(report);
  const ReportPages pages = pages_of(report, texts);
  std::string out;
  for (size_t p = 0; p < pages.pages.size(); ++p) {
    out += std::string("<section class=\"page") + (report.landscape ? " wide" : "") +
           "\" style=\"font-size:" + points(pages.letters) + "\">" + head_html(report, p == 0);
    for (const ReportPiece& piece : pages.pages[p])
      out += table_html(report.tables[piece.table], texts[piece.table], piece);
    if (p + 1 == pages.pages.size()) out += end_html(report);
    out += "<div class=\"foot\"><span>" + html_text(report.source) + "</span><span>第 " + std::to_string(p + 1) +
           " 页 共 " + std::to_string(pages.pages.size()) + " 页</span></div></section>\n";
  }
  return out;
}

// A total over the rows, as the workbook's formula gives it.
Json total_of(const ReportTable& table, size_t column) {
  const Total kind = table.columns[column].total;
  Decimal sum;
  int count = 0;
  for (const SheetRow& row : table.rows) {
    if (column >= row.size() || row[column].is_null()) continue;
    ++count;
    if (const auto* number = row[column].as_number()) sum = Decimal::add(sum, *number).value();
  }
  if (kind == Total::count) return count;
  if (kind == Total::sum) return sum;
  return count ? Json(Decimal::divide(sum, Decimal(count)).value()) : Json();
}

// "S00037" of "姓名：彭巧云（S00037）": whoever looks for one person among many finds the sheet by it. "" a report
// of nobody, or an id that a sheet's name cannot hold.
std::string id_of(const Report& report) {
  constexpr std::string_view kOpen = "（", kClose = "）";
  for (const auto& [name, value] : report.head) {
    const size_t at = name == "姓名" && value.ends_with(kClose) ? value.rfind(kOpen) : value.npos;
    if (at == value.npos) continue;
    const std::string id = value.substr(at + kOpen.size(), value.size() - at - kOpen.size() - kClose.size());
    const bool plain =
        std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
    if (plain && id.size() <= 20) return id;
  }
  return "";
}

WrittenSheet sheet_of(const Report& report, const ReportTable& table) {
  WrittenSheet sheet{.name = table.title.empty() ? report.title : table.title,
                     .title = report.bank + "  " + report.title};
  for (size_t i = 0; i < report.head.size(); i += 3) {
    std::string line;
    for (size_t k = i; k < std::min(i + 3, report.head.size()); ++k)
      line += (k > i ? "    " : "") + report.head[k].first + "：" + report.head[k].second;
    sheet.above.push_back(std::move(line));
  }
  std::string boxes;
  for (const auto& [name, value] : report.boxes) boxes += (boxes.empty() ? "" : "    ") + name + "：" + value;
  if (!boxes.empty()) sheet.above.push_back(std::move(boxes));
  for (const auto& column : table.columns)
    sheet.columns.push_back({.title = column.title,
                             .width = std::max(column.width, 8),
                             .format = column.unit.empty() ? "" : number_format(column.unit),
                             .total = table.total_word.empty() ? Total::none : column.total});
  sheet.rows = table.rows, sheet.total_word = table.total_word, sheet.kept = table.kept;
  sheet.below = report.notes;
  sheet.below.push_back(report.source);
  sheet.print = true, sheet.landscape = report.landscape;
  return sheet;
}

}  // namespace

std::string printed(const Json& value, const std::string& unit, int digits) {
  if (value.is_null()) return "";
  if (const auto* text = value.as_string()) return *text;
  if (const bool* flag = value.as_bool()) return *flag ? "是" : "否";
  const Decimal* number = value.as_number();
  if (!number) return value.dump();
  if (unit == "元") return appraisal::grouped(number->round(2, Rounding::half_up), 2);
  if (unit == "比率")
    return appraisal::grouped(Decimal::multiply(*number, Decimal(100)).value().round(2, Rounding::half_up), 2) +
           "%";
  return appraisal::grouped(number->round(kMostDigits, Rounding::half_up), std::max(digits, unit == "分" ? 2 : 0));
}

namespace {

// No cell is longer than fits on a page: the workbook has it all.
std::string shortened(std::string text) {
  size_t letters = 0;
  for (size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && ++letters > kMostLetters)
      return text.substr(0, i) + "……";
  return text;
}

std::string unit_of(const ReportColumn& column, const SheetRow& row) {
  const auto at = static_cast<size_t>(column.unit_in);
  if (column.unit_in < 0 || at >= row.size()) return column.unit;
  const std::string* unit = row[at].as_string();
  return unit ? *unit : "";
}

// Marks of a column stand below one another: all have as many places as the one that has the most.
int digits_of(const ReportTable& table, size_t column) {
  int out = 0;
  if (table.columns[column].unit != "分") return out;
  for (const SheetRow& row : table.rows) {
    const Decimal* number = column < row.size() ? row[column].as_number() : nullptr;
    const std::string text = number ? number->round(kMostDigits, Rounding::half_up).str() : "";
    if (const size_t point = text.find('.'); point != text.npos)
      out = std::max(out, static_cast<int>(text.size() - point - 1));
  }
  return out;
}

SheetRow totals_of(const ReportTable& table) {
  SheetRow out;
  for (size_t i = 0; i < table.columns.size(); ++i)
    out.push_back(table.columns[i].total != Total::none ? total_of(table, i)
                  : i == 0                              ? Json(table.total_word)
                                                        : Json());
  return out;
}

}  // namespace

std::vector<PrintedTable> printed_tables(const Report& report) {
  std::vector<PrintedTable> out;
  for (const ReportTable& table : report.tables) {
    PrintedTable one;
    std::vector<int> digits;
    for (size_t i = 0; i < table.columns.size(); ++i) digits.push_back(digits_of(table, i));
    auto texts = [&](const SheetRow& row) {
      std::vector<std::string> cells;
      for (size_t i = 0; i < row.size() && i < table.columns.size(); ++i)
        cells.push_back(shortened(printed(row[i], unit_of(table.columns[i], row), digits[i])));
      return cells;
    };
    for (const SheetRow& row : table.rows) one.rows.push_back(texts(row));
    if (!table.total_word.empty() && !table.rows.empty()) one.totals.push_back(texts(totals_of(table)));
    for (const SheetRow& row : table.kept) one.totals.push_back(texts(row));
    out.push_back(std::move(one));
  }
  return out;
}

std::string report_html(const std::vector<Report>& reports) {
  std::string pages;
  for (const Report& report : reports) pages += pages_html(report);
  // The first one says how the paper lies; `wide` turns single pages where a document has both.
  const bool wide = !reports.empty() && reports.front().landscape;
  const std::string title = reports.empty() ? "" : reports.front().title;
  return "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
         "<meta name=\"viewport\" content=\"width=device-width\"><title>" +
         html_text(title) + "</title><style>@page { size: A4" + (wide ? " landscape" : "") +
         " } @page wide { size: A4 landscape }" + kStyle + "</style></head>\n<body>\n" + pages +
         "</body></html>\n";
}

std::string report_workbook(const std::vector<Report>& reports) {
  std::vector<WrittenSheet> sheets;
  const bool many = reports.size() > 1;
  for (const Report& report : reports)
    for (const ReportTable& table : report.tables) {
      sheets.push_back(sheet_of(report, table));
      if (const std::string id = many ? id_of(report) : ""; !id.empty())
        sheets.back().name = id + " " + sheets.back().name;
    }
  // No two sheets of a workbook have one name.
  std::set<std::string> names;
  for (WrittenSheet& sheet : sheets) {
    const std::string wanted = sheet.name;
    for (int i = 2; !names.insert(sheet.name).second; ++i) sheet.name = std::to_string(i) + " " + wanted;
  }
  return write_workbook(sheets);
}

}  // namespace guanhu::api
