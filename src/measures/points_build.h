// Sorts balance rows into change points by counting, in memory: one pass to count, one to place.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <future>
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

  // Subjects are below `subjects`. Rows that change nothing are dropped. Empties the sorter. On two threads,
  // each taking its part of the subjects.
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
    auto half = std::lower_bound(at.begin(), at.end(), placed.size() / 2);
    size_t cut = std::min(subjects, static_cast<size_t>(half - at.begin()));
    auto later = std::async(std::launch::async, [&] { return emit(at, placed, cut, subjects); });
    Result out = emit(at, placed, 0, cut);
    join(out, later.get());
    out.offset.push_back(static_cast<uint32_t>(out.day.size()));
    return out;
  }

 private:
  struct Placed {
    uint16_t day, rank;
    std::array<int64_t, K> value;
    bool operator<(const Placed& o) const { return day != o.day ? day < o.day : rank < o.rank; }
  };

  template <class T>
  static void append(std::vector<T>& to, const std::vector<T>& from) {
    to.insert(to.end(), from.begin(), from.end());
  }

  static void join(Result& to, Result from) {
    const auto before = static_cast<uint32_t>(to.day.size());
    for (uint32_t& offset : from.offset) offset += before;
    append(to.offset, from.offset);
    append(to.day, from.day);
    for (size_t k = 0; k < K; ++k) append(to.value[k], from.value[k]);
  }

  // Of subjects first to last, without the last's end.
  static Result emit(const std::vector<uint32_t>& at, std::vector<Placed>& placed, size_t first_subject,
                     size_t end_subject) {
    Result out;
    const size_t rows = at[end_subject] - at[first_subject];
    out.offset.reserve(at.size());  // the first part takes up the second
    out.day.reserve(first_subject ? rows : placed.size());
    for (auto& v : out.value) v.reserve(first_subject ? rows : placed.size());
    for (size_t s = first_subject; s < end_subject; ++s) {
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
    return out;
  }

  std::vector<Row> rows_;
};

}  // namespace guanhu::measures
