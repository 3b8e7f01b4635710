// What people would be paid by a simulated result.
#include <map>

#include "appraisal/grade_book.h"
#include "appraisal/grade_proposals.h"
#include "appraisal/pay_runs.h"
#include "appraisal/people_of_run.h"
#include "appraisal/simulate.h"

namespace guanhu::appraisal {

std::optional<base::Instant> pay_known_at(store::Session& session, const std::string& pack,
                                          const std::string& scheme, const std::string& period) {
  for (const PayRun& run : pay_runs(session))  // newest first
    if (run.pack == pack && run.scheme == scheme && run.period == period &&
        (run.state == "approved" || run.state == "paid"))
      return base::Instant::parse(run.made_at);
  return people_known_at(session);
}

base::Result<std::map<std::string, SimulatedPay>> simulated_pay(store::Session& session,
                                                                const people::Directory& directory,
                                                                const PayQuestion& question) {
  const Run& run = *question.run;
  const base::Json all = to_json(run);
  std::string none = "无";
  if (auto plan = read_grade_plan(*question.pack, run.period.last()); plan.ok()) none = plan->none;
  auto load = load_pay_of(
      session, *question.pack, none, directory,
      {0, question.ask->pay_on, question.ask->grades, question.ask->known_at}, run.period,
      people_of_results(session, *all.find("holders")->as_array(), run.scheme, run.period.str(), false));
  if (!load.ok()) return load.error();
  std::map<std::string, SimulatedPay> out;
  for (const Slip& slip : compute_pay((*load)->work).slips)
    out[slip.staff] = {slip.earnings - slip.deductions, slip.net(), slip.open()};
  return out;
}

}  // namespace guanhu::appraisal
