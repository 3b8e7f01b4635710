// Long work and the stream of events that tells of it.
#include "api/gate.h"
#include "api/handlers.h"
#include "api/work.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

// One's own; imports and appraisals also for everyone who may see such; what the server does by itself for those
// who run it.
bool may_see(const Call& call, const Job& job) {
  if (job.by == call.login().login) return true;
  auto scope = [&](people::Permission p) { return people::scope_of(call.login().roles, p); };
  if (job.kind == "import") return scope(people::Permission::import_read) != people::Scope::none;
  if (topic_of(job) == "runs") return scope(people::Permission::run_read) != people::Scope::none;
  return job.by == "system" && scope(people::Permission::import_run) != people::Scope::none;
}

std::optional<Job> job_of(Services& s, const Call& call) {
  const std::string& text = call.part("id");
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  auto job = s.jobs().find(std::stoll(text));
  if (!job || !may_see(call, *job)) return std::nullopt;
  return job;
}

Outcome list_jobs(Services& s, const Call& call) {
  std::vector<Json> items;
  for (const Job& job : s.jobs().all())
    if (may_see(call, job)) items.push_back(job.json());
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_job(Services& s, const Call& call) {
  auto job = job_of(s, call);
  if (!job) return not_found();
  return Answer{job->json()};
}

Outcome cancel_job(Services& s, const Call& call) {
  auto job = job_of(s, call);
  if (!job) return not_found();
  auto makes = job->kind == "appraise" ? people::Permission::run_make : people::Permission::import_run;
  if (job->by != call.login().login && people::scope_of(call.login().roles, makes) == people::Scope::none)
    return forbidden();
  if (auto status = s.jobs().cancel(job->id); !status) return refusal_of(status.error());
  auto store = s.store();
  store->transaction([&] {
    record(*store, call.login().login, "job.cancel", "job " + std::to_string(job->id),
           JsonObject{{"title", job->title}}, s.clock());
  });
  sweep_uploads(s);
  return Answer{s.jobs().find(job->id)->json()};
}

Outcome events(Services& s, const Call& call) {
  const auto& login = call.login();
  std::vector<std::string> topics = {"all", "user:" + login.login, "job:" + login.login};
  if (people::scope_of(login.roles, people::Permission::import_read) != people::Scope::none)
    topics.push_back("imports");
  if (people::scope_of(login.roles, people::Permission::run_read) != people::Scope::none) topics.push_back("runs");
  if (people::scope_of(login.roles, people::Permission::policy_draft) != people::Scope::none)
    topics.push_back("drafts");
  int64_t expires = call.visitor->expires.micros;
  auto filter = [expires, &clock = s.clock()](const http::Event&) { return clock.now().micros < expires; };
  return Answer{
      .raw = s.events().open(call.request, {.topics = std::move(topics), .owner = login.login, .filter = filter})};
}

}  // namespace

Table job_endpoints() {
  return {{.method = "GET",
           .path = "/jobs",
           .summary = "long work in one's scope, newest first",
           .access = Access::settled,
           .parameters = {{"kind", text(20), false, "import, appraise, replay, scan, todos", "kind"},
                          {"state", text(20), false, "", "state"}},
           .output = list_of("Job"),
           .handler = list_jobs,
           .list = true,
           .whole = true,
           .searched = {"title", "by"}},
          {.method = "GET",
           .path = "/jobs/{id}",
           .summary = "one job",
           .access = Access::settled,
           .output = ref("Job"),
           .handler = show_job},
          {.method = "DELETE",
           .path = "/jobs/{id}",
           .summary = "cancel it",
           .access = Access::settled,
           .output = ref("Job"),
           .handler = cancel_job}};
}

Table event_endpoints() {
  return {{.method = "GET",
           .path = "/events",
           .summary = "event stream: notice, job, overview, draft",
           .access = Access::settled,
           .handler = events,
           .produces = "text/event-stream"},
          {.method = "GET",
           .path = "/openapi.json",
           .summary = "this contract",
           .access = Access::open,
           .output = any(),
           .handler = [](Services&, const Call&) -> Outcome {
             static const std::string all = openapi(endpoints(), named_schemas()).dump(1);
             return Answer{.etag = all, .raw = http::Response::json(all)};
           }}};
}

}  // namespace guanhu::api
