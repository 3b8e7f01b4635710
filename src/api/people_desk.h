// What the handlers of grades, pay and deposits share: the store with who acts in it, names of people, the pack in
// force, JSON of what is kept.
#pragma once
#include <memory>
#include <string>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/policy_reading.h"
#include "appraisal/deposit_orders.h"
#include "appraisal/grade_proposals.h"
#include "appraisal/pay_runs.h"

namespace guanhu::api {

class PeopleDesk {
 public:
  PeopleDesk(Services& services, const Call& call)
      : services_(services),
        call_(call),
        store_(services.store()),
        facts_(services.facts()),
        reach_(facts_->reach(call.login(), call.scope)) {}

  store::Session& store() { return *store_; }
  const people::Directory& directory() const { return facts_->directory; }
  const Reach& reach() const { return *reach_; }
  base::Date today() const { return today_of(services_); }
  // Who acts, with the audit record in the same transaction.
  appraisal::PeopleDoing doing();
  // As it is in force today.
  std::variant<std::shared_ptr<const policy::Pack>, Refusal> pack(const std::string& id);

  std::string name_of(const std::string& staff) const;
  std::string org_name(const std::string& org) const;
  std::string org_of(const std::string& staff) const;
  std::string branch_of(const std::string& staff) const;
  // Names of roles as packs write them.
  std::vector<std::string> role_titles() const;

 private:
  Services& services_;
  const Call& call_;
  Pool<store::Session>::Loan store_;
  std::shared_ptr<const Facts> facts_;
  std::shared_ptr<const Reach> reach_;
};

// Of pay_basis_handlers.cc, a part of pay_endpoints().
Table pay_basis_endpoints();
// Of grade_record_handlers.cc, a part of grade_endpoints() and of pay_shapes().
Table grade_record_endpoints();
void grade_record_shapes(Schemas& out);
// Of grade_paper_handlers.cc, likewise.
Table grade_paper_endpoints();
void grade_paper_shapes(Schemas& out);

// 404 for what is unknown, 409 for what has been decided meanwhile, else 422.
Refusal people_refusal(const base::Error& error);

inline base::Json maybe_json(const std::string& text) { return text.empty() ? base::Json() : base::Json(text); }
inline base::Json day_json(const std::optional<base::Date>& day) {
  return day ? base::Json(day->str()) : base::Json();
}
inline base::Json fen_json(base::Fen fen) { return base::Json(base::format_fen(fen)); }
inline base::Json id_json(const std::optional<int64_t>& id) { return id ? base::Json(*id) : base::Json(); }
// Members of the body that may be absent.
std::string body_text(const Call& call, const char* member);
std::optional<base::Date> body_date(const Call& call, const char* member);
std::optional<int64_t> body_number(const Call& call, const char* member);
bool body_true(const Call& call, const char* member);

base::Json json_of(const appraisal::PeopleFact& fact);
base::Json json_of(const appraisal::GradeStep& step);
base::Json json_of(const appraisal::GradeProposal& proposal);
base::Json json_of(const appraisal::GradeAppeal& appeal);
base::Json json_of(const appraisal::Booking& booking);
base::Json json_of(const appraisal::DepositOrder& order);

}  // namespace guanhu::api
