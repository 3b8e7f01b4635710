// A holder of a scheme that a decision scores: what each input of the decision is and where it comes from, and
// the answer; or what is still missing.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "feel/value.h"
#include "policy/decide.h"

namespace guanhu::appraisal {

struct GivenInput {
  std::string name;
  feel::Value value;
  bool there = false;  // false: not given; an optional input may stay away
  std::string reason;  // why it is missing although the decision needs it; else ""
};

struct DecidedHolder {
  std::vector<GivenInput> inputs;  // as CompiledScheme::sources
  std::vector<std::string> waits;  // what keeps the holder from being scored: facts missing, gates
  bool left_out = false;           // for good: then `grade` and `reason`
  std::string grade, reason;
  std::optional<policy::Answer> answer;

  // A part of the result; null when there is none.
  const feel::Value* part(std::string_view name) const;
};

// What a result has of the decision's answer, in its order, for every holder, with or without an answer: the
// scores (得分), behind the scheme's own items; and what stands beside scores, total and grade, behind its own
// figures.
std::vector<const policy::Field*> score_parts(const policy::Decision& decision);
std::vector<const policy::Field*> other_parts(const policy::Decision& decision);

}  // namespace guanhu::appraisal
