// Accounts and loans that changed hands: days of a period on which somebody holds less of one than the day before.
#include <algorithm>
#include <tuple>

#include "measures/engine_impl.h"
#include "measures/source_rows.h"

namespace guanhu::measures {

using attribution::Entry;
using attribution::kNobody;
using base::Date;

namespace {

std::vector<HeldPart> held_by(std::span<const Entry> group, const Ids& staff) {
  std::vector<HeldPart> out;
  for (const Entry& e : group)
    if (e.staff != kNobody && (e.share > 0 || e.main_share > 0))
      out.push_back({std::string(staff[e.staff]), e.share, e.main_share > 0});
  std::sort(out.begin(), out.end(), [](const HeldPart& a, const HeldPart& b) {
    return std::tuple(!a.main, -a.share, a.staff) < std::tuple(!b.main, -b.share, b.staff);
  });
  return out;
}

const HeldPart* part_of(const std::vector<HeldPart>& all, const std::string& staff) {
  for (const HeldPart& one : all)
    if (one.staff == staff) return &one;
  return nullptr;
}

// Somebody gave something away: a first assignment is no hand-over.
bool gave(const std::vector<HeldPart>& before, const std::vector<HeldPart>& after) {
  return std::any_of(before.begin(), before.end(), [&](const HeldPart& was) {
    const HeldPart* is = part_of(after, was.staff);
    return !is || is->share < was.share || (was.main && !is->main);
  });
}

// The balance at the end of `day`, and fen × days from `first` to `last`.
int64_t stands(const Points& points, size_t s, int32_t day) {
  if (s + 1 >= points.offset.size()) return 0;
  const auto from = points.day.begin() + points.offset[s], to = points.day.begin() + points.offset[s + 1];
  const auto at = std::upper_bound(from, to, near_day(day));
  return at == from ? 0 : points.value[static_cast<size_t>(at - points.day.begin()) - 1];
}
base::Int128 balance_days(const Points& points, size_t s, int32_t first, int32_t last) {
  base::Int128 out = 0;
  for (int32_t day = first; day <= last;) {
    int32_t next = last + 1;
    if (s + 1 < points.offset.size()) {
      const auto to = points.day.begin() + points.offset[s + 1];
      const auto at = std::upper_bound(points.day.begin() + points.offset[s], to, near_day(day));
      if (at != to) next = std::min(next, static_cast<int32_t>(*at) + kFirstDay);
    }
    out += static_cast<base::Int128>(stands(points, s, day)) * (next - day);
    day = next;
  }
  return out;
}

}  // namespace

std::vector<ChangedHands> EngineImpl::changed_hands(const base::Period& period) {
  struct Found {
    uint32_t subject = 0;
    ChangedHands what;
  };
  const int32_t first = period.first().days(), last = period.last().days();
  std::vector<ChangedHands> out;
  for (const bool loans : {false, true}) {
    const Subjects& all = loans ? columns_->loans : columns_->accounts;
    const Points& points = loans ? columns_->loan_all : columns_->deposits;
    std::vector<Found> found;
    std::vector<uint32_t> numbers;
    for (uint32_t s = 0; s + 1 < all.managers.offset.size(); ++s) {
      const auto timeline = all.managers.of(s);
      attribution::each_group(timeline, first, last, [&](std::span<const Entry> group, int32_t from, int32_t to) {
        if (group.front().from != from) return;  // it began before the period
        auto before = held_by(attribution::on_day(timeline, from - 1), columns_->staff);
        auto after = held_by(group, columns_->staff);
        const Version* version = all.versions.on(s, from);
        if (!version || version->opened > from || version->closed < from || !gave(before, after)) return;
        ChangedHands one;
        one.kind = loans ? "loan" : "account", one.day = Date(from), one.last = Date(to);
        one.customer_id = std::string(columns_->customers[version->customer]);
        one.before = std::move(before), one.after = std::move(after);
        one.balance = stands(points, s, from - 1);
        one.balance_days = balance_days(points, s, from, to);
        found.push_back({s, std::move(one)});
        numbers.push_back(s);
      });
    }
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    const auto ids = numbers.empty() ? SourceRows::Numbers() : SourceRows(db_, known_).ids(loans, numbers);
    for (Found& one : found)
      if (auto at = ids.find(one.subject); at != ids.end())
        one.what.id = at->second, out.push_back(std::move(one.what));
  }
  std::stable_sort(out.begin(), out.end(), [](const ChangedHands& a, const ChangedHands& b) {
    return std::tie(a.day, a.kind, a.id) < std::tie(b.day, b.kind, b.id);
  });
  return out;
}

}  // namespace guanhu::measures
