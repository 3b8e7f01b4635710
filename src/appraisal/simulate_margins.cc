#include "appraisal/simulate_margins.h"

#include <algorithm>

#include "appraisal/detail/decide.h"
#include "appraisal/detail/formula.h"
#include "measures/question.h"

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;
using policy::Aggregate;
using policy::Fact;
using policy::InputKind;
using policy::SchemeStep;
using policy::StepKind;

namespace {

Decimal plus(const Decimal& a, const Decimal& b) { return Decimal::add(a, b).value(); }
Decimal minus(const Decimal& a, const Decimal& b) { return Decimal::subtract(a, b).value(); }
Decimal times(const Decimal& a, const Decimal& b) { return Decimal::multiply(a, b).value(); }
Decimal count(size_t n) { return Decimal::make(static_cast<__int128>(n), 0); }

// By how much a balance that is there on every day of the period, and on none before, moves the figure.
std::optional<Decimal> through_the_period(const policy::Measure& m, const base::Period& period) {
  if (!m.filter.empty() || m.cap || m.minimum || m.attribution == policy::Attribution::main_only)
    return std::nullopt;
  const measures::DayRange range = measures::reach_of(m.reach, period);
  const auto first = std::max(range.first, period.first()), last = std::min(range.last, period.last());
  const bool at_end = period.first() <= range.last && range.last <= period.last();
  switch (m.aggregate) {
    case Aggregate::average_daily:
      if (last < first) return std::nullopt;
      return Decimal::divide(last - first + 1, range.days());
    case Aggregate::at_end: return at_end ? std::optional(Decimal(1)) : std::nullopt;
    case Aggregate::net_change:
      return at_end && range.first <= period.first() ? std::optional(Decimal(1)) : std::nullopt;
    case Aggregate::month_end_average:
      return range == measures::DayRange{period.first(), period.last()} ? std::optional(Decimal(1)) : std::nullopt;
    default: return std::nullopt;
  }
}

bool can_move(const SchemeStep& step) { return step.measure && step.measure->fact != Fact::target; }

// Which steps scores rest on; all of them where a decision scores.
std::vector<bool> scored(const policy::CompiledScheme& scheme) {
  std::vector<bool> out(scheme.steps.size(), scheme.decision != nullptr);
  for (size_t item : scheme.items) out[item] = true;
  for (size_t s = scheme.steps.size(); s-- > 0;)
    if (out[s])
      for (const auto& input : scheme.steps[s].inputs)
        if (input.kind == InputKind::step) out[input.step] = true;
  return out;
}

}  // namespace

std::vector<Lever> levers_of(const Evaluation& e) {
  const auto& steps = e.scheme.steps;
  const std::vector<bool> counts = scored(e.scheme);
  Lever deposit{"deposit", "存款多一元，期内一直在", "元", {}}, loan{"loan", "贷款多一元，期内一直在", "元", {}};
  std::vector<Lever> single;
  for (size_t s = 0; s < steps.size(); ++s) {
    if (!counts[s] || !can_move(steps[s])) continue;
    single.push_back({steps[s].name, steps[s].name, steps[s].unit, {{s, 1}}});
    const Fact fact = steps[s].measure->fact;
    if (fact != Fact::deposit_balance && fact != Fact::loan_balance) continue;
    if (auto by = through_the_period(*steps[s].measure, e.period))
      (fact == Fact::deposit_balance ? deposit : loan).moves.emplace_back(s, *by);
  }
  std::vector<Lever> out;
  for (Lever* both : {&deposit, &loan})
    if (!both->moves.empty()) out.push_back(std::move(*both));
  for (Lever& one : single) out.push_back(std::move(one));
  return out;
}

base::Result<Lever> lever_of(const Evaluation& e, const std::string& id) {
  std::string known;
  for (Lever& one : levers_of(e)) {
    if (one.id == id) return std::move(one);
    known += (known.empty() ? "" : "、") + one.id;
  }
  return Error{"simulate.lever", "没有可以加减的指标 " + id, "lever",
               known.empty() ? "这个方案的得分不看可以加减的指标" : "可用：" + known};
}

Worlds::Worlds(const Evaluation& base, const people::Directory& directory, Lever lever)
    : base_(base), directory_(directory), lever_(std::move(lever)), now_(base) {
  const auto& steps = base.scheme.steps;
  affected_.assign(steps.size(), false);
  std::vector<bool> through_peers(steps.size(), false);
  for (const auto& [step, by] : lever_.moves) affected_[step] = true;
  for (size_t s = 0; s < steps.size(); ++s) {
    if (steps[s].kind == StepKind::list || steps[s].kind == StepKind::recorded) continue;
    for (const auto& input : steps[s].inputs) {
      if (input.kind != InputKind::step || !affected_[input.step]) continue;
      affected_[s] = true;
      if (through_peers[input.step]) through_peers[s] = true;
    }
    if (steps[s].kind != StepKind::peer || !affected_[s]) continue;
    nested_ = nested_ || through_peers[s];
    through_peers[s] = true;
  }
}

StepValues Worlds::moved(size_t step, const Decimal& coefficient, const std::vector<Decimal>& by) const {
  StepValues out = base_.steps[step];
  for (size_t h = 0; h < base_.holders.size(); ++h)
    if (out.values[h]) out.values[h] = plus(*out.values[h], times(coefficient, by[h]));
  return out;
}

namespace {

// The sum and the extremes over everyone but one.
struct Spread {
  struct Extreme {
    std::optional<Decimal> first, second;
    size_t at = 0;
    void take(const Decimal& value, size_t who, bool lower) {
      const bool better = !first || (lower ? value < *first : *first < value);
      if (better) second = first, first = value, at = who;
      else if (!second || (lower ? value < *second : *second < value)) second = value;
    }
    const std::optional<Decimal>& without(size_t who) const { return who == at ? second : first; }
  };
  Decimal sum, weights;
  Extreme low, high;
};

}  // namespace

StepValues Worlds::peers(size_t step) const {
  const SchemeStep& peer = base_.scheme.steps[step];
  const size_t of = peer.inputs.at(0).step;
  const StepValues &was = base_.steps[of], &is = now_.steps[of];
  const bool weighted = !base_.peer_weights.empty();
  auto weight = [&](size_t i) { return weighted ? base_.peer_weights[i].value_or(Decimal()) : Decimal(1); };
  Spread all;
  size_t counted = 0;
  for (size_t i = 0; i < was.values.size(); ++i) {
    if (!was.values[i] || weight(i).is_zero()) continue;
    ++counted;
    all.sum = plus(all.sum, times(weight(i), *was.values[i]));
    all.weights = plus(all.weights, weight(i));
    all.low.take(*was.values[i], i, true), all.high.take(*was.values[i], i, false);
  }
  StepValues out = base_.steps[step];
  const std::string& how = peer.peer->how;
  if (how == "count" || !counted) return out;
  for (size_t h = 0; h < base_.holders.size(); ++h) {
    // Whether there is a value cannot depend on how much it is, but for a formula that says so: then the row
    // stays.
    if (!out.values[h] || !was.values[h] || !is.values[h] || weight(h).is_zero()) continue;
    const Decimal sum = plus(all.sum, times(weight(h), minus(*is.values[h], *was.values[h])));
    if (how == "sum") out.values[h] = sum;
    else if (how == "min")
      out.values[h] = all.low.without(h) ? std::min(*all.low.without(h), *is.values[h]) : *is.values[h];
    else if (how == "max")
      out.values[h] = all.high.without(h) ? std::max(*all.high.without(h), *is.values[h]) : *is.values[h];
    else out.values[h] = Decimal::divide(sum, weighted ? all.weights : count(counted));
  }
  return out;
}

base::Status Worlds::shift(const std::vector<Decimal>& by) {
  if (nested_)
    return Error{"simulate.nested", "这个方案的平均数建立在得分上，得分又看平均数：逐人算", "lever",
                 "打开一个人的业绩页看加减的影响"};
  const auto& steps = base_.scheme.steps;
  for (size_t s = 0; s < steps.size(); ++s) {
    if (!affected_[s]) continue;
    auto own = std::find_if(lever_.moves.begin(), lever_.moves.end(), [&](const auto& m) { return m.first == s; });
    if (own != lever_.moves.end()) {
      now_.steps.replace(s, std::make_shared<const StepValues>(moved(s, own->second, by)));
    } else if (steps[s].kind == StepKind::peer) {
      now_.steps.replace(s, std::make_shared<const StepValues>(peers(s)));
    } else {
      auto made = detail::take_formula(steps[s], now_);
      if (!made) return made.error();
      now_.steps.replace(s, std::make_shared<const StepValues>(std::move(*made)));
    }
  }
  if (base_.scheme.decision) now_.decided = detail::decide_holders(now_, directory_);
  return {};
}

std::optional<std::string> Worlds::grade(size_t holder) const {
  if (base_.scheme.decision) {
    HolderResult result;
    detail::fill_result(now_, holder, result);
    return result.grade;
  }
  const Total reached = total(holder);
  if (reached.value)
    for (const auto& band : base_.scheme.scheme->grades)
      if (*reached.value >= band.at_least) return band.grade;
  return std::nullopt;
}

base::Result<std::vector<Margin>> margins(const Evaluation& e, const people::Directory& directory,
                                          const Lever& lever, const Decimal& by) {
  std::vector<Margin> out(e.holders.size());
  Worlds worlds(e, directory, lever);
  for (const bool more : {true, false}) {
    const std::vector<Decimal> steps(e.holders.size(), more ? by : by.negated());
    if (auto done = worlds.shift(steps); !done) return done.error();
    for (size_t h = 0; h < out.size(); ++h) {
      const Total was = total_of(e, h), is = worlds.total(h);
      if (was.value && is.value) (more ? out[h].more : out[h].less) = minus(*is.value, *was.value);
    }
  }
  return out;
}

namespace {

std::vector<Cliff> standing(const Evaluation& e) {
  std::vector<Cliff> out(e.holders.size());
  const auto& bands = e.scheme.scheme->grades;
  for (size_t h = 0; h < out.size(); ++h) {
    const Total total = total_of(e, h);
    if (!total.value) continue;
    for (const auto& band : bands) {  // from high to low
      if (*total.value >= band.at_least) {
        out[h].grade = band.grade;
        out[h].lead = minus(*total.value, band.at_least);
        break;
      }
      out[h].next = band.grade;
      out[h].missing = minus(band.at_least, *total.value);
    }
  }
  return out;
}

}  // namespace

// All holders halve their own stretch at the same time: as many evaluations as the widest stretch has halves.
base::Result<std::vector<Cliff>> cliffs(const Evaluation& e, const people::Directory& directory,
                                        const Lever* lever, const Decimal& most) {
  std::vector<Cliff> out = standing(e);
  const auto top = most.to_int64();
  if (!lever || !top || *top <= 0 || e.scheme.decision) return out;
  Worlds worlds(e, directory, *lever);
  std::vector<Decimal> by(out.size(), most);
  if (auto done = worlds.shift(by); !done) {
    if (done.error().code == "simulate.nested") return out;
    return done.error();
  }
  auto reached = [&](size_t h) {
    const Total total = worlds.total(h), was = total_of(e, h);
    return total.value && was.value && *total.value >= plus(*was.value, *out[h].missing);
  };
  std::vector<int64_t> low(out.size(), 0), high(out.size(), 0);  // not reached, reached
  for (size_t h = 0; h < out.size(); ++h)
    if (out[h].missing && reached(h)) high[h] = *top;
  for (bool open = true; open;) {
    open = false;
    for (size_t h = 0; h < out.size(); ++h) {
      const bool looking = high[h] - low[h] > 1;
      open = open || looking;
      by[h] = looking ? Decimal(low[h] + (high[h] - low[h]) / 2) : Decimal(high[h]);
    }
    if (!open) break;
    if (auto done = worlds.shift(by); !done) return done.error();
    for (size_t h = 0; h < out.size(); ++h)
      if (high[h] - low[h] > 1) (reached(h) ? high[h] : low[h]) = low[h] + (high[h] - low[h]) / 2;
  }
  for (size_t h = 0; h < out.size(); ++h)
    if (high[h]) out[h].need = Decimal(high[h]);
  return out;
}

namespace {

// Every holder's search, side by side: each row of an evaluation is another holder's next question.
class JumpSearch {
 public:
  JumpSearch(const Evaluation& e, Worlds& worlds, int64_t most) : worlds_(worlds), most_(most) {
    rows_.resize(e.holders.size());
    for (size_t h = 0; h < rows_.size(); ++h)
      if (auto total = total_of(e, h).value) rows_[h].start = *total;
      else rows_[h].over = true;
  }

  // From where each stands: the first departure from its curve. Whether anybody goes on looking.
  base::Result<bool> round() {
    if (auto done = begin(); !done) return done.error();
    if (auto done = halve(); !done) return done.error();
    if (auto done = ask([](const Row& r) { return r.low; }, &Row::before); !done) return done.error();
    if (auto done = ask([](const Row& r) { return r.high; }, &Row::there); !done) return done.error();
    bool open = false;
    for (Row& r : rows_) {
      if (r.over) continue;
      const Decimal size = minus(r.there, r.before);
      if (kLeast < minus(size, r.slope).abs() && times(r.slope.abs(), 10) < size.abs()) {
        r.found = Jump{Decimal(r.high), size}, r.over = true;
      } else {
        r.at = r.high, r.start = r.there;
        r.over = r.at + 1 >= most_;
      }
      open = open || !r.over;
    }
    return open;
  }

  std::vector<Jump> found() const {
    std::vector<Jump> out;
    for (const Row& r : rows_) out.push_back(r.found);
    return out;
  }

 private:
  struct Row {
    int64_t at = 0, low = 0, high = 0;
    Decimal start, slope;          // the total where it stands, and by how much one unit moves it there
    Decimal before, there, after;  // what was asked for last
    bool over = false;
    Jump found = {};
  };
  static inline const Decimal kLeast = Decimal::make(1, -2);  // points

  // The slope of either side, whichever is smaller: who stands on the edge of a step has a jump on one of them.
  base::Status begin() {
    if (auto done = ask([](const Row& r) { return r.at - 1; }, &Row::before); !done) return done;
    if (auto done = ask([](const Row& r) { return r.at + 1; }, &Row::after); !done) return done;
    for (Row& r : rows_) {
      const Decimal left = minus(r.start, r.before), right = minus(r.after, r.start);
      r.slope = left.abs() < right.abs() ? left : right;
      r.low = r.at, r.high = most_;
    }
    if (auto done = probe([&](const Row&) { return most_; }); !done) return done;
    for (Row& r : rows_) r.over = r.over || on_curve(r, most_);
    return {};
  }
  // What is there and one unit before it.
  template <class Where>
  base::Status probe(const Where& where) {
    if (auto done = ask([&](const Row& r) { return where(r) - 1; }, &Row::before); !done) return done;
    return ask(where, &Row::there);
  }
  // Whether the total came there by the slopes of both ends: as far as a smooth bend goes.
  static bool on_curve(const Row& r, int64_t x) {
    const Decimal both = plus(r.slope, minus(r.there, r.before));
    const Decimal by = times(times(both, Decimal(x - r.at)), Decimal::make(5, -1));
    return minus(minus(r.there, r.start), by).abs() <= kLeast;
  }
  // Everybody's total where they ask; who is done asks for nothing.
  template <class Where>
  base::Status ask(const Where& where, Decimal Row::*into) {
    std::vector<Decimal> by;
    for (const Row& r : rows_) by.emplace_back(r.over ? int64_t{0} : where(r));
    if (auto done = worlds_.shift(by); !done) return done;
    for (size_t h = 0; h < rows_.size(); ++h)
      if (auto total = worlds_.total(h).value) rows_[h].*into = *total;
      else rows_[h].over = true;
    return {};
  }
  base::Status halve() {
    auto looking = [](const Row& r) { return !r.over && r.high - r.low > 1; };
    auto middle = [](const Row& r) { return r.low + (r.high - r.low) / 2; };
    while (std::any_of(rows_.begin(), rows_.end(), looking)) {
      if (auto done = probe(middle); !done) return done;
      for (Row& r : rows_)
        if (looking(r)) (on_curve(r, middle(r)) ? r.low : r.high) = middle(r);
    }
    return {};
  }

  Worlds& worlds_;
  int64_t most_;
  std::vector<Row> rows_;
};

constexpr size_t kMany = 1'000;
constexpr int kBends = 6;

}  // namespace

base::Result<std::vector<Jump>> jumps(const Evaluation& e, const people::Directory& directory, const Lever& lever,
                                      const Decimal& most) {
  const int64_t top = most.to_int64().value_or(0);
  std::vector<Jump> none(e.holders.size());
  if (top < 2 || e.scheme.decision) return none;
  Worlds worlds(e, directory, lever);
  JumpSearch search(e, worlds, top);
  for (int round = 0; round < (e.holders.size() > kMany ? 1 : kBends); ++round) {
    auto open = search.round();
    if (!open) {
      if (open.error().code == "simulate.nested") return none;
      return open.error();
    }
    if (!*open) break;
  }
  return search.found();
}

}  // namespace guanhu::appraisal
