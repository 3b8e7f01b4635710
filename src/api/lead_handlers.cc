// Leads, campaigns, suggestions.
#include "api/desk.h"

namespace guanhu::api {

std::vector<RecordKind> lead_kinds() { return {}; }

Table lead_endpoints() { return {}; }

}  // namespace guanhu::api
