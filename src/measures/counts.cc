// Counts of different customers: who counts for whom, on which day.
#include <algorithm>

#include "measures/condition.h"
#include "measures/engine_impl.h"

namespace guanhu::measures {

using policy::Fact;

// By customer number: satisfies the filter of a customer measure on `day`.
base::Result<std::vector<bool>> EngineImpl::matching_customers(const policy::Measure& measure, int32_t day) {
  std::vector<bool> out(columns_->customers.size() + more_customers_.size(), measure.filter.empty());
  if (measure.filter.empty()) return out;
  FactSql sql(measure.fact, known_);
  auto condition = condition_sql(measure, sql, db_.engine());
  if (!condition) return condition.error();
  std::string on = attribution::date_sql(base::Date(day));
  const warehouse::Type types[] = {warehouse::Type::text, warehouse::Type::date, warehouse::Type::date};
  db_.scan(sql.stretches("(" + *condition + ") AND " + on + " BETWEEN cv.v_from AND cv.v_to"), types,
           [&](const warehouse::Chunk& c) {
             for (size_t i = 0; i < c.rows; ++i) {
               uint32_t n = customer_number(c.columns[0].text[i]);
               if (n >= out.size()) out.resize(n + 1, false);
               out[n] = true;
             }
           });
  return out;
}

bool counts(const attribution::Entry& e, const policy::Measure& m) {
  if (m.attribution == policy::Attribution::subtree) return true;
  if (e.staff == attribution::kNobody) return false;
  return m.attribution != policy::Attribution::main_only || e.main_share > 0;
}

base::Result<std::vector<Presence>> EngineImpl::presences(const Question& q, const Stints* only) {
  const policy::Measure& m = *q.measure;
  std::vector<Presence> out;
  if (is_event(m.fact)) {
    auto rows = events(q, q.first(), q.last(), {});
    if (!rows) return rows.error();
    for (const EventRow& row : *rows)
      for (const attribution::Entry& e : held(q, row))
        if (row.customer && counts(e, m)) out.push_back({e.staff, row.customer, row.day, row.subject});
    return out;
  }
  int32_t day = q.last();
  std::vector<bool> matching;
  Question plain = q;
  policy::Measure unfiltered = m;
  if (m.fact == Fact::customer) {  // a customer counts through any open account
    auto found = matching_customers(m, day);
    if (!found) return found.error();
    matching = std::move(*found);
    unfiltered.filter.clear();
    plain.measure = &unfiltered;
  }
  auto s = source(plain);
  if (!s) return s.error();
  if (day < kFirstDay) return out;
  std::vector<uint8_t> wanted(owners(m), only ? 0 : 1);
  if (only)
    for (const Stint& stint : *only) wanted[stint.owner] = 1;
  for (uint32_t n = 0; n < s->points.size(); ++n) {
    auto group = attribution::on_day(s->timelines.of(n), day);
    if (std::none_of(group.begin(), group.end(),
                     [&](const attribution::Entry& e) { return wanted[e.staff] != 0; }))
      continue;
    const Version* v = s->subjects->versions.on(n, day);
    if (!v || !v->customer || stood(s->points, n, day, day, s->rule) == 0) continue;
    if (!matching.empty() && (v->customer >= matching.size() || !matching[v->customer])) continue;
    if (s->mask) {
      auto days = s->mask->of(n);
      if (std::none_of(days.begin(), days.end(),
                       [&](const Mask::Days& d) { return d.from <= day && day <= d.to; }))
        continue;
    }
    for (const attribution::Entry& e : group)
      if (counts(e, m)) out.push_back({e.staff, v->customer, day, static_cast<int32_t>(n), part_of(e, s->divide)});
  }
  return out;
}

base::Result<MeasureValues> EngineImpl::count_distinct(const Question& q, const std::vector<Stints>& holders) {
  auto rows = presences(q);
  if (!rows) return rows.error();
  // By owner; within one in any order.
  std::vector<size_t> at(owners(*q.measure) + 1, 0);
  for (const Presence& row : *rows) ++at[row.owner + 1];
  for (size_t o = 0; o + 1 < at.size(); ++o) at[o + 1] += at[o];
  std::vector<const Presence*> placed(rows->size());
  std::vector<size_t> next(at.begin(), at.end() - 1);
  for (const Presence& row : *rows) placed[next[row.owner]++] = &row;
  MeasureValues out;
  for (const Stints& holder : holders) {
    std::vector<uint32_t> customers;
    for (const Stint& stint : holder)
      for (size_t i = at[stint.owner]; i < at[stint.owner + 1]; ++i)
        if (stint.from <= placed[i]->day && placed[i]->day <= stint.to) customers.push_back(placed[i]->customer);
    std::sort(customers.begin(), customers.end());
    auto end = std::unique(customers.begin(), customers.end());
    out.exact.push_back({end - customers.begin(), 1});
    out.values.push_back(rounded(out.exact.back(), q.scale));
  }
  return out;
}

// A customer is one whole: each of its loans (accounts) that somebody holds is an equal part of it, and that is
// split by share; what rounding leaves goes to the largest remainders, so that the parts add up.
base::Result<EngineImpl::Parts> EngineImpl::customer_parts(const Question& q) {
  auto rows = presences(q);
  if (!rows) return rows.error();
  struct Customer {
    std::map<int32_t, bool> subjects;
    std::map<uint32_t, int64_t> shares;  // by owner, summed over the subjects
  };
  std::map<uint32_t, Customer> customers;
  for (const Presence& row : *rows) {
    Customer& customer = customers[row.customer];
    customer.subjects[row.subject] = true;
    customer.shares[row.owner] += row.share;
  }
  Parts out;
  for (const auto& [number, customer] : customers) {
    const auto subjects = static_cast<int64_t>(customer.subjects.size());
    int64_t all = 0, given = 0;
    std::vector<std::pair<int64_t, uint32_t>> remainders;
    for (const auto& [owner, share] : customer.shares) {
      all += share;
      given += share / subjects;
      out[owner][number] = static_cast<int32_t>(share / subjects);
      remainders.emplace_back(-(share % subjects), owner);
    }
    std::sort(remainders.begin(), remainders.end());
    for (size_t i = 0; given < all / subjects; ++i, ++given) ++out[remainders[i].second][number];
  }
  return out;
}

base::Result<MeasureValues> EngineImpl::count_by_share(const Question& q, const std::vector<Stints>& holders) {
  auto parts = customer_parts(q);
  if (!parts) return parts.error();
  MeasureValues out;
  for (const Stints& holder : holders) {
    base::Int128 units = 0;
    for (const Stint& stint : holder)
      if (auto owned = parts->find(stint.owner);
          owned != parts->end() && stint.from <= q.last() && q.last() <= stint.to)
        for (const auto& [customer, part] : owned->second) units += part;
    out.exact.push_back({units, q.denominator});
    out.values.push_back(rounded(out.exact.back(), q.scale));
  }
  return out;
}

}  // namespace guanhu::measures
