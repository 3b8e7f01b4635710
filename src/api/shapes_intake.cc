// Own fields of customers, bulk imports.
#include "api/shapes.h"

namespace guanhu::api {

void intake_shapes(Schemas&) {}

}  // namespace guanhu::api
