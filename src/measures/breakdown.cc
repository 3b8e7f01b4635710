// Opens figures down to the rows they were summed from, and finds the figures a row moved.
#include "measures/breakdown.h"

#include <algorithm>

#include "measures/lookup.h"

namespace guanhu::measures {

using attribution::Entry;
using attribution::kAlways;
using attribution::kForever;
using base::Int128;
using policy::Fact;

std::string event_word(Fact fact) {
  if (is_loan_fact(fact) && fact != Fact::repayment) return "loan";
  return fact == Fact::transaction ? "transaction" : fact == Fact::repayment ? "repayment" : "sale";
}

bool names_claims(const Question& q) {
  return q.measure->attribution != policy::Attribution::subtree &&
         q.measure->attribution != policy::Attribution::seller;
}

std::pair<int32_t, int32_t> shown(const Question& q) {
  return {std::min(q.first(), q.range.first.days()), std::max(q.last(), q.range.last.days())};
}

namespace {
std::vector<uint8_t> owner_set(const Stints& stints, size_t owners) {
  std::vector<uint8_t> out(owners, 0);
  for (const Stint& s : stints) out[s.owner] = 1;
  return out;
}

bool covers(const Stints& stints, uint32_t owner, int32_t day) {
  return std::any_of(stints.begin(), stints.end(),
                     [&](const Stint& s) { return s.owner == owner && s.from <= day && day <= s.to; });
}

// What a subject counts for on days first to last, as far as the filter holds.
Int128 stood_masked(const Source& s, size_t n, int32_t first, int32_t last) {
  if (!s.mask) return stood(s.points, n, first, last, s.rule);
  Int128 sum = 0;
  for (const Mask::Days& d : s.mask->of(n)) {
    int32_t from = std::max(first, d.from), to = std::min(last, d.to);
    if (from <= to) sum += stood(s.points, n, from, to, s.rule);
  }
  return sum;
}

Int128 amount_of(const Source& s, size_t n, const Question& q, const Stints& stints) {
  Int128 amount = 0;
  for (const Term& t : q.terms)
    attribution::each_group(s.timelines.of(n), std::max(t.first, kFirstDay), t.last,
                            [&](std::span<const Entry> group, int32_t from, int32_t to) {
                              for (const Entry& e : group)
                                for (const Stint& stint : stints) {
                                  if (stint.owner != e.staff) continue;
                                  int32_t f = std::max(from, stint.from), l = std::min(to, stint.to);
                                  if (f <= l) amount += t.sign * stood_masked(s, n, f, l) * part_of(e, s.divide);
                                }
                            });
  return amount;
}
}  // namespace

base::Result<std::vector<EngineImpl::Part>> EngineImpl::balance_parts(const Question& q, const Stints& stints,
                                                                      const std::vector<uint32_t>* only) {
  auto s = source(q);
  if (!s) return s.error();
  std::vector<uint8_t> wanted = owner_set(stints, owners(*q.measure));
  std::vector<Part> out;
  auto look = [&](uint32_t n) {
    auto timeline = s->timelines.of(n);
    if (std::none_of(timeline.begin(), timeline.end(), [&](const Entry& e) { return wanted[e.staff] != 0; }))
      return;
    Int128 amount = amount_of(*s, n, q, stints);
    if (amount == 0) return;
    Part part;
    part.subject = n;
    part.amount = amount;
    if (const Version* v = s->subjects->versions.on(n, q.last())) part.customer = v->customer;
    out.push_back(std::move(part));
  };
  if (only)
    for (uint32_t n : *only) look(n);
  else
    for (uint32_t n = 0; n < s->points.size(); ++n) look(n);
  return out;
}

base::Result<std::vector<EngineImpl::Part>> EngineImpl::event_parts(const Question& q, const Stints& stints,
                                                                    const std::vector<EventRow>& rows) {
  Divide divide = q.measure->attribution == policy::Attribution::main_only ? Divide::main_only : Divide::by_share;
  std::vector<Part> out;
  for (const EventRow& row : rows) {
    Int128 amount = 0;
    bool mine = false;
    for (const Entry& e : held(q, row)) {
      if (e.staff == attribution::kNobody || !covers(stints, e.staff, row.day)) continue;
      mine |= part_of(e, divide) != 0;
      amount += static_cast<Int128>(row.amount) * part_of(e, divide);
    }
    if (!mine) continue;
    Part part;
    part.subject = row.subject;
    part.customer = row.customer;
    part.amount = amount;
    part.events.push_back(row);
    out.push_back(std::move(part));
  }
  return out;
}

std::vector<EngineImpl::Part> EngineImpl::distinct_parts(const Stints& stints, const std::vector<Presence>& rows) {
  std::map<uint32_t, Part> by_customer;
  for (const Presence& row : rows) {
    if (!covers(stints, row.owner, row.day)) continue;
    Part& part = by_customer[row.customer];
    part.customer = row.customer;
    part.amount = 1;
    if (row.subject >= 0 && std::find(part.through.begin(), part.through.end(), row.subject) == part.through.end())
      part.through.push_back(static_cast<uint32_t>(row.subject));
  }
  std::vector<Part> out;
  for (auto& [customer, part] : by_customer) out.push_back(std::move(part));
  return out;
}

std::vector<EngineImpl::Part> EngineImpl::distinct_parts(const Question& q, const Stints& stints,
                                                         const std::vector<EventRow>& rows) {
  std::map<uint32_t, Part> by_customer;
  for (const EventRow& row : rows) {
    auto group = held(q, row);
    bool mine = std::any_of(group.begin(), group.end(), [&](const Entry& e) {
      return counts(e, *q.measure) && covers(stints, e.staff, row.day);
    });
    if (!mine || !row.customer) continue;
    Part& part = by_customer[row.customer];
    part.customer = row.customer;
    part.amount = 1;
    part.events.push_back(row);
  }
  std::vector<Part> out;
  for (auto& [customer, part] : by_customer) out.push_back(std::move(part));
  return out;
}

base::Result<std::vector<EngineImpl::Part>> EngineImpl::parts(const Question& q, const Stints& stints) {
  if (is_event(q.measure->fact)) {
    auto rows = events(q, q.first(), q.last(), {.ids = true, .only = {std::nullopt, subjects_of(q, stints)}});
    if (!rows) return rows.error();
    return q.kind == Kind::distinct ? distinct_parts(q, stints, *rows) : event_parts(q, stints, *rows);
  }
  if (q.kind == Kind::distinct) {
    auto rows = presences(q, &stints);
    if (!rows) return rows.error();
    std::vector<Part> out = distinct_parts(stints, *rows);
    if (q.measure->aggregate != policy::Aggregate::customers_by_share) return out;
    auto shares = customer_parts(q);
    if (!shares) return shares.error();
    for (Part& part : out) {
      part.amount = 0;
      for (const Stint& stint : stints)
        if (auto owned = shares->find(stint.owner); owned != shares->end())
          if (auto own = owned->second.find(part.customer); own != owned->second.end()) part.amount += own->second;
    }
    return out;
  }
  return balance_parts(q, stints, nullptr);
}

// The spans on which the holder held `subject` (or, without one, the customer) during first to last.
void EngineImpl::add_spans(const Question& q, const Lookup& look, const Stints& stints, int64_t subject,
                           uint32_t customer, int32_t first, int32_t last, std::vector<ShareSpan>& out) {
  using attribution::Via;
  if (!names_claims(q)) return;
  const bool loans = is_loan_fact(q.measure->fact);
  const Subjects& all = loans ? columns_->loans : columns_->accounts;
  Divide divide = q.measure->attribution == policy::Attribution::main_only ? Divide::main_only : Divide::by_share;
  auto timeline = subject >= 0 ? all.managers.of(static_cast<size_t>(subject))
                  : customer   ? columns_->customer_managers.of(customer)
                               : std::span<const Entry>();
  auto span = [&](const Entry& e, int32_t from, int32_t to) {
    bool own = subject >= 0 && e.via == static_cast<uint32_t>(Via::own);
    ShareSpan s{base::Date(from),
                base::Date(to),
                part_of(e, divide),
                "",
                own ? (loans ? "loan" : "account") : "customer",
                {}};
    std::string id;
    if (own) {
      id = look.id(loans, static_cast<uint32_t>(subject));
    } else {
      const Version* v = subject >= 0 ? all.versions.on(static_cast<size_t>(subject), from) : nullptr;
      id = customer_id(v ? v->customer : customer);
    }
    for (const SourceRows::Row* row : look.claims().of(s.via, id, columns_->staff[e.staff], from)) {
      if (s.role.empty() || row->cell("role") == "main") {
        s.role = row->cell("role");
        s.source = row->row;
      }
    }
    out.push_back(std::move(s));
  };
  attribution::each_group(timeline, first, last, [&](std::span<const Entry> group, int32_t from, int32_t to) {
    for (const Entry& e : group) {
      if (e.staff == attribution::kNobody) continue;
      for (const Stint& stint : stints) {
        int32_t f = std::max(from, stint.from), t = std::min(to, stint.to);
        if (stint.owner == e.staff && f <= t) span(e, f, t);
      }
    }
  });
}

Contribution EngineImpl::contribution(const Question& q, const Lookup& look, const Part& part,
                                      const Stints& stints) {
  Contribution c;
  c.customer_id = customer_id(part.customer);
  c.customer_name = look.customer_name(c.customer_id, q.range.last.days());
  c.amount = {part.amount, q.denominator};
  auto [first, last] = shown(q);
  auto add_rows = [&](uint32_t n) {
    for (SourceRow& row : look.rows(q, n)) c.rows.push_back(std::move(row));
  };
  for (const EventRow& e : part.events) {
    if (const SourceRow* row = look.event(q.measure->fact, e.id)) c.rows.push_back(*row);
    add_spans(q, look, stints, e.subject, e.customer, e.day, e.day, c.shares);
  }
  if (q.kind == Kind::distinct) {
    c.subject_kind = "customer";
    c.subject_id = c.customer_id;
    for (uint32_t n : part.through) {
      add_rows(n);
      add_spans(q, look, stints, n, part.customer, q.last(), q.last(), c.shares);
    }
  } else if (q.kind == Kind::event) {
    c.subject_kind = event_word(q.measure->fact);
    c.subject_id = part.events[0].id;
  } else {
    auto n = static_cast<uint32_t>(part.subject);
    c.subject_kind = is_loan_fact(q.measure->fact) ? "loan" : "account";
    c.subject_id = look.id(is_loan_fact(q.measure->fact), n);
    if (q.measure->aggregate == policy::Aggregate::average_daily) c.balance_days = part.amount;
    add_rows(n);
    add_spans(q, look, stints, part.subject, part.customer, first, last, c.shares);
  }
  return c;
}

// Keeps the `limit` largest parts.
EngineImpl::Opened EngineImpl::opened(const Question& q, std::vector<Part> all, Stints stints, size_t limit) {
  Opened out{q, std::move(stints), {}, {}};
  out.breakdown.contributions = all.size();
  Int128 total = 0;
  for (const Part& p : all) total += p.amount;
  out.breakdown.total = {total, q.denominator};
  auto size = [](const Part& p) { return p.amount < 0 ? -p.amount : p.amount; };
  std::stable_sort(all.begin(), all.end(), [&](const Part& a, const Part& b) { return size(a) > size(b); });
  if (all.size() > limit) all.resize(limit);
  out.parts = std::move(all);
  return out;
}

base::Result<EngineImpl::Opened> EngineImpl::open_one(const policy::Measure& measure, const base::Period& period,
                                                      const Holder& holder, size_t limit) {
  auto q = ask(measure, period);
  if (!q) return q.error();
  if (q->kind == Kind::target) {
    auto target = open_target(*q, holder);
    if (!target) return target.error();
    return Opened{*q, {}, std::move(*target), {}};
  }
  auto mine = stints(*q, holder);
  if (!mine) return mine.error();
  if (auto status = refuse_over_assigned(*q); !status) return status.error();
  auto found = parts(*q, *mine);
  if (!found) return found.error();
  return opened(*q, std::move(*found), std::move(*mine), limit);
}

std::vector<Breakdown> EngineImpl::finish(std::vector<Opened> all) {
  Lookup look(*this);
  for (const Opened& one : all) look.want(one.question, one.parts);
  look.read();
  std::vector<Breakdown> out;
  for (Opened& one : all) {
    for (const Part& p : one.parts) one.breakdown.items.push_back(contribution(one.question, look, p, one.stints));
    out.push_back(std::move(one.breakdown));
  }
  return out;
}

base::Result<std::vector<Breakdown>> EngineImpl::open_figures(std::span<const policy::Measure* const> measures,
                                                              const base::Period& period, const Holder& holder,
                                                              size_t limit) {
  std::vector<Opened> all;
  for (const policy::Measure* measure : measures) {
    auto one = open_one(*measure, period, holder, limit);
    if (!one) return one.error();
    all.push_back(std::move(*one));
  }
  return finish(std::move(all));
}

base::Result<Breakdown> Engine::open_figure(const policy::Measure& measure, const base::Period& period,
                                            const Holder& holder, size_t limit) {
  const policy::Measure* const one[] = {&measure};
  auto all = open_figures(one, period, holder, limit);
  if (!all) return all.error();
  return std::move(all->front());
}

}  // namespace guanhu::measures
