// Tables that people send: workbooks (xlsx) and CSV, as texts. And workbooks to send back.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace guanhu::api {

// A cell as it is written; of a workbook a date that is kept as a number of days is "2024-03-01" already, a number
// has at most the 15 digits that a workbook holds, true and false are "TRUE" and "FALSE".
struct Grid {
  std::string format;  // "xlsx", "csv"
  struct Row {
    int number = 0;  // from 1, as the program that wrote it counts
    std::vector<std::string> cells;
  };
  std::vector<Row> rows;  // without those that are empty
};

struct GridLimits {
  size_t rows = 20'000, columns = 500;
  size_t bytes = size_t{48} << 20;  // unpacked
};

// The first sheet of a workbook; CSV in UTF-8 or GBK, separated by commas, semicolons or tabs. Refused
// ("sheet.format", "sheet.large"): anything else, with what to do about it.
base::Result<Grid> read_grid(std::string_view bytes, const GridLimits& limits = {});
// Refused (sheet.format): named .xlsx, but nothing of the kind. An empty file and an old xls are read_grid's to
// name.
base::Status check_file_name(std::string_view bytes, std::string_view name);

// A sheet to be written: a form or a list, or, with a title, a report that is printed as well (A4, one page wide,
// the head repeated on every page).
enum class Total { none, sum, average, count };  // over the rows that a filter shows, as a formula
struct SheetColumn {
  std::string title, note = {};           // note: a comment on the title
  std::vector<std::string> choices = {};  // a list to choose from, in every row
  int width = 14;                         // characters
  bool mark = false;                      // what the program adds: another colour
  std::string format = {};                // of its numbers: "#,##0.00"; empty: as they are
  Total total = Total::none;
};
// Texts, numbers, null (an empty cell: it is no zero); fewer than there are columns is all right. A number of more
// digits than a workbook holds is written as a text; no text becomes a formula.
using SheetRow = std::vector<base::Json>;
struct WrittenSheet {
  std::string name;
  std::vector<SheetColumn> columns = {};
  std::vector<SheetRow> rows = {};
  std::string title = {};               // above the head, in large letters
  std::vector<std::string> above = {};  // lines below the title: whom it is about, the period
  std::string total_word = {};          // in the first column of the totals: "合计"
  std::vector<SheetRow> kept = {};      // below the totals: control totals as they are kept
  std::vector<std::string> below = {};  // small lines at the end: where it comes from
  size_t frozen = 0;                    // leading columns that stay in sight
  bool filter = false, print = false, landscape = false;
};
// How numbers of a unit of the packs are shown: "元" -> "#,##0.00"; a 比率 of 0.85 as 85.00%.
const char* number_format(const std::string& unit);
// The bytes of a workbook. Sheets' names are cut to what a workbook takes.
std::string write_workbook(const std::vector<WrittenSheet>& sheets);

}  // namespace guanhu::api
