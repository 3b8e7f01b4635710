// What waits of training and exams: sessions one is enrolled in, exams one is called to, plans and questions and
// papers that want a second person, answers that want a mark, results that can be released.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "people/access.h"
#include "store/store.h"

namespace guanhu::workbench {

struct TrainingWait {
  std::string source;  // "training", "exam"
  std::string who;     // member of staff; "": whoever holds `permission` and is not `maker`
  std::optional<people::Permission> permission;
  std::string maker, owner;  // login and member of staff that may not
  std::string org;           // it belongs to
  std::string object, title, link;
  std::optional<base::Date> due;
};
std::vector<TrainingWait> training_waits(store::Session& session, base::Date today);

}  // namespace guanhu::workbench
