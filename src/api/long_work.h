// What may take long and is asked for by a click: with `?as=job` it is done as a job, and the answer is the job
// (202). Everything is checked before it is queued, and whether who asked still may once more when it is done.
// What comes of it is the job's `result`, as the endpoint itself answers; a refusal makes the job fail with its
// message.
#pragma once
#include <optional>
#include <string>

#include "api/endpoint.h"
#include "api/jobs.h"

namespace guanhu::api {

inline constexpr const char* kAs = "as";  // the query parameter; its only value is "job"

// What the job is called ("公布考核结果"); nothing: the endpoint has no such parameter.
std::optional<std::string> title_as_job(const Endpoint& endpoint);

// Refused: job.full.
base::Result<Job> queue_call(Services& services, const Endpoint& endpoint, const Call& call);

// Called by a handler between pieces of long work: tells how far its job is; throws Cancelled when the job is to
// stop, so never inside a transaction whose half would be of use. Asked for without a job it does nothing.
void long_progress(size_t done, size_t total, const std::string& message);

}  // namespace guanhu::api
