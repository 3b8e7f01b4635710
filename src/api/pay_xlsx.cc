#include "api/pay_xlsx.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdlib>
#include <filesystem>

#include "base/files.h"

namespace guanhu::api {

namespace {

namespace fs = std::filesystem;

constexpr lxw_row_t kHead = 2;  // below the title and an empty row

// Excel keeps 15 digits: enough for fen up to ten trillion 元. double: the file format knows no other numbers.
double number_of(const std::string& text) {  // double: see above
  return base::Decimal::parse(text).value().approximate();
}

void write(lxw_workbook* book, const std::string& bank, const appraisal::PayRun& run,
           const appraisal::PaySheet& sheet) {
  lxw_worksheet* page = workbook_add_worksheet(book, "工资发放");
  lxw_format *bold = workbook_add_format(book), *money = workbook_add_format(book),
             *sum = workbook_add_format(book);
  format_set_bold(bold);
  format_set_num_format(money, "#,##0.00");
  format_set_num_format(sum, "#,##0.00");
  format_set_bold(sum);
  format_set_top(sum, LXW_BORDER_THIN);
  worksheet_write_string(page, 0, 0, (bank + "  " + run.title + "  " + run.period).c_str(), bold);
  for (size_t c = 0; c < sheet.head.size(); ++c) {
    worksheet_write_string(page, kHead, static_cast<lxw_col_t>(c), sheet.head[c].c_str(), bold);
    worksheet_set_column(page, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c), 14, nullptr);
  }
  lxw_row_t row = kHead + 1;
  for (const auto& cells : sheet.rows) {
    for (size_t c = 0; c < cells.size(); ++c) {
      // Texts are written as texts, whatever they begin with: no formula comes of them.
      if (c < sheet.texts)
        worksheet_write_string(page, row, static_cast<lxw_col_t>(c), appraisal::safe_cell(cells[c]).c_str(),
                               nullptr);
      else worksheet_write_number(page, row, static_cast<lxw_col_t>(c), number_of(cells[c]), money);
    }
    ++row;
  }
  worksheet_write_string(page, row, 0, "控制合计", bold);
  worksheet_write_string(page, row, 1, (std::to_string(sheet.rows.size()) + " 人").c_str(), bold);
  for (size_t c = 0; c < sheet.sums.size(); ++c) {
    const auto column = static_cast<lxw_col_t>(sheet.texts + c);
    const double kept = number_of(base::format_fen(sheet.sums[c]));  // double: the file format knows no other
    if (sheet.rows.empty()) {
      worksheet_write_number(page, row, column, kept, sum);
      continue;
    }
    char from[16], to[16];
    lxw_rowcol_to_cell(from, kHead + 1, column);
    lxw_rowcol_to_cell(to, row - 1, column);
    worksheet_write_formula_num(page, row, column, ("=SUM(" + std::string(from) + ":" + to + ")").c_str(), sum,
                                kept);
    worksheet_write_number(page, row + 1, column, kept, money);
  }
  worksheet_write_string(page, row + 1, 0, "账上合计", nullptr);
  worksheet_write_string(page, row + 2, 0, ("发放 " + std::to_string(run.id) + "  " + run.hash).c_str(), nullptr);
  worksheet_freeze_panes(page, kHead + 1, static_cast<lxw_col_t>(sheet.texts));
  worksheet_set_landscape(page);
  worksheet_set_paper(page, 9);  // A4
  worksheet_fit_to_pages(page, 1, 0);
  worksheet_repeat_rows(page, kHead, kHead);
}

}  // namespace

std::string pay_xlsx(const std::string& bank, const appraisal::PayRun& run, const appraisal::PaySheet& sheet) {
  // The library writes files only.
  std::string pattern = (fs::temp_directory_path() / "guanhu-pay-XXXXXX").string();
  if (!::mkdtemp(pattern.data()))
    throw base::Broken("cannot make a folder in " + fs::temp_directory_path().string());
  struct Remove {
    fs::path folder;
    ~Remove() {
      std::error_code ignored;
      fs::remove_all(folder, ignored);
    }
  } remove{pattern};
  const fs::path file = fs::path(pattern) / "pay.xlsx";
  lxw_workbook* book = workbook_new(file.c_str());
  if (!book) throw base::Broken("cannot make a workbook in " + file.string());
  write(book, bank, run, sheet);
  if (auto error = workbook_close(book)) throw base::Broken(std::string("xlsx: ") + lxw_strerror(error));
  auto bytes = base::read_file(file);
  if (!bytes.ok()) throw base::Broken(bytes.error().text());
  return *bytes;
}

}  // namespace guanhu::api
