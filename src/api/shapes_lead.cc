// Leads, campaigns, suggestions.
#include "api/shapes.h"

namespace guanhu::api {

void lead_shapes(Schemas&) {}

}  // namespace guanhu::api
