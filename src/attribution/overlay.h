// Assignments that people of the bank recorded, over those of the feed.
//
// A recorded assignment says who holds a subject from its first day to its last. From its first day on it decides,
// whatever the feed says, until the feed says the same: on that day it is confirmed, and from then on the feed
// decides again (figures do not change by that: both say the same). Of several the one that became known last
// decides on its days. Pure; what was not known is not handed in, so that sealed results stay what they were.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "attribution/timeline.h"

namespace guanhu::attribution {

struct RecordedRegime {
  int32_t from = 0, to = kForever;  // days, both included
  std::vector<Claim> claims;        // raw shares add up to the whole
};

// A row that decides on these days: of the feed, or a claim of what was recorded.
struct EffectiveRow {
  static constexpr size_t kFeed = SIZE_MAX;
  size_t regime = kFeed;  // place in `recorded`; kFeed: of the feed
  size_t row = 0;         // place among the feed's rows, or among the regime's claims
  int32_t from = kAlways, to = kForever;
};

struct Overlay {
  std::vector<EffectiveRow> rows;                 // by row, then day
  std::vector<std::optional<int32_t>> confirmed;  // by regime: the day from which the feed says the same
};

// `feed`: winning rows of one subject; `recorded`: in the order in which they became known.
Overlay overlay(std::span<const Assignment> feed, std::span<const RecordedRegime> recorded);
// The rows as assignments, for lay_out().
std::vector<Assignment> assignments_of(const Overlay& overlay, std::span<const Assignment> feed,
                                       std::span<const RecordedRegime> recorded);

enum class Standing {
  pending,       // begins later than the day asked for
  waiting,       // decides; the feed has said nothing new since its first day
  contradicted,  // decides; a row of the feed that begins on or after its first day says otherwise
  confirmed,     // the feed says the same
  superseded,    // another one that became known later decides
  over           // its last day has passed
};
const char* standing_word(Standing standing);
// Of each recorded one on the day.
std::vector<Standing> standings(const Overlay& overlay, std::span<const Assignment> feed,
                                std::span<const RecordedRegime> recorded, int32_t day);

}  // namespace guanhu::attribution
