// Customers that may be one and the same: found by the sealed identity number, by name with birthday, telephone or
// place; judged by a decision of a pack (how many points, from which on it is worth a look); kept until somebody
// merges them or says that they are two.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "customers/merge.h"

namespace guanhu::customers {

// How two customers are alike.
struct Likeness {
  bool number = false, name = false, birthday = false, phone = false;
  int address = 0;  // in 1/100: 100 the same, 0 nothing alike or not known
};
struct Candidate {
  std::string one, other;  // one < other
  Likeness like;
};
// Pairs worth judging, at most `limit`; who is merged already counts as his canonical number. No number is opened:
// sealed ones are compared.
std::vector<Candidate> find_candidates(warehouse::Warehouse& db, const Merges& merges, size_t limit);

// How alike two addresses are: pairs of neighbouring characters in common, in 1/100. Blanks and commas do not
// count.
int alike(const std::string& one, const std::string& other);

struct Pair {
  std::string one, other;
  int64_t score = 0;                 // in 1/100 of a point
  std::vector<std::string> reasons;  // of the decision
  std::string state;                 // open, dismissed
  std::string found_at, seen_at, decided_at, decided_by, why;
};
// Keeps what a search found: new pairs, new scores; pairs somebody dismissed stay dismissed; open ones that were
// not found again go. How many are new.
struct Judged {
  std::string one, other;
  int64_t score = 0;
  std::vector<std::string> reasons;
};
int64_t keep_pairs(store::Session& session, const std::vector<Judged>& judged, const Doing& doing);
std::vector<Pair> pairs(store::Session& session, const std::string& state);  // highest score first
// Says that they are two, or (reopen) that one should look again. Refused: pair.unknown, pair.state, merge.reason.
base::Result<Pair> dismiss_pair(store::Session& session, const std::string& one, const std::string& other,
                                bool reopen, const std::string& why, const Doing& doing);

}  // namespace guanhu::customers
