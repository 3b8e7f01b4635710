#include "measures/lookup.h"

#include <algorithm>
#include <set>

#include "measures/fact_sql.h"

namespace guanhu::measures {

using policy::Fact;

namespace {
// What shows where an account or loan of this figure stood.
enum class Behind { changes, last_change, description, events };

Behind behind(const Question& q) {
  if (is_event(q.measure->fact)) return Behind::events;
  if (q.kind == Kind::balance) return Behind::changes;
  bool by_balance =
      q.kind == Kind::distinct && q.measure->fact != Fact::account && q.measure->fact != Fact::customer;
  return by_balance ? Behind::last_change : Behind::description;
}

template <class T>
void sort_out(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& more) {
  to.insert(to.end(), more.begin(), more.end());
}
}  // namespace

std::vector<const SourceRows::Row*> Claims::of(const std::string& kind, const std::string& id,
                                               std::string_view staff, int32_t day) const {
  std::vector<const SourceRows::Row*> out;
  auto found = rows_.find({kind, id});
  if (found == rows_.end()) return out;
  std::string on = base::Date(day).str();
  for (const auto& row : found->second)
    if (row.cell("staff_id") == staff && row.first <= day && day <= row.last && row.cell("valid_from") <= on &&
        (row.cell("valid_to").empty() || on <= row.cell("valid_to")))
      out.push_back(&row);
  return out;
}

void EngineImpl::Lookup::want(const Question& q, const std::vector<Part>& parts) {
  bool loans = is_loan_fact(q.measure->fact);
  Family& family = families_[loans];
  std::vector<uint32_t> subjects;
  std::vector<std::string> customers;
  for (const Part& p : parts) {
    if (p.subject >= 0) subjects.push_back(static_cast<uint32_t>(p.subject));
    append(subjects, p.through);
    if (p.customer) customers.emplace_back(engine_.customer_id(p.customer));
    for (const EventRow& e : p.events) {
      wanted_events_[q.measure->fact].push_back(e.id);
      if (e.subject >= 0) subjects.push_back(static_cast<uint32_t>(e.subject));
    }
  }
  const Subjects& all = loans ? engine_.columns_->loans : engine_.columns_->accounts;
  for (uint32_t n : subjects)
    for (const Version& v : all.versions.of(n))
      if (v.customer) customers.emplace_back(engine_.customer_id(v.customer));
  sort_out(subjects);
  sort_out(customers);
  append(family.subjects, subjects);
  append(customers_, customers);
  if (names_claims(q)) {
    append(family.claimed, subjects);
    append(claimed_customers_, customers);
  }
  Behind what = behind(q);
  if (what == Behind::description) append(family.described, subjects);
  if (what == Behind::changes || what == Behind::last_change) {
    int32_t last = what == Behind::changes ? shown(q).second : q.last();
    family.last = family.stood.empty() ? last : std::max(family.last, last);
    append(family.stood, subjects);
  }
}

void EngineImpl::Lookup::read() {
  for (bool loans : {false, true}) {
    Family& family = families_[loans];
    for (auto* numbers : {&family.subjects, &family.stood, &family.described, &family.claimed}) sort_out(*numbers);
    family.ids = rows_.ids(loans, family.subjects);
    family.balances = rows_.balances(family.ids, loans, family.stood, family.last);
    family.descriptions = rows_.descriptions(family.ids, loans, family.described);
  }
  sort_out(customers_);
  names_ = rows_.customer_names(customers_);
  read_claims();
  for (auto& [fact, wanted] : wanted_events_) {
    sort_out(wanted);
    FactSql sql(fact, engine_.known_);
    for (auto& row : rows_.winners(sql.event_table(), "f." + sql.event_key() + " IN (" + sql_list(wanted) + ")",
                                   {sql.event_key()}, fact == Fact::repayment ? &families_[true].ids : nullptr)) {
      std::string id = row.cell(sql.event_key());
      events_[{fact, id}] = std::move(row.row);
    }
  }
}

// Of all kinds of subject at once: what an id of another kind says is not asked for later.
void EngineImpl::Lookup::read_claims() {
  std::vector<std::string> ids = claimed_customers_;
  for (bool loans : {false, true})
    for (uint32_t n : families_[loans].claimed) ids.push_back(id(loans, n));
  sort_out(ids);
  if (ids.empty()) return;
  for (auto& row : rows_.assignments(ids)) claims_.put(std::move(row));
}

std::string EngineImpl::Lookup::id(bool loans, uint32_t subject) const {
  auto found = families_[loans].ids.find(subject);
  return found == families_[loans].ids.end() ? "" : found->second;
}

std::string EngineImpl::Lookup::customer_name(const std::string& customer, int32_t day) const {
  auto found = names_.find(customer);
  return found == names_.end() ? "" : SourceRows::name_on(found->second, day);
}

std::vector<SourceRow> EngineImpl::Lookup::rows(const Question& q, uint32_t subject) const {
  const Family& family = families_[is_loan_fact(q.measure->fact)];
  Behind what = behind(q);
  if (what == Behind::events) return {};
  const auto& from = what == Behind::description ? family.descriptions : family.balances;
  auto found = from.find(subject);
  if (found == from.end()) return {};
  if (what == Behind::changes) return SourceRows::changes(found->second, shown(q).first, shown(q).second);
  if (what == Behind::last_change) return SourceRows::changes(found->second, q.last(), q.last());
  const SourceRows::Row* row = SourceRows::in_force(found->second, q.last());
  return row ? std::vector<SourceRow>{row->row} : std::vector<SourceRow>();
}

const SourceRow* EngineImpl::Lookup::event(Fact fact, const std::string& id) const {
  auto found = events_.find({fact, id});
  return found == events_.end() ? nullptr : &found->second;
}

}  // namespace guanhu::measures
