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
// By id. `scheme` and `period` name the figures' place, for whoever opens them. `with_recorded`: false for who
// looks up recorded facts by their days (facts_in_force).
std::vector<RunPerson> people_of_run(store::Session& session, int64_t run, const std::string& scheme,
                                     const std::string& period, bool with_recorded = true);

// The same of results that are not kept (a simulation's): `holders` as to_json(Run) has them.
std::vector<RunPerson> people_of_results(store::Session& session, const base::JsonArray& holders,
                                         const std::string& scheme, const std::string& period,
                                         bool with_recorded = true);

}  // namespace guanhu::appraisal
