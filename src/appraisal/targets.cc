#include "appraisal/targets.h"

#include <algorithm>
#include <map>
#include <set>

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;

namespace {

Decimal plus(const Decimal& a, const Decimal& b) { return Decimal::add(a, b).value(); }
Decimal minus(const Decimal& a, const Decimal& b) { return Decimal::subtract(a, b).value(); }

bool fits(const Decimal& value, int scale) { return value.round(scale, base::Rounding::half_up) == value; }

// Exact values cut to the unit so that they add up to `total`: largest remainder first, earlier ones first where
// they are alike. `none`: gets nothing, not even a remainder.
std::vector<Decimal> by_remainder(const std::vector<Decimal>& exact, const std::vector<bool>& none,
                                  const Decimal& total, int scale) {
  std::vector<Decimal> out(exact.size());
  std::vector<std::pair<Decimal, size_t>> rest;
  Decimal given;
  for (size_t i = 0; i < exact.size(); ++i) {
    out[i] = exact[i].round(scale, base::Rounding::floor);
    given = plus(given, out[i]);
    if (!none[i]) rest.emplace_back(minus(exact[i], out[i]), i);
  }
  std::stable_sort(rest.begin(), rest.end(), [](const auto& a, const auto& b) { return b.first < a.first; });
  const Decimal unit = Decimal::make(1, -scale);
  for (size_t i = 0; given < total && !rest.empty(); i = (i + 1) % rest.size()) {
    out[rest[i].second] = plus(out[rest[i].second], unit);
    given = plus(given, unit);
  }
  return out;
}

Decimal positive_sum(const std::vector<Decimal>& values) {
  Decimal sum;
  for (const Decimal& one : values)
    if (!one.is_negative()) sum = plus(sum, one);
  return sum;
}

class Splitter {
 public:
  Splitter(const std::vector<TargetNode>& tree, SplitWay way, int scale)
      : tree_(tree), way_(way), scale_(scale), below_(tree.size()) {
    out_.nodes.resize(tree.size());
    for (size_t i = 0; i < tree.size(); ++i)
      if (tree[i].parent >= 0) below_[static_cast<size_t>(tree[i].parent)].push_back(i);
  }

  base::Result<Split> run() {
    for (const TargetNode& node : tree_)
      if (node.given && !fits(*node.given, scale_))
        return Error{"target.scale", name(node) + "的计划 " + node.given->str() + " 小数太多", node.id,
                     scale_ == 0 ? "写整数" : "最多 " + std::to_string(scale_) + " 位小数"};
    if (way_ == SplitWay::hand) {
      for (size_t i = 0; i < tree_.size(); ++i) out_.nodes[i].value = tree_[i].given;
    } else {
      if (tree_.empty() || !tree_[0].given)
        return Error{"target.total", "没有写全行的计划", "total", "先写全行一共多少，再分解"};
      out_.nodes[0].value = tree_[0].given;
      for (size_t i = 0; i < tree_.size(); ++i)
        if (auto error = share(i)) return *error;
    }
    for (size_t i = 0; i < tree_.size(); ++i) difference(i);
    return std::move(out_);
  }

 private:
  static std::string name(const TargetNode& node) {
    return node.name.empty() ? std::string(policy::target_word(node.of)) + " " + node.id : node.name;
  }

  // What is fixed at a node: its own lock, else nothing but what is fixed below it.
  bool fixed(size_t node) const { return tree_[node].locked && tree_[node].given; }

  std::optional<Error> share(size_t node) {
    if (below_[node].empty() || !out_.nodes[node].value) return std::nullopt;
    if (way_ == SplitWay::pattern) return share_by_pattern(node);
    Decimal rest = *out_.nodes[node].value;
    std::vector<size_t> open;
    std::vector<Decimal> weights;
    for (size_t child : below_[node]) {
      if (fixed(child)) {
        out_.nodes[child].value = tree_[child].given;
        rest = minus(rest, *tree_[child].given);
      } else {
        open.push_back(child);
        weights.push_back(way_ == SplitWay::equal ? Decimal(1) : tree_[child].basis);
      }
    }
    if (open.empty()) return std::nullopt;  // the difference says it
    if (rest.is_negative() && !out_.nodes[node].value->is_negative()) return locked_too_much(node, rest);
    bool none = std::all_of(weights.begin(), weights.end(), [](const Decimal& w) { return w <= Decimal(0); });
    if (none && way_ == SplitWay::basis)
      out_.notes.push_back(name(tree_[node]) + "下面都没有可比的基数，平均分配");
    auto parts = shared_out(rest, weights, scale_);
    for (size_t i = 0; i < open.size(); ++i) out_.nodes[open[i]].value = parts[i];
    return std::nullopt;
  }

  Error locked_too_much(size_t node, const Decimal& rest) const {
    return Error{"target.locked",
                 name(tree_[node]) + "下面锁定的已经超过它的计划 " + out_.nodes[node].value->str() + "，多 " +
                     rest.negated().str(),
                 tree_[node].id, "放开一些锁定，或把上级的计划调高"};
  }

  // Locked ones keep theirs, shares by hand are of the whole, the others share what is left by last year.
  std::optional<Error> share_by_pattern(size_t node) {
    const Decimal& whole = *out_.nodes[node].value;
    Decimal rest = whole, by_hand, last_year;
    std::vector<size_t> hands, follows;
    std::string waiting;
    for (size_t child : below_[node]) {
      const TargetNode& one = tree_[child];
      if (fixed(child)) {
        out_.nodes[child].value = one.given;
        rest = minus(rest, *one.given);
      } else if (one.share) {
        if (one.share->is_negative() || *one.share > Decimal(1))
          return Error{"target.share", name(one) + "的份额要在 0% 和 100% 之间", one.id, ""};
        by_hand = plus(by_hand, Decimal::multiply(whole, *one.share).value());
        hands.push_back(child);
      } else if (one.basis > Decimal(0)) {
        last_year = plus(last_year, one.basis);
        follows.push_back(child);
      } else {
        out_.nodes[child].without = true;
        waiting += (waiting.empty() ? "" : "、") + name(one);
      }
    }
    if (!waiting.empty()) out_.notes.push_back(name(tree_[node]) + "下面去年同期没有数的：" + waiting);
    if (rest.is_negative() && !whole.is_negative()) return locked_too_much(node, rest);
    const Decimal left = minus(rest, by_hand);
    if (left.is_negative() && !whole.is_negative())
      return Error{"target.share", name(tree_[node]) + "下面手工写的份额合起来多了 " + left.negated().str(),
                   tree_[node].id, "把份额调小，或放开锁定"};
    std::vector<Decimal> exact;
    for (size_t child : hands) exact.push_back(Decimal::multiply(whole, *tree_[child].share).value());
    for (size_t child : follows)
      exact.push_back(Decimal::divide(Decimal::multiply(left, tree_[child].basis).value(), last_year).value());
    const Decimal total = follows.empty() ? by_hand.round(scale_, base::Rounding::floor) : rest;
    const auto parts = by_remainder(exact, std::vector<bool>(exact.size(), false), total, scale_);
    hands.insert(hands.end(), follows.begin(), follows.end());
    for (size_t i = 0; i < hands.size(); ++i) out_.nodes[hands[i]].value = parts[i];
    return std::nullopt;
  }

  void difference(size_t node) {
    if (below_[node].empty()) return;
    Decimal sum;
    bool any = out_.nodes[node].value.has_value();
    for (size_t child : below_[node])
      if (out_.nodes[child].value) sum = plus(sum, *out_.nodes[child].value), any = true;
    if (any) out_.nodes[node].difference = minus(out_.nodes[node].value.value_or(Decimal()), sum);
  }

  const std::vector<TargetNode>& tree_;
  SplitWay way_;
  int scale_;
  std::vector<std::vector<size_t>> below_;
  Split out_;
};

}  // namespace

std::vector<TargetNode> target_tree(const people::Directory& directory, const std::vector<std::string>& holders) {
  std::vector<TargetNode> out;
  out.push_back({.of = policy::TargetOf::bank, .id = "", .name = "全行", .basis = {}, .given = {}});
  std::map<std::string, std::vector<const people::Staff*>> branches;
  const std::set<std::string> ids(holders.begin(), holders.end());
  for (const auto& id : ids)
    if (const people::Staff* person = directory.person(id))
      branches[directory.branch_of(person->org)].push_back(person);
  for (const auto& [branch, people] : branches) {
    const people::Org* org = directory.org(branch);
    const int at = static_cast<int>(out.size());
    out.push_back({.of = policy::TargetOf::organisation,
                   .id = branch,
                   .name = org ? org->name : branch,
                   .parent = 0,
                   .basis = {},
                   .given = {}});
    for (const people::Staff* person : people)
      out.push_back({.of = policy::TargetOf::staff,
                     .id = person->id,
                     .name = person->name,
                     .parent = at,
                     .basis = {},
                     .given = {}});
  }
  return out;
}

base::Result<Split> split_down(const std::vector<TargetNode>& tree, SplitWay way, int scale) {
  return Splitter(tree, way, scale).run();
}

std::vector<Decimal> shared_out(const Decimal& total, const std::vector<Decimal>& weights, int scale) {
  std::vector<Decimal> used = weights, out(weights.size());
  Decimal sum;
  for (Decimal& one : used) {
    if (one.is_negative()) one = Decimal(0);
    sum = plus(sum, one);
  }
  if (sum.is_zero())
    std::fill(used.begin(), used.end(), Decimal(1)), sum = Decimal(static_cast<int64_t>(used.size()));
  std::vector<Decimal> exact;
  std::vector<bool> none;
  for (const Decimal& one : used) {
    exact.push_back(Decimal::divide(Decimal::multiply(total, one).value(), sum).value());
    none.push_back(one.is_zero());
  }
  return by_remainder(exact, none, total, scale);
}

std::vector<std::vector<Decimal>> split_over(const std::vector<TargetNode>& tree, const Split& split,
                                             const std::vector<std::vector<Decimal>>& seasons, size_t parts,
                                             int scale, std::vector<std::string>& notes) {
  std::vector<std::vector<Decimal>> out(tree.size());
  if (!parts) return out;
  std::vector<bool> leaf(tree.size(), true);
  for (const TargetNode& node : tree)
    if (node.parent >= 0) leaf[static_cast<size_t>(node.parent)] = false;
  std::string borrowed;
  auto season_of = [&](size_t node) {
    for (int at = static_cast<int>(node); !seasons.empty() && at >= 0; at = tree[static_cast<size_t>(at)].parent) {
      const auto& own = seasons[static_cast<size_t>(at)];
      if (Decimal(0) < positive_sum(own)) {
        if (at != static_cast<int>(node)) borrowed += (borrowed.empty() ? "" : "、") + tree[node].name;
        return own;
      }
    }
    return std::vector<Decimal>(parts, Decimal(1));
  };
  for (size_t i = tree.size(); i-- > 0;) {
    if (leaf[i] && split.nodes[i].value) out[i] = shared_out(*split.nodes[i].value, season_of(i), scale);
    if (tree[i].parent < 0 || out[i].empty()) continue;
    auto& above = out[static_cast<size_t>(tree[i].parent)];
    above.resize(parts);
    for (size_t p = 0; p < parts; ++p) above[p] = plus(above[p], out[i][p]);
  }
  if (!borrowed.empty()) notes.push_back(borrowed + "去年各期没有数，按上级去年的季节分");
  return out;
}

std::vector<base::Period> periods_within(const base::Period& whole, base::PeriodKind kind) {
  std::vector<base::Period> out;
  for (base::Date day = whole.first(); day <= whole.last();) {
    base::Period part = base::Period::containing(kind, day);
    if (part.first() < whole.first() || part.last() > whole.last() || part == whole) return {};
    out.push_back(part);
    day = part.last() + 1;
  }
  return out;
}

std::vector<PeriodDifference> period_differences(const std::vector<policy::TargetValue>& values) {
  std::map<std::tuple<policy::TargetOf, std::string, std::string>, const policy::TargetValue*> at;
  for (const auto& one : values) at[{one.of, one.id, one.period}] = &one;
  std::vector<PeriodDifference> out;
  for (const auto& one : values) {
    auto whole = base::Period::parse(one.period);
    if (!whole) continue;
    for (auto kind : {base::PeriodKind::half_year, base::PeriodKind::quarter, base::PeriodKind::month}) {
      auto parts = periods_within(*whole, kind);
      Decimal sum;
      size_t there = 0;
      for (const auto& part : parts)
        if (auto found = at.find({one.of, one.id, part.str()}); found != at.end())
          sum = plus(sum, found->second->value), ++there;
      if (parts.empty() || there < parts.size() || sum == one.value) continue;
      out.push_back({one.of, one.id, one.name, one.period, parts.front().str() + "…" + parts.back().str(),
                     minus(one.value, sum)});
    }
  }
  return out;
}

int target_scale(const std::string& unit) {
  if (unit == "元" || unit == "万元" || unit == "亿元" || unit == "分") return 2;
  if (unit == "比率" || unit == "%" || unit == "倍" || unit.find('/') != std::string::npos)
    return policy::kTargetScale;
  return 0;
}

}  // namespace guanhu::appraisal
