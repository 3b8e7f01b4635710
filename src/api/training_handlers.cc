// Courses, exams.
#include "api/desk.h"

namespace guanhu::api {

std::vector<RecordKind> training_kinds() { return {}; }

Table training_endpoints() { return {}; }

}  // namespace guanhu::api
