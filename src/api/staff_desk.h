// What the handlers of posts, teams, roles, delegations and leavings share.
#pragma once
#include <string>
#include <vector>

#include "api/desk.h"
#include "people/leaving.h"
#include "people/rights.h"

namespace guanhu::api {

class StaffDesk : public Desk {
 public:
  StaffDesk(Services& services, const Call& call) : Desk(services, call) {}
  // Rights count by the clock (people/doing.h).
  base::Date day() const { return people::day_here(now()); }
  people::Doing doing();
  // In the reach of the endpoint's permission.
  bool reaches_staff(const std::string& staff) const;
  bool reaches_org(const std::string& org) const;
  base::Json person_json(const std::string& staff) const;  // {id, name, org_name, position, in_post}
  // To every login of a member of staff that is not disabled.
  void inform(const std::string& staff, const std::string& title, const std::string& text,
              const std::string& link);
};

// The bank's rules of the pack house-people, as they are in force on the day; without the pack: none of its rules,
// and nothing may be delegated. Refused: role.rules.
base::Result<people::RoleRules> role_rules(Services& services, base::Date day);
// Of the pack itself, for commands.
base::Result<people::RoleRules> role_rules_of(const policy::Pack& pack, base::Date day);
inline constexpr const char* kHousePack = "house-people";

// 404 for what is unknown, 409 for what happened meanwhile, else 422 with the field.
Refusal staff_refusal(const base::Error& error);

// What keeps somebody from leaving, from everywhere in the program: each keeper has a line in leaving_sources.cc.
// The sources read through `desk`, which must outlive them.
std::vector<people::LeavingSource> leaving_sources(Services& services, StaffDesk& desk);

inline base::Json day_or_null(const std::optional<base::Date>& day) {
  return day ? base::Json(day->str()) : base::Json();
}
inline base::Json text_or_null(const std::string& text) { return text.empty() ? base::Json() : base::Json(text); }
base::Json json_of(const std::vector<people::Allowance>& grants);  // {"score.read": "team"}
// The grants of a body's member; a misfit when one is no permission or scope.
std::variant<std::vector<people::Allowance>, Refusal> grants_member(const Call& call, const char* member);
people::Days days_member(const Call& call);  // from and to of the body
std::string title_of_role(store::Session& session, const std::string& role);
std::optional<int64_t> id_of(const Call& call);  // of the path; nothing: no number

// Parts of staff_endpoints().
Table staff_org_endpoints();
Table staff_post_endpoints();
Table staff_team_endpoints();
Table staff_role_endpoints();
Table staff_gift_endpoints();
Table staff_delegation_endpoints();
Table staff_leaving_endpoints();
Table staff_duty_endpoints();
Table staff_outside_endpoints();
Table staff_service_endpoints();
// Parts of staff_kinds() and staff_shapes().
std::vector<RecordKind> outside_kinds();
std::vector<RecordKind> duty_kinds();
std::vector<RecordKind> service_kinds();
void duty_shapes(Schemas& out);
void outside_shapes(Schemas& out);
void service_shapes(Schemas& out);

}  // namespace guanhu::api
