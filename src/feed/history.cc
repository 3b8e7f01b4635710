#include "feed/history.h"

#include <algorithm>

#include "base/date.h"

namespace guanhu::feed {
namespace {

using base::Date;

enum class Rhythm { year, quarter, month, day };

// Gaps longer than this say nothing unless a daily rhythm is well established.
constexpr int32_t kShortGap = 10;
constexpr size_t kEstablished = 8;
constexpr int32_t kDailyStep = 4;  // a long weekend

bool ends(Date day, int months) { return day.is_month_end() && day.month() % months == 0; }

Rhythm rhythm_of(std::span<const int32_t> imported) {
  // An opening may come on any day, and the last batch before its month ends.
  auto inner = imported.size() >= 3 ? imported.subspan(1, imported.size() - 2) : imported;
  auto all = [](std::span<const int32_t> days, int months) {
    return std::all_of(days.begin(), days.end(), [&](int32_t d) { return ends(Date(d), months); });
  };
  if (all(imported, 12)) return Rhythm::year;
  if (all(imported, 3)) return Rhythm::quarter;
  bool edge = ends(Date(imported.front()), 1) || ends(Date(imported.back()), 1);
  return all(inner, 1) && (imported.size() > 3 || edge) ? Rhythm::month : Rhythm::day;
}

void missing_ends(int32_t from, int32_t to, int months, std::vector<int32_t>& out) {
  for (Date day = Date(from) + 1; day.days() < to; day = day + 1)
    if (ends(day, months)) out.push_back(day.days());
}

bool established(std::span<const int32_t> imported) {
  if (imported.size() < kEstablished) return false;
  size_t close = 0;
  for (size_t i = 1; i < imported.size(); ++i) close += imported[i] - imported[i - 1] <= kDailyStep;
  return close * 2 > imported.size() - 1;
}

}  // namespace

std::vector<int32_t> missing_dates(std::span<const int32_t> imported, int32_t base, int32_t day) {
  std::vector<int32_t> out;
  Rhythm rhythm = rhythm_of(imported);
  bool weekends = std::any_of(imported.begin(), imported.end(),
                              [](int32_t d) { return Date(d).weekday() > 5 && !Date(d).is_month_end(); });
  bool daily = established(imported);
  for (size_t i = 1; i < imported.size(); ++i) {
    int32_t from = imported[i - 1], to = imported[i];
    if (to <= base || from >= day) continue;
    if (rhythm != Rhythm::day) {
      missing_ends(from, to, rhythm == Rhythm::year ? 12 : rhythm == Rhythm::quarter ? 3 : 1, out);
    } else if (to - from <= kShortGap || daily) {
      for (int32_t d = from + 1; d < to; ++d)
        if (weekends || Date(d).weekday() <= 5) out.push_back(d);
    }
  }
  std::erase_if(out, [&](int32_t d) { return d <= base || d > day; });
  return out;
}

}  // namespace guanhu::feed
