// Roles that an administrator composes of permissions and scopes, and the giving of roles for some days. Every
// change of a composed role is a version with its reason; what was given is ended, never removed.
//
// ORG-631 ORG-632
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "people/doing.h"
#include "people/logins.h"
#include "people/role_rules.h"

namespace guanhu::people {

struct ComposedRole {
  std::string role, title, purpose;  // "team_lead", "客户小组组长"
  std::vector<Allowance> grants;
  int64_t version = 0;
  std::string made_at, made_by, ended_at, ended_by, ended_why;
};
struct RoleVersion {
  int64_t version = 0;
  std::vector<Allowance> grants;
  std::string reason, at, by;
};

std::vector<ComposedRole> composed_roles(store::Session& session);  // by title, those that have ended last
// Refused: role.unknown.
base::Result<ComposedRole> composed_role(store::Session& session, const std::string& role);
std::vector<RoleVersion> role_versions(store::Session& session, const std::string& role);  // newest first

struct RoleAsk {
  std::string role, title, purpose, reason;
  std::vector<Allowance> grants;
};
// Refused: role.name (not 2 to 40 of a-z 0-9 _, or a built-in one), role.taken, role.title, role.purpose,
// role.grants (none), role.apart (clashes in itself), role.reason.
base::Result<ComposedRole> compose_role(store::Session& session, const RoleRules& rules, const RoleAsk& ask,
                                        const Doing& doing);
// Refused also: role.unknown, role.ended, role.changed (by somebody, after `version`), role.apart (with what a
// holder has beside it; the message names the login), role.second (somebody holds it, and what is added must be
// confirmed by a second person: make another role of it).
base::Result<ComposedRole> change_role(store::Session& session, const RoleRules& rules, int64_t version,
                                       const RoleAsk& ask, const Doing& doing);
// Refused: role.unknown, role.ended, role.held (somebody holds it: take it back first), role.reason.
base::Result<ComposedRole> end_role(store::Session& session, const std::string& role, const std::string& reason,
                                    const Doing& doing);

// A role, composed or built-in, that a login has for some days.
struct Gift {
  int64_t id = 0;
  std::string login, role;
  Days days;
  std::string reason, state;  // "waiting" for the second person, "given", "refused"
  std::string needs;          // why a second person; "" no need
  std::string given_at, given_by, decided_at, decided_by, decided_why, ended_at, ended_by, ended_why;
  bool counts(base::Date day) const { return state == "given" && days.on(day); }
};
struct GiftFilter {
  std::string login, role, state;   // "": any
  std::optional<base::Date> after;  // that have not ended before this day
};
std::vector<Gift> gifts(store::Session& session, const GiftFilter& filter);  // newest first

// What a role of either sort allows. Refused: role.unknown, role.ended.
base::Result<std::vector<Allowance>> allowances_of(store::Session& session, const std::string& role);
// Everything a login holds or will hold on one of the days: roles and gifts, also those that wait. `but`: a gift
// left out.
struct Holding {
  std::vector<Role> roles;
  std::vector<Allowance> all;
};
Holding holding(store::Session& session, const Login& login, const Days& days, int64_t but = 0);

// Refused: login.unknown, role.unknown, role.ended, role.self (one's own login), role.have (has it on one of the
// days), role.apart, staff.days, role.reason. Waits when the rules ask for a second person.
base::Result<Gift> give_role(store::Session& session, const RoleRules& rules, const std::string& login,
                             const std::string& role, const Days& days, const std::string& reason,
                             const Doing& doing);
// The second person agrees, or does not. Refused: gift.unknown, gift.state, gift.self (who gave it, or whose it
// would be), role.apart (what is held has changed meanwhile), role.reason.
base::Result<Gift> decide_gift(store::Session& session, const RoleRules& rules, int64_t id, bool agrees,
                               const std::string& reason, const Doing& doing);
// Taken back at once: it ends with the day before. Refused: gift.unknown, gift.state, role.self, role.reason.
base::Result<Gift> end_gift(store::Session& session, int64_t id, const std::string& reason, const Doing& doing);

}  // namespace guanhu::people
