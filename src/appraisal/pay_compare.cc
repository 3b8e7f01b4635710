#include "appraisal/pay_compare.h"

#include <algorithm>
#include <map>

#include "base/json_member.h"

namespace guanhu::appraisal {

namespace {

using base::Fen;
using base::Json;

PayTotals totals_of(const Slip& slip) { return {slip.earnings, slip.deductions, slip.deposit, slip.net()}; }

void add_lines(const KeptSlip& slip, bool now, PayDifference& out) {
  for (const Json& one : *slip.slip.find("lines")->as_array()) {
    const std::string name = text_in(one, "line");
    auto at = std::find_if(out.lines.begin(), out.lines.end(), [&](const auto& l) { return l.line == name; });
    if (at == out.lines.end()) at = out.lines.insert(out.lines.end(), {name, text_in(one, "kind"), 0, 0});
    (now ? at->now : at->was) = base::parse_fen(text_in(one, "amount")).value();
  }
}

}  // namespace

std::optional<PayRun> pay_run_before(store::Session& session, const PayRun& run) {
  const auto period = base::Period::parse(run.period);
  std::optional<PayRun> best;
  for (PayRun& one : pay_runs(session)) {
    auto other = base::Period::parse(one.period);
    const bool fits = period && other && one.pack == run.pack && one.scheme == run.scheme &&
                      (one.state == "approved" || one.state == "paid") && other->kind() == period->kind() &&
                      other->last() < period->first();
    if (fits && (!best || base::Period::parse(best->period)->last() < other->last())) best = std::move(one);
  }
  return best;
}

std::vector<PayDifference> pay_differences(const std::vector<KeptSlip>& now, const std::vector<KeptSlip>& was) {
  std::map<std::string, PayDifference> all;
  auto take = [&](const KeptSlip& slip, bool here) {
    PayDifference& out = all[slip.staff];
    if (here || out.staff.empty())
      out.staff = slip.staff, out.name = slip.name, out.org = slip.org, out.branch = slip.branch;
    (here ? out.here : out.before) = true;
    (here ? out.now : out.was) = slip.totals;
    add_lines(slip, here, out);
  };
  for (const KeptSlip& slip : now) take(slip, true);
  for (const KeptSlip& slip : was) take(slip, false);
  std::vector<PayDifference> out;
  for (auto& [id, one] : all) {
    std::erase_if(one.lines, [](const PayDifference::Line& line) { return line.now == line.was; });
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<KeptSlip> slips_of_result(const PayResult& result) {
  std::vector<KeptSlip> out;
  for (const Slip& slip : result.slips)
    out.push_back({slip.staff, slip.name, slip.org, slip.branch, to_json(slip), totals_of(slip),
                   static_cast<int64_t>(slip.open())});
  return out;
}

}  // namespace guanhu::appraisal
