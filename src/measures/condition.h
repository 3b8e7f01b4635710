// A measure's filter (FEEL over the fact's columns) as an SQL condition.
#pragma once
#include <string>

#include "base/error.h"
#include "measures/fact_sql.h"
#include "policy/pack.h"
#include "warehouse/warehouse.h"

namespace guanhu::measures {

// "" for no filter. Refuses (measure.filter) what is no condition over the fact's columns or has no
// SQL, with the block's place.
base::Result<std::string> condition_sql(const policy::Measure& measure, FactSql& sql,
                                        warehouse::Warehouse::Engine engine);
// Whether the filter names the column (by its feed name): a loan measure that asks for 是否表外 itself is
// not limited to the balance sheet.
bool filter_names(const policy::Measure& measure, std::string_view feed);

}  // namespace guanhu::measures
