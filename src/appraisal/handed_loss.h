// Who answers for a loan that was handed over: what each hand-over agreed stays (以前的责任不因为移交变化), and a
// later one shares only what its giver still bears. A loss takes the managers' part of it from all of them.
//
// A pack says in its `deposit-plan`, member 移交, which role's part follows the hand-overs ("客户经理"); without
// it none does.
//
// RDP-601, ARC-305
#pragma once
#include <string>
#include <vector>

#include "appraisal/deposit_orders.h"
#include "attribution/handover.h"

namespace guanhu::appraisal {

struct HandedShare {
  std::string staff;
  base::Decimal share;
};
struct HandedLoan {
  std::vector<attribution::LiabilityShare> steps;  // oldest hand-over first, its giver before its taker
  std::vector<HandedShare> shares;                 // who answers on the day, in that order; together exactly 1
};
// Hand-overs that take effect on the day or before it; empty: none did. Refused: order.handover (a giver who had
// nothing of it by the hand-overs before: it came to him another way, and a person must say who answers).
base::Result<HandedLoan> handed_loan(store::Session& session, const std::string& loan, base::Date on);

// The lines of that role in one, shared out again by the hand-overs; whose share is 0 has no line. Refused:
// order.handover (somebody in that role who never had the loan; nobody in that role).
base::Result<std::vector<Liable>> liable_by_handover(const HandedLoan& loan, const std::string& role,
                                                     const std::vector<Liable>& liable);

// {"role", "part", "apart", "steps": [{"handover", "from", "staff", "share", "policy", "why"}], "shares"}: what an
// order keeps of it. `part`: what the role bears of the loss; `apart`: it was found otherwise, nothing was shared.
base::Json handed_json(const HandedLoan& loan, const std::string& role, const base::Decimal& part, bool apart);

}  // namespace guanhu::appraisal
