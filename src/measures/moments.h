// Balances by owner as signed events with running moments: figures of any period in time that depends
// on the number of owners only.
//
// With the events delta_t of days t: M0(y) = sum of delta_t and M1(y) = sum of delta_t × t over t <= y,
// the balance at the end of day y is M0(y) and the balance-days up to and with y are (y + 1) × M0 - M1.
#pragma once
#include <cstdint>
#include <span>

#include "measures/columns.h"
#include "measures/linear.h"
#include "measures/sections.h"

namespace guanhu::measures {

// Which column of a timeline divides: by share, or the whole to the holder of role main.
enum class Divide { by_share, main_only };
inline int32_t part_of(const attribution::Entry& e, Divide divide) {
  return divide == Divide::by_share ? e.share : e.main_share;
}

class Moments : public Linear {
 public:
  // Sections of the events of all `owners` (numbers below it), split as `timelines` say.
  static Sections build(const Points& points, const Timelines& timelines, Divide divide, size_t owners,
                        int threads);
  explicit Moments(Sections sections);
  Sums days(int32_t first, int32_t last) override;

 private:
  struct Series {
    std::span<const uint16_t> day;
    std::span<const base::Int128> m0, m1;
    base::Int128 up_to(int32_t y) const;  // balance-days up to and with y (position, may be negative)
  };
  Sections sections_;
  std::span<const uint64_t> offset_;
  Series all_;  // every owner's, one after the other
  Series bank_;
};

}  // namespace guanhu::measures
