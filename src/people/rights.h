// What a login may do on a day, all told: its built-in roles, roles given for some days, what was delegated to it,
// less what its organisation may not do. The one place where these come together; everything else asks
// scope_of(login.roles, ...).
//
// ORG-631 ORG-633
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "people/delegations.h"
#include "people/directory.h"
#include "people/logins.h"
#include "people/roles.h"

namespace guanhu::people {

// A permission that an organisation and everything below it may not use on some days, whoever has it there.
struct OrgLimit {
  int64_t id = 0;
  std::string org;
  std::string permission;
  Days days;
  std::string reason, made_at, made_by, ended_at, ended_by, ended_why;
};
std::vector<OrgLimit> org_limits(store::Session& session, std::optional<base::Date> on);  // by organisation
// Refused: limit.org, limit.permission (unknown; or what the bank cannot do without there), limit.have,
// staff.days, limit.reason.
base::Result<OrgLimit> limit_org(store::Session& session, const Directory& directory, const std::string& org,
                                 const std::string& permission, const Days& days, const std::string& reason,
                                 const Doing& doing);
// At once. Refused: limit.unknown, limit.ended, limit.reason.
base::Result<OrgLimit> lift_limit(store::Session& session, int64_t id, const std::string& reason,
                                  const Doing& doing);

// Into `login` (found with its built-in roles) whatever else counts on the day, and who is in a team with them.
void complete(store::Session& session, const Directory& directory, base::Date day, Login& login);

// One permission of a login with where it comes from.
struct Right {
  Permission permission;
  Scope scope = Scope::none;      // what counts: none when the organisation withholds it
  std::vector<std::string> from;  // "客户经理", "客户小组组长", "委托：张三"
  std::string withheld;           // the organisation's name; "" nobody
};
// By permission. `with`: as if this role were given besides; `without`: as if this one were taken away.
std::vector<Right> rights_of(store::Session& session, const Directory& directory, base::Date day,
                             const Login& login, const std::string& with = "", const std::string& without = "");

// Another login of this person that is not disabled; "" none. What is kept apart, and who is "somebody else", is
// asked of a login (ORG-641): whoever had two could be both.
std::string other_login(store::Session& session, const std::string& staff, const std::string& login);

// Before built-in roles are written: refused role.apart (with the rules, and with what was given besides),
// role.second (a role that is added must be confirmed by a second person: give it, give_role).
// Of these the first alone is check_apart: commands, whoever calls them, need no second person.
base::Status check_apart(store::Session& session, const RoleRules& rules, const Login& before,
                         const std::vector<Role>& roles, base::Date today);
base::Status check_roles(store::Session& session, const RoleRules& rules, const Login& before,
                         const std::vector<Role>& roles, base::Date today);

}  // namespace guanhu::people
