// Figures for all holders at once.
#include <algorithm>
#include <set>

#include "measures/engine_impl.h"
#include "measures/source_rows.h"

namespace guanhu::measures {

using base::Int128;

namespace {
// The sums of terms, kept per stretch of days: members of teams ask for parts of them.
class TermSums {
 public:
  TermSums(const Question& q, Linear& linear) : q_(q), linear_(linear) {}
  // One owner's figure over the days [from, to] of the terms.
  Int128 of(uint32_t owner, int32_t from, int32_t to) {
    Int128 sum = 0;
    for (const Term& t : q_.terms) {
      int32_t first = std::max(t.first, from), last = std::min(t.last, to);
      if (first <= last) sum += t.sign * sums(first, last).owner[owner];
    }
    return sum;
  }
  // All owners over all days.
  Sums whole() {
    Sums out;
    for (const Term& t : q_.terms) {
      const Sums& s = sums(t.first, t.last);
      out.owner.resize(s.owner.size(), 0);
      for (size_t i = 0; i < s.owner.size(); ++i) out.owner[i] += t.sign * s.owner[i];
      out.bank += t.sign * s.bank;
    }
    return out;
  }
  bool each_adds_up() const {
    return std::all_of(cache_.begin(), cache_.end(), [](const auto& c) { return c.second.adds_up(); });
  }

 private:
  const Sums& sums(int32_t first, int32_t last) {
    auto found = cache_.find({first, last});
    if (found == cache_.end()) found = cache_.emplace(std::pair(first, last), linear_.days(first, last)).first;
    return found->second;
  }
  const Question& q_;
  Linear& linear_;
  std::map<std::pair<int32_t, int32_t>, Sums> cache_;
};

bool always(const Stint& s) { return s.from == attribution::kAlways && s.to == attribution::kForever; }

// What the holders hold together, each owner counted once; stretches of team members one by one.
Int128 held_together(const std::vector<Stints>& stints, const Sums& whole, TermSums& sums) {
  std::set<uint32_t> seen;
  Int128 out = 0;
  for (const Stints& holder : stints)
    for (const Stint& s : holder) {
      if (!always(s)) out += sums.of(s.owner, s.from, s.to);
      else if (seen.insert(s.owner).second) out += whole.owner[s.owner];
    }
  return out;
}
}  // namespace

base::Result<MeasureValues> EngineImpl::add_up(const Question& q, Linear& linear,
                                               const std::vector<Holder>& holders,
                                               const std::vector<Stints>& stints) {
  MeasureValues out;
  TermSums sums(q, linear);
  Sums whole = sums.whole();
  auto ratio = [&](Int128 amount) { return Ratio{amount, q.denominator}; };
  for (size_t h = 0; h < holders.size(); ++h) {
    Int128 amount = 0;
    for (const Stint& s : stints[h]) amount += always(s) ? whole.owner[s.owner] : sums.of(s.owner, s.from, s.to);
    out.exact.push_back(ratio(amount));
    out.values.push_back(rounded(out.exact.back(), q.scale));
  }
  if (!sums.each_adds_up() || !whole.adds_up())
    return base::Error{
        "measure.sum",
        "measure " + q.measure->name + ": what managers and nobody hold does not add up to the bank's " +
            "total of " + rounded(ratio(whole.bank), q.scale).str() + " " + q.measure->unit,
        place(*q.measure), "delete the column files so that they are derived again, and report this"};
  Int128 held = held_together(stints, whole, sums), all = 0;
  for (Int128 v : whole.owner) all += v;
  out.adds_up = true;
  out.holders_sum = ratio(held);
  out.nobody = ratio(whole.owner.empty() ? 0 : whole.owner[0]);
  out.others = ratio(all - held - out.nobody.numerator);
  out.bank_total = ratio(whole.bank);
  return out;
}

bool EngineImpl::exists(const Source& s, uint32_t subject, int32_t first, int32_t last) const {
  DailyRule any;
  any.count = true;
  if (subject < s.points.size() &&
      stood(s.points, subject, std::max(first, kFirstDay), std::min(last, kLastDay), any) > 0)
    return true;
  auto versions = s.subjects->versions.of(subject);
  for (size_t v = 0; v < versions.size(); ++v) {
    int64_t end = v + 1 < versions.size() ? versions[v + 1].from : int64_t{attribution::kForever} + 1;
    int64_t from = std::max({first, versions[v].from, versions[v].opened});
    int64_t to = std::min<int64_t>({int64_t{last} + 1, end, versions[v].closed});
    if (from < to) return true;
  }
  return false;
}

base::Status EngineImpl::refuse_over_assigned(const Question& q) {
  using policy::Attribution;
  const policy::Measure& m = *q.measure;
  if (m.attribution == Attribution::subtree || m.attribution == Attribution::seller || q.kind == Kind::target)
    return {};
  bool loans = is_loan_fact(m.fact);
  const Subjects& subjects = loans ? columns_->loans : columns_->accounts;
  Source s;
  s.points = loans ? columns_->loan_all : columns_->deposits;
  s.subjects = &subjects;
  std::vector<OverAssigned> found;
  for (const OverAssigned& over : subjects.over) {
    int32_t first = std::max(over.from, std::min(q.first(), q.range.first.days()));
    int32_t last = std::min(over.to, std::max(q.last(), q.range.last.days()));
    if (first <= last && exists(s, over.subject, first, last))
      found.push_back({over.subject, first, last, over.claimed});
  }
  if (found.empty()) return {};
  SourceRows rows(db_, known_);
  std::string text;
  constexpr size_t kShown = 5;
  for (size_t i = 0; i < std::min(found.size(), kShown); ++i) {
    text += (i ? "; " : "") + rows.describe_over_assigned(loans, found[i], subjects, columns_->customers);
  }
  if (found.size() > kShown) text += "; and " + std::to_string(found.size() - kShown) + " more";
  return base::Error{"measure.over_assigned", "assigned over 100 %: " + text, "assignments.csv",
                     "deliver rows for these days whose shares add up to at most 1"};
}

base::Result<MeasureValues> EngineImpl::evaluate(const policy::Measure& measure, const base::Period& period,
                                                 const std::vector<Holder>& holders) {
  auto q = ask(measure, period);
  if (!q) return q.error();
  if (q->kind == Kind::target) return evaluate_target(*q, holders);
  std::vector<Stints> all;
  for (const Holder& holder : holders) {
    auto mine = stints(*q, holder);
    if (!mine) return mine.error();
    all.push_back(std::move(*mine));
  }
  if (auto status = refuse_over_assigned(*q); !status) return status.error();
  if (measure.aggregate == policy::Aggregate::customers_by_share) return count_by_share(*q, all);
  if (q->kind == Kind::distinct) return count_distinct(*q, all);
  auto sums = linear(*q);
  if (!sums) return sums.error();
  return add_up(*q, **sums, holders, all);
}

}  // namespace guanhu::measures
