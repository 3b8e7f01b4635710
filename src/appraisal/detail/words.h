// The bank's words for what the engine computes; used in explanations.
#pragma once
#include <string>

#include "appraisal/tree.h"
#include "base/period.h"
#include "feel/value.h"
#include "policy/scheme.h"

namespace guanhu::appraisal::detail {

std::string kind_word(policy::StepKind kind);       // "measure", "score", ...
std::string subject_word(const std::string& kind);  // "账户"
std::string measure_words(const policy::Measure& measure, const base::Period& period);
std::string peer_words(const policy::PeerFigure& peer);
std::string total_words(const policy::Scheme& scheme);
// The parts of a score whose formula gave a context, as fields.
void add_parts(const feel::Value& raw, Node& node);

}  // namespace guanhu::appraisal::detail
