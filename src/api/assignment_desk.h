// What handlers of assignments, claims and hand-overs share: the rules' pack, the register's Doing, JSON, and what
// follows a recording (the warehouse's copy, figures and scopes anew).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/desk.h"
#include "attribution/handover.h"
#include "attribution/holders.h"
#include "attribution/recorded.h"
#include "attribution/register.h"
#include "attribution/rules.h"

namespace guanhu::api {

class AssignmentDesk : public Desk {
 public:
  AssignmentDesk(Services& services, const Call& call) : Desk(services, call), db_(services.warehouse()) {}

  warehouse::Warehouse& db() { return *db_; }
  base::Date business() const { return facts().last_date.value_or(today()); }
  base::Result<std::shared_ptr<const policy::Pack>> rules() {
    return services().packs().on("assignment", today());
  }
  attribution::RegisterDoing recording();
  attribution::OffDays off_days();
  // After anything came into force or was taken back: copies, and queues the rest.
  void recorded();

  // In reach of the permission: by one of the managers, or by the organisation.
  bool reaches_entry(people::Permission permission, const attribution::Registered& of);
  // Both people are below the asker in the permission's scope, who is neither of them.
  bool above(people::Permission permission, const std::string& one, const std::string& other);

  base::JsonObject person_json(const std::string& staff) const;  // {"staff", "name", "org_name"}
  base::JsonArray people_json(const std::vector<std::string>& staff) const;
  base::Json managers_json(const std::vector<attribution::ManagerShare>& managers) const;
  base::JsonObject entry_json(const attribution::Registered& of);
  // A customer's, account's or loan's customer and organisation, as the feed says now; nothing: there is none.
  struct Subject {
    std::string customer, org;
  };
  std::optional<Subject> subject(const std::string& kind, const std::string& id);
  // Assignments of accounts and loans of the customer that are held by themselves, given to the managers too.
  std::vector<attribution::Assign> beside(const attribution::Assign& customer);
  // What of a customer's balances is whose, and would be after `managers` took it: exact to the fen.
  base::Json moved(const std::string& customer, const std::vector<attribution::ManagerShare>& managers);

 private:
  Pool<warehouse::Warehouse>::Loan db_;
};

std::vector<attribution::ManagerShare> managers_member(const Call& call, const char* member);
int64_t part_number(const Call& call);  // the {id} of the path; 0 when it is none
// 404 unknown, 409 what has happened meanwhile (state, signed), else 422 with the field.
Refusal assignment_refusal(const base::Error& error);

SchemaRef manager_shape();
Table claim_endpoints();
Table handover_endpoints();
Table proposal_endpoints();
// What can be handed over: the register's own, to-dos, planned visits.
std::vector<attribution::HandoverSource> handover_sources(AssignmentDesk& desk);

}  // namespace guanhu::api
