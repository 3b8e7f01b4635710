// What the duties of packs say on a day, before anything is written: for every thing they are about the day it is
// due.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "policy/duty_ask.h"
#include "policy/subjects.h"
#include "workbench/todo_facts.h"
#include "workbench/todo_run.h"

namespace guanhu::workbench {

struct DutyExpects {
  const policy::Pack* pack = nullptr;
  policy::DutyAsk ask;
  std::string name;                                  // "PACK/ID"
  const SubjectRows* facts = nullptr;                // null: the bank has none of the subject
  std::vector<std::pair<uint32_t, base::Date>> due;  // row, day the rule names
  std::set<std::string> failed;                      // objects whose formula failed: nothing is said about them
};

struct Expects {
  std::map<std::string, std::unique_ptr<SubjectRows>> facts;  // by subject
  std::vector<DutyExpects> duties;
  std::vector<std::string> broken;  // "PACK/ID" of duties that cannot be asked today: nothing is said about theirs
  std::vector<std::string> problems;
  int64_t failures = 0;
};

Expects expect_duties(warehouse::Warehouse& db, store::Session& session, const TodoRunAsk& ask, base::Date began,
                      const std::function<void(const std::string&)>& tell);

}  // namespace guanhu::workbench
