// Parts of pay_endpoints() and deposit_endpoints() with files of their own.
#pragma once
#include <functional>

#include "api/endpoint.h"
#include "api/people_desk.h"
#include "appraisal/pay_explain.h"

namespace guanhu::api {

Table pay_explain_endpoints();      // a line of a payslip opened
Table pay_compare_endpoints();      // a pay run beside the one before, by branch
Table pay_correct_endpoints();      // what an earlier run would be by now
Table pay_handover_endpoints();     // what changed hands in its period
Table deposit_explain_endpoints();  // a loss that was drawn, opened; who bears one on a loan

// What earlier runs owe, posted into the result as lines of its own.
appraisal::PayCorrections post_corrections_into(Services& services, PeopleDesk& desk,
                                                const appraisal::PayLoad& load, appraisal::PayResult& result);
// "corrections" of a pay run: every piece that it makes good.
base::JsonArray posted_json(PeopleDesk& desk, int64_t pay_id);
// A piece of a correction line opened: what the line was, what it ought to have been, each with its own tree.
struct SlipSources {
  std::function<std::vector<appraisal::Node>(const base::Json& source)> open;  // behind an input
  std::function<void(appraisal::Node& node)> own;  // makes its articles outlive the pack they point into
};
std::vector<appraisal::Node> correction_nodes(Services& services, PeopleDesk& desk, int64_t pay_id,
                                              const std::string& staff, const base::Json& piece,
                                              const SlipSources& keep);

}  // namespace guanhu::api
