// Courses, exams.
#include "api/shapes.h"

namespace guanhu::api {

void training_shapes(Schemas&) {}

}  // namespace guanhu::api
