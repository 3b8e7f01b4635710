// Declared relatives among the staff: who may not assess whom.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "appraisal/assess_plan.h"

namespace guanhu::appraisal {

struct Kinship {
  int64_t id = 0;
  std::string a, b;  // members of staff, a < b
  std::string kind;  // "spouse", "parent", "child", "sibling", "other"
  std::string note;
  std::string declared_by, declared_at, ended_by, ended_at;  // "" not ended
};

// Those of one member of staff, or of everybody when it is ""; ended ones too, newest first.
std::vector<Kinship> kinships(store::Session& store, const std::string& staff);
// What counts now.
Kin kin_now(store::Session& store);
// What counts or counted at any time since the moment (RFC 3339, as the store has it): ending a relation opens no
// way to a decision that was waiting then.
Kin kin_since(store::Session& store, const std::string& moment);

// Forms between the two in running plans are taken back at once, as if the assessor had stepped aside.
// Refused: assess.kin.self (with oneself), assess.kin.known.
base::Result<Kinship> declare_kinship(store::Session& store, const std::string& one, const std::string& other,
                                      const std::string& kind, const std::string& note, const Act& act);
// Refused: assess.unknown (none, or of others when `of` is not ""), assess.kin.ended, assess.kin.party (nobody
// ends a relation of his own: another person confirms that it is over).
base::Result<Kinship> end_kinship(store::Session& store, int64_t id, const std::string& of, const Act& act);

}  // namespace guanhu::appraisal
