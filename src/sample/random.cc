#include "sample/random.h"

#include <array>
#include <bit>
#include <cstddef>

namespace guanhu::sample {

namespace {
// Quantiles of the log-normal distribution with median 1,000, as integers, so that no machine's
// exp() matters: body at 0 (taken as 1/256), 1/16, ..., 15/16; tail at 1 - 2^-k for k = 4 to 22.
struct Quantiles {
  std::array<int64_t, 16> body;
  std::array<int64_t, 19> tail;
};

constexpr Quantiles kNarrow = {
    {264, 464, 563, 642, 714, 783, 853, 924, 1000, 1082, 1173, 1277, 1401, 1558, 1777, 2153},
    {2153, 2538, 2936, 3349, 3781, 4233, 4705, 5200, 5718, 6260, 6828, 7422, 8043, 8692, 9371, 10081, 10821, 11594,
     12400}};
constexpr Quantiles kWide = {
    {70, 216, 317, 412, 509, 613, 727, 854, 1000, 1170, 1375, 1630, 1963, 2428, 3159, 4637},
    {4637, 6441, 8618, 11218, 14297, 17915, 22137, 27037, 32691, 39186, 46615, 55079, 64688, 75559, 87823, 101619,
     117097, 134419, 153762}};
constexpr Quantiles kWealth = {
    {18, 100, 178, 264, 364, 480, 620, 790, 1000, 1266, 1613, 2082, 2750, 3784, 5615, 9986},
    {9986, 16348, 25300, 37575, 54060, 75827, 104157, 140582, 186915, 245303, 318269, 408773, 520273, 656799,
     823030, 1024384, 1267120, 1558449, 1906661}};

int64_t draw(const Quantiles& q, uint64_t bits) {
  uint64_t u = bits >> 12;  // 52 bits
  constexpr uint64_t kOne = uint64_t{1} << 52;
  if (u < kOne / 16 * 15) {
    uint64_t step = kOne / 16, k = u / step;
    int64_t low = q.body[k], high = q.body[k + 1];
    return low + static_cast<int64_t>(static_cast<uint64_t>(high - low) * ((u % step) >> 24) / (step >> 24));
  }
  uint64_t rest = kOne - u;               // in (0, 2^48]
  int k = 52 - std::bit_width(rest - 1);  // rest in (2^(51-k), 2^(52-k)]
  if (k >= 22) return q.tail.back();
  uint64_t top = uint64_t{1} << (52 - k);
  int64_t low = q.tail[static_cast<size_t>(k - 4)], high = q.tail[static_cast<size_t>(k - 3)];
  return low + static_cast<int64_t>(static_cast<uint64_t>(high - low) * ((top - rest) >> 10) / (top >> 11));
}
}  // namespace

int64_t Random::narrow() { return draw(kNarrow, next()); }
int64_t Random::wide() { return draw(kWide, next()); }
int64_t Random::wealth() { return draw(kWealth, next()); }

}  // namespace guanhu::sample
