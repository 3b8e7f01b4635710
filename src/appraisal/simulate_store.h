// Simulations that are kept: with every input, so that each can be made again and compared, and with what came
// out, so that it can be read when its run is long gone. What is kept never changes; its maker shares it, or takes
// it out of sight (it stays for audit).
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "appraisal/people_doing.h"
#include "appraisal/simulate.h"
#include "base/json.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::appraisal {

std::span<const store::Migration> simulation_migrations();

struct KeptSimulation {
  int64_t id = 0;
  std::string title, note;  // what it is for
  std::string scheme, period, base_kind;
  int64_t base_run = 0;
  std::string base_hash, known_at, engine, pack_hash, pay_pack_hash, hash;
  base::Json ask, summary;
  std::string made_at, made_by, shared_at, withdrawn_at;  // "" not
  int64_t holders = 0;
  bool shared() const { return !shared_at.empty(); }
};

// With the packs it rests on, in one transaction with the audit record ("simulation.make"). The same again (hash
// and changes) by the same person is the same record. Refused: simulate.title (none, or longer than 100
// characters).
base::Result<int64_t> keep_simulation(store::Session& session, const Simulation& simulation,
                                      const std::string& title, const std::string& note, const PeopleDoing& doing);
// Newest first, without those taken out of sight; with `id` that one, whatever became of it.
std::vector<KeptSimulation> kept_simulations(store::Session& session, int64_t id = 0);
// Of one: holder_json of everyone, by id.
std::vector<base::Json> kept_simulation_holders(store::Session& session, int64_t id);

// Who made it says who may see it. Refused: simulate.unknown, simulate.maker (somebody else made it),
// simulate.withdrawn.
base::Result<KeptSimulation> share_simulation(store::Session& session, int64_t id, bool shared,
                                              const PeopleDoing& doing);
base::Result<KeptSimulation> withdraw_simulation(store::Session& session, int64_t id, const PeopleDoing& doing);

// What a kept simulation stands on, to be made again: its base and its known moment.
SimulationPlace place_of(const KeptSimulation& kept);
// Made again from what is kept; `same`: it came to what it came to. Refused: life.pack and what simulating
// refuses.
struct RemadeSimulation {
  Simulation simulation;
  bool same = false;
};
base::Result<RemadeSimulation> remake_simulation(Simulator& simulator, const Desk& desk,
                                                 const KeptSimulation& kept);

}  // namespace guanhu::appraisal
