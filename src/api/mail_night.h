// What the night says beside its to-dos: reminders of packs, notices not yet known, letters grown old.
#pragma once
#include <string>

#include "base/date.h"
#include "feed/bank.h"

namespace guanhu::api {

class Services;

// After the list of to-dos was made for `day`. What goes wrong goes to the log: the list stands.
void notices_of_night(Services& services, feed::Bank& bank, base::Date day, const std::string& by);

}  // namespace guanhu::api
