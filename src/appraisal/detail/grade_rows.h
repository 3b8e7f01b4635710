// Rows that proposals and decisions on grades both write.
#pragma once
#include "appraisal/grade_proposals.h"

namespace guanhu::appraisal::detail {

inline bool blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

// Inside a transaction.
void insert_proposal(store::Session& session, const GradeProposal& proposal);

}  // namespace guanhu::appraisal::detail
