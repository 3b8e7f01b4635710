// Imports as the client shows them, and the jobs that make them.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "feed/importer.h"
#include "feed/report.h"
#include "store/store.h"

namespace guanhu::api {

class JobRun;
class Services;

// The record of an import in the audit chain: for BankOptions::recorded and Bank::again().
std::function<void(store::Session&, const std::string& record)> audit_imports(const std::string& actor,
                                                                              base::Clock& clock);

// Keeps the report of a date that was refused, with its audit record: the next import of the date removes it.
void keep_refusal(store::Session& session, const feed::DateReport& report, const std::string& actor,
                  base::Clock& clock);

// The work of an import job: the feeds, then the facts anew. Gives {"applied","refused","dates":[...]}.
base::Result<base::Json> import_feeds(Services& services, const std::vector<feed::FeedFolder>& feeds,
                                      std::optional<int64_t> tolerance, const std::string& actor, JobRun& run);

// A report as it goes over the wire: exact decimals as texts, and what refused rows say of a person is masked.
base::Json wire_report(base::Json report);

// Shape Import.
base::Json import_json(const std::string& date, const std::string& state, const base::Json& report,
                       const std::string& by, const std::string& at, size_t open_totals);

}  // namespace guanhu::api
