// A pay run for payroll: rows, control totals, and cells that are data in any spreadsheet.
#include "appraisal/pay_runs.h"

namespace guanhu::appraisal {

using base::Fen;
using base::Json;

std::string safe_cell(const std::string& text) {
  // A spreadsheet takes these for the beginning of a formula; an apostrophe makes them text.
  const bool formula = !text.empty() && std::string("=+-@\t\r\n").find(text[0]) != std::string::npos;
  return formula ? "'" + text : text;
}

PaySheet pay_sheet(const PayRun& run, const std::vector<KeptSlip>& slips) {
  PaySheet out;
  out.head = {"工号", "姓名", "机构"};
  std::vector<std::string> lines;
  for (const Json& line : *run.summary.find("lines")->as_array()) lines.push_back(*line.find("line")->as_string());
  out.head.insert(out.head.end(), lines.begin(), lines.end());
  for (const char* name : {"应发合计", "扣款合计", "保证金合计", "实发"}) out.head.push_back(name);
  out.sums.assign(lines.size() + 4, 0);
  for (const KeptSlip& slip : slips) {
    std::vector<std::string> row = {slip.staff, slip.name, slip.org};
    std::vector<Fen> amounts(lines.size(), 0);
    for (const Json& one : *slip.slip.find("lines")->as_array())
      for (size_t i = 0; i < lines.size(); ++i)
        if (*one.find("line")->as_string() == lines[i])
          amounts[i] = base::parse_fen(*one.find("amount")->as_string()).value();
    for (Fen total : {slip.totals.earnings, slip.totals.deductions, slip.totals.deposit, slip.totals.net})
      amounts.push_back(total);
    for (size_t i = 0; i < amounts.size(); ++i) {
      out.sums[i] += amounts[i];
      row.push_back(base::format_fen(amounts[i]));
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

std::string pay_csv(const PayRun& run, const PaySheet& sheet) {
  auto quoted = [](const std::string& text) {
    std::string cell = safe_cell(text), out = "\"";
    for (char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
  };
  std::string out = "\xEF\xBB\xBF";
  auto line = [&](const std::vector<std::string>& cells, size_t texts) {
    for (size_t i = 0; i < cells.size(); ++i) out += (i ? "," : "") + (i < texts ? quoted(cells[i]) : cells[i]);
    out += "\r\n";
  };
  line(sheet.head, sheet.head.size());
  for (const auto& row : sheet.rows) line(row, sheet.texts);
  std::vector<std::string> sums = {"控制合计", std::to_string(sheet.rows.size()) + " 人", run.hash};
  for (Fen sum : sheet.sums) sums.push_back(base::format_fen(sum));
  line(sums, sheet.texts);
  return out;
}

}  // namespace guanhu::appraisal
