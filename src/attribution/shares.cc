#include "attribution/shares.h"

#include <algorithm>
#include <numeric>

namespace guanhu::attribution {

std::vector<int32_t> apportion(std::span<const int64_t> amounts, int32_t total) {
  int64_t sum = std::accumulate(amounts.begin(), amounts.end(), int64_t{0});
  std::vector<int32_t> out(amounts.size());
  std::vector<std::pair<int64_t, size_t>> rest;  // remainder of sum-ths, position
  int64_t given = 0;
  for (size_t i = 0; i < amounts.size(); ++i) {
    out[i] = static_cast<int32_t>(amounts[i] * total / sum);
    rest.emplace_back(-(amounts[i] * total % sum), i);
    given += out[i];
  }
  std::sort(rest.begin(), rest.end());
  for (size_t i = 0; given < total; ++i, ++given) ++out[rest[i].second];
  return out;
}

namespace {
// Main first, then staff id: the order in which ties are served.
std::vector<Claim> in_order(std::span<const Claim> claims) {
  std::vector<Claim> out;
  for (const Claim& c : claims)
    if (c.raw > 0) out.push_back(c);
  std::stable_sort(out.begin(), out.end(),
                   [](const Claim& a, const Claim& b) { return a.main != b.main ? a.main : a.staff < b.staff; });
  return out;
}

// Sorted by staff, one part each.
std::vector<Part> merged(std::vector<Part> parts) {
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.staff < b.staff; });
  std::vector<Part> out;
  for (const Part& p : parts) {
    if (!out.empty() && out.back().staff == p.staff) {
      out.back().share += p.share;
      out.back().main_share += p.main_share;
    } else {
      out.push_back(p);
    }
  }
  return out;
}
}  // namespace

Split split(std::span<const Claim> claims) {
  Split result;
  std::vector<Claim> held = in_order(claims);
  std::vector<int64_t> raw;
  int64_t sum = 0, main_sum = 0;
  for (const Claim& c : held) {
    raw.push_back(c.raw);
    sum += c.raw;
    if (c.main) main_sum += c.raw;
  }
  std::vector<Part> parts;
  // A sum that rounds to 0 leaves every claim at 0: nothing to apportion.
  result.total = static_cast<int32_t>((sum + kRawPerShare / 2) / kRawPerShare);
  if (sum > 0) {
    std::vector<int32_t> shares = apportion(raw, result.total);
    raw.resize(
        static_cast<size_t>(std::count_if(held.begin(), held.end(), [](const Claim& c) { return c.main; })));
    std::vector<int32_t> mains = main_sum > 0 ? apportion(raw, kWhole) : std::vector<int32_t>();
    for (size_t i = 0; i < held.size(); ++i)
      parts.push_back({held[i].staff, shares[i], i < mains.size() ? mains[i] : 0});
  }
  Part nobody{kNobody, kWhole - result.total, main_sum > 0 ? 0 : kWhole};
  if (nobody.share != 0 || nobody.main_share != 0) parts.push_back(nobody);
  result.parts = merged(std::move(parts));
  return result;
}

}  // namespace guanhu::attribution
