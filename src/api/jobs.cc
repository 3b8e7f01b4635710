#include "api/jobs.h"

#include <algorithm>

namespace guanhu::api {

using base::Json;
using base::JsonObject;

namespace {
constexpr size_t kKept = 200, kMostWaiting = 50;
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
                    {"started", moment(started)},
                    {"ended", moment(ended)},
                    {"by", by},
                    {"result", result}};
}

class Jobs::Run : public JobRun {
 public:
  Run(Jobs& jobs, int64_t id) : jobs_(jobs), id_(id) {}
  bool cancelled() const override {
    std::lock_guard lock(jobs_.mutex_);
    return jobs_.cancel_running_ || jobs_.stopping_;
  }
  void progress(size_t done, size_t total, const std::string& message) override {
    if (cancelled()) throw Cancelled();
    jobs_.update(id_, [&](Job& job) {
      job.done = done;
      job.total = total;
      job.message = message;
    });
  }

 private:
  Jobs& jobs_;
  int64_t id_;
};

Jobs::Jobs(base::Clock& clock, std::function<void(const Job&)> changed)
    : clock_(clock), changed_(std::move(changed)), thread_([this] { work(); }) {}

Jobs::~Jobs() { stop(); }

base::Result<Job> Jobs::add(std::string kind, std::string title, std::string by, WorkFunction work) {
  Job job;
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= kMostWaiting)
      return base::Error{"job.full", stopping_ ? "服务正在停止" : "等待的任务太多", "", "请等前面的任务完成"};
    job.id = ++last_;
    job.kind = std::move(kind);
    job.title = std::move(title);
    job.by = std::move(by);
    job.state = "waiting";
    jobs_[job.id] = job;
    while (jobs_.size() > kKept && jobs_.begin()->second.ended) jobs_.erase(jobs_.begin());
    waiting_.push_back({job.id, std::move(work)});
  }
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

void Jobs::update(int64_t id, const std::function<void(Job&)>& change) {
  Job copy;
  {
    std::lock_guard lock(mutex_);
    auto at = jobs_.find(id);
    if (at == jobs_.end()) return;
    change(at->second);
    copy = at->second;
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
  update(id, [&](Job& job) {
    job.state = "cancelled";
    job.ended = clock_.now();
  });
  return {};
}

void Jobs::run_one(Waiting next) {
  update(next.id, [&](Job& job) {
    job.state = "running";
    job.started = clock_.now();
  });
  std::string state = "done", message;
  Json result;
  try {
    Run run(*this, next.id);
    auto outcome = next.work(run);
    if (outcome) {
      result = std::move(*outcome);
    } else {
      state = "failed";
      message = outcome.error().text();
    }
  } catch (const Cancelled&) {
    state = "cancelled";
  } catch (const std::exception& e) {
    state = "failed";
    message = e.what();
  }
  update(next.id, [&](Job& job) {
    job.state = state;
    if (state != "cancelled") job.message = message;
    if (state == "done") job.done = job.total;
    job.result = std::move(result);
    job.ended = clock_.now();
  });
}

void Jobs::work() {
  for (;;) {
    Waiting next;
    {
      std::unique_lock lock(mutex_);
      running_ = 0;
      cancel_running_ = false;
      ready_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
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
