// The tree under a figure: what it is, how it came about, down to source rows. Built by explain.h,
// written as JSON and as text here.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "policy/pack.h"

namespace guanhu::appraisal {

struct Node {
  std::string kind;  // total, score, indicator, peer, measure, parameter, contribution, share, row
  std::string name;
  base::Json value;  // number, text or null
  std::string unit;
  std::string reason;                      // why there is no value
  std::string formula;                     // as the pack has it; for a measure its definition in words
  const policy::Origin* origin = nullptr;  // the article; must outlive the node
  std::string pack;                        // id, beside the origin
  std::vector<std::pair<std::string, base::Json>> fields;  // what else belongs to it, in order
  std::vector<Node> children;
};

base::Json to_json(const Node& node);
// Indented; `width` is where prose is broken.
std::string to_text(const Node& node);

}  // namespace guanhu::appraisal
