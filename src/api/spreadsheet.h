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

// A sheet to be written.
struct SheetColumn {
  std::string title, note;           // note: a comment on the title
  std::vector<std::string> choices;  // a list to choose from, in every row
  int width = 14;                    // characters
  bool mark = false;                 // what the program adds: another colour
};
struct WrittenSheet {
  std::string name;
  std::vector<SheetColumn> columns;
  std::vector<std::vector<base::Json>> rows;  // texts, numbers, null; fewer than there are columns is all right
};
// The bytes of a workbook.
std::string write_workbook(const std::vector<WrittenSheet>& sheets);

}  // namespace guanhu::api
