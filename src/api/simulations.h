// Simulators kept warm: one for each result that somebody asks about, so that the second question about it costs
// only what it changes. Made anew when facts were imported since.
#pragma once
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "appraisal/simulate.h"

namespace guanhu::api {

class Services;

class Simulations {
 public:
  // `take` has the simulator for itself; others who ask about the same result wait. Refused: what Simulator::open
  // refuses, and what `take` gives.
  base::Status with(Services& services, const appraisal::SimulationPlace& place,
                    const std::function<base::Status(appraisal::Simulator&)>& take);
  // Accounts and loans that changed hands in the period of a published run, as they were known to it: later facts
  // do not change them, so that the latest asked for are kept. Refused: life.unknown, and what the engine refuses.
  using Hands = std::shared_ptr<const std::vector<measures::ChangedHands>>;
  base::Result<Hands> changed_hands(Services& services, int64_t run);

 private:
  static constexpr size_t kMost = 4;  // with all their figures: large
  static constexpr size_t kMostHands = 12;
  struct Entry {
    std::string key;
    std::mutex mutex;  // held while the simulator works
    std::unique_ptr<appraisal::Simulator> simulator;
  };
  std::shared_ptr<Entry> entry(const std::string& key);
  void forget(const std::shared_ptr<Entry>& entry);

  std::mutex mutex_;
  std::list<std::shared_ptr<Entry>> entries_;  // the latest first
  std::mutex hands_mutex_;
  std::list<std::pair<std::string, Hands>> hands_;  // by run and what it knows, the latest first
};

}  // namespace guanhu::api
