// Suggestions, surveys, concessions, expenses, what products and papers a customer needs.
#include "api/desk.h"

namespace guanhu::api {

std::vector<RecordKind> advice_kinds() { return {}; }

Table advice_endpoints() { return {}; }

}  // namespace guanhu::api
