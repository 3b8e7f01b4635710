// The life of a run in a bank: draft, published (people see their own), disputed, sealed. Who did what, when and
// why is kept step by step. What must not change is refused here with a reason, and once more by the store itself.
//
// Nothing here computes a figure: what a publication or a seal rests on is found before (life_replay.h,
// seal.h) and handed in, so that each function is one short transaction.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "appraisal/runs.h"
#include "appraisal/seal.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::appraisal {

std::span<const store::Migration> life_migrations();

struct RunStep {
  std::string at, actor, what, reason;  // what: "publish", "dispute", "propose", "seal", "correct", ...
  base::Json detail;
};

struct RunLife {
  int64_t run = 0;
  std::string scheme, period, state, pack_hash, engine, run_hash;
  std::string maker;     // of the run; "" while nothing has happened to it
  std::string known_at;  // from publishing on
  std::string policy;    // where the days come from
  int64_t corrects = 0, superseded_by = 0;
  std::string published_at, published_by, proposed_at, proposed_by, sealed_at, sealed_by;
  std::optional<base::Date> notice_until, appeal_until;  // their last days
  std::string root;
  int64_t leaves = 0;
  int64_t open_disputes = 0, upheld_disputes = 0;
};

// Refused: life.unknown.
base::Result<RunLife> life_of(store::Session& session, int64_t run);
std::vector<RunStep> steps_of(store::Session& session, int64_t run);  // oldest first
// Published, disputed or sealed runs that nothing supersedes, newest first.
std::vector<RunLife> results_in_force(store::Session& session);

// Who does something, when and why; `also` runs inside the same transaction, for the audit record.
struct LifeDoing {
  std::string actor;
  base::Instant at;
  std::string reason;
  std::function<void(const RunLife&, const base::Json& detail)> also = {};
};

struct Publication {
  int64_t run = 0;
  std::string maker;  // who made the run
  base::Instant known_at;
  base::Date notice_until, appeal_until;
  std::string policy;
};

// A draft is shown to the people it is about. An earlier publication of the same scheme and period is superseded,
// unless claims are open on it. Refused: life.unknown, life.reason, life.state, life.sealed_period, life.open,
// life.later.
base::Result<RunLife> publish(store::Session& session, const Publication& publication, const LifeDoing& doing);

// Why the run cannot be sealed on `today`; nothing: it can. Codes: life.state, life.superseded, life.notice,
// life.appeal, life.open, life.review, life.corrected.
std::optional<base::Error> not_sealable(store::Session& session, const RunLife& life, base::Date today);

// The first of the two signatures. Refused: as above, life.unknown, life.reason.
base::Result<RunLife> propose_seal(store::Session& session, int64_t run, base::Date today, const LifeDoing& doing);
// The second one, by somebody else. Refused: as above, life.proposed (nobody did), life.self.
base::Result<RunLife> seal(store::Session& session, int64_t run, const Sealing& sealing, base::Date today,
                           const LifeDoing& doing);

// One line in the journal of the run; inside a transaction.
void add_step(store::Session& session, int64_t run, const std::string& what, const LifeDoing& doing,
              const base::Json& detail);
// The state that open claims leave a published run in: "disputed" or "published"; inside a transaction.
void settle_state(store::Session& session, int64_t run);
// Refused: life.reason.
base::Status check_reason(const LifeDoing& doing);

}  // namespace guanhu::appraisal
