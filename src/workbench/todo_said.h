// Columns of a subject that no extract brings: when something was last done, and what people wrote in the program.
// Called by subject_rows (todo_facts.h) once the rows are there.
#pragma once
#include <string_view>
#include <vector>

#include "workbench/todo_facts.h"

namespace guanhu::workbench {

// The later of what `values` holds (null, or a day from the extract) and of the day kept here.
void set_marks(SubjectRows& out, store::Session& store, const FactsAsk& ask, std::string_view column,
               std::vector<feel::Value>& values);
// 缺的资料, queries to be asked again, targets that fall behind.
void set_said(SubjectRows& out, warehouse::Warehouse& db, store::Session& store, const FactsAsk& ask,
              std::string_view column, std::vector<feel::Value>& values);

}  // namespace guanhu::workbench
