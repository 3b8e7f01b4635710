// Trying decisions: what a form or a spreadsheet gives as inputs, what comes out with its articles and its trace,
// for people. Nothing is recorded.
#pragma once
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "api/policy_book.h"
#include "api/spreadsheet.h"
#include "base/date.h"
#include "policy/decide.h"

namespace guanhu::api {

// {rule_id, article, article_id, pack, document, table, row, note}
base::JsonArray cites_json(const Book& book, const std::vector<policy::Cite>& cites);
// The list of steps of `decide` as nodes {name, text, value, line, table, rows, left_out, parts}: what one table
// looked at stands below it.
base::JsonArray trace_json(const base::Json& trace);
// Every input that does not fit, else what `decide` refused.
Refusal refusal_of_trial(const policy::Decision& decision, const base::Json& input, const base::Error& error);

// A text of a cell as the value an input wants; what it cannot be read as stays a text, for `decide` to refuse.
base::Json value_of_cell(const std::string& text, const policy::ValueType& type);

struct TriedRow {
  int row = 0;  // of the sheet
  base::Json input;
  std::optional<base::Json> result;
  std::vector<std::string> rules;
  std::optional<base::Error> error;
};
struct TriedSheet {
  std::string format;
  std::vector<std::string> columns, results;
  std::vector<TriedRow> rows;
  size_t refused = 0;
};
// Every row below the header asked; a column that is no input is refused by name, but for those that a sheet of
// answers has. `on`: the day asked about, where a row says no other.
base::Result<TriedSheet> try_sheet(const policy::Pack& pack, const policy::Decision& decision,
                                   const std::string& bytes, base::Date on);
std::string answers_workbook(const policy::Decision& decision, const TriedSheet& tried);
std::string template_workbook(const policy::Pack& pack, const policy::Decision& decision);

}  // namespace guanhu::api
