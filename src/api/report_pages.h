// Which rows of a report stand on which page. Heights are worked out beforehand from widths of letters, always
// rather too much than too little, so that every browser breaks the pages where this does, and each page can carry
// its head and its number.
#pragma once
#include <vector>

#include "api/report.h"

namespace guanhu::api {

// Millimetres, and points of letters. double: they place ink, not money.
using Length = double;  // double: see above

struct ReportPiece {
  size_t table = 0, first = 0, last = 0;  // rows [first, last)
  bool totals = false;                    // with the totals after them
};
struct ReportPages {
  Length letters = 10;  // points
  std::vector<std::vector<ReportPiece>> pages;
  bool broken = false;  // some number runs over two lines
};

// Texts of a table as they are printed: rows, then totals.
struct PrintedTable {
  std::vector<std::vector<std::string>> rows, totals;
};
std::vector<PrintedTable> printed_tables(const Report& report);
ReportPages pages_of(const Report& report, const std::vector<PrintedTable>& tables);

}  // namespace guanhu::api
