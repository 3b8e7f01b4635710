// From a row back to the figures it moved.
#include <algorithm>

#include "measures/breakdown.h"
#include "measures/source_rows.h"

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
bool loan_fact(Fact fact) {
  return fact == Fact::loan_balance || fact == Fact::overdue_principal || fact == Fact::overdue_interest ||
         fact == Fact::repayment;
}
std::string word_of(Fact fact) {
  return fact == Fact::transaction ? "transaction" : fact == Fact::repayment ? "repayment" : "sale";
}

std::vector<uint32_t> distinct(std::vector<uint32_t> owners, bool nobody) {
  std::sort(owners.begin(), owners.end());
  owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
  if (!nobody) std::erase(owners, attribution::kNobody);
  return owners;
}
}  // namespace

base::Result<std::vector<Contribution>> EngineImpl::trace_subject(const policy::Measure& measure,
                                                                  const base::Period& period,
                                                                  const std::string& subject_kind,
                                                                  const std::string& subject_id,
                                                                  std::vector<Holder>* holders) {
  auto q = ask(measure, period);
  if (!q) return q.error();
  std::vector<Contribution> out;
  if (q->kind == Kind::target) return out;
  if (auto status = refuse_over_assigned(*q); !status) return status.error();
  auto numbers = subject_numbers(loan_fact(measure.fact), subject_kind, subject_id);
  auto among = [&](int64_t n) { return n >= 0 && std::find(numbers.begin(), numbers.end(), n) != numbers.end(); };
  std::vector<EventRow> rows;
  std::vector<Presence> present;
  std::vector<uint32_t> candidates;
  bool event = measure.fact == Fact::transaction || measure.fact == Fact::repayment || measure.fact == Fact::sale;
  if (event) {
    auto all = events(*q, q->first(), q->last(), true);
    if (!all) return all.error();
    uint32_t customer = subject_kind == "customer" ? customer_number(subject_id) : 0;
    for (EventRow& row : *all) {
      bool named = subject_kind == word_of(measure.fact) && row.id == subject_id;
      if (!named && !(customer ? row.customer == customer : among(row.subject))) continue;
      for (const Entry& e : held(*q, row)) candidates.push_back(e.staff);
      rows.push_back(std::move(row));
    }
  } else if (q->kind == Kind::distinct) {
    auto all = presences(*q);
    if (!all) return all.error();
    uint32_t customer = subject_kind == "customer" ? customer_number(subject_id) : 0;
    for (const Presence& p : *all)
      if (customer ? p.customer == customer : among(p.subject)) {
        candidates.push_back(p.owner);
        present.push_back(p);
      }
  } else {
    const Subjects& all = loan_fact(measure.fact) ? columns_->loans : columns_->accounts;
    const Timelines& timelines = measure.attribution == policy::Attribution::subtree ? all.orgs : all.managers;
    for (uint32_t n : numbers)
      for (const Entry& e : timelines.of(n)) candidates.push_back(e.staff);
  }
  for (uint32_t owner : distinct(std::move(candidates), false)) {
    Stints stints{{owner, attribution::kAlways, attribution::kForever}};
    base::Result<std::vector<Part>> found = std::vector<Part>();
    if (event && q->kind == Kind::distinct) found = distinct_parts(*q, stints, rows);
    else if (event) found = event_parts(*q, stints, rows);
    else if (q->kind == Kind::distinct) found = distinct_parts(stints, present);
    else found = balance_parts(*q, stints, &numbers);
    if (!found) return found.error();
    Breakdown opened = finish(*q, std::move(*found), stints, SIZE_MAX);
    for (const Contribution& item : opened.items)
      for (const Holder& holder : holders_of(*q, owner)) {
        out.push_back(item);
        if (holders) holders->push_back(holder);
      }
  }
  return out;
}

}  // namespace guanhu::measures
