// Decisions that were asked: what was given, what came out, under which version; and what would have come
// out under another.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "policy/pack.h"
#include "store/store.h"

namespace guanhu::policy {

struct RecordedDecision {
  int64_t id = 0;
  std::string asked_at, asked_by, pack, decision, pack_hash;
  base::Date on;
  base::Json input;
  base::Json answer;  // {"result", "cites"} or {"error": {"code", "message", "where"}}
};

// Within a transaction of the caller, or alone. The record's id.
int64_t record_decision(store::Session& store, const RecordedDecision& asked);

struct DecisionFilter {
  std::string pack, decision;          // "" any
  std::optional<base::Date> from, to;  // days (UTC) on which it was asked, both included
  int64_t id = 0;                      // 0 any
};
// Newest first, at most `limit`.
std::vector<RecordedDecision> recorded_decisions(store::Session& store, const DecisionFilter& filter,
                                                 size_t limit);

struct ReplayDifference {
  RecordedDecision was;
  base::Json now;  // as `answer`
};
struct Replay {
  size_t asked = 0, same = 0, different = 0;
  std::vector<ReplayDifference> differences;  // newest first
};
// Asks every recorded decision again, of another version of its pack, on the same day. Decisions that refuse the
// question in both are the same whatever their words.
Replay replay(const std::vector<RecordedDecision>& recorded, const Pack& pack);

// {"result", "cites"} or {"error": ...}: what is recorded.
base::Json answer_of(const Pack& pack, const std::string& decision, const base::Json& input, base::Date on);

}  // namespace guanhu::policy
