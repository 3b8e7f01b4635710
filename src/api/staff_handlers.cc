// Posts, teams, composed roles, leaving.
#include "api/desk.h"

namespace guanhu::api {

std::vector<RecordKind> staff_kinds() { return {}; }

Table staff_endpoints() { return {}; }

}  // namespace guanhu::api
