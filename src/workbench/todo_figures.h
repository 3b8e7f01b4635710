// Figures of plans' targets for a night run: the appraisals that plans name, computed once each when they are
// asked for, from the facts as they stand.
#pragma once
#include "workbench/todo_lacks.h"
#include "workbench/todo_night.h"

namespace guanhu::workbench {

// `bank` and `night` must outlive it. What cannot be computed (no such scheme, no facts of the period) is nothing;
// whatever it was, is told once in `problems`.
FigureOf figures_of(feed::Bank& bank, const Night& night, std::vector<std::string>& problems);

}  // namespace guanhu::workbench
