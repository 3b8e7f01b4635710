// Letters, notices, what goes out.
#include "api/shapes.h"

namespace guanhu::api {

void mail_shapes(Schemas&) {}

}  // namespace guanhu::api
