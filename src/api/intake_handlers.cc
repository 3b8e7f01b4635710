// Own fields of customers, bulk imports.
#include "api/desk.h"

namespace guanhu::api {

std::vector<RecordKind> intake_kinds() { return {}; }

Table intake_endpoints() { return {}; }

}  // namespace guanhu::api
