#include "api/long_work.h"

#include <chrono>
#include <memory>

#include "api/services.h"
#include "appraisal/under_way.h"
#include "people/rights.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonObject;

namespace {

struct Long {
  const char *path, *title;  // POST
};
constexpr Long kLong[] = {{"/runs/{id}/publish", "公布考核结果"},
                          {"/runs/{id}/seal", "封存考核结果"},
                          {"/runs/{id}/verify", "核对封存的结果"},
                          {"/differences", "计算差额"},
                          {"/disputes", "提出申诉"},
                          {"/disputes/{id}/review", "提出复议"},
                          {"/disputes/{id}/decide", "决定申诉"},
                          {"/pay/runs", "计算工资"},
                          {"/pay/runs/{id}/handovers/effect", "倒算交接对工资的影响"},
                          {"/grade-proposals/compute", "计算等级建议"},
                          {"/simulations", "测算"},
                          {"/simulations/{id}/again", "重新测算"},
                          {"/customer-duplicates/find", "查找重复客户"},
                          {"/customer-categories/compute", "计算客户分类"}};

// The job whose work this thread does.
thread_local JobRun* working = nullptr;
struct Working {
  explicit Working(JobRun& job) { working = &job; }
  ~Working() { working = nullptr; }
  Working(const Working&) = delete;
};

// A call that outlives its request.
struct Kept {
  explicit Kept(const Call& given) : request(given.request), call{.request = request} {
    call.path = given.path, call.query = given.query, call.body = given.body;
    call.visitor = given.visitor, call.token = given.token, call.scope = given.scope;
    call.list = given.list, call.language = given.language;
    request.cancelled = {};  // the client may leave
  }
  Kept(const Kept&) = delete;
  http::Request request;
  Call call;
};

// Between the click and the work somebody may have lost the role.
bool still_may(Services& s, const Endpoint& endpoint, const Call& call) {
  auto store = s.store();
  auto login = people::find_login(*store, call.login().login);
  if (!login || login->disabled) return false;
  people::complete(*store, s.facts()->directory, people::day_here(s.clock().now()), *login);
  return !endpoint.permission || people::scope_of(login->roles, *endpoint.permission) >= call.scope;
}

// Readers of the event stream hear of it ten times a second at most; to stop is asked every time.
struct Told {
  JobRun& job;
  std::chrono::steady_clock::time_point last = {};
  void operator()(size_t done, size_t total, const std::string& what) {
    if (job.cancelled()) throw Cancelled();
    const auto now = std::chrono::steady_clock::now();
    if (now - last < std::chrono::milliseconds(100)) return;
    last = now;
    job.progress(done, total, what.empty() ? "计算" : "计算 " + what);
  }
};

base::Result<Json> do_call(Services& s, const Endpoint& endpoint, const Call& call, JobRun& job) {
  job.progress(0, 2, "检查");
  if (!still_may(s, endpoint, call)) return Error{"access.forbidden", "已经没有做这件事的权限", "", ""};
  // Each step of a computation is told, and is where a job that is cancelled ends: nothing is written by then.
  Working here(job);
  Told told{job};
  appraisal::UnderWay heard([&](size_t done, size_t total, const std::string& what) { told(done, total, what); });
  job.progress(1, 2, "计算和保存");
  Outcome outcome = endpoint.handler(s, call);
  if (auto* refusal = std::get_if<Refusal>(&outcome)) {
    Error error = refusal->error;
    // As the answer itself would name it: the field of the form, or none.
    error.where = refusal->misfits.empty() ? "" : refusal->misfits.front().where;
    if (!error.where.empty()) error.message = refusal->misfits.front().message;
    if (error.message.empty()) error.message = refusal->status == 404 ? "没有找到，或者不归您看" : error.code;
    return error;
  }
  return std::get<Answer>(std::move(outcome)).body;
}

}  // namespace

void long_progress(size_t done, size_t total, const std::string& message) {
  if (working) working->progress(done, total, message);
}

std::optional<std::string> title_as_job(const Endpoint& endpoint) {
  if (endpoint.method != "POST") return std::nullopt;
  for (const Long& one : kLong)
    if (endpoint.path == one.path) return one.title;
  return std::nullopt;
}

base::Result<Job> queue_call(Services& s, const Endpoint& endpoint, const Call& call) {
  auto kept = std::make_shared<const Kept>(call);
  std::string title = title_as_job(endpoint).value_or(endpoint.path);
  if (!call.path.empty()) title += " " + call.path.begin()->second;
  // Recorded, so that it is seen to have been interrupted when the server ends; it is not done again by itself.
  return s.jobs().add(
      "act", std::move(title), call.login().login,
      [&s, &endpoint, kept](JobRun& job) { return do_call(s, endpoint, kept->call, job); },
      JsonObject{{"method", endpoint.method}, {"path", call.request.path}});
}

}  // namespace guanhu::api
