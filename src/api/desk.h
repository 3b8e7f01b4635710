// What handlers of people's own writing share: who asks, on which day, how far they see, a record as JSON, the
// audit record of each change; and the table of kinds, by which versions, files and search know who may see a
// record.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/gate.h"
#include "api/handlers.h"
#include "records/records.h"

namespace guanhu::api {

class Desk {
 public:
  Desk(Services& services, const Call& call);

  store::Session& store() { return *store_; }
  Services& services() { return services_; }
  const Call& call() const { return call_; }
  const people::Directory& directory() const { return facts_->directory; }
  const Facts& facts() const { return *facts_; }
  base::Date today() const { return today_; }  // the bank's working day by the clock, not the business date
  base::Instant now() const { return services_.clock().now(); }
  const std::string& login() const { return call_.login().login; }
  const std::string& person() const { return person_; }  // member of staff, or "login:NAME"

  // Into records::write and its kin: each change goes into the audit chain as its action, subject "KIND NUMBER".
  records::Doing writing();
  // The same for changes of other tables; inside a transaction.
  void audit(const std::string& action, const std::string& subject, base::Json detail);

  bool can(people::Permission permission) const { return scope(permission) != people::Scope::none; }
  people::Scope scope(people::Permission permission) const;
  bool own(const std::string& owner);  // the asker, or somebody the asker stands in for today
  // In the permission's scope: own, or an owner or organisation of the branch, or the bank.
  bool reaches(people::Permission permission, const std::string& owner, const std::string& org);
  bool reaches(people::Permission permission, const records::Record& of) {
    return reaches(permission, of.owner, of.org);
  }
  bool reaches_customer(const std::string& customer);  // by customer.read
  // By the kind's rule (RecordKind).
  bool sees(const records::Record& of);

  std::string name_of(const std::string& person) const;
  std::string org_name(const std::string& org) const;
  std::string org_of(const std::string& person) const;  // "" of who is no member of staff
  std::string customer_name(const std::string& customer) const;
  // The members every record has (shape "Record"): id, kind, version, state, owner, owner_name, org, org_name,
  // customer, customer_name, parent, day, until, title, made_at, made_by, changed_at, changed_by, removed, own.
  base::JsonObject head(const records::Record& of);
  // head with the body's members beside it as `body`.
  base::Json json(const records::Record& of);
  // A notice to whoever logs in as this member of staff.
  void tell(const std::string& person, const std::string& title, const std::string& text, const std::string& link);

 private:
  Services& services_;
  const Call& call_;
  Pool<store::Session>::Loan store_;
  std::shared_ptr<const Facts> facts_;
  base::Date today_;
  std::string person_;
  std::optional<std::vector<std::string>> stood_in_;
};

// 404 for what is unknown, 409 for what happened meanwhile (record.changed, record.key), else 422 with the field.
Refusal record_refusal(const base::Error& error);
std::optional<base::Date> day_member(const Call& call, const char* member);  // of the body
std::string text_member(const Call& call, const char* member);               // "" when absent or null
// An object's schema: the members of every record, then these.
SchemaRef record_shape(std::vector<std::pair<std::string, SchemaRef>> members);

// One kind of record, for what is common to all: versions, files, search, who else is at it.
struct RecordKind {
  std::string kind, title;  // "visit", "走访"
  std::string page;  // of the client: "/visits/{id}"; {id}, {owner}, {customer}, {day}, {parent} are filled in
  people::Permission read;  // who sees it: whom this permission reaches by owner and organisation
  std::function<bool(Desk&, const records::Record&)> sees = {};         // instead of that
  std::function<bool(Desk&, const records::Record&)> may_restore = {};  // brings an old version back; none: nobody
};
const std::vector<RecordKind>& record_kinds();
const RecordKind* kind_of(const std::string& kind);

// Each area says its kinds, beside its endpoints.
std::vector<RecordKind> staff_kinds();
std::vector<RecordKind> register_kinds();
std::vector<RecordKind> intake_kinds();
std::vector<RecordKind> assignment_kinds();
std::vector<RecordKind> plan_kinds();
std::vector<RecordKind> visit_kinds();
std::vector<RecordKind> lead_kinds();
std::vector<RecordKind> mail_kinds();
std::vector<RecordKind> training_kinds();
std::vector<RecordKind> advice_kinds();
std::vector<RecordKind> query_kinds();

}  // namespace guanhu::api
