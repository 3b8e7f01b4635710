// How assessors judge, for the department: leniency, halo, reciprocity, forms filled in all alike, late and
// missing ones. Pure. Formulas and where they come from: docs/qualitative-appraisal.md.
#pragma once
#include <string>
#include <vector>

#include "appraisal/assess_result.h"

namespace guanhu::appraisal {

struct Given {
  std::string assessor, assessed;
  bool late = false;
  Ballot ballot;
};
// Of one assessor in one plan. Figures in points of 100.
struct AssessorQuality {
  std::string assessor;
  size_t assigned = 0, submitted = 0, late = 0;
  MaybeDecimal leniency;      // mean of (what he gave - mean of what the others gave the same person)
  MaybeDecimal halo;          // mean variance over the items of a form; low: everything looks alike to him
  size_t alike = 0;           // forms whose marks all have the same share of the full mark
  bool same_for_all = false;  // two forms at least, and every person got the same shares
  bool lenient = false, severe = false, blurred = false;  // beyond what the form says
};
// Two who assess one another and both give more than the others do.
struct PairQuality {
  std::string one, other;
  base::Decimal from_one, from_other;  // above the mean of the others
};
struct Quality {
  std::vector<AssessorQuality> assessors;  // by id
  std::vector<PairQuality> pairs;          // beyond what the form says; the most conspicuous first
  size_t mutual = 0;                       // pairs who assess one another
};

// `waiting`: assessors of forms that were never handed in.
Quality quality_of(const policy::Form& form, const std::vector<Given>& given,
                   const std::vector<std::string>& waiting);

}  // namespace guanhu::appraisal
