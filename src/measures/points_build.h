// Sorts balance rows into change points by counting, in memory: one pass to count, one to place.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace guanhu::measures {

// K balances that share their rows' dates.
template <size_t K>
class PointSorter {
 public:
  struct Row {
    uint32_t subject;
    uint16_t day, rank;  // rank: of rows with one day the highest counts
    std::array<int64_t, K> value;
  };
  struct Result {
    std::vector<uint32_t> offset;
    std::vector<uint16_t> day;
    std::array<std::vector<int64_t>, K> value;
  };

  void add(const Row& row) { rows_.push_back(row); }

  // Subjects are below `subjects`. Rows that change nothing are dropped. Empties the sorter.
  Result finish(size_t subjects) {
    std::vector<uint32_t> at(subjects + 1, 0);
    for (const Row& r : rows_) ++at[r.subject + 1];
    for (size_t s = 0; s < subjects; ++s) at[s + 1] += at[s];
    std::vector<Placed> placed(rows_.size());
    {
      std::vector<uint32_t> next(at.begin(), at.end() - 1);
      for (const Row& r : rows_) placed[next[r.subject]++] = {r.day, r.rank, r.value};
    }
    rows_ = {};
    return emit(at, placed);
  }

 private:
  struct Placed {
    uint16_t day, rank;
    std::array<int64_t, K> value;
    bool operator<(const Placed& o) const { return day != o.day ? day < o.day : rank < o.rank; }
  };

  static Result emit(const std::vector<uint32_t>& at, std::vector<Placed>& placed) {
    Result out;
    out.offset.reserve(at.size());
    out.day.reserve(placed.size());
    for (auto& v : out.value) v.reserve(placed.size());
    for (size_t s = 0; s + 1 < at.size(); ++s) {
      out.offset.push_back(static_cast<uint32_t>(out.day.size()));
      auto first = placed.begin() + at[s], last = placed.begin() + at[s + 1];
      if (!std::is_sorted(first, last)) std::stable_sort(first, last);
      std::array<int64_t, K> before{};
      for (auto p = first; p != last; ++p) {
        if (p + 1 != last && (p + 1)->day == p->day) continue;  // a later import corrects it
        if (p->value == before) continue;
        before = p->value;
        out.day.push_back(p->day);
        for (size_t k = 0; k < K; ++k) out.value[k].push_back(p->value[k]);
      }
    }
    out.offset.push_back(static_cast<uint32_t>(out.day.size()));
    return out;
  }

  std::vector<Row> rows_;
};

}  // namespace guanhu::measures
