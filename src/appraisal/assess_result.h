// From marks to a person's figure. Pure, exact decimals; docs/qualitative-appraisal.md has the formulas.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "appraisal/assess.h"
#include "policy/form.h"

namespace guanhu::appraisal {

using MaybeDecimal = std::optional<base::Decimal>;

// One handed-in form, reduced to what counts.
struct Ballot {
  size_t group = 0;
  std::vector<MaybeDecimal> items;  // sum of marks / sum of full marks of the entries that were judged, 0 to 1;
                                    // nothing: none was
  bool same = false;                // every judged entry (two at least) has the same share of its full mark
};
Ballot ballot_of(const policy::Form& form, size_t group, const base::Json& marks);

// Points of the whole form: each item's share times its weight, over the items that were judged. Of 100.
MaybeDecimal per_cent_of(const policy::Form& form, const std::vector<MaybeDecimal>& items);

// Mean after the k = floor(n * share) lowest and highest are cut off. `values` must not be empty.
base::Decimal trimmed_mean(std::vector<base::Decimal> values, const base::Decimal& share);

struct GroupFigure {
  size_t assigned = 0, submitted = 0;
  std::vector<MaybeDecimal> items;  // points: share * weight of the item
  MaybeDecimal total;               // points of the form's full total
  bool hidden = false;              // anonymous and too few: only the total of all groups is shown
};

struct PersonFigure {
  MaybeDecimal total;  // rounded half up to the plan's digits; of `full`
  base::Decimal full;  // sum of the items' weights
  std::string reason;  // why there is no total
  size_t assigned = 0, submitted = 0;
  std::vector<MaybeDecimal> items;  // points
  std::vector<GroupFigure> groups;
  bool remarks = true;  // may be shown
};

// `assigned`: forms of each group that were given out (those of people who stepped aside left out).
PersonFigure figure_of(const policy::Form& form, const PlanSpec& spec, const std::vector<Ballot>& ballots,
                       const std::vector<size_t>& assigned);

}  // namespace guanhu::appraisal
