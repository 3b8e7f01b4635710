// Who serves whom, claims, hand-overs.
#include "api/desk.h"

namespace guanhu::api {

std::vector<RecordKind> assignment_kinds() { return {}; }

Table assignment_endpoints() { return {}; }

}  // namespace guanhu::api
