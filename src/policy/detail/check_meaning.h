// Checks of what formulas and tables mean, over whole packs.
#pragma once
#include <vector>

#include "policy/detail/check_study.h"

namespace guanhu::policy::detail {

// All of the checks below.
void check_all(const Draft& draft, Report& report);

// Types, units, null, division by zero, constant conditions: of decisions and functions. Leaves what each
// step gives in the studies.
void check_meaning(Study& study, Report& report);
// The same for the formulas of indicators and scores.
void check_figures(const Draft& draft, Report& report);
// And of what people are asked to do.
void check_work_formulas(const Draft& draft, Report& report);
// Gaps, overlaps and rows that never count; after check_meaning.
void check_tables(const Study& study, Report& report);
// What nobody uses.
void check_use(const Draft& draft, const std::vector<Study>& studies, Report& report);

}  // namespace guanhu::policy::detail
