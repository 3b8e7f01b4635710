// A past period under other rules, beside what it came to: who gains, who loses, whose grade changes, what it
// costs.
//
//   auto simulator = Simulator::open(bank.again(), policies, {"sample/经营业绩", "2025Q4"});
//   auto made = (*simulator)->simulate(ask);      // again and again: only what a change moves is evaluated
//
// Every value is computed by the ordinary evaluation from the same facts at the same known moment; nothing is
// estimated. A simulator belongs to one thread at a time.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "appraisal/evaluate.h"
#include "appraisal/life_replay.h"
#include "appraisal/simulate_ask.h"
#include "appraisal/step_cache.h"
#include "base/money.h"
#include "feed/bank.h"

namespace guanhu::appraisal {

// What is compared with.
struct SimulationBase {
  std::string kind;  // "sealed", "published", "disputed", "draft", "computed" (no run is kept: made now)
  int64_t run = 0;   // 0: computed
  std::string run_hash, pack_hash;
  std::optional<base::Instant> known_at;
};

// What one person is paid: what is earned less what is deducted (deposits are the person's own money), and what is
// paid out.
struct SimulatedPay {
  base::Fen cost = 0, net = 0;
  size_t open = 0;  // lines that could not be worked out
};

struct SimulatedHolder {
  std::string id, name, org, branch;
  std::optional<HolderResult> before, after;  // nothing: not among the holders there
  std::optional<SimulatedPay> pay_before, pay_after;
  // after - before; nothing where one of them is missing.
  std::optional<base::Decimal> change() const;
};

// The weight of a score that is another one; nothing: the scheme did not count it, or does not any more.
struct SimulatedWeight {
  std::string name;
  std::optional<base::Decimal> before, after;
};

struct Simulation {
  SimulationAsk ask;
  SimulationBase base;
  std::string title;                          // of the scheme
  RunPack pack;                               // as simulated
  std::optional<RunPack> pay_pack, pay_base;  // by which is paid, after and before
  std::shared_ptr<const Evaluation> after;
  std::vector<SimulatedHolder> holders;  // by id
  std::vector<SimulatedWeight> weights;  // those that changed: they move totals though no score moves
  std::vector<std::string> notes;        // what the reader must know
  size_t steps = 0, reused = 0;          // of the scheme; how many were not evaluated again
  bool paid() const { return ask.pay.has_value(); }
  // SHA-256 over base, changes' outcome and every holder's totals, grades and pay: the same again means the same.
  std::string hash() const;
};

struct SimulationPlace {
  std::string scheme, period;
  int64_t base = 0;
  std::optional<base::Instant> known_at;
};

// The kept run that a simulation of this place is compared with; 0: none, it is made now. Refused: life.unknown,
// simulate.base.
base::Result<int64_t> base_of(store::Session& session, const SimulationPlace& place);

class Simulator {
 public:
  // Refused: life.unknown, life.pack, scheme.period, policy.*, simulate.base (the run is of another scheme or
  // period), simulate.stale (the kept run cannot be made again), and what evaluating refuses.
  static base::Result<std::unique_ptr<Simulator>> open(feed::Bank bank, std::filesystem::path policies,
                                                       const SimulationPlace& place);
  ~Simulator();

  const SimulationBase& base() const;
  const Evaluation& before() const;
  const people::Directory& directory() const;
  // That gave the figures of the simulation made last.
  measures::Engine& engine(const Simulation& of);

  // Refused: simulate.target (no plan of that name, no such holder), simulate.parameter and its like
  // (simulate_pack.h), measure.reassign, pay.plan, and what evaluating refuses.
  base::Result<Simulation> simulate(const SimulationAsk& ask);
  // The same with packs that are there already: of a kept simulation.
  base::Result<Simulation> simulate_with(const SimulationAsk& ask, RunPack pack, std::optional<RunPack> pay_pack);
  // Another evaluation of the simulated scheme, with values in the place of some (whoever asks "what if").
  base::Result<std::shared_ptr<const Evaluation>> evaluate_with(const Simulation& of,
                                                                const std::vector<Replacement>& replaced);

 private:
  struct Work;
  explicit Simulator(std::unique_ptr<Work> work);
  std::unique_ptr<Work> work_;
};

// What a simulation of pay knows of people (PayChange::known_at). Nothing: nothing was ever recorded.
std::optional<base::Instant> pay_known_at(store::Session& session, const std::string& pack,
                                          const std::string& scheme, const std::string& period);

// The pay of people by results: of the base by the pack as it is, of the simulation by the changed one.
struct PayQuestion {
  const policy::Pack* pack = nullptr;
  const PayChange* ask = nullptr;
  const Run* run = nullptr;
};
// By holder. Refused: pay.plan, pay.date, pay.nobody.
base::Result<std::map<std::string, SimulatedPay>> simulated_pay(store::Session& session,
                                                                const people::Directory& directory,
                                                                const PayQuestion& question);

}  // namespace guanhu::appraisal
