// Customers that are one and the same: which number leads to which, who said so, and how it is taken back.
//
// A merge changes no fact and no writing: it only says that a number leads to another. Whoever shows or counts
// customers asks `canonical` for the number that stands for it and `members` for all that are read together;
// taking a merge back therefore restores exactly what was.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "customers/customer.h"

namespace guanhu::customers {

class Merges {
 public:
  // All that hold now.
  static Merges load(store::Session& session);

  bool empty() const { return into_.empty(); }
  // The number that stands for it: itself, unless it was merged into another (through any number of merges).
  const std::string& canonical(const std::string& customer) const;
  // All numbers that stand for the same customer, the canonical one first, the others in order.
  std::vector<std::string> members(const std::string& customer) const;
  bool absorbed(const std::string& customer) const { return into_.contains(customer); }
  const std::map<std::string, std::string>& into() const { return into_; }  // absorbed to the next

 private:
  std::map<std::string, std::string> into_;
  std::multimap<std::string, std::string> from_;
};
// The same for one number, without reading the others.
std::string canonical_id(store::Session& session, const std::string& customer);

struct Merge {
  int64_t id = 0;
  std::string survivor, absorbed;
  std::string state;                 // proposed, made, rejected, undone
  std::optional<int64_t> score;      // in 1/100
  std::vector<std::string> reasons;  // why they look alike
  std::string why, proposed_at, proposed_by, decided_at, decided_by, decided_why, undone_at, undone_by, undone_why;
};

struct MergeAsked {
  std::string survivor, absorbed, why;
  std::optional<int64_t> score = {};
  std::vector<std::string> reasons = {};
  bool two_persons = true;  // the pack's: else it holds at once
};
// Refused: merge.same, merge.taken (one of the two was merged already, or somebody asked for it), merge.reason.
// That both are customers and that the pack lets them be one has been checked.
base::Result<Merge> propose_merge(store::Session& session, const MergeAsked& asked, const Doing& doing);
// By somebody else than who proposed it. Refused: merge.unknown, merge.state, merge.self, merge.reason (a refusal
// needs one), merge.taken.
base::Result<Merge> decide_merge(store::Session& session, int64_t id, bool accept, const std::string& why,
                                 const Doing& doing);
// Takes back what was made. Refused: merge.unknown, merge.state, merge.reason.
base::Result<Merge> undo_merge(store::Session& session, int64_t id, const std::string& why, const Doing& doing);

base::Result<Merge> merge(store::Session& session, int64_t id);
struct MergeFilter {
  std::string state;     // "": any
  std::string customer;  // one of the two; "": any
};
std::vector<Merge> merges(store::Session& session, const MergeFilter& filter);  // newest first

}  // namespace guanhu::customers
