// Persons, companies, groups, relations, categories, merges.
#include "api/desk.h"

namespace guanhu::api {

std::vector<RecordKind> register_kinds() { return {}; }

Table register_endpoints() { return {}; }

}  // namespace guanhu::api
