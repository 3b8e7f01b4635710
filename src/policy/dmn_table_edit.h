// One table of a document written anew, nothing else touched. Inside of the exchange with decision models
// only.
#pragma once
#include <string>
#include <vector>

#include "base/error.h"
#include "policy/decision.h"

namespace guanhu::policy {

struct TableEdit {
  struct Cell {
    bool changed = false;
    std::string text;  // of a changed one: what it says now, as documents write it
  };
  struct Row {
    int old = -1;                      // which row of the table it was; -1: a new one
    std::vector<Cell> tests, results;  // of a new row all are changed
    Cell notes[3];                     // 规则, 条款, 说明
  };
  const Table* table = nullptr;
  bool gate = false;                     // "原因 | 条件 | 规则 | 说明", without a header
  HitPolicy policy = HitPolicy::unique;  // as it is now
  Aggregation aggregation = Aggregation::none;
  std::vector<Row> rows;
};

// The document with the table written anew: rows in their new order, kept rows with their comments, columns
// aligned. Errors: "policy.dmn.layout" where the table is not written one row on each line.
base::Result<std::string> with_table(const std::string& document, const TableEdit& edit);

}  // namespace guanhu::policy
