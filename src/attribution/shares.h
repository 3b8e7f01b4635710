// How one subject (an account, a loan, a customer) is divided among managers on one day.
//
// The feed gives shares with 8 decimals; the engine counts in 1/10,000. One set of claims, in force
// together on a day, is rounded by largest remainder, so that three times 0.33333333 adds up to
// 10,000 and a split never makes or loses a fen. What the claims leave over is nobody's.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace guanhu::attribution {

inline constexpr int32_t kWhole = 10'000;        // a whole subject
inline constexpr int64_t kRawPerShare = 10'000;  // feed's 1/100,000,000 in one 1/10,000
inline constexpr uint32_t kNobody = 0;           // staff number that means "assigned to nobody"

// One assignment row in force. Staff are numbered from 1 in order of their ids.
struct Claim {
  uint32_t staff = kNobody;
  bool main = false;
  int64_t raw = 0;  // 1/100,000,000, >= 0
};

// A manager's part. `share`: by share. `main_share`: when the whole goes to the holder of role main.
struct Part {
  uint32_t staff = kNobody;
  int32_t share = 0;
  int32_t main_share = 0;
  friend bool operator==(const Part&, const Part&) = default;
};

struct Split {
  // One per manager who holds something, in order of staff; a claim that is above 0 but rounds to 0
  // stays (its holder manages the subject). Claims of share 0 give nothing and are left out.
  // Nobody's rest stands first, with staff kNobody, where there is any; it is negative when the
  // claims are over the whole, so that the parts always add up to 10,000 in both columns.
  std::vector<Part> parts;
  int32_t total = 0;  // of the claims, after rounding
  bool over() const { return total > kWhole; }
};

// Rounds by largest remainder to the rounded sum (ties: main first, then staff id). Main shares: the
// holders of role main with a share above 0 divide the whole in proportion to their shares (usually
// there is one); without any, the whole is nobody's.
Split split(std::span<const Claim> claims);

// `amounts` scaled to add up to `total`, rounded by largest remainder (ties: the earlier one). Not
// negative, with a positive sum; total * amount must fit 64 bits.
std::vector<int32_t> apportion(std::span<const int64_t> amounts, int32_t total);

}  // namespace guanhu::attribution
