// Runs in the store: each is kept once, with every holder's result, under its hash.
#pragma once
#include <span>
#include <string>

#include "appraisal/run.h"
#include "base/clock.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::appraisal {

std::span<const store::Migration> run_migrations();

// Keeps the run as a draft, unless one of the same scheme, period and hash is there. In one
// transaction. Returns its number.
int64_t save_run(store::Session& session, const Run& run, base::Clock& clock);

}  // namespace guanhu::appraisal
