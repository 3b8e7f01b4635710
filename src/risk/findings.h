// Findings as a bank keeps them: what the last scan of a period saw, and what people decided. A decision
// belongs to the event, not to the scan: a scan made again, or one of a longer period, meets it again.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "risk/scan.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::risk {

std::span<const store::Migration> migrations();

struct Decision {
  std::string state;  // "accepted": the money does not count; "dismissed": it does; "open": looked at again
  std::string reason, by, staff, at;  // staff: the decider's, "" when not a member of staff
  std::string amount;                 // what the finding said when it was decided
};

struct KeptFinding {
  std::string id, kind, period, day, subject_kind, subject_id, customer_id;
  std::string amount, unit;  // exact decimal
  std::vector<std::string> managers;
  std::string state = "open";         // open, accepted, dismissed
  bool present = true;                // false: the last scan of the period no longer saw it
  bool changed = false;               // the amount is another one than when it was decided
  std::string first_seen, last_seen;  // moments
  base::Json finding;                 // as finding.h writes it
  std::vector<Decision> decisions;    // oldest first
};

struct KeptScan {
  std::string period, kind, at, by, pack, pack_hash, known, reached;
  int64_t findings = 0;
  base::Json notes;
};

// Who does something and when; `also` runs inside the same transaction (the audit record).
struct Doing {
  std::string actor;
  base::Instant at;
  std::function<void(const std::string& subject, const base::Json& detail)> also = {};
};

struct Kept {
  size_t fresh = 0, again = 0, gone = 0;
};
// Replaces what was kept of the scan's period and kinds. Decisions stay.
Kept keep(store::Session& session, const Scan& scan, const Doing& doing);

struct FindingFilter {
  std::optional<std::string> id, period, kind, state, subject, manager, customer;
  bool gone = false;  // also those that are no longer seen
};
// By period, kind, day, subject; without decisions' texts unless one id is asked for.
std::vector<KeptFinding> findings(store::Session& session, const FindingFilter& filter);
std::vector<KeptScan> scans(store::Session& session);  // the last of each period and kind

// Records a decision. `staff`: the deciding member of staff, "" for someone who is none. Refused:
// risk.unknown, risk.state (no such state, or it is in that state and unchanged), risk.reason (under four
// characters), risk.self (the finding touches the figures of `staff`), risk.gone (no longer seen).
base::Result<KeptFinding> decide(store::Session& session, const std::string& id, const std::string& state,
                                 const std::string& reason, const std::string& staff, const Doing& doing);

// With its state and decisions.
base::Json to_json(const KeptFinding& finding);
// What a list shows: no evidence, no effects.
base::Json summary_of(const KeptFinding& finding);

}  // namespace guanhu::risk
