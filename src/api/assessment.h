// What the handlers of qualitative appraisal share: people as they are shown, the plan a request is about, what
// time has brought about.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/endpoint.h"
#include "api/services.h"
#include "appraisal/assess_run.h"

namespace guanhu::api {

// One request's view: facts, a connection, who asks. Made first thing by every handler: plans whose time has come
// are started, reminded of and closed before anything is read (appraisal::catch_up), and those concerned are told.
class AssessDesk {
 public:
  AssessDesk(Services& s, const Call& call);

  store::Session& store() { return *store_; }
  const Facts& facts() const { return *facts_; }
  const people::Directory& directory() const { return facts_->directory; }
  std::shared_ptr<const Reach> reach() const { return facts_->reach(call_.login(), call_.scope); }
  bool bank() const { return call_.scope == people::Scope::bank; }
  appraisal::World world();
  appraisal::Act act();

  // {"id", "name", "org_id", "org_name", "position"}
  base::Json person(const std::string& staff) const;
  base::Json maybe_person(const std::string& staff) const;  // null for ""
  // Members of staff who have a login that may be used.
  std::vector<std::string> staff_with_login();

  // The plan of the path's {id}, when it is the reader's to see: of the whole bank every one, else those that have
  // started and are about somebody in reach.
  std::variant<appraisal::Plan, Refusal> plan();
  bool sees(const appraisal::Plan& plan);
  // Tells those who have forms to hand in.
  void remind(const appraisal::Happened::Due& due);

 private:
  void tell(const appraisal::Happened& happened);

  Services& s_;
  const Call& call_;
  Pool<store::Session>::Loan store_;
  std::shared_ptr<const Facts> facts_;
};

// The number in the path; 0 when it is none.
int64_t assessment_number(const Call& call);
// 404, 412 or 422.
Refusal assess_refusal(const base::Error& error);
// 422 with every fault at its place.
Refusal assess_refusal(const std::vector<base::Error>& faults);
// Who asked, for the functions of appraisal; what they record goes into the audit chain.
appraisal::Act act_of(Services& s, store::Session& store, const people::Login& login);

// Takes reported totals as recorded facts (appraisal/recorded.h) of the pack in `spec.fact` ("PACK/NAME"); does
// nothing without one. Refused: assess.fact (no pack declares it, or as something else than a number of staff by
// period).
base::Result<appraisal::TakeFigure> figure_taker(Services& s, store::Session& store,
                                                 const appraisal::PlanSpec& spec, const policy::Form& form,
                                                 const std::string& by);

Table assessment_result_endpoints();
Table assessment_form_endpoints();

base::Json plan_json(const appraisal::Plan& plan);
base::Json whole_json(const appraisal::Plan& plan);

// A report as a file: one row for each person, items and groups as columns.
struct AssessmentSheet {
  std::string title, bank, note;
  std::vector<std::vector<std::string>> names;  // of each row: staff number, name, organisation
};
std::string assessment_xlsx(const AssessmentSheet& sheet, const appraisal::Plan& plan,
                            const std::vector<appraisal::PersonResult>& results, bool english);

}  // namespace guanhu::api
