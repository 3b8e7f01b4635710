// The record of an evaluation: every sub-expression with its value, in the order of evaluation.
#pragma once
#include <vector>

#include "feel/ast.h"
#include "feel/value.h"

namespace guanhu::feel {

struct Trace {
  struct Step {
    const Node* node;  // of the program's tree; its range is the place in the source
    Value value;
    int depth;  // 0: the whole expression
  };
  std::vector<Step> steps;  // parts before the whole; literals are left out
  size_t limit = 10'000;    // further steps are only counted
  size_t left_out = 0;
  int depth = 0;  // used while evaluating
};

}  // namespace guanhu::feel
