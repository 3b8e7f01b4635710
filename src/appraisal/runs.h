// Runs in the store: each is kept once, with every holder's result, under its hash.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "appraisal/run.h"
#include "base/clock.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::appraisal {

std::span<const store::Migration> run_migrations();

// Keeps the run as a draft, unless one of the same scheme, period and hash is there. In one
// transaction. Returns its number. `also` is called inside the transaction with the number and whether the
// run is new: for its audit record.
int64_t save_run(store::Session& session, const Run& run, base::Clock& clock,
                 const std::function<void(int64_t id, bool fresh)>& also = {});

// A run that is kept, without its holders.
struct KeptRun {
  int64_t id = 0;
  std::string scheme, period;
  std::optional<std::string> known_at;
  std::string pack_hash, engine, run_hash, state, created_at;
  int64_t holders = 0;
  base::Json summary;  // {"sums": [...], "warnings": [...]}
};
// Newest first; with `id` that one, or nothing.
std::vector<KeptRun> kept_runs(store::Session& session, std::optional<int64_t> id = std::nullopt);

}  // namespace guanhu::appraisal
