// Long work, one piece after another on a thread of its own: what waits, what runs and how far, what came of it.
// Kept while the server lives; what a job did for good stands in the store and the audit chain.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"

namespace guanhu::api {

// Thrown by work that found out that it is to stop.
class Cancelled : public std::exception {};

class JobRun;

struct Job {
  int64_t id = 0;
  std::string kind, title, state;  // state: waiting, running, done, failed, cancelled
  size_t done = 0, total = 0;
  std::string message;
  std::optional<base::Instant> started, ended;
  std::string by;     // login; "system"
  base::Json result;  // null until it is done

  base::Json json() const;
};

// What the work gets: it reports through it, and looks whether it shall stop.
class JobRun {
 public:
  virtual ~JobRun() = default;
  // Throws Cancelled when the job is to stop.
  virtual void progress(size_t done, size_t total, const std::string& message) = 0;
  virtual bool cancelled() const = 0;
};

class Jobs {
 public:
  // What the work gives back is the job's result; an Error makes it fail with that message.
  using WorkFunction = std::function<base::Result<base::Json>(JobRun&)>;
  // `changed` is told of every change of a job, from any thread.
  Jobs(base::Clock& clock, std::function<void(const Job&)> changed);
  ~Jobs();  // stop()

  // Refused (job.full): 50 wait already, or the server is stopping.
  base::Result<Job> add(std::string kind, std::string title, std::string by, WorkFunction work);
  std::vector<Job> all() const;  // newest first; the last 200
  std::optional<Job> find(int64_t id) const;
  // Refused: job.ended. A waiting job ends at once, a running one at its next progress().
  base::Status cancel(int64_t id);
  // Cancels everything and waits for what runs.
  void stop();

 private:
  class Run;
  struct Waiting {
    int64_t id = 0;
    WorkFunction work;
  };
  void work();
  void run_one(Waiting next);
  void update(int64_t id, const std::function<void(Job&)>& change);

  base::Clock& clock_;
  std::function<void(const Job&)> changed_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Waiting> waiting_;
  std::map<int64_t, Job> jobs_;
  int64_t last_ = 0, running_ = 0;
  bool stopping_ = false, cancel_running_ = false;
  std::thread thread_;
};

}  // namespace guanhu::api
