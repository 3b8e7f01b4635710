#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdlib>
#include <filesystem>

#include "api/ranking.h"
#include "base/files.h"

namespace guanhu::api {

using base::Json;

namespace {

namespace fs = std::filesystem;

constexpr lxw_row_t kHead = 2;  // below the title and an empty row

// Excel keeps 15 digits: enough for fen up to ten trillion 元. double: the file format knows no other numbers.
double number_of(const Json* value) {  // double: see above
  const std::string* text = value ? value->as_string() : nullptr;
  auto decimal = text ? base::Decimal::parse(*text) : std::nullopt;
  return decimal ? decimal->approximate() : 0;
}

bool has_number(const Json* value) { return value && (value->as_string() || value->as_number()); }

const char* format_of(const std::string& unit) {
  if (unit == "元") return "#,##0.00";
  if (unit == "万元") return "#,##0.0000";
  if (unit == "比率" || unit == "%") return "0.00%";
  if (unit == "分") return "0.00";
  return "#,##0.##";
}

bool adds_up(const std::string& unit) { return unit != "比率" && unit != "%" && unit != "分"; }

class Writer {
 public:
  Writer(const fs::path& file, bool english) : book_(workbook_new(file.c_str())), english_(english) {
    if (!book_) throw base::Broken("cannot make a workbook in " + file.string());
    sheet_ = workbook_add_worksheet(book_, english ? "Ranking" : "排名");
    title_ = format();
    format_set_bold(title_);
    format_set_font_size(title_, 14);
    head_ = format();
    format_set_bold(head_);
    format_set_bg_color(head_, 0xE8EEF4);
    format_set_bottom(head_, LXW_BORDER_THIN);
    format_set_text_wrap(head_);
    format_set_align(head_, LXW_ALIGN_CENTER);
    format_set_align(head_, LXW_ALIGN_VERTICAL_CENTER);
    note_ = format();
    format_set_font_color(note_, 0x808080);
    sum_text_ = sum_format("General");
  }
  ~Writer() {
    if (book_) workbook_close(book_);
  }

  void write(const Sheet& sheet, const Appraised& a, const std::vector<const Json*>& items) {
    worksheet_write_string(sheet_, 0, 0, (sheet.bank + "  " + sheet.title + "  " + sheet.period).c_str(), title_);
    write_head(a);
    lxw_row_t row = kHead + 1;
    for (const Json* item : items) write_item(a, *item, row++);
    lxw_row_t last = row - 1;
    if (!items.empty()) write_sums(a, row, last);
    worksheet_write_string(sheet_, row + 2, 0, sheet.note.c_str(), note_);
    worksheet_freeze_panes(sheet_, kHead + 1, 4);
    worksheet_autofilter(sheet_, kHead, 0, items.empty() ? kHead : last, columns_);
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_repeat_rows(sheet_, kHead, kHead);
  }

  void close() {
    lxw_workbook* book = std::exchange(book_, nullptr);
    if (auto error = workbook_close(book)) throw base::Broken(std::string("xlsx: ") + lxw_strerror(error));
  }

 private:
  lxw_format* format() { return workbook_add_format(book_); }
  lxw_format* number_format(const std::string& pattern) {
    lxw_format*& f = numbers_[pattern];
    if (!f) format_set_num_format(f = format(), pattern.c_str());
    return f;
  }
  lxw_format* sum_format(const std::string& pattern) {
    lxw_format*& f = sums_[pattern];
    if (!f) {
      f = format();
      format_set_num_format(f, pattern.c_str());
      format_set_bold(f);
      format_set_top(f, LXW_BORDER_THIN);
    }
    return f;
  }

  void write_head(const Appraised& a) {
    static constexpr const char* kZh[] = {"全行名次", "支行名次", "工号", "姓名", "支行", "机构", "总分", "等级"};
    static constexpr const char* kEn[] = {"Bank rank", "Branch rank", "Staff", "Name",
                                          "Branch",    "Unit",        "Total", "Grade"};
    static constexpr double kWidths[] = {8, 8, 12, 12, 18, 18, 10, 8};  // double: the library's columns' widths
    lxw_col_t column = 0;
    for (size_t i = 0; i < std::size(kZh); ++i, ++column) {
      worksheet_write_string(sheet_, kHead, column, english_ ? kEn[i] : kZh[i], head_);
      worksheet_set_column(sheet_, column, column, kWidths[i], nullptr);
    }
    for (const auto* group : {&a.scores, &a.figures})
      for (const Column& c : *group) {
        std::string head = c.name + (c.unit == "比率" ? "" : "(" + c.unit + ")");
        worksheet_write_string(sheet_, kHead, column, head.c_str(), head_);
        worksheet_set_column(sheet_, column, column, c.unit == "元" ? 18 : 12, nullptr);
        ++column;
      }
    columns_ = static_cast<lxw_col_t>(column - 1);
    worksheet_set_row(sheet_, kHead, 32, nullptr);
  }

  void text(lxw_row_t row, lxw_col_t column, const Json* value) {
    if (value && value->as_string())
      worksheet_write_string(sheet_, row, column, value->as_string()->c_str(), nullptr);
  }
  // Of a cell without a value nothing is written: an empty cell is no zero.
  void number(lxw_row_t row, lxw_col_t column, const Json* value, const std::string& pattern) {
    if (!has_number(value)) return;
    double n = value->as_number() ? value->as_number()->approximate() : number_of(value);  // double: as above
    worksheet_write_number(sheet_, row, column, n, number_format(pattern));
  }

  void write_item(const Appraised& a, const Json& item, lxw_row_t row) {
    const Json* rank = item.find("rank");
    number(row, 0, rank->find("bank"), "0");
    number(row, 1, rank->find("branch"), "0");
    lxw_col_t column = 2;
    for (const char* name : {"id", "name", "branch_name", "org_name"}) text(row, column++, item.find(name));
    number(row, column++, item.find("total"), "0.00");
    text(row, column++, item.find("grade"));
    for (const auto* group : {&a.scores, &a.figures})
      for (const Column& c : *group)
        number(row, column++, item.find(c.score ? "scores" : "figures")->find(c.name), format_of(c.unit));
  }

  // SUBTOTAL leaves out what the filter hides: the totals follow what is shown.
  void formula(lxw_row_t row, lxw_col_t column, const char* function, lxw_row_t last, const std::string& pattern) {
    char from[16], to[16];
    lxw_rowcol_to_cell(from, kHead + 1, column);
    lxw_rowcol_to_cell(to, last, column);
    std::string cells = std::string("SUBTOTAL(") + function + "," + from + ":" + to + ")";
    worksheet_write_formula(sheet_, row, column, ("=IFERROR(" + cells + ",\"\")").c_str(), sum_format(pattern));
  }

  void write_sums(const Appraised& a, lxw_row_t row, lxw_row_t last) {
    for (lxw_col_t i = 0; i <= columns_; ++i) worksheet_write_blank(sheet_, row, i, sum_text_);
    worksheet_write_string(sheet_, row, 0, english_ ? "Sum or average" : "合计/平均", sum_text_);
    formula(row, 2, "103", last, "0");
    formula(row, 6, "101", last, "0.00");
    lxw_col_t column = 8;
    for (const auto* group : {&a.scores, &a.figures})
      for (const Column& c : *group)
        formula(row, column++, adds_up(c.unit) ? "109" : "101", last, format_of(c.unit));
  }

  lxw_workbook* book_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *title_ = nullptr, *head_ = nullptr, *note_ = nullptr, *sum_text_ = nullptr;
  std::map<std::string, lxw_format*> numbers_, sums_;
  lxw_col_t columns_ = 0;
  bool english_;
};

}  // namespace

std::string ranking_xlsx(const Sheet& sheet, const Appraised& appraised, const std::vector<const Json*>& items,
                         bool english) {
  // The library writes files only.
  std::string pattern = (fs::temp_directory_path() / "guanhu-xlsx-XXXXXX").string();
  if (!::mkdtemp(pattern.data()))
    throw base::Broken("cannot make a folder in " + fs::temp_directory_path().string());
  struct Remove {
    fs::path folder;
    ~Remove() {
      std::error_code ignored;
      fs::remove_all(folder, ignored);
    }
  } remove{pattern};
  fs::path file = fs::path(pattern) / "ranking.xlsx";
  {
    Writer writer(file, english);
    writer.write(sheet, appraised, items);
    writer.close();
  }
  auto bytes = base::read_file(file);
  if (!bytes) throw base::Broken(bytes.error().text());
  return *bytes;
}

}  // namespace guanhu::api
