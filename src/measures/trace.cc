// From a row back to the figures it moved.
#include <algorithm>

#include "measures/breakdown.h"
#include "measures/fact_sql.h"

namespace guanhu::measures {

using attribution::Entry;
using policy::Fact;

// The numbers of an account or loan, or of all of a customer's.
std::vector<uint32_t> EngineImpl::subject_numbers(bool loans, const std::string& kind, const std::string& id) {
  std::vector<uint32_t> out;
  const Subjects& all = loans ? columns_->loans : columns_->accounts;
  std::string word = loans ? "loan" : "account";
  if (kind == word) {
    const warehouse::Value key[] = {id};
    auto n = warehouse::one_int(
        db_, "SELECT CAST(" + word + " AS BIGINT) FROM " + word + "_keys WHERE " + word + "_id = $1", key);
    if (n) out.push_back(static_cast<uint32_t>(*n));
  } else if (kind == "customer") {
    uint32_t customer = columns_->customers.find(id);
    for (uint32_t n = 0; customer && n + 1 < all.versions.offset.size(); ++n)
      for (const Version& v : all.versions.of(n))
        if (v.customer == customer) {
          out.push_back(n);
          break;
        }
  }
  return out;
}

namespace {
std::vector<uint32_t> distinct(std::vector<uint32_t> owners) {
  std::sort(owners.begin(), owners.end());
  owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
  std::erase(owners, attribution::kNobody);
  return owners;
}
}  // namespace

// What of a measure is about the subject, and who may hold it.
struct EngineImpl::Traced {
  std::vector<uint32_t> numbers;  // the accounts or loans
  std::vector<EventRow> events;
  std::vector<Presence> present;
  std::vector<uint32_t> owners;
};

base::Result<EngineImpl::Traced> EngineImpl::traced(const Question& q, const std::string& kind,
                                                    const std::string& id) {
  const policy::Measure& m = *q.measure;
  Traced out;
  out.numbers = subject_numbers(is_loan_fact(m.fact), kind, id);
  uint32_t customer = kind == "customer" ? customer_number(id) : 0;
  auto about = [&](uint32_t of_customer, int64_t n) {
    if (customer) return of_customer == customer;
    return n >= 0 && std::find(out.numbers.begin(), out.numbers.end(), n) != out.numbers.end();
  };
  if (is_event(m.fact)) {
    bool named = kind == event_word(m.fact);
    if (!named && !customer && out.numbers.empty()) return out;
    EventFilter only{named ? std::optional(id) : std::nullopt, std::nullopt};
    // A sale may name its customer without an account.
    if (!named && !(customer && m.fact == Fact::sale)) only.subjects = out.numbers;
    auto all = events(q, q.first(), q.last(), {.ids = true, .only = only});
    if (!all) return all.error();
    for (EventRow& row : *all) {
      if (!(named && row.id == id) && !about(row.customer, row.subject)) continue;
      for (const Entry& e : held(q, row)) out.owners.push_back(e.staff);
      out.events.push_back(std::move(row));
    }
  } else if (q.kind == Kind::distinct) {
    auto all = presences(q);
    if (!all) return all.error();
    for (const Presence& p : *all) {
      if (!about(p.customer, p.subject)) continue;
      out.owners.push_back(p.owner);
      out.present.push_back(p);
    }
  } else {
    const Subjects& all = is_loan_fact(m.fact) ? columns_->loans : columns_->accounts;
    const Timelines& timelines = m.attribution == policy::Attribution::subtree ? all.orgs : all.managers;
    for (uint32_t n : out.numbers)
      for (const Entry& e : timelines.of(n)) out.owners.push_back(e.staff);
  }
  out.owners = distinct(std::move(out.owners));
  return out;
}

base::Result<std::vector<EngineImpl::Part>> EngineImpl::parts_of(const Question& q, const Traced& traced,
                                                                 const Stints& stints) {
  bool distinct = q.kind == Kind::distinct;
  if (is_event(q.measure->fact))
    return distinct ? distinct_parts(q, stints, traced.events) : event_parts(q, stints, traced.events);
  return distinct ? distinct_parts(stints, traced.present) : balance_parts(q, stints, &traced.numbers);
}

base::Result<std::vector<Trace>> EngineImpl::trace_subject(std::span<const policy::Measure* const> measures,
                                                           const base::Period& period,
                                                           const std::string& subject_kind,
                                                           const std::string& subject_id) {
  std::vector<Trace> out(measures.size());
  std::vector<Opened> all;
  std::vector<std::pair<size_t, uint32_t>> whose;  // measure, owner
  for (size_t i = 0; i < measures.size(); ++i) {
    auto q = ask(*measures[i], period);
    if (!q) return q.error();
    if (q->kind == Kind::target) {
      if (subject_kind != "target" || measures[i]->reach == policy::Reach::year_to_date) continue;
      auto target = trace_target(*q, subject_id);
      if (!target) return target.error();
      out[i] = std::move(*target);
      continue;
    }
    if (auto status = refuse_over_assigned(*q); !status) return status.error();
    auto found = traced(*q, subject_kind, subject_id);
    if (!found) return found.error();
    for (uint32_t owner : found->owners) {
      Stints stints{{owner, attribution::kAlways, attribution::kForever}};
      auto mine = parts_of(*q, *found, stints);
      if (!mine) return mine.error();
      all.push_back(opened(*q, std::move(*mine), std::move(stints), SIZE_MAX));
      whose.emplace_back(i, owner);
    }
  }
  std::vector<Question> questions;
  for (const Opened& one : all) questions.push_back(one.question);
  std::vector<Breakdown> figures = finish(std::move(all));
  for (size_t k = 0; k < figures.size(); ++k)
    for (const Contribution& item : figures[k].items)
      for (Holder& holder : holders_of(questions[k], whose[k].second)) {
        out[whose[k].first].contributions.push_back(item);
        out[whose[k].first].holders.push_back(std::move(holder));
      }
  return out;
}

}  // namespace guanhu::measures
