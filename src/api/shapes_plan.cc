// Work plans, work logs, meetings.
#include "api/shapes.h"

namespace guanhu::api {

void plan_shapes(Schemas&) {}

}  // namespace guanhu::api
