// guanhu report: what the bank prints and signs, as pages or as a workbook.
#include <algorithm>
#include <filesystem>
#include <ostream>

#include "api/reports.h"
#include "api/services.h"
#include "appraisal/assess_plan.h"
#include "base/files.h"
#include "cli/people_work.h"
#include "cli/places.h"
#include "cli/wiring.h"

namespace guanhu::cli {

namespace {

namespace fs = std::filesystem;
using api::Report;
using base::Error;
using base::Json;
using base::JsonObject;

struct Made {
  std::vector<Report> reports;
  std::string subject;
  JsonObject detail;
};

Error nobody(const std::string& where) {
  return {"report.nobody", "there is nothing to print", where, "give another run, plan, person or branch"};
}

base::Result<int64_t> needed(PeopleWork& work, const char* option) {
  auto text = work.options.need(option);
  if (!text) return text.error();
  auto number = work.options.number(option, 0);
  if (!number) return number.error();
  return static_cast<int64_t>(*number);
}

api::ReportMade made_by(PeopleWork& work, const people::Directory& directory) {
  std::string bank;
  for (const auto& org : directory.orgs())
    if (org.kind == "hq" && bank.empty()) bank = org.name;
  return {bank, api::printed_moment(work.io.clock.now()), actor_of(work.io)};
}

// A run that is kept: --run; its results, of --holder or --branch only where they are given.
base::Result<Made> of_run(PeopleWork& work, bool ranking) {
  auto number = needed(work, "run");
  if (!number) return number.error();
  auto given = work.options.get("policies");
  auto folder = policies_folder(given ? std::optional(path_of(work.io, *given)) : std::nullopt);
  appraisal::Desk desk{work.bank, folder ? *folder : fs::path()};
  auto run = api::reported_run(desk, *number);
  if (!run) return run.error();
  const auto made = made_by(work, run->directory);
  auto holder = work.options.get("holder"), branch = work.options.get("branch");
  std::vector<Json> results;
  for (auto& [id, result] : appraisal::kept_results(work.bank.store(), run->run))
    if ((!holder || *holder == id) && (!branch || *branch == *result.find("branch")->as_string()))
      results.push_back(std::move(result));
  if (results.empty()) return nobody("--run");
  Made out;
  out.subject = "run " + std::to_string(run->run);
  out.detail = {{"scheme", run->scheme}, {"period", run->period}, {"rows", results.size()}};
  if (ranking) {
    const std::string by = work.options.get("by-group").value_or("bank");
    if (by != "bank" && by != "branch" && by != "position")
      return Error{"cli.option", "'" + by + "' is no way to group", "--by-group", "bank, branch or position"};
    out.reports = api::ranking_reports(*run, results,
                                       by == "branch"     ? api::RankingBy::branch
                                       : by == "position" ? api::RankingBy::position
                                                          : api::RankingBy::bank,
                                       made);
    return out;
  }
  for (const Json& result : results) {
    auto report = api::score_report(*run, result, made);
    if (!report) return report.error();
    out.reports.push_back(std::move(*report));
  }
  return out;
}
base::Result<Made> of_scores(PeopleWork& work) { return of_run(work, false); }
base::Result<Made> of_ranking(PeopleWork& work) { return of_run(work, true); }

base::Result<Made> of_assessment(PeopleWork& work) {
  auto number = needed(work, "plan");
  if (!number) return number.error();
  auto plan = appraisal::plan(work.bank.store(), *number);
  if (!plan) return plan.error();
  if (plan->state != "reported")
    return Error{"assess.state", "计划 " + std::to_string(*number) + " 还没有报告结果", "--plan",
                 "报告以后再打印"};
  const auto directory = work.directory();
  auto staff = work.options.get("staff");
  Made out;
  for (const auto& result : appraisal::results(work.bank.store(), plan->id))
    if (!staff || *staff == result.staff)
      out.reports.push_back(api::assessment_report(*plan, result, directory, made_by(work, directory)));
  out.subject = appraisal::subject_of_plan(plan->id);
  out.detail = {{"rows", out.reports.size()}};
  return out;
}

base::Result<Made> of_grades(PeopleWork& work) {
  auto pack = work.pack("pack");
  if (!pack) return pack.error();
  auto plan = appraisal::read_grade_plan(**pack, work.today());
  if (!plan) return plan.error();
  const auto directory = work.directory();
  auto staff = work.options.get("staff");
  Made out;
  for (const auto& person : directory.staff()) {
    if (staff && *staff != person.id) continue;
    auto sheet = api::grade_sheet(work.bank.store(), **pack, *plan, person.id, work.today());
    // Of everybody: those about whom there is something to say.
    if (!staff && sheet.steps.empty() && sheet.proposals.empty()) continue;
    out.reports.push_back(api::grade_report(sheet, directory, made_by(work, directory)));
  }
  out.subject = "pack " + (*pack)->id;
  out.detail = {{"rows", out.reports.size()}};
  return out;
}

base::Result<Made> of_pay(PeopleWork& work) {
  auto number = needed(work, "pay-run");
  if (!number) return number.error();
  auto runs = appraisal::pay_runs(work.bank.store(), *number);
  if (*number <= 0 || runs.empty()) return Error{"pay.unknown", "没有这一次发放", "--pay-run", ""};
  const auto directory = work.directory();
  Made out;
  for (const auto& slip : appraisal::pay_slips(work.bank.store(), *number, work.options.get("staff").value_or("")))
    out.reports.push_back(api::pay_report(runs[0], slip, directory, made_by(work, directory)));
  out.subject = "pay_run " + std::to_string(*number);
  out.detail = {{"rows", out.reports.size()}, {"hash", runs[0].hash}};
  return out;
}

constexpr std::pair<const char*, base::Result<Made> (*)(PeopleWork&)> kKinds[] = {{"score", of_scores},
                                                                                  {"ranking", of_ranking},
                                                                                  {"assessment", of_assessment},
                                                                                  {"grade", of_grades},
                                                                                  {"pay", of_pay}};

base::Result<int> print(PeopleWork& work) {
  const auto& words = work.options.rest();
  const auto* kind = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [&](const auto& one) { return words.size() == 1 && words[0] == one.first; });
  if (kind == std::end(kKinds))
    return Error{"cli.action", "say what to print: score, ranking, assessment, grade or pay", "", "see --help"};
  auto out = work.options.need("out");
  if (!out) return out.error();
  const fs::path file = path_of(work.io, *out);
  const bool xlsx = file.extension() == ".xlsx";
  if (!xlsx && file.extension() != ".html")
    return Error{"report.form", "'" + *out + "' is neither a page nor a workbook", "--out",
                 "let its name end with .html or .xlsx"};
  auto made = kind->second(work);
  if (!made) return made.error();
  if (made->reports.empty()) return nobody("");
  const std::string bytes = xlsx ? api::report_workbook(made->reports) : api::report_html(made->reports);
  made->detail.emplace_back("report", kind->first);
  made->detail.emplace_back("form", xlsx ? "xlsx" : "print");
  work.bank.store().transaction([&] {
    api::record(work.bank.store(), actor_of(work.io), "export.report", made->subject, std::move(made->detail),
                work.io.clock);
  });
  base::write_file_atomic(file, bytes, 0600);
  work.io.out << made->reports.size() << (made->reports.size() == 1 ? " report in " : " reports in ")
              << file.string() << "\n";
  return kDone;
}

}  // namespace

const Command kReportCommand = {
    "report", "what the bank prints and signs: score sheets, rankings, grades, payslips",
    R"(usage: guanhu report score --data DIR --run ID [--holder ID] [--branch ID] --out FILE
       guanhu report ranking --data DIR --run ID [--branch ID] [--by-group bank|branch|position] --out FILE
       guanhu report assessment --data DIR --plan ID [--staff ID] --out FILE
       guanhu report grade --data DIR --pack PACK [--staff ID] --out FILE
       guanhu report pay --data DIR --pay-run ID [--staff ID] --out FILE

Writes 定量考核表, 排名表, 定性考核表, 等级评定表 or 工资条, of everybody or of one person: pages of A4 that open and
print without a network (FILE.html), or a workbook (FILE.xlsx). Each sheet names the period, the scheme and its
version, the run and its hash. The export is recorded; the file is for its owner's eyes.

  --data DIR      the bank's data folder
  --run ID        an appraisal that is kept (guanhu appraise keeps it)
  --plan ID       a plan of qualitative appraisal whose results are reported
  --pay-run ID    a pay run
  --pack PACK     whose grades
  --out FILE      ends with .html or .xlsx
  --policies DIR  the folder of packs (else $GUANHU_POLICIES, ./policies, beside the program)

Exit status: 0 done; 2 wrong use or input.
)",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("report", arguments, io,
                        {"run", "holder", "branch", "by-group", "plan", "staff", "pack", "pay-run", "out"}, {},
                        print);
    }};

}  // namespace guanhu::cli
