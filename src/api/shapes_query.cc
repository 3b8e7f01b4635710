// Queries, views, exports.
#include "api/shapes.h"

namespace guanhu::api {

void query_shapes(Schemas&) {}

}  // namespace guanhu::api
