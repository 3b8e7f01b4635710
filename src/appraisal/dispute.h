// Disputes of a published result: the person it is about names a figure, what they think is right and why (申诉);
// somebody else decides with a reason; who is refused may ask once more (复议). What a claim would change is
// computed before anyone decides, and what is granted becomes a correction in a new draft of the run.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "appraisal/life_replay.h"

namespace guanhu::appraisal {

struct Document {
  std::string title, reference;  // "存款证明", "档案 2026-013" or a link; the document itself stays where it is
};

struct Dispute {
  int64_t id = 0, run = 0, stage = 1, earlier = 0, corrected_run = 0;  // 0: none
  std::string holder, figure, reason, state;  // state: open, upheld, adjusted, rejected, withdrawn
  std::optional<base::Decimal> was, granted;
  base::Decimal claimed;
  std::vector<Document> documents;
  base::Json effect, granted_effect;  // effect_of(); granted_effect only of an adjusted one
  std::string filed_at, filed_by, decided_at, decided_by, decision;
  base::Date answer_until;
  std::optional<base::Date> review_until;  // until when a rejected one may be brought again
  int64_t later = 0;                       // the 复议 that followed

  bool overdue(base::Date today) const { return state == "open" && today > answer_until; }
};

struct DisputeFilter {
  std::optional<int64_t> id, run;
  std::string holder, state;  // "" any
};
std::vector<Dispute> disputes(store::Session& session, const DisputeFilter& filter = {});  // newest first
// Refused: dispute.unknown.
base::Result<Dispute> dispute(store::Session& session, int64_t id);

struct Claim {
  int64_t run = 0;
  std::string holder, figure, claimed, reason;
  std::vector<Document> documents;
};
// By the person concerned (the caller sees to that), up to the last day for appeals. Refused: life.unknown,
// dispute.holder (not in the run), dispute.state, dispute.late, dispute.figure, dispute.number, dispute.same,
// dispute.twice, dispute.documents, life.reason.
base::Result<Dispute> file_dispute(const Desk& desk, const Claim& claim, const LifeDoing& doing);

// The second stage, on a rejected first one, by who filed it. Refused: dispute.unknown, dispute.stage,
// dispute.own, dispute.late, as above.
base::Result<Dispute> ask_review(const Desk& desk, int64_t id, const std::vector<Document>& documents,
                                 const LifeDoing& doing);

// By who filed it, while it is open. Refused: dispute.unknown, dispute.decided, dispute.own.
base::Result<Dispute> withdraw_dispute(const Desk& desk, int64_t id, const LifeDoing& doing);

struct Verdict {
  std::string outcome;  // "upheld": as claimed; "adjusted": `value` instead; "rejected"
  std::string value;
  std::string staff;  // who decides, as a member of the bank's staff; "" nobody
};
// Refused: dispute.unknown, dispute.decided, dispute.self (the person concerned), dispute.kin (a
// relative of theirs, or of who filed), dispute.maker (who made the
// run), dispute.again (who decided the first stage), dispute.outcome, dispute.number, dispute.same, life.reason,
// and dispute.result (the corrected result is one that is there already).
base::Result<Dispute> decide_dispute(const Desk& desk, int64_t id, const Verdict& verdict, const LifeDoing& doing);

}  // namespace guanhu::appraisal
