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

// One event that moves nothing but itself: a repayment, a sale.
struct Given {
  int32_t day;  // since 1970
  uint32_t owner;
  base::Int128 amount;  // × part in 1/10,000
};

class Moments : public Linear {
 public:
  enum class Of { balances, events };  // what days() sums: what stood each day, or what happened
  // Sections of the events of all `owners` (numbers below it), split as `timelines` say.
  static Sections build(const Points& points, const Timelines& timelines, Divide divide, size_t owners,
                        int threads);
  // The same for events; `whole` is each one's day and amount before dividing.
  static Sections of_events(const std::vector<Given>& given, const std::vector<std::pair<int32_t, int64_t>>& whole,
                            size_t owners);
  explicit Moments(Sections sections, Of of = Of::balances);
  Sums days(int32_t first, int32_t last) override;

 private:
  struct Series {
    std::span<const uint16_t> day;
    std::span<const base::Int128> m0, m1;
    // Balance-days (or the sum of events) up to and with y (position, may be negative).
    base::Int128 up_to(int32_t y, Of of) const;
  };
  Sections sections_;
  Of of_;
  std::span<const uint64_t> offset_;
  Series all_;  // every owner's, one after the other
  Series bank_;
};

}  // namespace guanhu::measures
