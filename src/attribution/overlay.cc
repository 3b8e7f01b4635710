#include "attribution/overlay.h"

#include <algorithm>
#include <map>
#include <utility>

namespace guanhu::attribution {

namespace {

bool covers(const RecordedRegime& r, int32_t day) { return r.from <= day && day <= r.to; }
bool covers(const Assignment& a, int32_t day) { return a.from <= day && day <= a.to; }

// The days on which anything changes, kAlways first.
std::vector<int32_t> borders(std::span<const Assignment> feed, std::span<const RecordedRegime> recorded) {
  std::vector<int32_t> out{kAlways};
  auto add = [&](int32_t from, int32_t to) {
    if (to < from) return;
    out.push_back(from);
    if (to != kForever) out.push_back(to + 1);
  };
  for (const Assignment& a : feed) add(a.from, a.to);
  for (const RecordedRegime& r : recorded) add(r.from, r.to);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<Part> parts_on(std::span<const Assignment> feed, int32_t day) {
  std::vector<Claim> claims;
  for (const Assignment& a : feed)
    if (covers(a, day)) claims.push_back(a.claim);
  return split(claims).parts;
}

// The one that became known last of those that hold on the day; EffectiveRow::kFeed: none.
size_t latest_on(std::span<const RecordedRegime> recorded, int32_t day) {
  for (size_t r = recorded.size(); r > 0; --r)
    if (covers(recorded[r - 1], day)) return r - 1;
  return EffectiveRow::kFeed;
}

// Rows by their source; the next stretch of one that was in force the day before goes on.
class Rows {
 public:
  void add(size_t regime, size_t row, int32_t from, int32_t to) {
    auto& spans = all_[{regime, row}];
    if (!spans.empty() && spans.back().second + 1 == from) spans.back().second = to;
    else spans.emplace_back(from, to);
  }
  std::vector<EffectiveRow> take() const {
    std::vector<EffectiveRow> out;
    for (const auto& [source, spans] : all_)
      for (const auto& [from, to] : spans) out.push_back({source.first, source.second, from, to});
    return out;
  }

 private:
  std::map<std::pair<size_t, size_t>, std::vector<std::pair<int32_t, int32_t>>> all_;
};

}  // namespace

Overlay overlay(std::span<const Assignment> feed, std::span<const RecordedRegime> recorded) {
  Overlay out;
  out.confirmed.resize(recorded.size());
  std::vector<std::vector<Part>> says;
  for (const RecordedRegime& r : recorded) says.push_back(split(r.claims).parts);
  const std::vector<int32_t> days = borders(feed, recorded);
  Rows rows;
  for (size_t i = 0; i < days.size(); ++i) {
    const int32_t from = days[i], to = i + 1 < days.size() ? days[i + 1] - 1 : kForever;
    const std::vector<Part> feed_says = parts_on(feed, from);
    for (size_t r = 0; r < recorded.size(); ++r)
      if (!out.confirmed[r] && covers(recorded[r], from) && says[r] == feed_says) out.confirmed[r] = from;
    const size_t top = latest_on(recorded, from);
    if (top != EffectiveRow::kFeed && !out.confirmed[top]) {
      for (size_t c = 0; c < recorded[top].claims.size(); ++c) rows.add(top, c, from, to);
      continue;
    }
    for (size_t a = 0; a < feed.size(); ++a)
      if (covers(feed[a], from)) rows.add(EffectiveRow::kFeed, a, from, to);
  }
  out.rows = rows.take();
  return out;
}

std::vector<Assignment> assignments_of(const Overlay& overlay, std::span<const Assignment> feed,
                                       std::span<const RecordedRegime> recorded) {
  std::vector<Assignment> out;
  for (const EffectiveRow& r : overlay.rows)
    out.push_back(
        {r.regime == EffectiveRow::kFeed ? feed[r.row].claim : recorded[r.regime].claims[r.row], r.from, r.to});
  return out;
}

const char* standing_word(Standing standing) {
  switch (standing) {
    case Standing::pending: return "pending";
    case Standing::waiting: return "waiting";
    case Standing::contradicted: return "contradicted";
    case Standing::confirmed: return "confirmed";
    case Standing::superseded: return "superseded";
    case Standing::over: return "over";
  }
  return "";
}

std::vector<Standing> standings(const Overlay& overlay, std::span<const Assignment> feed,
                                std::span<const RecordedRegime> recorded, int32_t day) {
  std::vector<Standing> out;
  for (size_t r = 0; r < recorded.size(); ++r) {
    const RecordedRegime& one = recorded[r];
    if (one.from > day) out.push_back(Standing::pending);
    else if (one.to < day) out.push_back(Standing::over);
    else if (latest_on(recorded, day) != r) out.push_back(Standing::superseded);
    else if (overlay.confirmed[r] && *overlay.confirmed[r] <= day) out.push_back(Standing::confirmed);
    else {
      // Somebody's part that begins, or that ended, since the first day: the feed knows something newer.
      bool news = std::any_of(feed.begin(), feed.end(), [&](const Assignment& a) {
        return (a.from >= one.from && a.from <= day) || (a.to >= one.from - 1 && a.to < day);
      });
      out.push_back(news ? Standing::contradicted : Standing::waiting);
    }
  }
  return out;
}

}  // namespace guanhu::attribution
