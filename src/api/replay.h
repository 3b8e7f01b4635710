// A draft or a version asked what was asked before: as a job.
#pragma once
#include <optional>
#include <string>

#include "api/jobs.h"
#include "base/date.h"
#include "policy/decision_log.h"

namespace guanhu::api {

class Services;

struct ReplayAsk {
  int64_t draft = 0;
  base::Date from, to;
};
base::Result<Job> queue_replay(Services& services, const ReplayAsk& ask, const std::string& title,
                               const std::string& by);
// Of a recorded job; nothing when the record cannot be understood.
std::optional<ReplayAsk> replay_ask(const base::Json& json);
Jobs::WorkFunction work_of(Services& services, ReplayAsk ask);

base::Json replay_json(const policy::Replay& replay, bool more);
// Decisions replayed at once; more are left out, the oldest first.
inline constexpr size_t kReplayed = 5'000;

}  // namespace guanhu::api
