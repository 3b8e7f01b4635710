// Visits, the field.
#include "api/shapes.h"

namespace guanhu::api {

void visit_shapes(Schemas&) {}

}  // namespace guanhu::api
