#include "policy/detail/draft.h"

namespace guanhu::policy::detail {

void check_formulas(const Draft&, Report&) {}

}  // namespace guanhu::policy::detail
