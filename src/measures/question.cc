#include "measures/question.h"

#include <algorithm>

#include "attribution/shares.h"
#include "policy/facts.h"

namespace guanhu::measures {

using base::Int128;
using policy::Aggregate;
using policy::Fact;
using policy::Measure;

DayRange reach_of(policy::Reach reach, const base::Period& asked) {
  auto whole = [](const base::Period& p) { return DayRange{p.first(), p.last()}; };
  switch (reach) {
    case policy::Reach::asked: return whole(asked);
    case policy::Reach::year_to_date: return {asked.year().first(), asked.last()};
    case policy::Reach::previous: return whole(asked.previous());
    case policy::Reach::year_before: return whole(asked.year_before());
    case policy::Reach::full_year: return whole(asked.year());
  }
  throw base::Broken("unknown reach");
}

bool is_event(Fact fact) {
  return fact == Fact::transaction || fact == Fact::repayment || fact == Fact::sale || fact == Fact::loan_issue ||
         fact == Fact::loan;
}

bool is_loan_fact(Fact fact) {
  return fact == Fact::loan_balance || fact == Fact::overdue_principal || fact == Fact::overdue_interest ||
         fact == Fact::repayment || fact == Fact::loan_issue || fact == Fact::loan;
}

std::string place(const Measure& m) { return m.origin.document + ":" + std::to_string(m.origin.line); }

base::Decimal rounded(const Ratio& ratio, int scale) {
  Int128 ten = 1;
  for (int i = 0; i < scale; ++i) ten *= 10;
  return base::Decimal::make(base::divide_half_up(ratio.numerator * ten, ratio.denominator), -scale);
}

namespace {
base::Error refuse(const Measure& m, const std::string& code, const std::string& what, const std::string& hint) {
  return {code, "measure " + m.name + ": " + what, place(m), hint};
}

template <class T>
bool has(std::span<const T> list, T value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::optional<base::Error> check(const Measure& m, const policy::FactInfo& info) {
  std::string fact(info.name);
  if (!has(info.aggregates, m.aggregate))
    return refuse(m, "measure.kind", "the fact " + fact + " has no such aggregate",
                  "choose one that the fact has");
  if (!has(info.attributions, m.attribution))
    return refuse(m, "measure.kind", "the fact " + fact + " cannot be attributed that way",
                  "choose by share, main only or subtree");
  if ((m.cap || m.minimum) && (!info.daily_rule || m.aggregate == Aggregate::sum))
    return refuse(m, "measure.kind", "the fact " + fact + " takes no cap and no minimum", "remove them");
  if (m.aggregate == Aggregate::sum && m.fact != Fact::target) {
    const policy::FactColumn* column = policy::find_column(info, m.column);
    if (!column || !column->summable)
      return refuse(m, "measure.column", "'" + m.column + "' is no amount of the fact " + fact,
                    "name a column that can be summed");
  }
  if (m.fact == Fact::target && m.target.empty())
    return refuse(m, "measure.column", "no target named", "target = \"the indicator's name in targets.csv\"");
  return std::nullopt;
}

bool is_money(const Measure& m, const policy::FactInfo& info) {
  if (m.aggregate == Aggregate::count || m.aggregate == Aggregate::distinct_customers ||
      m.aggregate == Aggregate::customers_by_share || m.fact == Fact::target)
    return false;
  if (m.aggregate != Aggregate::sum) return true;
  return policy::find_column(info, m.column)->kind == policy::ColumnKind::money;
}

// Amounts to the unit, and the decimals its figures are rounded to (money: never finer than a fen).
std::optional<base::Error> set_unit(Question& q, const policy::FactInfo& info) {
  const Measure& m = *q.measure;
  q.denominator = attribution::kWhole;
  if (m.aggregate == Aggregate::distinct_customers || m.fact == Fact::customer) {
    q.denominator = 1;
    q.scale = 0;
  } else if (!is_money(m, info)) {
    q.scale = 4;  // parts of a count by share; whole shares leave no decimals
    if (m.aggregate == Aggregate::sum) q.denominator *= 10'000;  // quantities
  } else if (m.unit == "元" || m.unit.empty()) {
    q.denominator *= 100;
    q.scale = 2;
  } else if (m.unit == "万元") {
    q.denominator *= 1'000'000;
    q.scale = 6;
  } else if (m.unit == "亿元") {
    q.denominator *= 10'000'000'000;
    q.scale = 10;
  } else {
    return refuse(m, "measure.unit", "an amount of money in '" + m.unit + "'", "use 元, 万元 or 亿元");
  }
  return std::nullopt;
}

void set_terms(Question& q) {
  int32_t first = q.range.first.days(), last = q.range.last.days();
  auto on = [](int32_t day, int sign) { return Term{day, day, sign}; };
  switch (q.measure->aggregate) {
    case Aggregate::average_daily:
      q.terms = {{first, last, 1}};
      q.denominator *= q.range.days();
      break;
    case Aggregate::at_start: q.terms = {on(first - 1, 1)}; break;
    case Aggregate::net_change: q.terms = {on(last, 1), on(first - 1, -1)}; break;
    case Aggregate::month_end_average:
      for (base::Date d = q.range.first; d <= q.range.last; d = d + 1)
        if (d.is_month_end()) q.terms.push_back(on(d.days(), 1));
      q.denominator *= static_cast<int>(q.terms.size());
      break;
    case Aggregate::sum: q.terms = {{first, last, 1}}; break;
    case Aggregate::count: q.terms = {q.kind == Kind::event ? Term{first, last, 1} : on(last, 1)}; break;
    case Aggregate::at_end:
    case Aggregate::customers_by_share:
    case Aggregate::distinct_customers: q.terms = {on(last, 1)}; break;
  }
}

Kind kind_of(const Measure& m) {
  if (m.fact == Fact::target) return Kind::target;
  if (m.aggregate == Aggregate::distinct_customers || m.aggregate == Aggregate::customers_by_share ||
      m.fact == Fact::customer)
    return Kind::distinct;
  if (m.fact == Fact::account) return Kind::account;
  if (is_event(m.fact)) return Kind::event;
  return Kind::balance;
}
}  // namespace

int32_t Question::first() const {
  int32_t out = terms.empty() ? range.first.days() : terms[0].first;
  for (const Term& t : terms) out = std::min(out, t.first);
  return out;
}

int32_t Question::last() const {
  int32_t out = terms.empty() ? range.last.days() : terms[0].last;
  for (const Term& t : terms) out = std::max(out, t.last);
  return out;
}

base::Result<Question> ask(const Measure& m, const base::Period& period) {
  const policy::FactInfo& info = policy::fact_info(m.fact);
  if (auto error = check(m, info)) return *error;
  Question q{&m, period, reach_of(m.reach, period)};
  q.kind = kind_of(m);
  if (auto error = set_unit(q, info)) return *error;
  set_terms(q);
  if (q.kind == Kind::distinct && is_event(m.fact)) q.terms = {{q.range.first.days(), q.range.last.days(), 1}};
  return q;
}

}  // namespace guanhu::measures
