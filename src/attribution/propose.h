// Proposals: who should serve the customers that nobody serves, or those of somebody who leaves. A rule of the
// pack gives points to each possible manager of the branch (same outlet, same area, relations, accounts, free
// capacity); lists are worked from the top, so that capacity that was given away is gone for the next. Nothing is
// recorded by it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "attribution/rules.h"
#include "policy/pack.h"
#include "store/store.h"
#include "warehouse/warehouse.h"

namespace guanhu::attribution {

struct ProposeAsk {
  std::vector<std::string> orgs;  // whose customers: a branch with everything below; empty: the bank
  std::string leaver;             // the customers of this one; "": those nobody serves
  size_t limit = 200;             // customers
};

struct Candidate {
  std::string staff;
  Fit fit;
  FitScore score;
};
struct Proposal {
  std::string customer, name, org, area;
  int64_t deposits = 0, loans = 0;    // fen
  std::vector<std::string> holders;   // who serves it now
  std::vector<Candidate> candidates;  // best first, at most five; without those over capacity or declined
};
struct Proposals {
  std::vector<Proposal> items;  // by what is at stake: deposits and loans
  size_t in_all = 0;
};
// Refused: what the pack's decisions refuse.
base::Result<Proposals> propose(store::Session& session, warehouse::Warehouse& db,
                                const people::Directory& directory, const policy::Pack& pack,
                                const ProposeAsk& ask, base::Date day);

// The manager is not proposed for the customer again. Refused: assignment.reason.
base::Status decline(store::Session& session, const std::string& customer, const std::string& staff,
                     const std::string& why, const RegisterDoing& doing);

}  // namespace guanhu::attribution
