// A report as the bank prints it: a head, tables, lines to sign on, and where it comes from. One description, two
// forms: pages of A4 that print as they stand (no script, font or picture is fetched), and a workbook.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "api/spreadsheet.h"

namespace guanhu::api {

struct ReportColumn {
  std::string title;
  int width = 10;         // its share of the page, in characters; of a workbook: its width
  std::string unit = {};  // of its numbers (number_format); empty: texts, or numbers as they are
  bool number = false;    // stands right
  Total total = Total::none;
  int unit_in = -1;  // the column in which the unit of its numbers stands, row by row
};
struct ReportTable {
  std::string title;  // above it, and the name of its sheet
  std::vector<ReportColumn> columns;
  std::vector<SheetRow> rows;
  std::string total_word = {};      // totals are shown when it is there
  std::vector<SheetRow> kept = {};  // control totals as they are kept, below
};
struct Report {
  std::string bank, title;                                // "定量考核表"
  std::vector<std::pair<std::string, std::string>> head;  // {"姓名", "王伟"}: whom it is about, period, scheme
  std::vector<std::pair<std::string, std::string>> boxes = {};  // what it comes to, in large letters
  std::vector<ReportTable> tables = {};
  std::vector<std::string> notes = {};
  std::vector<std::string> signers = {};  // "被考核人"
  std::string source = {};                // at the foot of every page: run, hash, when and for whom it was made
  bool landscape = false;
  bool one_page = true;  // letters become smaller until it fits; what fits in none goes on on the next one
};

// An amount or mark as it is printed: thousands separated; 元 with two places, a 比率 as a percentage, 分 with two
// places and at most four. `digits`: places of what has no unit that says, at least.
std::string printed(const base::Json& value, const std::string& unit, int digits = 0);

// The pages of all of them in one document; pages are counted for each report.
std::string report_html(const std::vector<Report>& reports);
// A sheet for each table of all of them.
std::string report_workbook(const std::vector<Report>& reports);

}  // namespace guanhu::api
