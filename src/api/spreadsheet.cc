#include "api/spreadsheet.h"

#include <algorithm>
#include <map>
#include <pugixml.hpp>

#include "api/zip.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/encoding.h"
#include "feed/csv.h"

namespace guanhu::api {

namespace {

base::Error refuse(std::string message, std::string hint) {
  return {"sheet.format", std::move(message), "", std::move(hint)};
}
constexpr const char* kHow = "用下载的模板填写，存成 xlsx 或 CSV";

base::Error too_large(const GridLimits& limits) {
  return {"sheet.large",
          "表格超过 " + std::to_string(limits.rows) + " 行或 " + std::to_string(limits.columns) + " 列", "",
          "分成几份上传"};
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  size_t from = text.find_first_not_of(kBlanks);
  if (from == text.npos) return "";
  return std::string(text.substr(from, text.find_last_not_of(kBlanks) - from + 1));
}

// ------------------------------------------------------------------------------------------- xlsx

// "BC12" -> 54; npos without letters.
size_t column_of(std::string_view reference) {
  size_t out = 0;
  for (char c : reference) {
    if (c < 'A' || c > 'Z' || out > 100'000) break;
    out = out * 26 + static_cast<size_t>(c - 'A' + 1);
  }
  return out == 0 ? std::string::npos : out - 1;
}

// The text of a string item: its runs together, without the readings above them.
std::string text_of(const pugi::xml_node& item) {
  std::string out;
  for (const auto& child : item.children()) {
    const std::string_view name = child.name();
    if (name == "t") out += child.text().get();
    else if (name == "r") out += text_of(child);
  }
  return out;
}

// 15 digits are what a workbook means: 0.30000000000000004 was written as 0.3.
std::string number_text(std::string_view text) {
  auto value = base::Decimal::parse(text);
  if (!value) return std::string(text);
  __int128 digits = value->coefficient() < 0 ? -value->coefficient() : value->coefficient();
  int length = 0;
  for (; digits > 0; digits /= 10) ++length;
  if (length <= 15) return value->str();
  return value->round(-value->exponent() - (length - 15), base::Rounding::half_up).str();
}

class Workbook {
 public:
  Workbook(const Zip& zip, const GridLimits& limits) : zip_(zip), limits_(limits) {}

  base::Result<Grid> read() {
    pugi::xml_document book, relations;
    if (!load("xl/workbook.xml", book) || !load("xl/_rels/workbook.xml.rels", relations))
      return refuse("文件不是 Excel 工作簿", kHow);
    const auto root = book.document_element();
    const std::string_view since = root.child("workbookPr").attribute("date1904").value();
    first_day_ = since == "1" || since == "true" ? -24107 : -25569;
    const std::string id = root.child("sheets").child("sheet").attribute("r:id").value();
    std::string target;
    for (const auto& one : relations.document_element().children("Relationship"))
      if (id == one.attribute("Id").value()) target = one.attribute("Target").value();
    target = target.starts_with("/") ? target.substr(1) : "xl/" + target;
    read_strings();
    read_styles();
    pugi::xml_document sheet;
    if (!load(target, sheet)) return refuse("工作簿里没有可读的工作表", kHow);
    Grid out;
    out.format = "xlsx";
    int number = 0;
    for (const auto& row : sheet.document_element().child("sheetData").children("row")) {
      number = row.attribute("r").as_int(number + 1);
      Grid::Row made{number, {}};
      if (!read_row(row, made.cells)) return too_large(limits_);
      while (!made.cells.empty() && made.cells.back().empty()) made.cells.pop_back();
      if (made.cells.empty()) continue;
      if (out.rows.size() > limits_.rows) return too_large(limits_);
      out.rows.push_back(std::move(made));
    }
    return out;
  }

 private:
  bool load(const std::string& path, pugi::xml_document& into) {
    const Zip::Entry* entry = zip_.find(path);
    auto text = entry ? zip_.read(*entry) : base::Result<std::string>(base::Error{});
    return text.ok() && into.load_buffer(text->data(), text->size());
  }

  void read_strings() {
    pugi::xml_document document;
    if (!load("xl/sharedStrings.xml", document)) return;
    for (const auto& item : document.document_element().children("si")) strings_.push_back(text_of(item));
  }

  // Which styles show a number as a day: built-in formats 14 to 22 and those of one's own with a year in it.
  void read_styles() {
    pugi::xml_document document;
    if (!load("xl/styles.xml", document)) return;
    std::map<int, bool> own;
    for (const auto& format : document.document_element().child("numFmts").children("numFmt")) {
      const std::string code = format.attribute("formatCode").value();
      own[format.attribute("numFmtId").as_int()] = code.find('y') != code.npos || code.find('Y') != code.npos;
    }
    for (const auto& style : document.document_element().child("cellXfs").children("xf")) {
      int id = style.attribute("numFmtId").as_int();
      bool built_in = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
      dates_.push_back(own.count(id) ? own[id] : built_in);
    }
  }

  bool read_row(const pugi::xml_node& row, std::vector<std::string>& cells) {
    for (const auto& cell : row.children("c")) {
      size_t column = column_of(cell.attribute("r").value());
      if (column == std::string::npos) column = cells.size();
      if (column >= limits_.columns) return false;
      if (cells.size() <= column) cells.resize(column + 1);
      cells[column] = trimmed(value_of(cell));
    }
    return true;
  }

  std::string value_of(const pugi::xml_node& cell) {
    const std::string type = cell.attribute("t").value();
    const std::string value = cell.child("v").text().get();
    if (type == "s") {
      size_t index = cell.child("v").text().as_uint();
      return index < strings_.size() ? strings_[index] : "";
    }
    if (type == "inlineStr") return text_of(cell.child("is"));
    if (type == "b") return value == "1" ? "TRUE" : "FALSE";
    if (type == "str" || type == "e" || type == "d" || value.empty()) return value;
    size_t style = cell.attribute("s").as_uint();
    if (style < dates_.size() && dates_[style])
      if (auto days = base::Decimal::parse(value); days && days->round(0, base::Rounding::floor).to_int64())
        if (int64_t day = *days->round(0, base::Rounding::floor).to_int64(); day > 0 && day < 3'000'000)
          return base::Date(static_cast<int32_t>(day + first_day_)).str();
    return number_text(value);
  }

  const Zip& zip_;
  const GridLimits& limits_;
  std::vector<std::string> strings_;
  std::vector<bool> dates_;  // by style
  int64_t first_day_ = 0;    // day 0 of the workbook, from 1970-01-01
};

// -------------------------------------------------------------------------------------------- CSV

char separator_of(std::string_view text) {
  std::string_view line = text.substr(0, std::min(text.find('\n'), text.size()));
  char best = ',';
  for (char c : {';', '\t'})
    if (std::count(line.begin(), line.end(), c) > std::count(line.begin(), line.end(), best)) best = c;
  return best;
}

// Documents, pages and pictures whose beginning can be read as text, and what holds signs that no table has.
bool is_no_text(std::string_view bytes) {
  std::string begin(trimmed(bytes.substr(0, 200)));
  std::transform(begin.begin(), begin.end(), begin.begin(), [](unsigned char c) { return std::tolower(c); });
  for (std::string_view one : {"%pdf-", "%!ps", "{\\rtf", "<!doctype", "<html", "<?xml", "<svg", "gif8"})
    if (begin.starts_with(one)) return true;
  // Beside the ends of lines: a tab, what Excel writes for a line inside a cell, the old sign for the end of a
  // file.
  return std::any_of(bytes.begin(), bytes.end(), [](unsigned char c) {
    return c < 0x20 && std::string_view("\t\n\r\v\f\x1a").find(static_cast<char>(c)) == std::string_view::npos;
  });
}

base::Result<Grid> read_csv(std::string_view bytes, const GridLimits& limits) {
  if (is_no_text(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes))
    return refuse("文件不是表格：既不是 xlsx 也不是 CSV", kHow);
  std::string text(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
  if (base::find_bad_utf8(text) != text.npos) {
    auto decoded = base::decode_gb18030(text);
    if (!decoded.bad.empty()) return refuse("文件的文字不是 UTF-8，也不是 GBK", "另存为 UTF-8 编码的 CSV");
    text = std::move(decoded.text);
  }
  if (!text.empty() && text.back() != '\n') text += '\n';
  Grid out;
  out.format = "csv";
  feed::CsvReader reader(text, separator_of(text));
  for (std::string room;;) {
    switch (reader.next()) {
      case feed::CsvReader::Step::end: return out;
      case feed::CsvReader::Step::row: break;
      default:
        return base::Error{"sheet.format", "CSV 第 " + std::to_string(reader.problem_line()) + " 行引号不成对", "",
                           kHow};
    }
    Grid::Row row{reader.line(), {}};
    for (const auto& field : reader.fields()) row.cells.push_back(trimmed(feed::unquote(field, room)));
    while (!row.cells.empty() && row.cells.back().empty()) row.cells.pop_back();
    if (row.cells.empty()) continue;
    if (row.cells.size() > limits.columns || out.rows.size() > limits.rows) return too_large(limits);
    out.rows.push_back(std::move(row));
  }
}

}  // namespace

base::Status check_file_name(std::string_view bytes, std::string_view name) {
  std::string end(name.substr(name.size() - std::min<size_t>(name.size(), 5)));
  std::transform(end.begin(), end.end(), end.begin(), [](unsigned char c) { return std::tolower(c); });
  if (end != ".xlsx" || bytes.empty() || bytes.starts_with("PK") || bytes.starts_with("\xD0\xCF\x11\xE0"))
    return {};
  return refuse("文件名是 .xlsx，内容却不是表格", kHow);
}

base::Result<Grid> read_grid(std::string_view bytes, const GridLimits& limits) {
  if (bytes.empty()) return refuse("文件是空的", kHow);
  if (bytes.starts_with("\xD0\xCF\x11\xE0"))
    return refuse("这是旧格式的 xls，或加了密码的工作簿", "在 Excel 里去掉密码，另存为 xlsx");
  if (!bytes.starts_with("PK")) return read_csv(bytes, limits);
  auto zip = Zip::open(bytes, {.files = 2000, .bytes = limits.bytes});
  if (!zip) return refuse("工作簿打不开：" + zip.error().message, kHow);
  return Workbook(*zip, limits).read();
}

}  // namespace guanhu::api
