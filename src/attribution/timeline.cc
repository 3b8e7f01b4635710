#include "attribution/timeline.h"

#include <algorithm>

namespace guanhu::attribution {

namespace {
void append(Timeline& out, int32_t from, std::span<const Part> parts, Via via) {
  for (const Part& p : parts) out.push_back({from, p.staff, static_cast<uint32_t>(via), p.share, p.main_share});
}

bool same_group(std::span<const Entry> a, std::span<const Entry> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Entry& x, const Entry& y) {
    return x.staff == y.staff && x.via == y.via && x.share == y.share && x.main_share == y.main_share;
  });
}

// Adds `group` from `from` on, unless it says what the last group said.
void extend(Timeline& out, size_t& last, int32_t from, std::span<const Entry> group) {
  if (!out.empty() && same_group(std::span(out).subspan(last), group)) return;
  last = out.size();
  for (Entry e : group) {
    e.from = from;
    out.push_back(e);
  }
}
}  // namespace

Timeline lay_out(std::span<const Assignment> rows, Via via) {
  std::vector<int32_t> starts{kAlways};
  for (const Assignment& a : rows) {
    if (a.to < a.from) continue;
    starts.push_back(a.from);
    if (a.to != kForever) starts.push_back(a.to + 1);
  }
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  Timeline out;
  size_t last = 0;
  std::vector<Claim> claims;
  for (int32_t day : starts) {
    claims.clear();
    for (const Assignment& a : rows)
      if (a.from <= day && day <= a.to) claims.push_back(a.claim);
    Timeline group;
    append(group, day, split(claims).parts, claims.empty() ? Via::nobody : via);
    extend(out, last, day, group);
  }
  return out;
}

Timeline decide(std::span<const Entry> own, std::span<const CustomerSpan> customers) {
  static const Timeline kNone = lay_out({}, Via::nobody);
  if (own.empty()) own = kNone;
  Timeline out;
  size_t last = 0;
  each_group(own, kAlways, kForever, [&](std::span<const Entry> group, int32_t from, int32_t to) {
    if (group[0].via != static_cast<uint32_t>(Via::nobody) || customers.empty()) {
      extend(out, last, from, group);
      return;
    }
    for (size_t c = 0; c < customers.size(); ++c) {
      int32_t start = std::max(from, customers[c].from);
      int32_t end = c + 1 < customers.size() ? std::min(to, customers[c + 1].from - 1) : to;
      if (start > end) continue;
      std::span<const Entry> theirs = customers[c].timeline.empty() ? kNone : customers[c].timeline;
      each_group(theirs, start, end,
                 [&](std::span<const Entry> g, int32_t f, int32_t) { extend(out, last, f, g); });
    }
  });
  return out;
}

std::span<const Entry> on_day(std::span<const Entry> timeline, int32_t day) {
  auto end = std::upper_bound(timeline.begin(), timeline.end(), day,
                              [](int32_t d, const Entry& e) { return d < e.from; });
  if (end == timeline.begin()) return {};
  int32_t from = std::prev(end)->from;
  auto begin = std::lower_bound(timeline.begin(), end, from, [](const Entry& e, int32_t d) { return e.from < d; });
  return {begin, end};
}

int32_t claimed(std::span<const Entry> group) {
  int32_t sum = 0;
  for (const Entry& e : group)
    if (e.staff != kNobody) sum += e.share;
  return sum;
}

}  // namespace guanhu::attribution
