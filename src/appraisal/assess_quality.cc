#include "appraisal/assess_quality.h"

#include <algorithm>
#include <map>

namespace guanhu::appraisal {

using base::Decimal;

namespace {

Decimal sum(const Decimal& a, const Decimal& b) { return Decimal::add(a, b).value(); }
Decimal less(const Decimal& a, const Decimal& b) { return Decimal::subtract(a, b).value(); }
Decimal over(const Decimal& a, size_t n) { return Decimal::divide(a, Decimal(static_cast<int64_t>(n))).value(); }

// Variance of the items' shares in points of 100, over those judged; nothing for fewer than two.
MaybeDecimal variance(const std::vector<MaybeDecimal>& items) {
  std::vector<Decimal> points;
  Decimal all;
  for (const auto& item : items)
    if (item) {
      points.push_back(Decimal::multiply(*item, Decimal(100)).value());
      all = sum(all, points.back());
    }
  if (points.size() < 2) return std::nullopt;
  const Decimal mean = over(all, points.size());
  Decimal squares;
  for (const Decimal& one : points) {
    const Decimal distance = less(one, mean);
    squares = sum(squares, Decimal::multiply(distance, distance).value());
  }
  return over(squares, points.size());
}

struct Totals {
  Decimal points;
  size_t forms = 0;
};

struct Sums {
  Decimal leniency, halo;
  size_t compared = 0, spread = 0;
  const Ballot* first = nullptr;
  bool same = true;
};

void settle(const policy::FormQuality& limits, const Sums& sums, AssessorQuality& out) {
  if (sums.compared) out.leniency = over(sums.leniency, sums.compared);
  if (sums.spread) out.halo = over(sums.halo, sums.spread);
  out.same_for_all = sums.same && out.submitted >= 2;
  if (limits.lenient && out.leniency) {
    out.lenient = *out.leniency >= *limits.lenient;
    out.severe = *out.leniency <= limits.lenient->negated();
  }
  if (limits.halo && out.halo && out.submitted >= 2) out.blurred = *out.halo < *limits.halo;
}

}  // namespace

Quality quality_of(const policy::Form& form, const std::vector<Given>& given,
                   const std::vector<std::string>& waiting) {
  std::map<std::string, Totals> of_person;
  std::vector<MaybeDecimal> points;
  for (const Given& one : given) {
    points.push_back(per_cent_of(form, one.ballot.items));
    if (!points.back()) continue;
    Totals& totals = of_person[one.assessed];
    totals.points = sum(totals.points, *points.back());
    ++totals.forms;
  }
  std::map<std::string, AssessorQuality> all;
  std::map<std::string, Sums> sums;
  std::map<std::pair<std::string, std::string>, Decimal> above;
  for (size_t i = 0; i < given.size(); ++i) {
    const Given& one = given[i];
    AssessorQuality& quality = all[one.assessor];
    Sums& sum_of = sums[one.assessor];
    ++quality.assigned, ++quality.submitted;
    quality.late += one.late ? 1 : 0;
    quality.alike += one.ballot.same ? 1 : 0;
    if (!sum_of.first) sum_of.first = &one.ballot;
    else sum_of.same = sum_of.same && sum_of.first->items == one.ballot.items;
    if (auto spread = variance(one.ballot.items)) sum_of.halo = sum(sum_of.halo, *spread), ++sum_of.spread;
    const Totals& totals = of_person[one.assessed];
    if (!points[i] || totals.forms < 2) continue;  // nobody to compare with
    const Decimal others = over(less(totals.points, *points[i]), totals.forms - 1);
    const Decimal distance = less(*points[i], others);
    sum_of.leniency = sum(sum_of.leniency, distance), ++sum_of.compared;
    above[{one.assessor, one.assessed}] = distance;
  }
  for (const std::string& id : waiting) ++all[id].assigned;
  Quality out;
  for (auto& [id, quality] : all) {
    quality.assessor = id;
    settle(form.quality, sums[id], quality);
    out.assessors.push_back(quality);
  }
  for (const auto& [who, distance] : above) {
    auto back = who.first < who.second ? above.find({who.second, who.first}) : above.end();
    if (back == above.end()) continue;
    ++out.mutual;
    if (form.quality.reciprocal && std::min(distance, back->second) >= *form.quality.reciprocal)
      out.pairs.push_back({who.first, who.second, distance, back->second});
  }
  std::stable_sort(out.pairs.begin(), out.pairs.end(), [](const auto& a, const auto& b) {
    return std::min(b.from_one, b.from_other) < std::min(a.from_one, a.from_other);
  });
  return out;
}

}  // namespace guanhu::appraisal
