// A pay run beside the one before, by line, branch and person.
#include <algorithm>
#include <map>

#include "api/pay_parts.h"
#include "api/people_desk.h"
#include "api/shapes.h"
#include "appraisal/pay_compare.h"

namespace guanhu::api {

using appraisal::PayDifference;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

std::optional<appraisal::PayRun> run_of(PeopleDesk& desk, const Call& call) {
  auto found = appraisal::pay_runs(desk.store(), number_of(call.part("id")).value_or(-1));
  if (found.empty()) return std::nullopt;
  return found.front();
}

Json totals_json(const appraisal::PayTotals& t) {
  return JsonObject{{"earnings", fen_json(t.earnings)},
                    {"deductions", fen_json(t.deductions)},
                    {"deposit", fen_json(t.deposit)},
                    {"net", fen_json(t.net)}};
}

void add(appraisal::PayTotals& to, const appraisal::PayTotals& more) {
  to.earnings += more.earnings, to.deductions += more.deductions, to.deposit += more.deposit, to.net += more.net;
}

struct BranchSums {
  int64_t people = 0, people_before = 0;
  appraisal::PayTotals now, was;
};

JsonArray branches_json(const PeopleDesk& desk, const std::vector<PayDifference>& all) {
  std::map<std::string, BranchSums> sums;
  for (const PayDifference& one : all) {
    BranchSums& branch = sums[one.branch];
    branch.people += one.here, branch.people_before += one.before;
    add(branch.now, one.now), add(branch.was, one.was);
  }
  JsonArray out;
  for (const auto& [id, one] : sums)
    out.push_back(JsonObject{{"branch", id},
                             {"branch_name", desk.org_name(id)},
                             {"people", one.people},
                             {"people_before", one.people_before},
                             {"now", totals_json(one.now)},
                             {"before", totals_json(one.was)}});
  return out;
}

JsonArray lines_json(const appraisal::PayRun& run, const std::optional<appraisal::PayRun>& before) {
  JsonArray out;
  auto amount_in = [](const appraisal::PayRun& of, const std::string& line) -> Json {
    for (const Json& one : *of.summary.find("lines")->as_array())
      if (*one.find("line")->as_string() == line) return *one.find("amount");
    return {};
  };
  auto add_line = [&](const Json& one, bool here) {
    const std::string& name = *one.find("line")->as_string();
    out.push_back(JsonObject{{"line", name},
                             {"kind", *one.find("kind")},
                             {"now", here ? *one.find("amount") : Json()},
                             {"before", before ? amount_in(*before, name) : Json()}});
  };
  for (const Json& one : *run.summary.find("lines")->as_array()) add_line(one, true);
  if (before)
    for (const Json& one : *before->summary.find("lines")->as_array())
      if (amount_in(run, *one.find("line")->as_string()).is_null()) add_line(one, false);
  return out;
}

Json person_json(const PeopleDesk& desk, const PayDifference& one) {
  JsonArray lines;
  for (const auto& line : one.lines)
    lines.push_back(JsonObject{{"line", line.line},
                               {"kind", line.kind},
                               {"now", fen_json(line.now)},
                               {"before", fen_json(line.was)},
                               {"change", fen_json(line.now - line.was)}});
  return JsonObject{{"staff", one.staff},
                    {"name", one.name},
                    {"branch_name", desk.org_name(one.branch)},
                    {"here", one.here},
                    {"was_here", one.before},
                    {"now", fen_json(one.now.net)},
                    {"before", fen_json(one.was.net)},
                    {"change", fen_json(one.now.net - one.was.net)},
                    {"lines", std::move(lines)}};
}

// Largest change of what is paid out first.
JsonArray people_json(const PeopleDesk& desk, std::vector<PayDifference> all) {
  std::erase_if(all, [](const PayDifference& one) { return one.lines.empty() && one.here == one.before; });
  auto size = [](const PayDifference& one) { return std::abs(one.now.net - one.was.net); };
  std::stable_sort(all.begin(), all.end(),
                   [&](const PayDifference& a, const PayDifference& b) { return size(a) > size(b); });
  JsonArray out;
  for (const PayDifference& one : all) out.push_back(person_json(desk, one));
  return out;
}

JsonObject head_of(const appraisal::PayRun& run) {
  return {{"id", run.id},
          {"period", run.period},
          {"state", run.state},
          {"people", run.people},
          {"totals", totals_json(run.totals)}};
}

Outcome compare(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto run = run_of(desk, call);
  if (!run) return not_found();
  auto before = appraisal::pay_run_before(desk.store(), *run);
  auto all = appraisal::pay_differences(
      appraisal::pay_slips(desk.store(), run->id),
      before ? appraisal::pay_slips(desk.store(), before->id) : std::vector<appraisal::KeptSlip>{});
  JsonArray branches = branches_json(desk, all);
  return Answer{JsonObject{{"run", head_of(*run)},
                           {"before", before ? Json(head_of(*before)) : Json()},
                           {"lines", lines_json(*run, before)},
                           {"branches", std::move(branches)},
                           {"people", before ? people_json(desk, std::move(all)) : JsonArray{}}}};
}

}  // namespace

Table pay_compare_endpoints() {
  return {{.method = "GET",
           .path = "/pay/runs/{id}/compare",
           .summary = "a pay run by line, branch and person beside the one before it",
           .permission = Permission::pay_export,
           .output = ref("PayComparison"),
           .handler = compare}};
}

}  // namespace guanhu::api
