#include "appraisal/assess_result.h"

#include <algorithm>
#include <set>

namespace guanhu::appraisal {

using base::Decimal;

namespace {

// Marks and weights lie between 0 and 1000: none of these leaves the range of a Decimal.
Decimal sum(const Decimal& a, const Decimal& b) { return Decimal::add(a, b).value(); }
Decimal product(const Decimal& a, const Decimal& b) { return Decimal::multiply(a, b).value(); }
Decimal quotient(const Decimal& a, const Decimal& b) { return Decimal::divide(a, b).value(); }

// A weighted mean that divides once: sum of weight * value over sum of weight, of what has a value.
struct Weighing {
  Decimal points, weight;
  void add(const Decimal& w, const MaybeDecimal& value) {
    if (!value) return;
    points = sum(points, product(w, *value));
    weight = sum(weight, w);
  }
  MaybeDecimal mean() const { return weight.is_zero() ? std::nullopt : MaybeDecimal(quotient(points, weight)); }
};

Decimal full_of(const policy::Form& form) {
  Decimal out;
  for (const auto& item : form.items) out = sum(out, item.weight);
  return out;
}

// Of a total of the form's weights. Items nobody judged: their weight goes to the others, or there is none.
MaybeDecimal total_of(const policy::Form& form, const std::vector<MaybeDecimal>& shares, bool rescale) {
  Weighing all;
  for (size_t i = 0; i < shares.size(); ++i) {
    if (!shares[i] && !rescale) return std::nullopt;
    all.add(form.items[i].weight, shares[i]);
  }
  if (all.weight.is_zero()) return std::nullopt;
  return quotient(product(all.points, full_of(form)), all.weight);
}

// Shares of an item in a group: the trimmed mean over its forms.
MaybeDecimal share_in(const std::vector<Ballot>& ballots, size_t group, size_t item, const Decimal& trim) {
  std::vector<Decimal> values;
  for (const Ballot& ballot : ballots)
    if (ballot.group == group && ballot.items[item]) values.push_back(*ballot.items[item]);
  if (values.empty()) return std::nullopt;
  return trimmed_mean(std::move(values), trim);
}

// Who is few is hidden, and so many beside him that nothing can be worked out by subtraction: two groups at least,
// with as many forms as a group that may be shown.
void hide(PersonFigure& out, const PlanSpec& spec) {
  const size_t least = static_cast<size_t>(spec.min_group);
  std::vector<GroupFigure*> there;
  for (GroupFigure& group : out.groups)
    if (group.submitted > 0) there.push_back(&group);
  std::stable_sort(there.begin(), there.end(),
                   [](const auto* a, const auto* b) { return a->submitted < b->submitted; });
  size_t hidden = 0, forms = 0;
  for (GroupFigure* group : there) {
    bool needed = group->submitted < least || (hidden > 0 && (hidden < 2 || forms < least));
    if (!needed) break;
    group->hidden = true;
    ++hidden, forms += group->submitted;
  }
  for (GroupFigure& group : out.groups)
    if (group.hidden) group.items.assign(group.items.size(), std::nullopt), group.total.reset();
  out.remarks = out.submitted >= least;
}

}  // namespace

Ballot ballot_of(const policy::Form& form, size_t group, const base::Json& marks) {
  Ballot out;
  out.group = group;
  std::optional<Decimal> first;
  size_t judged = 0;
  out.same = true;
  for (size_t i = 0; i < form.items.size(); ++i) {
    Decimal got, full;
    for (size_t e = 0; e < form.items[i].entries.size(); ++e) {
      const base::Json* mark = marks.find(policy::entry_key(i, e));
      auto number = mark && mark->as_string() ? Decimal::parse(*mark->as_string()) : std::nullopt;
      if (!number) continue;  // skipped
      const Decimal& most = form.items[i].entries[e].full;
      got = sum(got, *number), full = sum(full, most);
      const Decimal share = quotient(*number, most);
      if (!first) first = share;
      out.same = out.same && share == *first;
      ++judged;
    }
    out.items.push_back(full.is_zero() ? std::nullopt : MaybeDecimal(quotient(got, full)));
  }
  out.same = out.same && judged >= 2;
  return out;
}

MaybeDecimal per_cent_of(const policy::Form& form, const std::vector<MaybeDecimal>& items) {
  Weighing all;
  for (size_t i = 0; i < items.size(); ++i) all.add(form.items[i].weight, items[i]);
  if (all.weight.is_zero()) return std::nullopt;
  return quotient(product(all.points, Decimal(100)), all.weight);
}

Decimal trimmed_mean(std::vector<Decimal> values, const Decimal& share) {
  std::sort(values.begin(), values.end());
  const Decimal wanted = product(Decimal(static_cast<int64_t>(values.size())), share);
  const size_t cut = static_cast<size_t>(wanted.round(0, base::Rounding::floor).to_int64().value());
  Decimal all;
  for (size_t i = cut; i < values.size() - cut; ++i) all = sum(all, values[i]);
  return quotient(all, Decimal(static_cast<int64_t>(values.size() - 2 * cut)));
}

// QUA-612.
PersonFigure figure_of(const policy::Form& form, const PlanSpec& spec, const std::vector<Ballot>& ballots,
                       const std::vector<size_t>& assigned) {
  PersonFigure out;
  out.full = full_of(form);
  out.submitted = ballots.size();
  std::vector<Weighing> items(form.items.size());
  bool group_missing = false;
  for (size_t g = 0; g < spec.groups.size(); ++g) {
    GroupFigure group;
    group.assigned = assigned[g];
    out.assigned += assigned[g];
    for (const Ballot& ballot : ballots) group.submitted += ballot.group == g ? 1 : 0;
    group_missing = group_missing || (group.assigned > 0 && group.submitted == 0);
    std::vector<MaybeDecimal> shares;
    for (size_t i = 0; i < items.size(); ++i) {
      shares.push_back(share_in(ballots, g, i, spec.trim));
      items[i].add(spec.groups[g].weight, shares.back());
      group.items.push_back(shares.back() ? MaybeDecimal(product(*shares.back(), form.items[i].weight))
                                          : std::nullopt);
    }
    group.total = total_of(form, shares, true);
    out.groups.push_back(std::move(group));
  }
  std::vector<MaybeDecimal> shares;
  for (const Weighing& item : items) shares.push_back(item.mean());
  MaybeDecimal total = total_of(form, shares, spec.rescale);
  if (out.submitted < static_cast<size_t>(spec.min_assessors))
    out.reason = "提交的考核表只有 " + std::to_string(out.submitted) + " 张，不到 " +
                 std::to_string(spec.min_assessors) + " 张";
  else if (group_missing && !spec.rescale) out.reason = "有一组考评人没有一张表提交";
  else if (!total) out.reason = "有考评项没有一个人打分";
  if (out.reason.empty()) out.total = total->round(spec.scale, base::Rounding::half_up);
  for (size_t i = 0; i < items.size(); ++i)
    out.items.push_back(out.total && shares[i] ? MaybeDecimal(product(*shares[i], form.items[i].weight))
                                               : std::nullopt);
  if (spec.anonymous) hide(out, spec);
  return out;
}

}  // namespace guanhu::appraisal
