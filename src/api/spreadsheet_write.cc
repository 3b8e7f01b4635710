// The user of the library that writes workbooks; long ones row by row: spreadsheet_stream.cc.
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>

#include "api/spreadsheet.h"
#include "base/files.h"

namespace guanhu::api {

namespace {

namespace fs = std::filesystem;
using base::Json;

constexpr size_t kDigits = 15;       // that a workbook holds
constexpr lxw_row_t kRows = 20'000;  // that lists to choose from reach down to
constexpr size_t kChoices = 255;     // bytes of such a list, as the format has it
constexpr size_t kName = 31;         // characters of a sheet's name
constexpr uint8_t kA4 = 9;

// As the format wants it: no character it forbids, no more than it takes.
std::string sheet_name(const std::string& wanted) {
  std::string out;
  size_t characters = 0;
  for (char c : wanted) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins && ++characters > kName) break;
    out += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  return out;
}

// The formats of a book, each made once.
class Formats {
 public:
  explicit Formats(lxw_workbook* book) : book_(book) {}

  lxw_format* head(lxw_color_t color) {
    return made("head " + std::to_string(color), [&](lxw_format* f) {
      format_set_bold(f);
      format_set_bg_color(f, color);
      format_set_bottom(f, LXW_BORDER_THIN);
      format_set_text_wrap(f);
      format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    });
  }
  lxw_format* title() {
    return made("title", [](lxw_format* f) { format_set_bold(f), format_set_font_size(f, 14); });
  }
  lxw_format* small() {
    return made("small", [](lxw_format* f) { format_set_font_color(f, 0x606060), format_set_font_size(f, 9); });
  }
  lxw_format* wrap() {
    return made("wrap", [](lxw_format* f) {
      format_set_text_wrap(f);
      format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    });
  }
  lxw_format* number(const std::string& pattern) {
    if (pattern.empty()) return nullptr;
    return made("number " + pattern, [&](lxw_format* f) { format_set_num_format(f, pattern.c_str()); });
  }
  lxw_format* total(const std::string& pattern) {
    return made("total " + pattern, [&](lxw_format* f) {
      if (!pattern.empty()) format_set_num_format(f, pattern.c_str());
      format_set_bold(f);
      format_set_top(f, LXW_BORDER_THIN);
    });
  }

 private:
  lxw_format* made(const std::string& name, const std::function<void(lxw_format*)>& make) {
    lxw_format*& f = kept_[name];
    if (!f) make(f = workbook_add_format(book_));
    return f;
  }
  lxw_workbook* book_;
  std::map<std::string, lxw_format*> kept_;
};

class Sheet {
 public:
  Sheet(lxw_worksheet* out, Formats& formats, const WrittenSheet& sheet)
      : out_(out), formats_(formats), sheet_(sheet) {}

  void write() {
    if (!sheet_.title.empty()) worksheet_write_string(out_, row_++, 0, sheet_.title.c_str(), formats_.title());
    for (const std::string& line : sheet_.above) worksheet_write_string(out_, row_++, 0, line.c_str(), nullptr);
    if (row_ > 0) ++row_;  // an empty one
    head_ = row_++;
    for (size_t i = 0; i < sheet_.columns.size(); ++i) column(static_cast<lxw_col_t>(i), sheet_.columns[i]);
    if (!sheet_.title.empty()) worksheet_set_row(out_, head_, 32, nullptr);
    const lxw_row_t first = row_;
    for (const SheetRow& cells : sheet_.rows) rows(cells, false);
    const lxw_row_t last = row_ > first ? row_ - 1 : first;
    if (!sheet_.rows.empty()) totals(first, last);
    for (const SheetRow& cells : sheet_.kept) rows(cells, true);
    if (!sheet_.below.empty()) ++row_;
    for (const std::string& line : sheet_.below)
      worksheet_write_string(out_, row_++, 0, line.c_str(), formats_.small());
    worksheet_freeze_panes(out_, head_ + 1, static_cast<lxw_col_t>(sheet_.frozen));
    if (sheet_.filter && !sheet_.columns.empty())
      worksheet_autofilter(out_, head_, 0, sheet_.rows.empty() ? head_ : last, last_column());
    if (sheet_.print) page();
  }

 private:
  lxw_col_t last_column() const {
    return static_cast<lxw_col_t>(sheet_.columns.empty() ? 0 : sheet_.columns.size() - 1);
  }

  void page() {
    if (sheet_.landscape) worksheet_set_landscape(out_);
    worksheet_set_paper(out_, kA4);
    worksheet_fit_to_pages(out_, 1, 0);
    worksheet_repeat_rows(out_, head_, head_);
    worksheet_print_area(out_, 0, 0, row_ ? row_ - 1 : 0, last_column());
    worksheet_set_footer(out_, "&C&P / &N");
    worksheet_center_horizontally(out_);
  }

  void column(lxw_col_t at, const SheetColumn& one) {
    worksheet_set_column(out_, at, at, one.width, nullptr);
    worksheet_write_string(out_, head_, at, one.title.c_str(), formats_.head(one.mark ? 0xE6F2EA : 0xE8EEF4));
    if (!one.note.empty()) {
      lxw_comment_options options{};
      options.width = 260;
      worksheet_write_comment_opt(out_, head_, at, one.note.c_str(), &options);
    }
    size_t bytes = 0;
    for (const auto& choice : one.choices) bytes += choice.size() + 1;
    if (one.choices.empty() || bytes > kChoices) return;
    std::vector<const char*> list;
    for (const auto& choice : one.choices) list.push_back(choice.c_str());
    list.push_back(nullptr);
    lxw_data_validation validation{};
    validation.validate = LXW_VALIDATION_TYPE_LIST;
    validation.value_list = const_cast<char**>(list.data());
    worksheet_data_validation_range(out_, head_ + 1, at, head_ + kRows, at, &validation);
  }

  const std::string& format_of(size_t column) const {
    static const std::string none;
    return column < sheet_.columns.size() ? sheet_.columns[column].format : none;
  }

  void rows(const SheetRow& cells, bool kept) {
    for (size_t c = 0; c < cells.size(); ++c) {
      const std::string& pattern = format_of(c);
      cell(static_cast<lxw_col_t>(c), cells[c], kept ? formats_.total(pattern) : formats_.number(pattern));
    }
    ++row_;
  }

  void cell(lxw_col_t column, const Json& value, lxw_format* format) {
    if (const auto* number = value.as_number()) {
      const std::string text = number->str();
      size_t digits =
          static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0'; }));
      // double: the file format knows no other numbers; what it cannot hold is written as a text.
      if (digits <= kDigits) worksheet_write_number(out_, row_, column, number->approximate(), format);
      else worksheet_write_string(out_, row_, column, text.c_str(), nullptr);
    } else if (const auto* text = value.as_string()) {
      worksheet_write_string(out_, row_, column, text->substr(0, 32'000).c_str(),
                             text->find('\n') == text->npos ? nullptr : formats_.wrap());
    } else if (const bool* flag = value.as_bool()) {
      worksheet_write_string(out_, row_, column, *flag ? "是" : "否", nullptr);
    } else if (!value.is_null()) {
      worksheet_write_string(out_, row_, column, value.dump().c_str(), nullptr);
    }
  }

  // What the formula gives before anybody filters: programs that only read show it.
  base::Decimal value_of(size_t column, Total total) const {
    base::Decimal sum, count;
    for (const SheetRow& cells : sheet_.rows) {
      if (column >= cells.size() || cells[column].is_null()) continue;
      count = base::Decimal::add(count, base::Decimal(1)).value();
      if (const auto* number = cells[column].as_number()) sum = base::Decimal::add(sum, *number).value();
    }
    if (total == Total::count) return count;
    if (total == Total::average) return base::Decimal::divide(sum, count).value_or(base::Decimal());
    return sum;
  }

  // SUBTOTAL leaves out what the filter hides: the totals follow what is shown.
  void totals(lxw_row_t first, lxw_row_t last) {
    auto totalled = [](const SheetColumn& c) { return c.total != Total::none; };
    if (std::none_of(sheet_.columns.begin(), sheet_.columns.end(), totalled)) return;
    for (size_t i = 0; i < sheet_.columns.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      const SheetColumn& one = sheet_.columns[i];
      lxw_format* format = formats_.total(one.total == Total::count ? "0" : one.format);
      if (one.total == Total::none) {
        if (i == 0 && !sheet_.total_word.empty())
          worksheet_write_string(out_, row_, column, sheet_.total_word.c_str(), format);
        else worksheet_write_blank(out_, row_, column, format);
        continue;
      }
      const char* function = one.total == Total::sum ? "109" : one.total == Total::average ? "101" : "103";
      char from[16], to[16];
      lxw_rowcol_to_cell(from, first, column);
      lxw_rowcol_to_cell(to, last, column);
      const std::string formula = std::string("=IFERROR(SUBTOTAL(") + function + "," + from + ":" + to + "),\"\")";
      // double: as above
      worksheet_write_formula_num(out_, row_, column, formula.c_str(), format,
                                  value_of(i, one.total).approximate());
    }
    ++row_;
  }

  lxw_worksheet* out_;
  Formats& formats_;
  const WrittenSheet& sheet_;
  lxw_row_t row_ = 0, head_ = 0;
};

// The library writes files only: a folder for as long as one is needed.
struct Room {
  Room() : folder((fs::temp_directory_path() / "guanhu-xlsx-XXXXXX").string()) {
    if (!::mkdtemp(folder.data()))
      throw base::Broken("cannot make a folder in " + fs::temp_directory_path().string());
  }
  Room(const Room&) = delete;
  ~Room() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  std::string folder;
};

struct Close {
  void operator()(lxw_workbook* book) const { workbook_close(book); }
};

}  // namespace

const char* number_format(const std::string& unit) {
  if (unit == "元") return "#,##0.00";
  if (unit == "万元") return "#,##0.0000";
  if (unit == "比率") return "0.00%";
  if (unit == "%") return "0.00\"%\"";
  if (unit == "分") return "0.00##";
  return "#,##0.##";
}

std::string write_workbook(const std::vector<WrittenSheet>& sheets) {
  const Room room;
  const fs::path file = fs::path(room.folder) / "sheet.xlsx";
  std::unique_ptr<lxw_workbook, Close> book(workbook_new(file.c_str()));
  if (!book) throw base::Broken("cannot make a workbook in " + file.string());
  Formats formats(book.get());
  for (const auto& sheet : sheets) {
    lxw_worksheet* out = workbook_add_worksheet(book.get(), sheet_name(sheet.name).c_str());
    if (!out) throw base::Broken("xlsx: cannot add a sheet");
    Sheet(out, formats, sheet).write();
  }
  if (auto error = workbook_close(book.release())) throw base::Broken(std::string("xlsx: ") + lxw_strerror(error));
  auto bytes = base::read_file(file);
  if (!bytes) throw base::Broken(bytes.error().text());
  return *bytes;
}

}  // namespace guanhu::api
