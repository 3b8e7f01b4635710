// Opens what a decision said of a holder: the decision and those it asked, the inputs they took, and where
// each of these came from.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "appraisal/evaluate.h"
#include "appraisal/tree.h"

namespace guanhu::appraisal::detail {

// What a part of the result ("总分", "等级", a score of 得分, another output) rests on.
struct Grounds {
  std::set<std::string> inputs;           // of the scheme's decision
  std::vector<std::string> requirements;  // names under which it asked other decisions, in order
};
// Nothing: the decision gives no such part. "" is the whole result.
std::optional<Grounds> grounds_of(const policy::Pack& pack, const policy::Decision& decision,
                                  const std::string& part);

// The steps that these inputs read.
std::vector<size_t> steps_of(const Evaluation& evaluation, const Grounds& grounds);

// `step`: the node of a step of the scheme.
Node decided_node(const Evaluation& evaluation, size_t holder, const std::string& part, const Grounds& grounds,
                  const std::function<Node(size_t step)>& step);

// The node of a recorded fact.
Node recorded_node(const Evaluation& evaluation, size_t holder, size_t step);

}  // namespace guanhu::appraisal::detail
