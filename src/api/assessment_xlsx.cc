// The report of a plan as a workbook (定性考核报表): one row for each person, A4 landscape. The only users of the
// library are this file and its sister for rankings.
#include <stdlib.h>
#include <xlsxwriter.h>

#include <utility>

#include "api/assessment.h"
#include "base/files.h"

namespace guanhu::api {

using base::Json;
namespace fs = std::filesystem;

namespace {

constexpr lxw_row_t kHead = 2;

class Writer {
 public:
  Writer(const fs::path& file, bool english) : book_(workbook_new(file.c_str())), english_(english) {
    if (!book_) throw base::Broken("cannot make a workbook in " + file.string());
    sheet_ = workbook_add_worksheet(book_, english ? "Appraisal" : "定性考核");
    title_ = workbook_add_format(book_);
    format_set_bold(title_);
    format_set_font_size(title_, 14);
    head_ = workbook_add_format(book_);
    format_set_bold(head_);
    format_set_bg_color(head_, 0xE8EEF4);
    format_set_bottom(head_, LXW_BORDER_THIN);
    format_set_text_wrap(head_);
    format_set_align(head_, LXW_ALIGN_CENTER);
    points_ = workbook_add_format(book_);
    format_set_num_format(points_, "0.00####");
    note_ = workbook_add_format(book_);
    format_set_font_color(note_, 0x808080);
  }
  ~Writer() {
    if (book_) workbook_close(book_);
  }

  void write(const AssessmentSheet& sheet, const appraisal::Plan& plan,
             const std::vector<appraisal::PersonResult>& results) {
    worksheet_write_string(sheet_, 0, 0, (sheet.bank + "  " + sheet.title).c_str(), title_);
    heads(plan);
    lxw_row_t row = kHead + 1;
    for (size_t i = 0; i < results.size(); ++i) person(sheet.names.at(i), results[i].result, row++);
    worksheet_write_string(sheet_, row + 1, 0, sheet.note.c_str(), note_);
    worksheet_freeze_panes(sheet_, kHead + 1, 2);
    worksheet_autofilter(sheet_, kHead, 0, row > kHead + 1 ? row - 1 : kHead, columns_ - 1);
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
  void head(const std::string& name, int width) {
    worksheet_write_string(sheet_, kHead, columns_, name.c_str(), head_);
    worksheet_set_column(sheet_, columns_, columns_, width, nullptr);
    ++columns_;
  }
  void heads(const appraisal::Plan& plan) {
    static constexpr const char* kZh[] = {"工号", "姓名", "机构", "得分", "满分", "应评", "已评"};
    static constexpr const char* kEn[] = {"Staff", "Name", "Unit", "Total", "Full", "Assessors", "Handed in"};
    for (size_t i = 0; i < std::size(kZh); ++i) head(english_ ? kEn[i] : kZh[i], i < 3 ? 14 : 9);
    for (const auto& item : plan.form->items) head(item.name + "(" + item.weight.str() + ")", 12);
    for (const auto& group : plan.spec.groups) head(group.name, 10);
    head(english_ ? "Remark" : "说明", 30);
  }

  // Of what has no value nothing is written: an empty cell is no zero.
  void number(lxw_row_t row, lxw_col_t column, const Json* value) {
    if (!value || value->is_null()) return;
    auto decimal = value->as_string() ? base::Decimal::parse(*value->as_string()) : std::nullopt;
    if (!decimal && value->as_number()) decimal = *value->as_number();
    if (!decimal) return;
    const bool count = value->as_number() != nullptr;
    worksheet_write_number(sheet_, row, column, decimal->approximate(), count ? nullptr : points_);
  }

  void person(const std::vector<std::string>& who, const Json& result, lxw_row_t row) {
    lxw_col_t column = 0;
    for (const std::string& text : who) worksheet_write_string(sheet_, row, column++, text.c_str(), nullptr);
    for (const char* name : {"total", "full", "assigned", "submitted"}) number(row, column++, result.find(name));
    for (const Json& item : *result.find("items")->as_array()) number(row, column++, item.find("value"));
    for (const Json& group : *result.find("groups")->as_array()) {
      if (*group.find("hidden")->as_bool())
        worksheet_write_string(sheet_, row, column, english_ ? "too few" : "人少不显示", note_);
      number(row, column++, group.find("total"));
    }
    if (const std::string* reason = result.find("reason")->as_string())
      worksheet_write_string(sheet_, row, column, reason->c_str(), nullptr);
  }

  lxw_workbook* book_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *title_ = nullptr, *head_ = nullptr, *points_ = nullptr, *note_ = nullptr;
  lxw_col_t columns_ = 0;
  bool english_;
};

}  // namespace

std::string assessment_xlsx(const AssessmentSheet& sheet, const appraisal::Plan& plan,
                            const std::vector<appraisal::PersonResult>& results, bool english) {
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
  const fs::path file = fs::path(pattern) / "report.xlsx";
  {
    Writer writer(file, english);
    writer.write(sheet, plan, results);
    writer.close();
  }
  auto bytes = base::read_file(file);
  if (!bytes) throw base::Broken(bytes.error().text());
  return *bytes;
}

}  // namespace guanhu::api
