// Circles of transfers: money that leaves a party and comes back to it through others, in the order of time,
// within some days, in nearly one amount. Pure: it knows parties by number and no bank.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "risk/rules.h"

namespace guanhu::risk {

struct Transfer {
  uint32_t from = 0, to = 0;  // parties
  int64_t at = 0;             // microseconds since 1970, as the feed says
  int64_t amount = 0;         // fen, > 0
};

struct CircleRules {
  int least = 2, most = 6;  // transfers
  int days = 10;            // calendar days from the first transfer to the last
  Rate tolerance;           // (largest - smallest) / largest, at most
  // Steps for one first transfer before the search for it is given up (and counted in `given_up`): what keeps
  // a market place, with which everybody trades in one amount, from taking the night.
  int64_t steps = 200'000;
};

struct Circle {
  std::vector<uint32_t> transfers;  // positions in the input, in the order of time
  size_t others = 0;                // further circles through one of its transfers that were left out
};

struct Circles {
  std::vector<Circle> circles;  // by their last transfer; no transfer is part of two
  size_t considered = 0;        // transfers that may be part of a circle at all, after pruning
  size_t given_up = 0;          // first transfers
};

// A party appears once in a circle; transfers at one moment may follow each other either way. Of circles that
// share a transfer the one that closes first counts, then the one with fewer transfers.
Circles find_circles(std::span<const Transfer> transfers, const CircleRules& rules);

}  // namespace guanhu::risk
