// Queries, views, exports.
#include "api/desk.h"

namespace guanhu::api {

std::vector<RecordKind> query_kinds() { return {}; }

Table query_endpoints() { return {}; }

}  // namespace guanhu::api
