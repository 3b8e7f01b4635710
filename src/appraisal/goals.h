// From a figure of a person to the department's figure and to the goal above it (战略目标 → 部门责任 → 个人指标).
//
// A pack keeps the links in a decision `indicator-goals` without inputs: a list of {指标, 部门, 部门指标, 目标}. A
// figure may serve several departments' figures.
//
// KPI-614
#pragma once
#include <string>
#include <vector>

#include "appraisal/tree.h"
#include "base/date.h"
#include "base/error.h"
#include "policy/pack.h"

namespace guanhu::appraisal {

struct GoalLink {
  std::string figure, department, department_figure, goal;
};
// As they hold on the day; none where the pack keeps no links. Refused: what the decision refuses, and
// goals.link (a link without a figure, department, department's figure or goal, or of a figure the pack does not
// have; `where`: the decision).
base::Result<std::vector<GoalLink>> goals_of(const policy::Pack& pack, base::Date on);

// Puts "goals" into every node that is called like a linked figure: [{"department", "figure", "goal"}].
void put_goals(Node& node, const std::vector<GoalLink>& links);

}  // namespace guanhu::appraisal
