// Columns in which some accounts, loans or customers are held by others than the assignments say.
#pragma once
#include <vector>

#include "base/error.h"
#include "measures/columns.h"
#include "measures/engine.h"
#include "warehouse/warehouse.h"

namespace guanhu::measures {

// In the given order; each sees what those before it did. On a day the parts of a subject go on adding up to the
// whole. Refused: measure.reassign.
base::Status reassign(Columns& columns, warehouse::Warehouse& db, const std::vector<Reassignment>& all);

// One timeline with that done to it; `moved` is set when the giver held something. `through_customer`: only days
// on which the customer's assignments decide.
struct Handover {
  uint32_t giver = 0, taker = 0;
  bool anybody = false;  // whoever holds it gives, `giver` is not looked at
  int32_t from = 0, to = 0;
  int32_t share = attribution::kWhole;
  bool through_customer = false;
};
attribution::Timeline handed_over(std::span<const attribution::Entry> timeline, const Handover& handover,
                                  bool& moved);

}  // namespace guanhu::measures
