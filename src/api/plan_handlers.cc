// Work plans, work logs, meetings.
#include "api/desk.h"

namespace guanhu::api {

std::vector<RecordKind> plan_kinds() { return {}; }

Table plan_endpoints() { return {}; }

}  // namespace guanhu::api
