// Jobs in the store: a row each, so that they outlive the server.
#pragma once
#include <functional>
#include <string>

#include "api/jobs.h"
#include "api/pool.h"
#include "store/store.h"

namespace guanhu::api {

class StoredJobs : public JobRecords {
 public:
  // Both must outlive it.
  StoredJobs(Pool<store::Session>& stores, std::function<void(std::string_view)> log_error)
      : stores_(stores), log_error_(std::move(log_error)) {}
  std::vector<Job> all() override;
  void put(const Job& job) override;
  void forget(int64_t id) override;
  void failed(const std::string& what) override { log_error_("a job could not be recorded: " + what); }

 private:
  Pool<store::Session>& stores_;
  std::function<void(std::string_view)> log_error_;
};

}  // namespace guanhu::api
