// What waits of leads and campaigns: one to accept, a next step that is due, some that nobody has, a referral to
// answer, a campaign to agree to, customers of a campaign to call. And what a night does to leads that nobody
// touches: they go back to who distributes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "people/access.h"
#include "policy/pack.h"
#include "store/store.h"
#include "workbench/todo.h"

namespace guanhu::workbench {

struct LeadWait {
  std::string source;  // "lead", "campaign"
  std::string who;     // member of staff; "": whoever has the permission for `org`
  people::Permission permission = people::Permission::lead_assign;
  std::string maker, org;  // maker: login that may not
  std::string object, title, link;
  std::optional<base::Date> due;
};
std::vector<LeadWait> lead_waits(store::Session& session);

// Leads that were given to somebody and that nobody touched for as long as the pack says (lead-standing) are
// nobody's again; how many. MKT-632
int64_t fall_back_leads(store::Session& session, const policy::Pack& pack, const TodoDoing& doing);

}  // namespace guanhu::workbench
