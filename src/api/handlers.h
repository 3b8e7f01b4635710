// The endpoints, one file a group; endpoints.cc puts them together in the order of docs/api.md.
#pragma once
#include "api/endpoint.h"
#include "api/services.h"

namespace guanhu::api {

Table session_endpoints();
Table overview_endpoints();
Table score_endpoints();
Table ranking_endpoints();
Table report_endpoints();
Table board_endpoints();
Table run_endpoints();
Table run_life_endpoints();
Table result_endpoints();
Table dispute_endpoints();
Table assessment_endpoints();
Table grade_endpoints();
Table pay_endpoints();
Table deposit_endpoints();
Table risk_endpoints();
Table simulate_endpoints();
Table import_endpoints();
Table job_endpoints();
Table customer_endpoints();
Table people_endpoints();
Table login_endpoints();
Table audit_endpoints();
Table policy_endpoints();
Table trial_endpoints();
Table draft_endpoints();
Table workshop_endpoints();
Table policy_life_endpoints();
Table todo_endpoints();
Table staff_endpoints();
Table register_endpoints();
Table intake_endpoints();
Table assignment_endpoints();
Table plan_endpoints();
Table visit_endpoints();
Table lead_endpoints();
Table mail_endpoints();
Table training_endpoints();
Table advice_endpoints();
Table query_endpoints();
Table record_endpoints();
Table event_endpoints();

// The scheme and period that most endpoints about figures take.
std::vector<Parameter> scheme_and_period();
struct Asked {
  SchemeName scheme;
  base::Period period;
};
std::variant<Asked, Refusal> asked_of(const Call& call);

}  // namespace guanhu::api
