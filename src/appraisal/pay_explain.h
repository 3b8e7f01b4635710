// A line of a payslip opened like a score: the decision and its steps with the numbers put in, the article, what
// it was told and where each of that comes from, stretches of days, shares of common work, the part of a pool;
// from there on down to recorded facts, grades and the figures of the appraisal with their source rows.
//
// What is kept in the slip is believed; the decision is asked again with the very inputs, and where it says
// something else now (which a pack of the same hash cannot) the node says so.
#pragma once
#include <functional>
#include <string>

#include "appraisal/pay_runs.h"
#include "appraisal/tree.h"

namespace guanhu::appraisal {

struct SlipQuestion {
  const PayRun* run = nullptr;
  const base::Json* slip = nullptr;    // as kept
  const policy::Pack* pack = nullptr;  // that it was worked out with; null: nowhere any more, no formulas then
  base::Date on;                       // the period's last day: parameters are those of that day
  // What stands behind a source ({"kind": "run" | "fact" | "recorded" | "grade" | "joint", ...}): children for the
  // node of the input. Nothing is known: none.
  std::function<std::vector<Node>(const base::Json& source)> open;
};

// Names that open beside the lines.
inline constexpr const char* kNetName = "实发";

// Kinds of nodes: pay_line, pay_sum, pay_stretch, pay_joint, pay_pool, pay_weight, pay_step, pay_input, pay_value.
// Refused: explain.figure (no such line; the hint lists them).
base::Result<Node> explain_pay(const SlipQuestion& question, const std::string& figure);

// A recorded fact, a grade as they stand behind an input.
Node fact_node(const PeopleFact& fact);
Node grade_node(const GradeStep& step);

}  // namespace guanhu::appraisal
