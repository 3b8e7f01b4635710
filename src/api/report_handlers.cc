// Reports as they are printed (html) and as workbooks (xlsx): one's own, or of whoever is in scope. Each is
// recorded.
#include <algorithm>

#include "api/assessment.h"
#include "api/people_desk.h"
#include "api/reports.h"
#include "api/run_life_parts.h"
#include "appraisal/life.h"
#include "appraisal/peer_values.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;
using people::Permission;

namespace {

constexpr const char* kHtml = "text/html; charset=utf-8";
constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

ReportMade made_for(Services& s, const Call& call) {
  return {s.facts()->bank_name, printed_moment(s.clock().now()), call.login().login};
}

// What was handed out, as it goes into the audit chain.
struct Handed {
  std::string kind, subject, file;  // "score", "staff S00001", "score-S00001-2025-12"
  JsonObject detail;
};

// The path's last letters say which form is asked for.
bool wants_workbook(const Call& call) { return call.request.path.ends_with(".xlsx"); }

Outcome handed(Services& s, store::Session& store, const Call& call, const std::vector<Report>& reports,
               Handed what) {
  const bool xlsx = wants_workbook(call);
  http::Response response;
  response.body = xlsx ? report_workbook(reports) : report_html(reports);
  what.detail.emplace_back("report", what.kind);
  what.detail.emplace_back("form", xlsx ? "xlsx" : "print");
  what.detail.emplace_back("scope", people::scope_name(call.scope));
  store.transaction([&] {
    record(store, call.login().login, "export.report", what.subject, std::move(what.detail), s.clock());
  });
  std::string file;
  for (char c : what.file) file += std::isalnum(static_cast<unsigned char>(c)) || c == '-' ? c : '_';
  response.headers = {{"content-type", xlsx ? kXlsx : kHtml},
                      {"content-disposition", std::string(xlsx ? "attachment" : "inline") + "; filename=\"" +
                                                  file + (xlsx ? ".xlsx\"" : ".html\"")},
                      {"cache-control", "no-store"}};
  response.compress = !xlsx;
  return Answer{.raw = std::move(response)};
}

// ---------------------------------------------------------------------------------- figures and rankings

// The run a reader asked for: published, of the scheme and period that are asked for.
std::variant<ReportedRun, Refusal> published_run(LifeDesk& at, const Asked& asked, const std::string& number) {
  auto life = appraisal::life_of(at.desk.store(), run_number(number));
  if (!life || life->state == "draft" || life->scheme != asked.scheme.str() || life->period != asked.period.str())
    return not_found();
  auto run = reported_run(at.desk, life->run);
  if (!run) return life_refusal(run.error());
  return std::move(*run);
}

Outcome score_of_run(Services& s, const Call& call, const Asked& asked) {
  const std::string& holder = call.part("holder");
  LifeDesk at(s);
  auto run = published_run(at, asked, *call.get("run"));
  if (auto* refusal = std::get_if<Refusal>(&run)) return *refusal;
  auto& found = std::get<ReportedRun>(run);
  auto result = appraisal::kept_result(at.desk.store(), found.run, holder);
  if (!result) return not_found();
  found.peers = appraisal::peer_values(at.desk, found.run);
  auto report = score_report(found, *result, made_for(s, call));
  if (!report) return life_refusal(report.error());
  return handed(
      s, at.desk.store(), call, {*report},
      {"score",
       "staff " + holder,
       "score-" + holder + "-" + found.period,
       {{"scheme", found.scheme}, {"period", found.period}, {"run", found.run}, {"run_hash", found.hash}}});
}

Outcome score(Services& s, const Call& call) {
  auto asked = asked_of(call);
  if (auto* refusal = std::get_if<Refusal>(&asked)) return *refusal;
  const Asked& q = std::get<Asked>(asked);
  const std::string& holder = call.part("holder");
  auto facts = s.facts();
  if (!facts->reach(call.login(), call.scope)->holder(holder)) return not_found();
  if (call.get("run")) return score_of_run(s, call, q);
  auto appraised = facts->appraised(q.scheme, q.period);
  if (!appraised) return refusal_of(appraised.error());
  auto place = (*appraised)->holder(holder);
  if (!place) return not_found();
  auto store = s.store();
  ReportedRun run = reported_now(*store, **appraised);
  if (run.run) run.peers = appraisal::peer_values(LifeDesk(s).desk, run.run);
  auto report = score_report(run, result_json(**appraised, *place), made_for(s, call));
  if (!report) return refusal_of(report.error());
  return handed(s, *store, call, {*report},
                {"score",
                 "staff " + holder,
                 "score-" + holder + "-" + run.period,
                 {{"scheme", run.scheme}, {"period", run.period}, {"run_hash", run.hash}}});
}

Outcome ranking(Services& s, const Call& call) {
  auto asked = asked_of(call);
  if (auto* refusal = std::get_if<Refusal>(&asked)) return *refusal;
  const Asked& q = std::get<Asked>(asked);
  auto facts = s.facts();
  auto reach = facts->reach(call.login(), call.scope);
  LifeDesk at(s);
  ReportedRun run;
  std::vector<Json> results;
  if (auto number = call.get("run")) {
    auto found = published_run(at, q, *number);
    if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    run = std::get<ReportedRun>(std::move(found));
    for (auto& [id, result] : appraisal::kept_results(at.desk.store(), run.run))
      results.push_back(std::move(result));
  } else {
    auto appraised = facts->appraised(q.scheme, q.period);
    if (!appraised) return refusal_of(appraised.error());
    run = reported_now(at.desk.store(), **appraised);
    results = *appraisal::to_json((*appraised)->run).find("holders")->as_array();
  }
  auto branch = call.get("branch");
  std::erase_if(results, [&](const Json& one) {
    return !reach->holder(*one.find("id")->as_string()) || (branch && *one.find("branch")->as_string() != *branch);
  });
  if (results.empty()) return not_found();
  const std::string by = call.get("by").value_or("bank");
  const RankingBy how = by == "branch"     ? RankingBy::branch
                        : by == "position" ? RankingBy::position
                                           : RankingBy::bank;
  return handed(s, at.desk.store(), call, ranking_reports(run, results, how, made_for(s, call)),
                {"ranking",
                 "scheme " + run.scheme + " " + run.period,
                 "ranking-" + run.period,
                 {{"scheme", run.scheme},
                  {"period", run.period},
                  {"run_hash", run.hash},
                  {"by", by},
                  {"rows", results.size()}}});
}

// --------------------------------------------------------------------------- assessments, grades and pay

Outcome assessment(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto found = desk.plan();
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& plan = std::get<appraisal::Plan>(found);
  const std::string& staff = call.part("staff");
  // As the results themselves: once they are reported; from the close on for who sees the whole bank.
  const bool shown = plan.state == "reported" || (plan.state == "closed" && desk.bank());
  if (!shown || !desk.reach()->staff(staff)) return not_found();
  auto result = appraisal::result(desk.store(), plan.id, staff);
  if (!result) return not_found();
  const Report report = assessment_report(plan, *result, desk.directory(), made_for(s, call));
  return handed(s, desk.store(), call, {report},
                {"assessment",
                 "staff " + staff,
                 "assessment-" + std::to_string(plan.id) + "-" + staff,
                 {{"plan", plan.id}, {"period", plan.spec.period.str()}}});
}

Outcome grade(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string& staff = call.part("staff");
  if (!desk.reach().staff(staff) || !desk.directory().person(staff)) return not_found();
  auto pack = desk.pack(call.get("pack").value_or(""));
  if (auto* refusal = std::get_if<Refusal>(&pack)) return *refusal;
  const auto& found = *std::get<std::shared_ptr<const policy::Pack>>(pack);
  auto plan = appraisal::read_grade_plan(found, desk.today());
  if (!plan.ok()) return people_refusal(plan.error());
  const GradeSheet sheet = grade_sheet(desk.store(), found, *plan, staff, desk.today());
  return handed(
      s, desk.store(), call, {grade_report(sheet, desk.directory(), made_for(s, call))},
      {"grade",
       "staff " + staff,
       "grade-" + staff,
       {{"pack", found.id}, {"proposal", sheet.proposals.empty() ? Json() : Json(sheet.proposals[0].id)}}});
}

Outcome pay(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string& staff = call.part("staff");
  auto runs = appraisal::pay_runs(desk.store(), number_of(call.part("id")).value_or(-1));
  // As the slip itself: one's own once it is approved; a draft only for those who see all.
  const bool shown = !runs.empty() && desk.reach().staff(staff) &&
                     (desk.reach().bank() || runs[0].state == "approved" || runs[0].state == "paid");
  if (!shown) return not_found();
  auto slips = appraisal::pay_slips(desk.store(), runs[0].id, staff);
  if (slips.empty()) return not_found();
  const Report report = pay_report(runs[0], slips[0], desk.directory(), made_for(s, call));
  return handed(s, desk.store(), call, {report},
                {"pay",
                 "staff " + staff,
                 "pay-" + std::to_string(runs[0].id) + "-" + staff,
                 {{"pay_run", runs[0].id}, {"hash", runs[0].hash}}});
}

// The scheme by which everybody's contribution is measured, and its figure: the first in force that obeys KPI-302.
std::optional<std::pair<SchemeName, std::string>> contribution_scheme(Services& s) {
  for (const auto& book : books_in_force(s))
    for (const auto& scheme : book->pack->schemes)
      if (const auto& rules = scheme.origin.rules;
          !scheme.figures.empty() && std::find(rules.begin(), rules.end(), "KPI-302") != rules.end())
        return std::pair(SchemeName{book->pack->id, scheme.name}, scheme.figures.front());
  return std::nullopt;
}

// KPI-302
Outcome contribution(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto runs = appraisal::pay_runs(desk.store(), number_of(call.part("id")).value_or(-1));
  if (runs.empty()) return not_found();
  auto found = contribution_scheme(s);
  if (!found)
    return refusal_of(
        {"report.contribution", "没有施行中的制度写明贡献度怎样算", "id", "在制度包里写一个贡献度方案"});
  auto appraised = s.facts()->appraised(found->first, *base::Period::parse(runs[0].period));
  if (!appraised) return refusal_of(appraised.error());
  std::map<std::string, Json> scored;
  for (auto& [id, result] : appraisal::kept_results(desk.store(), runs[0].run)) scored[id] = std::move(result);
  auto slips = appraisal::pay_slips(desk.store(), runs[0].id);
  std::erase_if(slips, [&](const auto& one) { return !desk.reach().staff(one.staff); });
  if (slips.empty()) return not_found();
  const Report report =
      contribution_report(runs[0], slips, scored, **appraised, found->second, desk.directory(), made_for(s, call));
  return handed(s, desk.store(), call, {report},
                {"contribution",
                 "pay_run " + std::to_string(runs[0].id),
                 "contribution-" + std::to_string(runs[0].id),
                 {{"pay_run", runs[0].id}, {"scheme", found->first.str()}, {"rows", slips.size()}}});
}

// Both forms of a report.
void add(Table& out, const std::string& path, const std::string& summary, Permission may,
         std::vector<Parameter> parameters, Outcome (*handler)(Services&, const Call&)) {
  for (bool xlsx : {false, true})
    out.push_back({.method = "GET",
                   .path = path + (xlsx ? "/report.xlsx" : "/report.html"),
                   .summary = summary + (xlsx ? " as a workbook; recorded" : ", to be printed on A4; recorded"),
                   .permission = may,
                   .parameters = parameters,
                   .handler = handler,
                   .produces = xlsx ? kXlsx : "text/html"});
}

}  // namespace

Table report_endpoints() {
  Table out;
  auto of_run = scheme_and_period();
  of_run.push_back({"run", text(20), false, "a published appraisal; else what is computed now"});
  add(out, "/scores/{holder}", "定量考核表 of one holder", Permission::score_read, of_run, score);
  auto of_ranking = of_run;
  of_ranking.push_back({"branch", text(100), false, "only holders of this branch"});
  of_ranking.push_back(
      {"by", choice({"bank", "branch", "position"}), false, "one table for each; else the bank's"});
  add(out, "/ranking", "排名表 of all in scope", Permission::score_export, of_ranking, ranking);
  add(out, "/assessment-plans/{id}/results/{staff}", "定性考核表 of one person", Permission::assessment_read, {},
      assessment);
  add(out, "/grades/{staff}", "等级评定表 of one person", Permission::grade_read,
      {{"pack", text(200), true, "whose grades: one of /grade-plans"}}, grade);
  add(out, "/pay/runs/{id}/contribution", "contribution, score and pay of everybody paid, side by side",
      Permission::pay_export, {}, contribution);
  add(out, "/pay/runs/{id}/slips/{staff}", "工资条 of one person", Permission::pay_read, {}, pay);
  return out;
}

}  // namespace guanhu::api
