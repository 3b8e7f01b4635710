// The search for figures that look better than they are, as a job.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "api/jobs.h"
#include "base/period.h"
#include "risk/rules.h"

namespace guanhu::api {

class Services;

inline constexpr const char* kRiskPack = "anti-gaming";  // holds the thresholds

struct ScanAsk {
  base::Period period;
  std::vector<risk::Kind> kinds;
};
base::Result<Job> queue_scan(Services& services, const ScanAsk& ask, const std::string& by);
// Of a recorded job; nothing when the record cannot be understood.
std::optional<ScanAsk> scan_ask(const base::Json& json);
Jobs::WorkFunction work_of(Services& services, ScanAsk ask, std::string by);

}  // namespace guanhu::api
