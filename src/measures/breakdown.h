// Inside of the breakdown; not included outside this module.
#pragma once
#include <vector>

#include "measures/engine_impl.h"

namespace guanhu::measures {

// What one subject, event or customer adds to a figure.
struct EngineImpl::Part {
  int64_t subject = -1;  // account or loan number
  uint32_t customer = 0;
  base::Int128 amount = 0;
  std::vector<EventRow> events;   // it comes from
  std::vector<uint32_t> through;  // of a customer: the accounts or loans by which it counts
};

}  // namespace guanhu::measures
