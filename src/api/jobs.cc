#include "api/jobs.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

namespace guanhu::api {

using base::Json;
using base::JsonObject;

namespace {
constexpr size_t kKept = 200, kMostWaiting = 50;
constexpr auto kProgressKept = std::chrono::seconds(1);
constexpr const char* kInterrupted = "服务停止时正在运行, 已完成的部分有效; 需要时请重新发起";
Json moment(const std::optional<base::Instant>& at) { return at ? Json(at->str()) : Json(); }
}  // namespace

Json Job::json() const {
  return JsonObject{{"id", std::to_string(id)},
                    {"kind", kind},
                    {"title", title},
                    {"state", state},
                    {"done", done},
                    {"total", total},
                    {"message", message},
                    {"queued", queued.str()},
                    {"started", moment(started)},
                    {"ended", moment(ended)},
                    {"by", by},
                    {"result", result},
                    {"error", error}};
}

class Jobs::Run : public JobRun {
 public:
  Run(Jobs& jobs, int64_t id) : jobs_(jobs), id_(id) {}
  bool cancelled() const override {
    std::lock_guard lock(jobs_.mutex_);
    return jobs_.cancel_running_ || jobs_.stopping_;
  }
  void progress(size_t done, size_t total, const std::string& message) override {
    change(Keep::seldom, done, total, message);
  }
  void tell(size_t done, size_t total, const std::string& message) override {
    change(Keep::never, done, total, message);
  }

 private:
  void change(Keep keep, size_t done, size_t total, const std::string& message) {
    if (cancelled()) throw Cancelled();
    jobs_.update(id_, keep, [&](Job& job) {
      job.done = done;
      job.total = total;
      job.message = message;
    });
  }
  Jobs& jobs_;
  int64_t id_;
};

Jobs::Jobs(base::Clock& clock, std::function<void(const Job&)> changed, JobRecords* records)
    : clock_(clock), changed_(std::move(changed)), records_(records), thread_([this] { work(); }) {}

Jobs::~Jobs() { stop(); }

// For what nobody waits for: a store that cannot be written now must not end the job.
template <class Write>
void Jobs::write_record(Write write) {
  try {
    write();
  } catch (const std::exception& e) {
    records_->failed(e.what());
  }
}

void Jobs::take_up(const std::function<base::Result<WorkFunction>(const Job&)>& begin) {
  if (!records_) return;
  std::lock_guard in_order(records_mutex_);
  {
    std::lock_guard lock(mutex_);
    paused_ = true;
  }
  std::vector<Job> mended;
  for (Job& job : records_->all()) {
    const std::string before = job.state;
    std::optional<Waiting> again;
    if (job.state == "running") job.state = "interrupted", job.message = kInterrupted;
    if (job.state == "waiting") {
      auto work = begin(job);
      if (work) again = Waiting{job.id, std::move(*work)};
      else job.state = "failed", job.message = work.error().text();
    }
    if (job.state != before) job.ended = clock_.now(), mended.push_back(job);
    std::lock_guard lock(mutex_);
    last_ = std::max(last_, job.id);
    if (again) waiting_.push_back(std::move(*again));
    jobs_[job.id] = std::move(job);
  }
  for (const Job& job : mended) write_record([&] { records_->put(job); });
  for (int64_t id : drop_oldest()) write_record([&] { records_->forget(id); });
}

void Jobs::go_on() {
  {
    std::lock_guard lock(mutex_);
    paused_ = false;
  }
  ready_.notify_one();
}

std::vector<int64_t> Jobs::drop_oldest() {
  std::lock_guard lock(mutex_);
  std::vector<int64_t> out;
  while (jobs_.size() > kKept && jobs_.begin()->second.ended) {
    if (!jobs_.begin()->second.ask.is_null()) out.push_back(jobs_.begin()->first);
    jobs_.erase(jobs_.begin());
  }
  return out;
}

base::Result<Job> Jobs::add(std::string kind, std::string title, std::string by, WorkFunction work,
                            base::Json ask) {
  std::lock_guard in_order(records_mutex_);
  Job job;
  job.kind = std::move(kind);
  job.title = std::move(title);
  job.by = std::move(by);
  job.state = "waiting";
  job.queued = clock_.now();
  job.ask = std::move(ask);
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= kMostWaiting)
      return base::Error{"job.full", stopping_ ? "服务正在停止" : "等待的任务太多", "", "请等前面的任务完成"};
    job.id = ++last_;
  }
  // Recorded before it can begin: a server that dies now has not lost it.
  if (records_ && !job.ask.is_null()) records_->put(job);
  {
    std::lock_guard lock(mutex_);
    jobs_[job.id] = job;
    waiting_.push_back({job.id, std::move(work)});
  }
  for (int64_t id : drop_oldest())
    if (records_) write_record([&] { records_->forget(id); });
  changed_(job);
  ready_.notify_one();
  return job;
}

std::vector<Job> Jobs::all() const {
  std::lock_guard lock(mutex_);
  std::vector<Job> out;
  for (auto at = jobs_.rbegin(); at != jobs_.rend(); ++at) out.push_back(at->second);
  return out;
}

std::optional<Job> Jobs::find(int64_t id) const {
  std::lock_guard lock(mutex_);
  auto at = jobs_.find(id);
  if (at == jobs_.end()) return std::nullopt;
  return at->second;
}

void Jobs::update(int64_t id, Keep keep, const std::function<void(Job&)>& change) {
  Job copy;
  {
    std::lock_guard in_order(records_mutex_);
    {
      std::lock_guard lock(mutex_);
      auto at = jobs_.find(id);
      if (at == jobs_.end()) return;
      change(at->second);
      copy = at->second;
    }
    auto now = std::chrono::steady_clock::now();
    if (records_ && !copy.ask.is_null() &&
        (keep == Keep::now || (keep == Keep::seldom && now - kept_ >= kProgressKept))) {
      kept_ = now;
      write_record([&] { records_->put(copy); });
    }
  }
  changed_(copy);
}

base::Status Jobs::cancel(int64_t id) {
  {
    std::lock_guard lock(mutex_);
    auto at = jobs_.find(id);
    if (at == jobs_.end() || at->second.ended) return base::Error{"job.ended", "任务已经结束", "", ""};
    if (id == running_) {
      cancel_running_ = true;
      return {};
    }
    std::erase_if(waiting_, [&](const Waiting& w) { return w.id == id; });
  }
  update(id, Keep::now, [&](Job& job) {
    job.state = "cancelled";
    job.ended = clock_.now();
  });
  return {};
}

void Jobs::run_one(Waiting next) {
  update(next.id, Keep::now, [&](Job& job) {
    job.state = "running";
    job.started = clock_.now();
  });
  std::string state = "done", message;
  Json result, error;
  try {
    Run run(*this, next.id);
    auto outcome = next.work(run);
    if (outcome) {
      result = std::move(*outcome);
    } else {
      state = "failed";
      const base::Error& why = outcome.error();
      message = why.text();
      error = JsonObject{{"code", why.code}, {"message", why.message}, {"where", why.where}, {"hint", why.hint}};
    }
  } catch (const Cancelled&) {
    std::lock_guard lock(mutex_);
    state = stopping_ && !cancel_running_ ? "interrupted" : "cancelled";
    if (state == "interrupted") message = kInterrupted;
  } catch (const std::exception& e) {
    state = "failed";
    message = e.what();
  }
  update(next.id, Keep::now, [&](Job& job) {
    job.state = state;
    if (state != "cancelled") job.message = message;
    if (state == "done") job.done = job.total;
    job.result = std::move(result);
    job.error = std::move(error);
    job.ended = clock_.now();
  });
}

void give_way() {
  (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), 10);  // of this thread only
}

void Jobs::work() {
  give_way();
  for (;;) {
    Waiting next;
    {
      std::unique_lock lock(mutex_);
      running_ = 0;
      cancel_running_ = false;
      ready_.wait(lock, [&] { return stopping_ || (!paused_ && !waiting_.empty()); });
      if (stopping_) return;
      next = std::move(waiting_.front());
      waiting_.pop_front();
      running_ = next.id;
    }
    run_one(std::move(next));
  }
}

void Jobs::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    waiting_.clear();
  }
  ready_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace guanhu::api
