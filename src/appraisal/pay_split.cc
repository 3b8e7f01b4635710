#include "appraisal/pay_split.h"

#include <algorithm>
#include <numeric>

namespace guanhu::appraisal {

namespace {

using base::Broken;
using base::Decimal;
using base::Fen;

Decimal fits(const std::optional<Decimal>& value) {
  if (!value) throw Broken("an amount beyond what numbers hold");
  return *value;
}

Fen whole_fen(const Decimal& yuan, base::Rounding mode) {
  Decimal rounded = fits(Decimal::multiply(yuan.round(2, mode), 100));
  auto out = rounded.to_int64();
  constexpr Fen kMost = 100'000'000'000'000'000;  // 10^15 元
  if (!out || *out > kMost || *out < -kMost) throw Broken("an amount beyond 10^15 元: " + yuan.str());
  return *out;
}

}  // namespace

Fen to_fen(const Decimal& yuan) { return whole_fen(yuan, base::Rounding::half_up); }

std::vector<Fen> largest_remainder(const std::vector<Decimal>& exact, Fen total) {
  std::vector<Fen> out;
  std::vector<Decimal> fractions;
  for (const Decimal& part : exact) {
    out.push_back(whole_fen(part, base::Rounding::floor));
    fractions.push_back(fits(Decimal::subtract(part, Decimal::fen(out.back()))));
  }
  Fen missing = total - std::accumulate(out.begin(), out.end(), Fen{0});
  if (missing < 0 || missing > static_cast<Fen>(exact.size()))
    throw Broken("parts that do not belong to their total of " + base::format_fen(total));
  std::vector<size_t> order(exact.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return fractions[a] > fractions[b]; });
  for (Fen i = 0; i < missing; ++i) ++out[order[static_cast<size_t>(i)]];
  return out;
}

base::Result<std::vector<Fen>> split_fen(Fen total, const std::vector<Decimal>& weights) {
  Decimal sum = 0;
  for (const Decimal& w : weights) {
    if (w.is_negative()) return base::Error{"pay.weights", "份额不能小于零: " + w.str(), "", "改正这一份"};
    sum = fits(Decimal::add(sum, w));
  }
  if (sum.is_zero()) return base::Error{"pay.weights", "没有大于零的份额，分不出去", "", "至少要有一份大于零"};
  const bool negative = total < 0;
  std::vector<Decimal> exact;
  for (const Decimal& w : weights)
    exact.push_back(
        fits(Decimal::divide(fits(Decimal::multiply(Decimal::fen(negative ? -total : total), w)), sum)));
  std::vector<Fen> out = largest_remainder(exact, negative ? -total : total);
  if (negative)
    for (Fen& part : out) part = -part;
  return out;
}

}  // namespace guanhu::appraisal
