// Random numbers that are the same on every machine: splitmix64 and integer arithmetic only.
//
// Every thing of the bank has its own generator, keyed by seed, stream and number: what happens to
// one account does not depend on how many others there are or in which order they are visited.
#pragma once
#include <cstdint>

namespace guanhu::sample {

// What a generator is for. The numbers are part of "same seed, same bytes": only append.
enum class Stream : uint64_t {
  staff = 1,
  customer,
  account,
  account_day,
  loan,
  loan_day,
  sale_day,
  customer_day,
  assignment,
  handover,
  target,
  relation,
  company,
  name,
  opening_loan,
  new_loan,
  notice,
  spike,
  transaction
};

constexpr uint64_t mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

constexpr uint64_t mix(uint64_t seed, Stream stream, uint64_t a, uint64_t b = 0) {
  return mix(mix(mix(mix(seed) ^ static_cast<uint64_t>(stream)) ^ a) ^ b);
}

class Random {
 public:
  Random(uint64_t seed, Stream stream, uint64_t a, uint64_t b = 0) : state_(mix(seed, stream, a, b)) {}

  uint64_t next() { return mix(state_++); }
  // 0 to n-1; n > 0.
  int64_t below(int64_t n) {
    return static_cast<int64_t>((static_cast<unsigned __int128>(next()) * static_cast<uint64_t>(n)) >> 64);
  }
  // low to high, both included.
  int64_t between(int64_t low, int64_t high) { return low + below(high - low + 1); }
  // True in `per_mille` of 1,000 cases.
  bool chance(int64_t per_mille) { return below(1000) < per_mille; }
  // A skewed factor around 1,000 (its median): log-normal body with sigma 0.5 (narrow), 1.0 (wide)
  // or 1.5 (wealth), continued in the tail up to the quantile 1 - 2^-22. In 1/1,000.
  int64_t narrow();
  int64_t wide();
  int64_t wealth();

 private:
  uint64_t state_;
};

}  // namespace guanhu::sample
