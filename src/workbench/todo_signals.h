// What waits of other systems' data: a warning signal's key check, on the day it came; a teller or outlet with too
// many high-risk events.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "feel/value.h"
#include "people/directory.h"
#include "store/store.h"

namespace guanhu::workbench {

class RoleFinder;

struct SignalWait {
  std::string who;  // member of staff; "": whoever holds finding.decide for `org`
  std::string org, customer, object, title, link;
  std::optional<base::Date> due;
  bool first = false;
};
// INT-007, INT-004. A check whose keeper has left goes to the head of the unit.
std::vector<SignalWait> signal_waits(store::Session& session, const people::Directory& directory,
                                     const RoleFinder& finder);

// INT-009: what the customer-relation system said of customers counts before the extract: 出生日期, 重要客户,
// 信用卡账单日. True: `column` is one of these, `values` (one for each of `ids`) has them.
bool set_sent(store::Session& session, std::string_view column, const std::vector<std::string>& ids,
              std::vector<feel::Value>& values);

}  // namespace guanhu::workbench
