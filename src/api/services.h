// What handlers work with: connections, facts, packs, jobs, events, sessions. One for a server; used by all of its
// workers at the same time.
#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/draft_room.h"
#include "api/endpoint.h"
#include "api/facts.h"
#include "api/job_records.h"
#include "api/jobs.h"
#include "api/packs.h"
#include "api/policy_book.h"
#include "api/pool.h"
#include "api/simulations.h"
#include "audit/chain.h"
#include "feed/bank.h"
#include "http/events.h"
#include "http/log.h"
#include "policy/life.h"
#include "store/migrations.h"

namespace guanhu::api {

// Tables of this module: preferences of logins, refused imports.
std::span<const store::Migration> migrations();

struct ServiceOptions {
  std::filesystem::path policies;
  std::optional<std::filesystem::path> feed;  // where the night batch leaves its folders
  size_t hashing = 2;                         // passwords hashed at the same time
};

class WorkshopDesk;

class Services {
 public:
  // `bank`, `log` and `clock` must outlive it.
  Services(feed::Bank& bank, ServiceOptions options, http::LogSink& log, base::Clock& clock);
  ~Services();  // stop()

  base::Clock& clock() { return clock_; }
  const ServiceOptions& options() const { return options_; }
  // Only again(), folder() and personal_key() may be called: it belongs to the main thread.
  feed::Bank& bank() { return bank_; }
  Packs& packs() { return packs_; }
  policy::PolicyLife& policy_life() { return policy_life_; }
  Books& books() { return books_; }
  Simulations& simulations() { return simulations_; }
  DraftRoom& drafts() { return drafts_; }
  WorkshopDesk& workshop() { return *workshop_; }
  Jobs& jobs() { return *jobs_; }
  http::EventHub& events() { return events_; }

  Pool<store::Session>::Loan store() { return stores_.take(); }
  Pool<warehouse::Warehouse>::Loan warehouse() { return warehouses_.take(); }

  std::shared_ptr<const Facts> facts() const;
  // Makes the facts anew, appraises what was in use before, then lets readers see them. On the job thread.
  void refresh();
  // Queues the first look at everything readers will ask for.
  void warm_up();
  // Jobs that an earlier server left: what waited waits again, what ran is interrupted. Once, at the start.
  void take_up_jobs();

  // Held by whoever imports: jobs and commands of the command line.
  std::mutex& writing() { return writing_; }

  // The visitor a token belongs to. Looked up at most every two seconds for one token; forget_sessions()
  // makes changes of logins count at once.
  std::optional<people::Visitor> visitor(const std::string& token);
  void forget_sessions();
  // The same without looking anything up: nothing when it is not known just now.
  std::optional<people::Visitor> known_visitor(const std::string& token);

  // A turn at hashing a password; nothing when too many wait.
  class HashTurn {
   public:
    explicit HashTurn(Services& of) : of_(&of) {}
    HashTurn(HashTurn&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
    HashTurn& operator=(HashTurn&&) = delete;
    ~HashTurn() {
      if (of_) of_->hashing_.release();
    }

   private:
    Services* of_;
  };
  std::optional<HashTurn> hash_turn();

  // To the browsers that listen to the topic ("all", "user:LOGIN", "imports"); level: info, warn. `link`: a page.
  void notice(const std::string& topic, const char* level, const std::string& title, const std::string& text,
              const std::string& link);
  // For the log of the server: what went wrong without a request.
  void log_error(std::string_view what);
  void stop();

 private:
  friend class HashTurn;
  void warm(const Facts& facts, const std::vector<std::pair<SchemeName, base::Period>>& wanted, JobRun* run);
  void tell_job(const Job& job);

  feed::Bank& bank_;
  ServiceOptions options_;
  http::LogSink& log_;
  base::Clock& clock_;
  Packs packs_;
  policy::PolicyLife policy_life_;
  Books books_;
  Simulations simulations_;
  DraftRoom drafts_;
  std::unique_ptr<WorkshopDesk> workshop_;
  http::EventHub events_{{}};
  Pool<store::Session> stores_;
  Pool<warehouse::Warehouse> warehouses_;
  mutable std::mutex facts_mutex_;
  std::shared_ptr<const Facts> facts_;
  std::mutex writing_;
  std::counting_semaphore<64> hashing_;
  std::atomic<int> waiting_to_hash_{0};
  struct Seen {
    std::optional<people::Visitor> visitor;
    int64_t until = 0;
  };
  std::mutex sessions_mutex_;
  std::unordered_map<std::string, Seen> sessions_;
  uint64_t sessions_age_ = 0;
  std::atomic<uint64_t> notices_{0};
  StoredJobs records_{stores_, [this](std::string_view what) { log_error(what); }};
  std::unique_ptr<Jobs> jobs_;  // last: its thread uses the rest
};

// An audit record of what a visitor does; inside a transaction of the session.
void record(store::Session& session, const std::string& actor, std::string action, std::string subject,
            base::Json detail, base::Clock& clock);

}  // namespace guanhu::api
