#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>

#include "api/spreadsheet.h"
#include "base/files.h"

namespace guanhu::api {

namespace {

namespace fs = std::filesystem;
using base::Json;

constexpr size_t kDigits = 15;       // that a workbook holds
constexpr lxw_row_t kRows = 20'000;  // that lists to choose from reach down to
constexpr size_t kChoices = 255;     // bytes of such a list, as the format has it

class Writer {
 public:
  explicit Writer(const fs::path& file) : book_(workbook_new(file.c_str())) {
    if (!book_) throw base::Broken("cannot make a workbook in " + file.string());
    head_ = head(0xE8EEF4);
    mark_ = head(0xE6F2EA);
    wrap_ = workbook_add_format(book_);
    format_set_text_wrap(wrap_);
    format_set_align(wrap_, LXW_ALIGN_VERTICAL_TOP);
  }
  Writer(const Writer&) = delete;
  ~Writer() {
    if (book_) workbook_close(book_);
  }

  void add(const WrittenSheet& sheet) {
    lxw_worksheet* out = workbook_add_worksheet(book_, sheet.name.c_str());
    if (!out) throw base::Broken("xlsx: cannot add a sheet");
    for (size_t i = 0; i < sheet.columns.size(); ++i) column(out, static_cast<lxw_col_t>(i), sheet.columns[i]);
    for (size_t r = 0; r < sheet.rows.size(); ++r)
      for (size_t c = 0; c < sheet.rows[r].size(); ++c)
        cell(out, static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(c), sheet.rows[r][c]);
    worksheet_freeze_panes(out, 1, 0);
  }

  void close() {
    lxw_workbook* book = std::exchange(book_, nullptr);
    if (auto error = workbook_close(book)) throw base::Broken(std::string("xlsx: ") + lxw_strerror(error));
  }

 private:
  lxw_format* head(lxw_color_t color) {
    lxw_format* out = workbook_add_format(book_);
    format_set_bold(out);
    format_set_bg_color(out, color);
    format_set_bottom(out, LXW_BORDER_THIN);
    format_set_text_wrap(out);
    format_set_align(out, LXW_ALIGN_VERTICAL_CENTER);
    return out;
  }

  void column(lxw_worksheet* out, lxw_col_t at, const SheetColumn& one) {
    worksheet_set_column(out, at, at, one.width, nullptr);
    worksheet_write_string(out, 0, at, one.title.c_str(), one.mark ? mark_ : head_);
    if (!one.note.empty()) {
      lxw_comment_options options{};
      options.width = 260;
      worksheet_write_comment_opt(out, 0, at, one.note.c_str(), &options);
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
    worksheet_data_validation_range(out, 1, at, kRows, at, &validation);
  }

  void cell(lxw_worksheet* out, lxw_row_t row, lxw_col_t column, const Json& value) {
    if (const auto* number = value.as_number()) {
      const std::string text = number->str();
      size_t digits =
          static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0'; }));
      // double: the file format knows no other numbers; what it cannot hold is written as a text.
      if (digits <= kDigits) worksheet_write_number(out, row, column, number->approximate(), nullptr);
      else worksheet_write_string(out, row, column, text.c_str(), nullptr);
    } else if (const auto* text = value.as_string()) {
      worksheet_write_string(out, row, column, text->substr(0, 32'000).c_str(),
                             text->find('\n') == text->npos ? nullptr : wrap_);
    } else if (const bool* flag = value.as_bool()) {
      worksheet_write_string(out, row, column, *flag ? "是" : "否", nullptr);
    } else if (!value.is_null()) {
      worksheet_write_string(out, row, column, value.dump().c_str(), nullptr);
    }
  }

  lxw_workbook* book_;
  lxw_format *head_ = nullptr, *mark_ = nullptr, *wrap_ = nullptr;
};

}  // namespace

std::string write_workbook(const std::vector<WrittenSheet>& sheets) {
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
  fs::path file = fs::path(pattern) / "sheet.xlsx";
  Writer writer(file);
  for (const auto& sheet : sheets) writer.add(sheet);
  writer.close();
  auto bytes = base::read_file(file);
  if (!bytes) throw base::Broken(bytes.error().text());
  return *bytes;
}

}  // namespace guanhu::api
