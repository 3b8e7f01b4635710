// Letters, notices, what goes out.
#include "api/desk.h"

namespace guanhu::api {

std::vector<RecordKind> mail_kinds() { return {}; }

Table mail_endpoints() { return {}; }

}  // namespace guanhu::api
