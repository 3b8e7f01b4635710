// Jobs of people: what was asked for, as it is recorded, and the work it stands for. Made from the record alone,
// so that a server that starts takes up what an earlier one left waiting.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "api/jobs.h"
#include "appraisal/run.h"
#include "base/clock.h"
#include "base/period.h"
#include "feed/importer.h"

namespace guanhu::api {

class Services;

struct ImportAsk {
  std::vector<feed::FeedFolder> feeds;
  std::optional<int64_t> allow_rejects;
  std::filesystem::path upload;  // below Folder::uploads(), removed with the job; "" when nothing was sent
};
base::Result<Job> queue_import(Services& services, const ImportAsk& ask, std::string title, const std::string& by);

struct RunAsk {
  std::string scheme;  // PACK/SCHEME
  base::Period period;
  std::optional<base::Instant> known_at;
};
base::Result<Job> queue_run(Services& services, const RunAsk& ask, const std::string& by);

// The work of a recorded job. Refused: job.record (a record nobody understands).
base::Result<Jobs::WorkFunction> work_of(Services& services, const Job& job);

// Removes uploads that no waiting or running job names.
void sweep_uploads(Services& services);

// Of the event stream: who hears of a job. Imports concern everyone who may see imports, appraisals everyone who
// may see runs, other work whoever asked for it.
std::string topic_of(const Job& job);

// What is kept of a run, in one transaction with its audit record, as `guanhu appraise` keeps it; the run's
// number.
int64_t keep_run(store::Session& session, const appraisal::Run& run, const std::string& actor, base::Clock& clock,
                 bool* fresh = nullptr);
// What a reader of the figures must know: an unfinished period, control totals that do not hold.
std::vector<std::string> warnings_of(feed::Bank& bank, const base::Period& period, base::Date reached);

}  // namespace guanhu::api
