// The five reports that the bank prints: 定量考核表, 排名表 (of an appraisal), 定性考核表 (of a plan), 等级评定表
// (of a person's grades), 工资条 (of a pay run). They show what is kept or computed and compute nothing. Whom a
// reader may see is asked before: names that stand here are shown.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/appraised.h"
#include "api/report.h"
#include "appraisal/assess_plan.h"
#include "appraisal/assess_run.h"
#include "appraisal/grade_proposals.h"
#include "appraisal/life_replay.h"
#include "appraisal/pay_runs.h"

namespace guanhu::api {

// For whom and when a report was made: "2026-01-05 10:00", a login.
struct ReportMade {
  std::string bank, at, by;
  std::string words() const { return "打印 " + at + "  " + by; }
};
// The clock's moment as it is printed, in the bank's time (UTC+8).
std::string printed_moment(base::Instant now);

// An appraisal as it is printed.
struct ReportedRun {
  int64_t run = 0;    // 0: computed just now and not kept
  std::string state;  // "draft", "published", "disputed", "sealed"; "" not kept
  std::string scheme, title, period, pack_version, pack_hash, hash;
  std::shared_ptr<const policy::Pack> pack;
  people::Directory directory;                      // on the period's last day
  std::map<std::string, base::Decimal> peers = {};  // appraisal::peer_values(); empty: not kept
};
// What is computed now; the run that was kept with the same hash is named.
ReportedRun reported_now(store::Session& session, const Appraised& appraised);
// A run that is kept, with the pack it was made with. Refused: life.unknown, and as appraisal::pack_of_run.
base::Result<ReportedRun> reported_run(const appraisal::Desk& desk, int64_t run);
// What a run says of a person, as kept_result() gives it.
base::Json result_json(const Appraised& appraised, size_t holder);

// Refused: what policy::compile_scheme refuses.
base::Result<Report> score_report(const ReportedRun& run, const base::Json& result, const ReportMade& made);

enum class RankingBy { bank, branch, position };
// Of the results given: one report, or one for each branch or position, places counted among them. Best first.
std::vector<Report> ranking_reports(const ReportedRun& run, const std::vector<base::Json>& results, RankingBy by,
                                    const ReportMade& made);

// `person`: the assessed; of an anonymous plan no assessor is named, and groups that are too small stay hidden.
Report assessment_report(const appraisal::Plan& plan, const appraisal::PersonResult& result,
                         const people::Directory& directory, const ReportMade& made);

// What the 等级评定表 of one person rests on.
struct GradeSheet {
  std::string staff, pack_title, pack, pack_hash, held, since;  // since "": holds none
  std::vector<appraisal::GradeStep> steps;
  std::vector<appraisal::GradeProposal> proposals;  // newest first; the first one is the one that is printed
  std::vector<appraisal::PeopleFact> facts;
};
GradeSheet grade_sheet(store::Session& session, const policy::Pack& pack, const appraisal::GradePlan& plan,
                       const std::string& staff, base::Date today);
Report grade_report(const GradeSheet& sheet, const people::Directory& directory, const ReportMade& made);

// Who was paid by the run: contribution (a figure of its own appraisal), total of the run that was paid for, and
// pay, each with its place; most contribution first. `scored`: kept results by person. KPI-302
Report contribution_report(const appraisal::PayRun& run, const std::vector<appraisal::KeptSlip>& slips,
                           const std::map<std::string, base::Json>& scored, const Appraised& contribution,
                           const std::string& figure, const people::Directory& directory, const ReportMade& made);

Report pay_report(const appraisal::PayRun& run, const appraisal::KeptSlip& slip,
                  const people::Directory& directory, const ReportMade& made);

// For all of them: "王伟（S00001）" is two pairs; the unit's name; words of a position.
std::string unit_name(const people::Directory& directory, const std::string& org);
std::string position_name(const std::string& position);
// A number that JSON keeps as one, or as an exact text; null for anything else.
base::Json number_of_json(const base::Json* value);
// The articles of cites, each once: "第十一条、第十二条".
std::string articles_of(const base::Json* cites);

}  // namespace guanhu::api
