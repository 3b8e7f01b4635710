// The people of a kept appraisal with its figures under the names that decisions ask for.
#pragma once
#include <string>
#include <vector>

#include "appraisal/named_inputs.h"
#include "base/period.h"
#include "store/store.h"

namespace guanhu::appraisal {

struct RunPerson {
  std::string id, name, org, branch;
  Names told;  // figures, scores, 考核总分, 考核等级; facts recorded for the scheme's period
};
// By id. `scheme` and `period` name the figures' place, for whoever opens them.
std::vector<RunPerson> people_of_run(store::Session& session, int64_t run, const std::string& scheme,
                                     const std::string& period);

}  // namespace guanhu::appraisal
