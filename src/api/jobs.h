// Long work, one piece after another on a thread of its own: what waits, what runs and how far, what came of it.
//
// A job with an `ask` is recorded (job_records.h) before anybody hears of it: when the server ends or dies, what
// waited is taken up by the next one, and what ran is shown as interrupted. What the server does for itself has
// none and ends with it.
#pragma once
#include <chrono>
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
  std::string kind, title, state;  // state: waiting, running, done, failed, cancelled, interrupted
  size_t done = 0, total = 0;
  std::string message;
  base::Instant queued;
  std::optional<base::Instant> started, ended;
  std::string by;     // login; "system"
  base::Json result;  // null until it is done
  base::Json error;   // why it failed: code, message, where, hint; null: it did not, or not by a refusal
  base::Json ask;     // what was asked for, enough to begin it anew; null: not recorded

  base::Json json() const;
};

// What the work gets: it reports through it, and looks whether it shall stop.
class JobRun {
 public:
  virtual ~JobRun() = default;
  // Throws Cancelled when the job is to stop.
  virtual void progress(size_t done, size_t total, const std::string& message) = 0;
  // The same inside a transaction of the store: it is told, but not recorded, which would wait for the
  // transaction.
  virtual void tell(size_t done, size_t total, const std::string& message) = 0;
  virtual bool cancelled() const = 0;
};

// Where jobs outlive the server. Called from any thread, never by two at once.
class JobRecords {
 public:
  virtual ~JobRecords() = default;
  virtual std::vector<Job> all() = 0;  // oldest first
  virtual void put(const Job& job) = 0;
  virtual void forget(int64_t id) = 0;
  // put() or forget() threw this where nobody waits for it.
  virtual void failed(const std::string& what) = 0;
};

// The calling thread, and those it starts, go behind everybody who waits for an answer.
void give_way();

class Jobs {
 public:
  // What the work gives back is the job's result; an Error makes it fail with that message.
  using WorkFunction = std::function<base::Result<base::Json>(JobRun&)>;
  // `changed` is told of every change of a job, from any thread. `records` must outlive it; null: nothing is kept.
  Jobs(base::Clock& clock, std::function<void(const Job&)> changed, JobRecords* records = nullptr);
  ~Jobs();  // stop()

  // Reads the records: what waited waits again with the work that `begin` makes of it (an Error: it has failed),
  // what ran is interrupted. Nothing begins before go_on(). Once, before the first add().
  void take_up(const std::function<base::Result<WorkFunction>(const Job&)>& begin);
  void go_on();

  // Refused (job.full): 50 wait already, or the server is stopping.
  base::Result<Job> add(std::string kind, std::string title, std::string by, WorkFunction work,
                        base::Json ask = {});
  std::vector<Job> all() const;  // newest first; the last 200
  std::optional<Job> find(int64_t id) const;
  // Refused: job.ended. A waiting job ends at once, a running one at its next progress().
  base::Status cancel(int64_t id);
  // Waits for what runs, which is interrupted at its next progress(); what waits stays recorded as waiting.
  void stop();

 private:
  class Run;
  struct Waiting {
    int64_t id = 0;
    WorkFunction work;
  };
  void work();
  void run_one(Waiting next);
  enum class Keep { now, seldom, never };
  void update(int64_t id, Keep keep, const std::function<void(Job&)>& change);
  std::vector<int64_t> drop_oldest();  // of those, the recorded ones
  template <class Write>
  void write_record(Write write);

  base::Clock& clock_;
  std::function<void(const Job&)> changed_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Waiting> waiting_;
  std::map<int64_t, Job> jobs_;
  JobRecords* records_;
  std::mutex records_mutex_;  // taken before mutex_: records change in the order in which jobs do
  std::chrono::steady_clock::time_point kept_ = {};  // when progress was recorded last
  int64_t last_ = 0, running_ = 0;
  bool stopping_ = false, cancel_running_ = false, paused_ = false;
  std::thread thread_;
};

}  // namespace guanhu::api
