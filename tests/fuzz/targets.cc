#include <cstdlib>
#include <iostream>

#include "fuzz.h"

namespace guanhu::fuzz {

void require(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "fuzz: this must hold and does not: " << what << std::endl;
  std::abort();
}

std::vector<Target> all_targets() {
  std::vector<Target> targets = base_targets();
  for (const auto& more : {decision_targets(), dmn_targets(), feed_targets(), feel_targets(), policy_targets()})
    targets.insert(targets.end(), more.begin(), more.end());
  return targets;
}

}  // namespace guanhu::fuzz
