// Posts, teams, composed roles, leaving.
#include "api/shapes.h"

namespace guanhu::api {

void staff_shapes(Schemas&) {}

}  // namespace guanhu::api
