// What a decided scheme asks of each holder, and the answers.
#pragma once
#include "appraisal/evaluate.h"

namespace guanhu::appraisal::detail {

// The value of a recorded fact for every person, and the entries of a list for every holder.
StepValues take_recorded(const policy::SchemeStep& step, const Evaluation& evaluation);
base::Result<StepValues> take_list(const policy::SchemeStep& step, const Evaluation& evaluation,
                                   measures::Engine& engine);

// Every holder's inputs, gates and answer.
std::vector<DecidedHolder> decide_holders(const Evaluation& evaluation, const people::Directory& directory);

// Scores, total, grade and the other parts of the answer; what a holder without an answer waits for.
void fill_result(const Evaluation& evaluation, size_t holder, HolderResult& out);

}  // namespace guanhu::appraisal::detail
