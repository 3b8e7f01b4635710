#include "api/job_records.h"

namespace guanhu::api {

using base::Json;

namespace {

store::Value moment(const std::optional<base::Instant>& at) {
  return at ? store::Value(at->str()) : store::Value();
}

std::optional<base::Instant> moment(const std::optional<std::string>& text) {
  return text ? base::Instant::parse(*text) : std::nullopt;
}

Json json_of(const std::optional<std::string>& text) {
  auto json = text ? Json::parse(*text) : base::Result<Json>(Json());
  return json ? std::move(*json) : Json();
}

}  // namespace

std::vector<Job> StoredJobs::all() {
  std::vector<Job> out;
  for (const auto& row :
       stores_.take()->query("SELECT job_id, kind, title, state, done, total, message, queued_at, started_at,"
                             " ended_at, actor, ask, result FROM jobs ORDER BY job_id")) {
    Job job;
    job.id = row.integer(0);
    job.kind = row.text(1), job.title = row.text(2), job.state = row.text(3);
    job.done = static_cast<size_t>(row.integer(4)), job.total = static_cast<size_t>(row.integer(5));
    job.message = row.text(6);
    job.queued = moment(row.maybe_text(7)).value_or(base::Instant{});
    job.started = moment(row.maybe_text(8)), job.ended = moment(row.maybe_text(9));
    job.by = row.text(10);
    job.ask = json_of(row.maybe_text(11)), job.result = json_of(row.maybe_text(12));
    out.push_back(std::move(job));
  }
  return out;
}

void StoredJobs::put(const Job& job) {
  auto store = stores_.take();
  store::Value result = job.result.is_null() ? store::Value() : store::Value(job.result.dump());
  auto done = static_cast<int64_t>(job.done), total = static_cast<int64_t>(job.total);
  store->transaction([&] {
    int64_t known = store->exec(
        "UPDATE jobs SET state = ?, done = ?, total = ?, message = ?, started_at = ?, ended_at = ?, result = ?"
        " WHERE job_id = ?",
        {job.state, done, total, job.message, moment(job.started), moment(job.ended), result, job.id});
    if (known > 0) return;
    store->exec(
        "INSERT INTO jobs (job_id, kind, title, state, done, total, message, queued_at, started_at, ended_at,"
        " actor, ask, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {job.id, job.kind, job.title, job.state, done, total, job.message, job.queued.str(), moment(job.started),
         moment(job.ended), job.by, job.ask.dump(), result});
  });
}

void StoredJobs::forget(int64_t id) { stores_.take()->exec("DELETE FROM jobs WHERE job_id = ?", {id}); }

}  // namespace guanhu::api
