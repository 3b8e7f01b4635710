// Leaving (离岗、离职): a case that lists what somebody still holds. It closes, and their login with it, only when
// every item has been handed over, ends by itself, or was let go by the superior with a reason. What is held is
// asked anew of its sources whenever the case is looked at; each keeper of such things brings a source of its own.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "people/directory.h"
#include "people/doing.h"

namespace guanhu::people {

// Something held by who leaves: one customer, one to-do, the lead of a team.
struct LeavingItem {
  std::string source, item;  // "customer" "C000012": what makes it this one
  std::string title, detail;
  std::string link;      // of the page where it is handed over; "" none
  bool own_end = false;  // ends with the leaving: a role, membership in a team
};
struct LeavingSource {
  std::string id, title;  // "customer", "管户客户"
  std::function<std::vector<LeavingItem>(const std::string& staff)> held;
};
std::vector<LeavingItem> held_by(const std::vector<LeavingSource>& sources, const std::string& staff);

struct Leaving {
  int64_t id = 0;
  std::string staff, kind;    // resigned 离职, moved 调离, retired 退休, dismissed 解聘, other
  base::Date last_day;        // the last day in post
  std::string reason, state;  // "open", "closed", "withdrawn"
  std::string opened_at, opened_by, decided_at, decided_by, decided_why;
};
struct LeavingLine {
  LeavingItem item;
  std::string
      state;  // "held", "handed" (over, or done), "signed" (let go by the superior), "ended" (with the case)
  std::string seen_at, settled_at, settled_by, why;
};

std::vector<Leaving> leavings(store::Session& session);  // open ones first, then newest first
// Refused: leaving.unknown.
base::Result<Leaving> leaving(store::Session& session, int64_t id);
std::optional<Leaving> open_leaving_of(store::Session& session, const std::string& staff);
// The lines as they are now: what was seen and is held no more counts as handed over; what is new is held. `held`:
// held_by() of an open case. By source, then item.
std::vector<LeavingLine> leaving_lines(store::Session& session, const Leaving& leaving,
                                       const std::vector<LeavingItem>& held);
// What keeps it open.
std::vector<LeavingLine> keeps_open(const std::vector<LeavingLine>& lines);

// Refused: leaving.staff, leaving.kind, leaving.open (there is an open one), leaving.self, leaving.reason,
// leaving.day (before they were hired, before a post began that they have today, or a year and more back).
base::Result<Leaving> open_leaving(store::Session& session, const Directory& directory, const Leaving& ask,
                                   const std::vector<LeavingItem>& held, const Doing& doing);
// The superior lets one item go. Refused: leaving.unknown, leaving.state, leaving.self, leaving.item (not held, or
// ends by itself), leaving.reason.
base::Status sign_item(store::Session& session, int64_t id, const std::string& source, const std::string& item,
                       const std::string& reason, const std::vector<LeavingItem>& held, const Doing& doing);
// Their logins are disabled and lose their roles, which stay as history; posts, memberships and delegations end
// with the last day. Refused: leaving.unknown, leaving.state, leaving.self, leaving.early (before the last day),
// leaving.held (where: the first item that keeps it open; the message counts and names them), leaving.reason.
base::Result<Leaving> close_leaving(store::Session& session, int64_t id, const std::string& reason,
                                    const std::vector<LeavingItem>& held, const Doing& doing);
// They stay. Refused: leaving.unknown, leaving.state, leaving.reason.
base::Result<Leaving> withdraw_leaving(store::Session& session, int64_t id, const std::string& reason,
                                       const Doing& doing);

// What this module's tables know somebody to hold: teams they lead, memberships, posts, roles, delegations.
std::vector<LeavingSource> own_leaving_sources(store::Session& session, base::Date day);

}  // namespace guanhu::people
