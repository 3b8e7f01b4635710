// Who serves whom, claims, hand-overs.
#include "api/shapes.h"

namespace guanhu::api {

void assignment_shapes(Schemas&) {}

}  // namespace guanhu::api
