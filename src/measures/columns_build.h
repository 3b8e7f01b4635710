// Derives the column files' sections from the warehouse.
#pragma once
#include <functional>
#include <string_view>

#include "attribution/known.h"
#include "base/error.h"
#include "measures/sections.h"
#include "warehouse/warehouse.h"

namespace guanhu::measures {

base::Result<Sections> build_columns(warehouse::Warehouse& db, const attribution::Known& known,
                                     const std::function<void(std::string_view)>& progress);

}  // namespace guanhu::measures
