// Enumeration of temporal cycles. First what cannot be part of one is pruned: a transfer needs, within the days
// and in a like amount, one that brings money to its sender and one that takes it on from its receiver. What
// is left is searched depth first from every first transfer, and only where the last hops can still be made:
// for each first transfer it is worked out backwards when money must be where, at the latest, to be home in
// time with 1, 2 or 3 transfers.
#include "risk/circles.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

namespace guanhu::risk {

namespace {

constexpr int64_t kDay = 86'400'000'000;
constexpr int kBack = 3;           // transfers looked ahead
constexpr size_t kPerStart = 256;  // circles kept of one first transfer

int64_t day_of(int64_t at) { return at >= 0 ? at / kDay : -((-at + kDay - 1) / kDay); }

class Search {
 public:
  Search(std::span<const Transfer> all, const CircleRules& rules)
      : all_(all), rules_(rules), left_(all.size(), 1) {
    for (const Transfer& t : all) parties_ = std::max({parties_, t.from + 1, t.to + 1});
    for (uint32_t i = 0; i < all.size(); ++i)
      if (all[i].from == all[i].to || all[i].amount <= 0) left_[i] = 0;
  }

  Circles run() {
    if (rules_.most < rules_.least) return {};
    prune();
    order();
    for (uint32_t start : by_time_) from(start);
    return chosen();
  }

 private:
  // Transfers by party, ordered by amount.
  struct Side {
    std::vector<uint32_t> offset, list;
    std::span<const uint32_t> of(uint32_t party) const {
      return std::span(list).subspan(offset[party], offset[party + 1] - offset[party]);
    }
  };
  struct Step {  // how far the search has come
    int64_t smallest, largest;
  };
  // For each number of transfers: the latest moment at which money may leave a party and still get home.
  using Latest = std::unordered_map<uint32_t, int64_t>;

  Side side(uint32_t Transfer::*end) const {
    Side out;
    out.offset.assign(parties_ + 1, 0);
    for (uint32_t i = 0; i < all_.size(); ++i)
      if (left_[i]) ++out.offset[all_[i].*end + 1];
    std::partial_sum(out.offset.begin(), out.offset.end(), out.offset.begin());
    out.list.resize(out.offset.back());
    std::vector<uint32_t> at(out.offset.begin(), out.offset.end() - 1);
    for (uint32_t i : by_amount_)
      if (left_[i]) out.list[at[all_[i].*end]++] = i;
    return out;
  }

  bool like(int64_t smallest, int64_t largest) const {
    return !rules_.tolerance.below(largest - smallest, largest);
  }
  bool like(const Transfer& a, const Transfer& b) const {
    return like(std::min(a.amount, b.amount), std::max(a.amount, b.amount));
  }

  // Those of a party whose amount goes with amounts from `smallest` to `largest`.
  std::span<const uint32_t> alike(std::span<const uint32_t> list, int64_t smallest, int64_t largest) const {
    auto first = std::partition_point(list.begin(), list.end(), [&](uint32_t i) {
      return all_[i].amount < largest && !like(all_[i].amount, largest);
    });
    auto last = std::partition_point(first, list.end(), [&](uint32_t i) {
      return all_[i].amount <= smallest || like(smallest, all_[i].amount);
    });
    return list.subspan(static_cast<size_t>(first - list.begin()), static_cast<size_t>(last - first));
  }

  bool near(int64_t a, int64_t b) const { return std::abs(day_of(a) - day_of(b)) <= rules_.days; }

  // Whether some transfer that is left goes on from (comes before) this one; on a circle the last one is
  // followed by the first, so that either may be earlier.
  bool goes_on(uint32_t i, std::span<const uint32_t> list) const {
    for (uint32_t other : alike(list, all_[i].amount, all_[i].amount))
      if (left_[other] && near(all_[other].at, all_[i].at)) return true;
    return false;
  }

  void prune() {
    by_amount_.resize(all_.size());
    std::iota(by_amount_.begin(), by_amount_.end(), 0);
    std::sort(by_amount_.begin(), by_amount_.end(), [&](uint32_t a, uint32_t b) {
      return std::tie(all_[a].amount, all_[a].at, a) < std::tie(all_[b].amount, all_[b].at, b);
    });
    for (bool again = true; again;) {
      Side out = side(&Transfer::from), in = side(&Transfer::to);
      size_t gone = 0, there = out.list.size();
      for (uint32_t i = 0; i < all_.size(); ++i) {
        if (!left_[i]) continue;
        if (goes_on(i, out.of(all_[i].to)) && goes_on(i, in.of(all_[i].from))) continue;
        left_[i] = 0;
        ++gone;
      }
      again = gone * 100 > there;  // the last few cost less to search than to look for
    }
  }

  void order() {
    out_ = side(&Transfer::from), in_ = side(&Transfer::to);
    for (uint32_t i = 0; i < all_.size(); ++i)
      if (left_[i]) by_time_.push_back(i);
    std::sort(by_time_.begin(), by_time_.end(), [&](uint32_t a, uint32_t b) {
      return std::tie(all_[a].at, all_[a].amount, a) < std::tie(all_[b].at, all_[b].amount, b);
    });
  }

  void from(uint32_t start) {
    const Transfer& t = all_[start];
    home_ = t.from, first_day_ = day_of(t.at), steps_ = 0, kept_ = 0;
    if (!backwards(start)) return;
    path_.assign(1, start);
    parties_on_path_.assign(1, t.to);
    extend({t.amount, t.amount});
    if (steps_ > rules_.steps) ++given_up_;
  }

  // Works out latest_; false when nothing comes home at all.
  bool backwards(uint32_t start) {
    const Transfer& t = all_[start];
    for (Latest& one : latest_) one.clear();
    auto look = [&](uint32_t party, int64_t before, Latest& into) {
      for (uint32_t i : alike(in_.of(party), t.amount, t.amount)) {
        const Transfer& x = all_[i];
        ++steps_;
        if (x.at < t.at || x.at > before || day_of(x.at) - first_day_ > rules_.days) continue;
        auto [at, fresh] = into.emplace(x.from, x.at);
        if (!fresh) at->second = std::max(at->second, x.at);
      }
    };
    look(home_, std::numeric_limits<int64_t>::max(), latest_[0]);
    if (latest_[0].empty()) return false;
    ahead_ = 1;
    for (int hops = 1; hops < kBack && steps_ < rules_.steps / 4; ++hops, ++ahead_) {
      latest_[hops] = latest_[hops - 1];  // with fewer transfers, too
      for (const auto& [party, at] : latest_[hops - 1])
        if (party != home_) look(party, at, latest_[hops]);
    }
    return true;
  }

  // Whether money that is at the party at this moment can get home with at most so many transfers.
  bool reaches(uint32_t party, int64_t at, int transfers) const {
    if (transfers > ahead_) return true;
    const Latest& latest = latest_[transfers - 1];
    auto found = latest.find(party);
    return found != latest.end() && found->second >= at;
  }

  void extend(Step step) {
    const Transfer& last = all_[path_.back()];
    int more = rules_.most - static_cast<int>(path_.size());
    if (more <= 0 || !reaches(last.to, last.at, more)) return;
    for (uint32_t i : alike(out_.of(last.to), step.smallest, step.largest)) {
      if (++steps_ > rules_.steps || kept_ >= kPerStart) return;
      const Transfer& next = all_[i];
      if (next.at < last.at || day_of(next.at) - first_day_ > rules_.days) continue;
      if (next.to == home_) {
        if (static_cast<int>(path_.size()) + 1 < rules_.least) continue;
        keep(i);
        continue;
      }
      if (std::find(parties_on_path_.begin(), parties_on_path_.end(), next.to) != parties_on_path_.end()) continue;
      path_.push_back(i);
      parties_on_path_.push_back(next.to);
      extend({std::min(step.smallest, next.amount), std::max(step.largest, next.amount)});
      path_.pop_back();
      parties_on_path_.pop_back();
    }
  }

  void keep(uint32_t last) {
    ++kept_;
    found_.push_back({path_, 0});
    found_.back().transfers.push_back(last);
  }

  Circles chosen() {
    auto rank = [&](const Circle& c) {
      return std::tuple(all_[c.transfers.back()].at, c.transfers.size(), all_[c.transfers.front()].at);
    };
    std::sort(found_.begin(), found_.end(), [&](const Circle& a, const Circle& b) {
      auto x = rank(a), y = rank(b);
      return x != y ? x < y : a.transfers < b.transfers;
    });
    Circles out;
    out.considered = by_time_.size(), out.given_up = given_up_;
    std::unordered_map<uint32_t, size_t> owner;
    for (Circle& circle : found_) {
      auto taken = std::find_if(circle.transfers.begin(), circle.transfers.end(),
                                [&](uint32_t i) { return owner.contains(i); });
      if (taken != circle.transfers.end()) {
        Circle& other = out.circles[owner[*taken]];
        // What happened at one moment is found from each of its transfers.
        bool same = std::is_permutation(circle.transfers.begin(), circle.transfers.end(), other.transfers.begin(),
                                        other.transfers.end());
        other.others += !same;
        continue;
      }
      for (uint32_t i : circle.transfers) owner[i] = out.circles.size();
      out.circles.push_back(std::move(circle));
    }
    return out;
  }

  std::span<const Transfer> all_;
  const CircleRules& rules_;
  std::vector<uint8_t> left_;  // by transfer: not pruned
  std::vector<uint32_t> by_amount_, by_time_;
  uint32_t parties_ = 0;
  Side out_, in_;
  uint32_t home_ = 0;
  int64_t first_day_ = 0, steps_ = 0;
  size_t kept_ = 0, given_up_ = 0;
  int ahead_ = 1;
  Latest latest_[kBack];
  std::vector<uint32_t> path_, parties_on_path_;
  std::vector<Circle> found_;
};

}  // namespace

Circles find_circles(std::span<const Transfer> transfers, const CircleRules& rules) {
  return Search(transfers, rules).run();
}

}  // namespace guanhu::risk
