// Figures by walking the change points of every account: what the moments cannot say, because it is
// not linear in the balance (a cap, a minimum) or asks for some of the accounts only (a filter). Reads
// the arrays once, on several threads, near the memory's speed.
#pragma once
#include <cstdint>
#include <limits>
#include <vector>

#include "measures/columns.h"
#include "measures/linear.h"
#include "measures/moments.h"

namespace guanhu::measures {

// What an account's balance counts for on a day: 0 below `minimum`, `cap` above it; with `count` 1
// where something is left, else 0.
struct DailyRule {
  int64_t minimum = std::numeric_limits<int64_t>::min();
  int64_t cap = std::numeric_limits<int64_t>::max();
  bool count = false;
  bool plain() const {
    return !count && minimum == std::numeric_limits<int64_t>::min() && cap == std::numeric_limits<int64_t>::max();
  }
  int64_t operator()(int64_t v) const {
    v = v < minimum ? 0 : v > cap ? cap : v;
    return count ? v != 0 : v;
  }
};

// The days on which each subject satisfies a filter; disjoint per subject, ordered.
struct Mask {
  struct Days {
    int32_t from, to;
  };
  std::vector<uint32_t> offset;
  std::vector<Days> days;
  std::span<const Days> of(size_t s) const {
    if (s + 1 >= offset.size()) return {};
    return std::span(days).subspan(offset[s], offset[s + 1] - offset[s]);
  }
};

// Sum over the days first to last of what subject s counts for.
base::Int128 stood(const Points& points, size_t s, int32_t first, int32_t last, const DailyRule& rule);

class Walk : public Linear {
 public:
  // `mask` may be null (all days of all subjects); everything given must outlive the walk.
  Walk(const Points& points, const Timelines& timelines, Divide divide, size_t owners, const DailyRule& rule,
       const Mask* mask, int threads)
      : points_(points),
        timelines_(timelines),
        divide_(divide),
        owners_(owners),
        rule_(rule),
        mask_(mask),
        threads_(threads) {}
  Sums days(int32_t first, int32_t last) override;

 private:
  template <class Rule>
  Sums part(size_t begin, size_t end, int32_t first, int32_t last, const Rule& rule) const;
  template <class Rule>
  Sums run(int32_t first, int32_t last, const Rule& rule) const;

  Points points_;
  Timelines timelines_;
  Divide divide_;
  size_t owners_;
  DailyRule rule_;
  const Mask* mask_;
  int threads_;
};

}  // namespace guanhu::measures
