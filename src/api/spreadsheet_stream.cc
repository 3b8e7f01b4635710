// Workbooks row by row: what has been written leaves the memory for the disk at once. Beside spreadsheet_write.cc
// the only user of the library that writes workbooks.
#include <xlsxwriter.h>

#include <algorithm>
#include <map>

#include "api/export_file.h"
#include "base/decimal.h"
#include "base/error.h"

namespace guanhu::api {

namespace {

namespace fs = std::filesystem;
using base::Json;

constexpr size_t kDigits = 15;  // that a workbook holds
constexpr uint8_t kA4 = 9;

class WorkbookWriter final : public FileWriter {
 public:
  WorkbookWriter(fs::path path, fs::path temp, const FileHead& head)
      : path_(std::move(path)), temp_(temp.string()), part_(path_.string() + ".part"), head_(head) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = temp_.data();
    book_ = workbook_new_opt(part_.c_str(), &options);
    if (!book_) throw base::Broken("cannot make a workbook in " + part_.string());
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    title_ = workbook_add_format(book_);
    format_set_bold(title_), format_set_font_size(title_, 14);
    head_format_ = workbook_add_format(book_);
    format_set_bold(head_format_), format_set_bg_color(head_format_, 0xE8EEF4);
    format_set_bottom(head_format_, LXW_BORDER_THIN), format_set_text_wrap(head_format_);
    sheet_ = workbook_add_worksheet(book_, sheet_name(head.title).c_str());
    if (!sheet_) throw base::Broken("xlsx: cannot add a sheet");
    begin();
  }
  ~WorkbookWriter() override {
    if (book_) workbook_close(book_);
    std::error_code ignored;
    fs::remove(part_, ignored);
  }

  void row(const std::vector<Json>& cells) override {
    for (size_t c = 0; c < cells.size(); ++c)
      cell(static_cast<lxw_col_t>(c), cells[c],
           c < head_.columns.size() && head_.columns[c].number ? format(head_.columns[c].format) : nullptr);
    ++row_;
  }

  void end(const std::vector<Json>& totals) override {
    const lxw_row_t last = row_ > first_ ? row_ - 1 : first_;
    if (std::any_of(totals.begin(), totals.end(), [](const Json& t) { return !t.is_null(); })) {
      worksheet_write_string(sheet_, row_, 0, "合计", bold_);
      for (size_t c = 1; c < totals.size(); ++c) cell(static_cast<lxw_col_t>(c), totals[c], total_format(c));
      ++row_;
    }
    const auto columns = static_cast<lxw_col_t>(head_.columns.empty() ? 0 : head_.columns.size() - 1);
    worksheet_autofilter(sheet_, first_ - 1, 0, last, columns);
    worksheet_repeat_rows(sheet_, first_ - 1, first_ - 1);
    about(totals);
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (error) throw base::Broken(std::string("xlsx: ") + lxw_strerror(error));
    fs::rename(part_, path_);
  }

 private:
  static std::string sheet_name(const std::string& wanted) {
    std::string out;
    size_t characters = 0;
    for (char c : wanted) {
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++characters > 31) break;
      out += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
    }
    return out;
  }
  lxw_format* format(const std::string& pattern) {
    if (pattern.empty()) return nullptr;
    lxw_format*& f = formats_[pattern];
    if (!f) f = workbook_add_format(book_), format_set_num_format(f, pattern.c_str());
    return f;
  }
  lxw_format* total_format(size_t column) {
    const std::string pattern = column < head_.columns.size() ? head_.columns[column].format : "";
    lxw_format*& f = formats_["total " + pattern];
    if (!f) {
      f = workbook_add_format(book_);
      format_set_bold(f), format_set_top(f, LXW_BORDER_THIN);
      if (!pattern.empty()) format_set_num_format(f, pattern.c_str());
    }
    return f;
  }

  void begin() {
    worksheet_set_landscape(sheet_), worksheet_set_paper(sheet_, kA4), worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_footer(sheet_, "&C&P / &N");
    for (size_t c = 0; c < head_.columns.size(); ++c)
      worksheet_set_column(sheet_, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c), head_.columns[c].width,
                           nullptr);
    worksheet_write_string(sheet_, row_++, 0, head_.title.c_str(), title_);
    ++row_;
    for (size_t c = 0; c < head_.columns.size(); ++c)
      worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(c), head_.columns[c].title.c_str(),
                             head_format_);
    ++row_;
    first_ = row_;
    worksheet_freeze_panes(sheet_, first_, 1);
  }

  void cell(lxw_col_t column, const Json& value, lxw_format* format) {
    const bool number = column < head_.columns.size() && head_.columns[column].number;
    if (value.is_null()) return;
    if (number && (value.as_string() || value.as_number())) {
      const std::string text = value.as_string() ? *value.as_string() : value.as_number()->str();
      const auto digits =
          static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0'; }));
      auto exact = base::Decimal::parse(text);
      // double: the file format knows no other numbers; what it cannot hold is written as a text.
      if (exact && digits <= kDigits) worksheet_write_number(sheet_, row_, column, exact->approximate(), format);
      else worksheet_write_string(sheet_, row_, column, text.c_str(), nullptr);
    } else if (const bool* flag = value.as_bool()) {
      worksheet_write_string(sheet_, row_, column, *flag ? "是" : "否", nullptr);
    } else {
      const std::string text = value.as_string() ? value.as_string()->substr(0, 32'000) : value.dump();
      worksheet_write_string(sheet_, row_, column, text.c_str(), nullptr);
    }
  }

  // Who, when, which version, which conditions; and the control totals, as exact texts.
  void about(const std::vector<Json>& totals) {
    lxw_worksheet* out = workbook_add_worksheet(book_, "说明");
    if (!out) throw base::Broken("xlsx: cannot add a sheet");
    worksheet_set_column(out, 0, 0, 18, nullptr), worksheet_set_column(out, 1, 1, 80, nullptr);
    lxw_row_t at = 0;
    worksheet_write_string(out, at++, 0, head_.title.c_str(), title_);
    auto line = [&](const std::string& name, const std::string& value) {
      worksheet_write_string(out, at, 0, name.c_str(), bold_);
      worksheet_write_string(out, at++, 1, value.c_str(), nullptr);
    };
    for (const auto& [name, value] : head_.about) line(name, value);
    line("行数", std::to_string(row_ - first_ - (has(totals) ? 1 : 0)));
    for (size_t c = 1; c < totals.size(); ++c)
      if (!totals[c].is_null())
        line("合计 " + head_.columns[c].title, totals[c].as_string() ? *totals[c].as_string() : totals[c].dump());
  }
  static bool has(const std::vector<Json>& totals) {
    return std::any_of(totals.begin(), totals.end(), [](const Json& t) { return !t.is_null(); });
  }

  fs::path path_;
  std::string temp_;
  fs::path part_;
  FileHead head_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *bold_ = nullptr, *title_ = nullptr, *head_format_ = nullptr;
  std::map<std::string, lxw_format*> formats_;
  lxw_row_t row_ = 0, first_ = 0;
};

}  // namespace

std::unique_ptr<FileWriter> workbook_writer(const fs::path& path, const fs::path& temp, const FileHead& head) {
  return std::make_unique<WorkbookWriter>(path, temp, head);
}

}  // namespace guanhu::api
