// Delegation: somebody's own permission, or to-dos of one kind, done by somebody else for some days. It ends by
// itself, is shown to both, and goes no further: what came by delegation is not delegated again. What would let
// somebody approve their own work in another's name is refused.
//
// ORG-610
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "people/directory.h"
#include "people/doing.h"
#include "people/logins.h"
#include "people/role_rules.h"

namespace guanhu::people {

struct Delegation {
  int64_t id = 0;
  std::string giver, taker;  // staff
  std::string branch;        // of what reaches a branch: where the taker must still be; "" the whole bank
  std::string kind, what;    // "permission" "pay.approve"; "task" "dispute" (a to-do's source)
  std::string bounds;        // what it is limited to, in words; may be empty
  Days days;
  std::string reason, made_at, made_by, ended_at, ended_by, ended_why;
};
struct DelegationFilter {
  std::string giver, taker, person;  // "": any; person: as either
  std::optional<base::Date> on;
};
std::vector<Delegation> delegations(store::Session& session, const DelegationFilter& filter);  // newest first

// Refused: delegation.self, delegation.staff (the taker is not in post on the first day, or has no login),
// delegation.what (no such permission or kind, or the rules do not let it be delegated), delegation.have (the
// giver has it not by roles of their own, or only for their own things), delegation.branch (the taker is in
// another branch), delegation.maker (the giver could make what is approved with it: their own work would be
// approved in their name), role.apart, staff.days, delegation.past (wholly in the past), delegation.again (the two
// have it already), delegation.reason.
base::Result<Delegation> delegate(store::Session& session, const Directory& directory, const RoleRules& rules,
                                  const Delegation& ask, const Doing& doing);
// At once: its last day is the day before. Refused: delegation.unknown, delegation.ended, delegation.reason.
base::Result<Delegation> end_delegation(store::Session& session, int64_t id, const std::string& reason,
                                        const Doing& doing);

// How far the giver's own roles carry a permission on the day, over the logins they have; none for what is
// disabled.
Scope own_scope(store::Session& session, const std::string& staff, Permission permission, base::Date day);
// What `staff` has by delegation on the day: of permissions those that the giver still has and that reach what
// they reached then.
std::vector<std::pair<Delegation, Allowance>> delegated_to(store::Session& session, const Directory& directory,
                                                           const std::string& staff, base::Date day);

}  // namespace guanhu::people
