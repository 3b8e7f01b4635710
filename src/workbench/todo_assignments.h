// What waits of claims, hand-overs and recorded assignments: an answer, a decision, a signature, a second person.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "people/directory.h"
#include "store/store.h"

namespace guanhu::workbench {

class RoleFinder;

struct AssignmentWait {
  std::string source;  // "claim", "handover", "assignment"
  std::string who;     // member of staff; "": whoever may check what somebody else recorded
  std::string maker;   // login that may not
  std::string org;     // it belongs to
  std::string object, title, link;
  std::optional<base::Date> due;
};
std::vector<AssignmentWait> assignment_waits(store::Session& session, const RoleFinder& finder);

}  // namespace guanhu::workbench
