// Publishing and sealing as a whole: find out (the run made again, its pack, the days, the statements), then write
// in one transaction.
#pragma once
#include "appraisal/life_replay.h"

namespace guanhu::appraisal {

// Makes the run again and publishes it only when that gives the very same figures, with its pack kept and its
// known moment pinned. `maker`: who made the run, when nothing is recorded of that. Refused: as publish() and
// remake(), and life.stale (the facts are others by now).
base::Result<RunLife> publish_run(const Desk& desk, int64_t run, const std::string& maker, const LifeDoing& doing);

// The second signature: the statements of all holders under one root. Refused: as seal().
base::Result<RunLife> seal_run(const Desk& desk, int64_t run, const LifeDoing& doing);

// What a holder's statement is made of; without a salt. Refused: life.unknown, dispute.holder.
base::Result<StatementData> statement_data(store::Session& session, int64_t run, const std::string& holder);

// The receipt of a holder of a sealed run. Refused: life.unknown, life.state (not sealed), dispute.holder.
base::Result<Receipt> receipt_of(store::Session& session, int64_t run, const std::string& holder);

}  // namespace guanhu::appraisal
