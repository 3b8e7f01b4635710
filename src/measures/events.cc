// Transactions, repayments and sales: read row by row, divided as held on their day.
#include <algorithm>
#include <tuple>

#include "measures/condition.h"
#include "measures/engine_impl.h"
#include "policy/facts.h"

namespace guanhu::measures {

using policy::Attribution;
using policy::Fact;

uint32_t EngineImpl::customer_number(std::string_view id) {
  if (id.empty()) return 0;
  if (customer_numbers_.empty())
    for (uint32_t i = 1; i < columns_->customers.size(); ++i) customer_numbers_.emplace(columns_->customers[i], i);
  if (auto found = customer_numbers_.find(id); found != customer_numbers_.end()) return found->second;
  auto n = static_cast<uint32_t>(columns_->customers.size() + more_customers_.size());
  more_customers_.push_back(std::make_unique<std::string>(id));
  customer_numbers_.emplace(*more_customers_.back(), n);
  return n;
}

std::string_view EngineImpl::customer_id(uint32_t number) const {
  if (number < columns_->customers.size()) return columns_->customers[number];
  return *more_customers_[number - columns_->customers.size()];
}

base::Result<std::vector<EventRow>> EngineImpl::events(const Question& q, int32_t first, int32_t last,
                                                       const EventColumns& wanted) {
  using warehouse::Type;
  const policy::Measure& m = *q.measure;
  FactSql sql(m.fact, known_);
  auto condition = condition_sql(m, sql, db_.engine());
  if (!condition) return condition.error();
  std::vector<std::string> amounts{"CAST(1 AS BIGINT)"};
  if (m.aggregate == policy::Aggregate::sum)
    amounts[0] = FactSql::amount(policy::find_column(policy::fact_info(m.fact), m.column)->feed);
  std::vector<Type> types{Type::int32, Type::text,  Type::text, Type::date,
                          Type::int32, Type::int32, Type::text, Type::int64};
  const std::string& second = wanted.second;
  if (!second.empty()) {
    amounts.push_back("e." + second);
    types.push_back(Type::int64);
  }
  std::vector<EventRow> rows;
  auto scan = sql.events(*condition, base::Date(first), base::Date(last), amounts, wanted.ids, wanted.only);
  const Subjects& subjects = is_loan_fact(m.fact) ? columns_->loans : columns_->accounts;
  db_.scan(scan, types, [&](const warehouse::Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i) {
      auto text = [&](size_t k) { return c.columns[k].is_null(i) ? std::string_view() : c.columns[k].text[i]; };
      EventRow row;
      if (!c.columns[0].is_null(i)) row.subject = c.columns[0].i32[i];
      row.day = c.columns[3].i32[i];
      row.import_id = c.columns[4].i32[i];
      row.line = c.columns[5].i32[i];
      row.seller = columns_->staff.find(text(2));
      row.customer = customer_number(text(1));
      if (row.customer == 0 && row.subject >= 0)
        if (const Version* v = subjects.versions.on(static_cast<size_t>(row.subject), row.day))
          row.customer = v->customer;
      row.id = text(6);
      row.amount = c.columns[7].is_null(i) ? 0 : c.columns[7].i64[i];
      if (!second.empty() && !c.columns[8].is_null(i)) row.second = c.columns[8].i64[i];
      rows.push_back(std::move(row));
    }
  });
  if (wanted.ids)
    std::sort(rows.begin(), rows.end(), [](const EventRow& a, const EventRow& b) {
      return std::tie(a.day, a.import_id, a.line) < std::tie(b.day, b.import_id, b.line);
    });
  return rows;
}

std::optional<std::vector<uint32_t>> EngineImpl::subjects_of(const Question& q, const Stints& stints) const {
  const policy::Measure& m = *q.measure;
  if (m.fact == Fact::sale || m.attribution == Attribution::seller) return std::nullopt;
  constexpr size_t kFew = 5'000;
  const Subjects& all = is_loan_fact(m.fact) ? columns_->loans : columns_->accounts;
  const Timelines& timelines = m.attribution == Attribution::subtree ? all.orgs : all.managers;
  std::vector<uint8_t> mine(owners(m), 0);
  for (const Stint& s : stints) mine[s.owner] = 1;
  std::vector<uint32_t> out;
  for (uint32_t n = 0; n + 1 < timelines.offset.size() && out.size() <= kFew; ++n) {
    auto held = timelines.of(n);
    if (std::any_of(held.begin(), held.end(), [&](const attribution::Entry& e) { return mine[e.staff] != 0; }))
      out.push_back(n);
  }
  if (out.size() > kFew) return std::nullopt;
  return out;
}

// Who holds an event. A sale that names no account is held as its customer is; its organisation is the
// seller's on that day, without a seller the account's.
std::span<const attribution::Entry> EngineImpl::held(const Question& q, const EventRow& row) {
  static const attribution::Timeline kNobody = attribution::lay_out({}, attribution::Via::nobody);
  const policy::Measure& m = *q.measure;
  const Subjects& subjects = is_loan_fact(m.fact) ? columns_->loans : columns_->accounts;
  std::span<const attribution::Entry> timeline;
  if (m.attribution == Attribution::seller) {
    static thread_local attribution::Entry whole;
    whole = {attribution::kAlways, row.seller, 0, attribution::kWhole, attribution::kWhole};
    return {&whole, 1};
  }
  auto subject = static_cast<size_t>(row.subject);
  if (m.attribution == Attribution::subtree) {
    if (m.fact == Fact::sale && row.seller) timeline = staff_orgs().of(row.seller);
    else if (row.subject >= 0) timeline = subjects.orgs.of(subject);
  } else if (row.subject >= 0) {
    timeline = subjects.managers.of(subject);
  } else if (row.customer) {
    timeline = columns_->customer_managers.of(row.customer);
  }
  return attribution::on_day(timeline.empty() ? kNobody : timeline, row.day);
}

}  // namespace guanhu::measures
