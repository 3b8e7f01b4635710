#include "api/pay_xlsx.h"

#include "api/spreadsheet.h"

namespace guanhu::api {

using base::Json;

std::string pay_xlsx(const std::string& bank, const appraisal::PayRun& run, const appraisal::PaySheet& sheet) {
  WrittenSheet out{.name = "工资发放", .title = bank + "  " + run.title + "  " + run.period};
  for (size_t c = 0; c < sheet.head.size(); ++c)
    out.columns.push_back({.title = sheet.head[c],
                           .format = c < sheet.texts ? "" : "#,##0.00",
                           .total = c < sheet.texts ? Total::none : Total::sum});
  for (const auto& cells : sheet.rows) {
    SheetRow row;
    for (size_t c = 0; c < cells.size(); ++c)
      row.push_back(c < sheet.texts ? Json(appraisal::safe_cell(cells[c]))
                                    : Json(base::Decimal::parse(cells[c]).value()));
    out.rows.push_back(std::move(row));
  }
  // What the run keeps, below what the sheet adds up: both must be the same.
  SheetRow kept = {"账上合计", std::to_string(sheet.rows.size()) + " 人"};
  kept.resize(sheet.texts);
  for (base::Fen sum : sheet.sums) kept.push_back(Json(base::Decimal::fen(sum)));
  out.kept.push_back(std::move(kept));
  out.total_word = "控制合计";
  out.below = {"发放 " + std::to_string(run.id) + "  " + run.hash};
  out.frozen = sheet.texts;
  out.print = out.landscape = true;
  return write_workbook({out});
}

}  // namespace guanhu::api
