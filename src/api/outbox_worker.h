// The one who sends: a thread of the server that takes what is due from the outbox and posts it. Several servers
// of one bank share the queue; each message is taken by one of them.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.h"
#include "workbench/outbox.h"

namespace guanhu::api {

class Services;

// One post over the network, as the channel says. Blocks up to the bank's `send_timeout`. `ca_file`: for tests.
workbench::OutResult send_over(const workbench::OutChannel& channel, const workbench::OutMessage& message,
                               const std::string& phone, const workbench::BankSettings& settings,
                               base::Instant now, const std::string& ca_file = {});

// Takes the next message that is due, sends it, keeps what came of it. False: nothing was due.
bool send_next(store::Session& session, const store::PersonalKey& key, base::Clock& clock,
               const std::string& ca_file = {});

class OutboxWorker {
 public:
  // Begins at once; `services` must outlive it.
  explicit OutboxWorker(Services& services);
  ~OutboxWorker();  // stop()
  OutboxWorker(const OutboxWorker&) = delete;
  void wake();
  // Waits for the post that is on its way.
  void stop();

 private:
  void work();
  bool wait();  // false: it is to stop
  Services& services_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false, woken_ = false;
  std::thread thread_;
};

// Somebody put something in that may go at once. Nothing where no worker runs.
void wake_outbox(Services& services);

}  // namespace guanhu::api
