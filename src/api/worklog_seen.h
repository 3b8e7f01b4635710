// What the system saw somebody do on a day, to fill in half of the work log: read from to-dos, records, the audit
// chain and the feed. Offered, never written by itself.
#pragma once
#include <string>
#include <vector>

#include "api/plan_desk.h"

namespace guanhu::api {

struct Seen {
  std::string key, kind, title, customer, link;
  std::string at;  // a moment; "" of facts of the feed, which know days only
};
// By moment, those of the feed last; each key once.
std::vector<Seen> seen_on(PlanDesk& desk, const std::string& staff, base::Date day);

}  // namespace guanhu::api
