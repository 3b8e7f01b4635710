// What the packs' `notice` blocks say on a day: reminders to people of the bank, proposals to customers; and
// reminders of notices that must be known by now. Each once: the key is block, thing and day, so that the same
// night run twice says nothing twice.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "people/directory.h"
#include "policy/pack.h"
#include "warehouse/warehouse.h"
#include "workbench/mail.h"
#include "workbench/message.h"

namespace guanhu::workbench {

struct NoticeNightAsk {
  base::Date day;       // what is due since the last night up to this day
  base::Date business;  // from the facts of this business date
  std::vector<std::shared_ptr<const policy::Pack>> packs;
  BusinessCalendar calendar;
  const people::Directory* directory = nullptr;
};
struct NoticeNightReport {
  base::Date day, from;
  int64_t looked_at = 0, told = 0, proposed = 0, failed = 0, reminded = 0, expired = 0;
  std::vector<std::string> problems;  // the first 20
};
base::Json to_json(const NoticeNightReport& report);

// All of it is one transaction. A bank whose facts are old gets nothing for days that lie more than a week before
// `day`: what was due then is of no use now.
NoticeNightReport run_notices(warehouse::Warehouse& db, store::Session& session, const store::PersonalKey& key,
                              const NoticeNightAsk& ask, const TodoDoing& doing);
// The last night's report; null when there was none.
base::Json last_notice_night(store::Session& session);

}  // namespace guanhu::workbench
