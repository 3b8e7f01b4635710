// How far a long computation is: told to whoever waits for it on this thread, who may end it there.
//
//   UnderWay heard([&](size_t done, size_t total, const std::string& what) { job.progress(done, total, what); });
//   auto run = ...;                        // evaluating, paying, remaking: each tells of its steps
//
// What `tell` throws passes through the computation and ends it. Every computation that tells does so before it
// writes, or within the transaction that is undone by it: nothing half done stays.
#pragma once
#include <cstddef>
#include <functional>
#include <string>

namespace guanhu::appraisal {

class UnderWay {
 public:
  using Tell = std::function<void(size_t done, size_t total, const std::string& what)>;
  explicit UnderWay(Tell tell);
  ~UnderWay();  // the one before it listens again
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;

 private:
  friend void under_way(size_t done, size_t total, const std::string& what);
  Tell tell_;
  UnderWay* before_;
};

// By the computation; nobody listens: nothing. `what`: "组织资金得分", "2025-09 工资".
void under_way(size_t done, size_t total, const std::string& what);

}  // namespace guanhu::appraisal
