// Who assesses whom: the plan's groups laid over the directory of a day. Pure: the same plan, day, declared
// relations and seed give the same pairs.
#pragma once
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "appraisal/assess.h"
#include "base/date.h"

namespace guanhu::appraisal {

// Declared relatives, in both orders.
using Kin = std::set<std::pair<std::string, std::string>>;

struct Pair {
  std::string assessor, assessed;
  size_t group = 0;
};
// Who takes the place of an assessor of the group who may not or will not, nearest first.
struct Reserve {
  std::string assessed;
  size_t group = 0;
  std::vector<std::string> staff;
};
// An assessor who was left out because he is a relative; `instead`: who came in for him, "" nobody.
struct LeftOut {
  std::string assessor, assessed;
  size_t group = 0;
  std::string instead;
};

struct Pairing {
  std::vector<std::string> assessed;  // everyone the plan is about, by id
  std::vector<Pair> pairs;            // no two of the same assessor and assessed, none of a person with himself
  std::vector<Reserve> reserves;
  std::vector<LeftOut> left_out;
};

// Those in post on `day` whom the selector chooses, by id.
std::vector<std::string> selected(const Selector& selector, const people::Directory& directory, base::Date day);

// Refused: assess.size (more than 100,000 forms).
base::Result<Pairing> pair_up(const PlanSpec& spec, const people::Directory& directory, base::Date day,
                              const Kin& kin, const std::string& seed);

}  // namespace guanhu::appraisal
