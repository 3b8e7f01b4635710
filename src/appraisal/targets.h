// Targets split down: from the bank to its branches to their managers, so that the parts add up to the whole to
// the last unit (分 of 元, one of a count). What somebody fixed stays; the rest is shared out by largest
// remainder.
//
// A year is split over its halves, quarters or months at the managers; what branches and the bank have of a part
// is the sum of theirs: every sum holds in both directions.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/error.h"
#include "base/period.h"
#include "people/directory.h"
#include "policy/target.h"

namespace guanhu::appraisal {

struct TargetNode {
  policy::TargetOf of = policy::TargetOf::staff;
  std::string id, name;
  int parent = -1;                     // index; the bank comes first, each node behind the one above it
  base::Decimal basis;                 // last year's figure, a count of heads; below 0 it counts as 0
  std::optional<base::Decimal> given;  // what stands there now, or was put there by hand
  bool locked = false;                 // `given` stays
  std::optional<base::Decimal> share;  // of what the node above has, put by hand (0.05): only by pattern
};

// The bank, its branches (organisations without a branch above them stand for themselves) and `holders`, who are
// members of staff of the directory; without any nobody below the bank. By id.
std::vector<TargetNode> target_tree(const people::Directory& directory, const std::vector<std::string>& holders);

struct SplitValue {
  std::optional<base::Decimal> value;
  // What the node has more than those below it together (less: negative); nothing without any below it.
  std::optional<base::Decimal> difference;
  bool without = false;  // by pattern: no last year to go by, and no share put by hand; it gets no value
};
struct Split {
  std::vector<SplitValue> nodes;   // as the tree
  std::vector<std::string> notes;  // what could not be done as asked, in words
};

enum class SplitWay {
  basis,    // by `basis`: a share of any figure, of heads; who has none gets nothing
  equal,    // alike
  hand,     // as given: nothing is computed but the differences
  pattern,  // by `basis`, which is last year's same period; who has none there is named and waits for a `share`
};
// `scale`: decimals of the unit. The bank's own `given` is what is shared out. Refused: target.total (there is
// none), target.scale (a value with more decimals), target.locked (below a node more is fixed than it has, and
// nothing is left to give way; the node is named), target.share (a share below 0 or above 1, or shares by hand
// that take more than there is).
base::Result<Split> split_down(const std::vector<TargetNode>& tree, SplitWay way, int scale);

// Shares of `total` in proportion to the weights, largest remainder first, earlier ones first where they are
// alike; all weights 0 (or less): alike. The shares add up to the total. Empty weights: nothing.
std::vector<base::Decimal> shared_out(const base::Decimal& total, const std::vector<base::Decimal>& weights,
                                      int scale);

// Each node's value over the parts of its period: at the leaves by their figures of the parts a year before
// (`seasons`, as the tree; empty: alike), everybody above has the sum of those below. A leaf that had nothing then
// goes by the season of the node above it, at last alike; `notes` says who. As the tree; empty where a node has no
// value.
std::vector<std::vector<base::Decimal>> split_over(const std::vector<TargetNode>& tree, const Split& split,
                                                   const std::vector<std::vector<base::Decimal>>& seasons,
                                                   size_t parts, int scale, std::vector<std::string>& notes);

// The periods of a kind within a longer one: 2026 → 2026Q1 … 2026Q4. Empty: none.
std::vector<base::Period> periods_within(const base::Period& whole, base::PeriodKind kind);

// What is left of one holder's target of a longer period when those of its parts are taken off; only where all of
// the parts are there. "2026" against its halves, quarters, months.
struct PeriodDifference {
  policy::TargetOf of;
  std::string id, name, whole, parts;  // "2026", "2026Q1…2026Q4"
  base::Decimal difference;            // whole − parts
};
std::vector<PeriodDifference> period_differences(const std::vector<policy::TargetValue>& values);

// 2 for 元, 4 for ratios and per cents, 0 for what is counted.
int target_scale(const std::string& unit);

}  // namespace guanhu::appraisal
