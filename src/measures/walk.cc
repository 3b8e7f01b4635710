#include "measures/walk.h"

#include <algorithm>
#include <thread>

namespace guanhu::measures {

namespace {
using attribution::Entry;
using base::Int128;

struct Plain {
  int64_t operator()(int64_t v) const { return v; }
};

template <class Rule>
inline Int128 sum_days(const Points& points, size_t s, int32_t first, int32_t last, const Rule& rule) {
  const uint16_t* day = points.day.data();
  size_t begin = points.offset[s], end = points.offset[s + 1], i = begin;
  int32_t at = first - kFirstDay, stop = last - kFirstDay;
  if (at < 0) at = 0;
  if (end - begin > 24)
    i = static_cast<size_t>(
        std::upper_bound(day + begin, day + end, at, [](int32_t d, uint16_t t) { return d < t; }) - day);
  else
    while (i < end && day[i] <= at) ++i;
  int64_t value = i > begin ? rule(points.value[i - 1]) : 0;
  Int128 sum = 0;
  for (; i < end && day[i] <= stop; ++i) {
    sum += static_cast<Int128>(value) * (day[i] - at);
    at = day[i];
    value = rule(points.value[i]);
  }
  return stop < at ? sum : sum + static_cast<Int128>(value) * (stop + 1 - at);
}

void add(Sums& to, const Sums& from) {
  for (size_t i = 0; i < to.owner.size(); ++i) to.owner[i] += from.owner[i];
  to.bank += from.bank;
}
}  // namespace

Int128 stood(const Points& points, size_t s, int32_t first, int32_t last, const DailyRule& rule) {
  if (s + 1 >= points.offset.size() || last < first) return 0;
  return sum_days(points, s, first, last, rule);
}

template <class Rule>
Sums Walk::part(size_t begin, size_t end, int32_t first, int32_t last, const Rule& rule) const {
  Sums out;
  out.owner.assign(owners_, 0);
  auto give = [&](std::span<const Entry> group, Int128 amount) {
    for (const Entry& e : group) out.owner[e.staff] += amount * part_of(e, divide_);
  };
  auto days_of = [&](size_t s, int32_t from, int32_t to) {
    Int128 whole = sum_days(points_, s, from, to, rule);
    out.bank += whole * attribution::kWhole;
    std::span<const Entry> timeline = timelines_.of(s);
    // Nearly always one group holds throughout.
    std::span<const Entry> group = attribution::on_day(timeline, from);
    bool throughout = group.data() + group.size() == timeline.data() + timeline.size() ||
                      (group.data() + group.size())->from > to;
    if (throughout) return give(group, whole);
    attribution::each_group(timeline, from, to, [&](std::span<const Entry> g, int32_t f, int32_t t) {
      give(g, sum_days(points_, s, f, t, rule));
    });
  };
  for (size_t s = begin; s < end; ++s) {
    if (points_.offset[s] == points_.offset[s + 1]) continue;
    if (!mask_) {
      days_of(s, first, last);
      continue;
    }
    for (const Mask::Days& d : mask_->of(s)) {
      int32_t from = std::max(first, d.from), to = std::min(last, d.to);
      if (from <= to) days_of(s, from, to);
    }
  }
  return out;
}

template <class Rule>
Sums Walk::run(int32_t first, int32_t last, const Rule& rule) const {
  size_t n = points_.size(), threads = n < 20'000 ? 1 : static_cast<size_t>(std::max(1, threads_));
  std::vector<Sums> parts(threads);
  std::vector<std::thread> workers;
  for (size_t t = 1; t < threads; ++t)
    workers.emplace_back([&, t] { parts[t] = part(n * t / threads, n * (t + 1) / threads, first, last, rule); });
  parts[0] = part(0, n / threads, first, last, rule);
  for (std::thread& w : workers) w.join();
  for (size_t t = 1; t < threads; ++t) add(parts[0], parts[t]);
  return std::move(parts[0]);
}

Sums Walk::days(int32_t first, int32_t last) {
  first = std::max(first, kFirstDay);
  if (last < first) {
    Sums none;
    none.owner.assign(owners_, 0);
    return none;
  }
  return rule_.plain() ? run(first, last, Plain{}) : run(first, last, rule_);
}

}  // namespace guanhu::measures
