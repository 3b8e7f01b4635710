// Posts, teams, composed roles, leaving: the parts are in the files staff_*_handlers.cc.
#include "api/staff_desk.h"

namespace guanhu::api {

std::vector<RecordKind> staff_kinds() {
  std::vector<RecordKind> out = {{.kind = "org_card",
                                  .title = "机构资料",
                                  .page = "/people?org={org}",
                                  .read = people::Permission::org_read}};
  for (auto more : {outside_kinds, service_kinds, duty_kinds})
    for (auto& one : more()) out.push_back(std::move(one));
  return out;
}

Table staff_endpoints() {
  Table out;
  for (Table part : {staff_org_endpoints(), staff_post_endpoints(), staff_team_endpoints(), staff_role_endpoints(),
                     staff_gift_endpoints(), staff_delegation_endpoints(), staff_leaving_endpoints(),
                     staff_duty_endpoints(), staff_outside_endpoints(), staff_service_endpoints()})
    for (Endpoint& one : part) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
