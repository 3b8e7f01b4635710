// A bounded pool of worker threads: where handlers run, because they block.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace guanhu::http {

class WorkerPool {
 public:
  // threads ≥ 1; at most `bound` jobs wait beside those that run.
  WorkerPool(size_t threads, size_t bound);
  ~WorkerPool();  // stop()

  // False when the queue is full or the pool stops: the job was not taken. A job must not throw.
  bool submit(std::function<void()> job);
  // Takes the job whatever the queue holds: for the next step of something already admitted. False only
  // when the pool stops.
  bool submit_admitted(std::function<void()> job);

  size_t queued() const;
  size_t busy() const;

  // Waits for running jobs; those that wait are dropped. Twice is once.
  void stop();

 private:
  void work();
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> waiting_;
  size_t bound_, busy_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace guanhu::http
