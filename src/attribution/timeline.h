// Who holds a subject from when on: assignment rows laid out in time.
//
// An account's own assignments decide on every day on which any of them is in force; on other days
// those of the customer who has the account on that day; the same for loans.
#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "attribution/shares.h"

namespace guanhu::attribution {

// Days are days since 1970-01-01.
inline constexpr int32_t kAlways = std::numeric_limits<int32_t>::min();   // from: since ever
inline constexpr int32_t kForever = std::numeric_limits<int32_t>::max();  // to: no end

// A winning row of assignments.csv: in force from its first to its last day, both included.
struct Assignment {
  Claim claim;
  int32_t from = kAlways, to = kForever;
};

enum class Via : uint8_t { nobody, own, customer };  // whose assignments decide

// A timeline is a flat row of entries, ordered by `from`, then staff. Entries with one `from` hold
// together until the day before the next `from`; the first `from` is kAlways, so that every day is
// covered; each such group adds up to 10,000 in both columns.
struct Entry {
  int32_t from = kAlways;
  uint32_t staff : 30 = kNobody;
  uint32_t via : 2 = 0;
  int32_t share = 0;
  int32_t main_share = 0;
  friend bool operator==(const Entry&, const Entry&) = default;
};
static_assert(sizeof(Entry) == 16);  // written to column files as it is
using Timeline = std::vector<Entry>;

// The timeline of one subject's own rows; `via` marks the days on which any row is in force.
Timeline lay_out(std::span<const Assignment> rows, Via via);

// From `from` on the subject belongs to a customer whose own timeline is this (empty: none).
struct CustomerSpan {
  int32_t from = kAlways;
  std::span<const Entry> timeline;
};
// The subject's timeline; `customers` are ordered, the first from kAlways; may be empty.
Timeline decide(std::span<const Entry> own, std::span<const CustomerSpan> customers);

// The entries in force on `day`; [first, last) of `timeline`.
std::span<const Entry> on_day(std::span<const Entry> timeline, int32_t day);
// Sum of the managers' shares in a group, nobody's left out: over 10,000 is an over-assignment.
int32_t claimed(std::span<const Entry> group);

// Calls take(group, from, to) for each group that holds on some day of [first, last], clipped to it.
template <class Take>
void each_group(std::span<const Entry> timeline, int32_t first, int32_t last, const Take& take) {
  size_t i = 0;
  while (i < timeline.size()) {
    size_t end = i + 1;
    while (end < timeline.size() && timeline[end].from == timeline[i].from) ++end;
    int32_t from = timeline[i].from < first ? first : timeline[i].from;
    if (from > last) return;
    int32_t to = end == timeline.size() || timeline[end].from > last ? last : timeline[end].from - 1;
    if (to >= from) take(timeline.subspan(i, end - i), from, to);
    i = end;
  }
}

}  // namespace guanhu::attribution
