// Which arrays a balance figure is computed from.
#include <algorithm>

#include "measures/condition.h"
#include "measures/engine_impl.h"
#include "policy/facts.h"

namespace guanhu::measures {

using attribution::kForever;
using policy::Attribution;
using policy::Fact;

size_t EngineImpl::owners(const policy::Measure& m) const {
  return m.attribution == Attribution::subtree ? columns_->orgs.size() : columns_->staff.size();
}

base::Result<Source> EngineImpl::source(const Question& q) {
  const policy::Measure& m = *q.measure;
  Source s;
  switch (m.fact) {
    case Fact::deposit_balance:
      s = {columns_->deposits, &columns_->accounts, {}, {}, {}, nullptr, "deposit"};
      break;
    case Fact::loan_balance:
      if (filter_names(m, "off_balance"))
        s = {columns_->loan_all, &columns_->loans, {}, {}, {}, nullptr, "loan-all"};
      else s = {columns_->loan_on, &columns_->loans, {}, {}, {}, nullptr, "loan"};
      break;
    case Fact::overdue_principal:
      s = {columns_->overdue_principal, &columns_->loans, {}, {}, {}, nullptr, "overdue-principal"};
      break;
    case Fact::overdue_interest:
      s = {columns_->overdue_interest, &columns_->loans, {}, {}, {}, nullptr, "overdue-interest"};
      break;
    default: s = {open_accounts(), &columns_->accounts, {}, {}, {}, nullptr, "account"}; break;
  }
  s.timelines = m.attribution == Attribution::subtree ? s.subjects->orgs : s.subjects->managers;
  s.divide = m.attribution == Attribution::main_only ? Divide::main_only : Divide::by_share;
  if (m.minimum) s.rule.minimum = *m.minimum;
  if (m.cap) s.rule.cap = *m.cap;
  s.rule.count = m.aggregate == policy::Aggregate::count || m.aggregate == policy::Aggregate::distinct_customers ||
                 m.aggregate == policy::Aggregate::customers_by_share;
  auto days = mask(m);
  if (!days) return days.error();
  s.mask = *days;
  return s;
}

base::Result<const Mask*> EngineImpl::mask(const policy::Measure& m) {
  if (m.filter.empty()) return nullptr;
  FactSql sql(m.fact, known_);
  auto condition = condition_sql(m, sql, db_.engine());
  if (!condition) return condition.error();
  bool loans = m.fact != Fact::deposit_balance && m.fact != Fact::account;
  std::string key = (loans ? "loan " : "account ") + *condition;
  if (auto found = masks_.find(key); found != masks_.end()) return found->second.get();
  auto out = std::make_unique<Mask>();
  size_t subjects = (loans ? columns_->loan_all : columns_->deposits).size();
  out->offset.assign(subjects + 1, 0);
  const warehouse::Type types[] = {warehouse::Type::int32, warehouse::Type::date, warehouse::Type::date};
  db_.scan(sql.stretches(*condition), types, [&](const warehouse::Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i) {
      auto s = static_cast<size_t>(c.columns[0].i32[i]);
      if (s >= subjects) continue;  // came after this snapshot
      ++out->offset[s + 1];
      out->days.push_back({c.columns[1].i32[i], c.columns[2].i32[i]});
    }
  });
  for (size_t s = 0; s < subjects; ++s) out->offset[s + 1] += out->offset[s];
  return (masks_[key] = std::move(out)).get();
}

// 1 on every day at whose end the account is open, as a balance.
const Points& EngineImpl::open_accounts() {
  if (open_accounts_) return *open_accounts_;
  std::vector<uint32_t> offset{0};
  std::vector<uint16_t> day;
  std::vector<int64_t> value;
  for (size_t s = 0; s < columns_->deposits.size(); ++s) {
    auto versions = columns_->accounts.versions.of(s);
    int64_t open = 0;
    auto turn = [&](int64_t to, uint16_t on) {
      if (to == open) return;
      if (day.size() > offset.back() && day.back() == on) value.back() = to;
      else day.push_back(on), value.push_back(to);
      open = to;
    };
    for (size_t v = 0; v < versions.size(); ++v) {
      int32_t begin = versions[v].from, end = v + 1 < versions.size() ? versions[v + 1].from : kForever;
      int32_t from = std::max(begin, versions[v].opened), to = std::min(end, versions[v].closed);
      bool ever = from < to && from <= kLastDay;
      if (!ever || from > begin) turn(0, near_day(begin));
      if (ever) turn(1, near_day(from));
      if (ever && to < end && to <= kLastDay) turn(0, near_day(to));
    }
    offset.push_back(static_cast<uint32_t>(day.size()));
  }
  extra_.put("open.offset", std::move(offset));
  extra_.put("open.day", std::move(day));
  extra_.put("open.value", std::move(value));
  open_accounts_ = Points{extra_.get<uint32_t>("open.offset"), extra_.get<uint16_t>("open.day"),
                          extra_.get<int64_t>("open.value")};
  return *open_accounts_;
}

// Writes what was derived. Where that cannot be it serves from memory, and the next start derives again.
Sections EngineImpl::keep(const std::string& name, Sections derived) {
  if (!known_.everything() || options_.columns.empty()) return derived;
  auto path = options_.columns / ("moments-" + name + ".bin");
  if (derived.write(path, known_.fingerprint()))
    if (auto there = Sections::open(path, known_.fingerprint())) return std::move(*there);
  return derived;
}

// From memory, from the folder, or derived now.
Moments& EngineImpl::kept(const std::string& name, Moments::Of of,
                          const std::function<base::Result<Sections>()>& derive,
                          std::optional<base::Error>* error) {
  if (auto found = moments_.find(name); found != moments_.end()) return *found->second;
  std::optional<Sections> sections;
  if (known_.everything() && !options_.columns.empty())
    sections = Sections::open(options_.columns / ("moments-" + name + ".bin"), known_.fingerprint());
  if (!sections) {
    auto derived = derive();
    if (!derived) {
      static Moments none{Moments::of_events({}, {}, 0)};
      *error = derived.error();
      return none;
    }
    sections = keep(name, std::move(*derived));
  }
  return *(moments_[name] = std::make_unique<Moments>(std::move(*sections), of));
}

Moments& EngineImpl::moments(const Source& s, bool orgs) {
  std::string name = s.name + (orgs ? "-orgs" : s.divide == Divide::main_only ? "-main" : "-share");
  size_t n = orgs ? columns_->orgs.size() : columns_->staff.size();
  return kept(
      name, Moments::Of::balances,
      [&]() -> base::Result<Sections> {
        return Moments::build(s.points, s.timelines, s.divide, n, options_.threads);
      },
      nullptr);
}

namespace {
// Moments that the engine keeps, behind the common form.
class Kept : public Linear {
 public:
  explicit Kept(Linear& linear) : linear_(linear) {}
  Sums days(int32_t first, int32_t last) override { return linear_.days(first, last); }

 private:
  Linear& linear_;
};

// Events of some days, each divided as it was held on its day.
class Events : public Linear {
 public:
  size_t owners = 0;
  std::vector<Given> given;
  std::vector<std::pair<int32_t, int64_t>> whole;  // day, amount: before dividing
  Sums days(int32_t first, int32_t last) override {
    Sums out;
    out.owner.assign(owners, 0);
    for (const Given& g : given)
      if (first <= g.day && g.day <= last) out.owner[g.owner] += g.amount;
    for (const auto& [day, amount] : whole)
      if (first <= day && day <= last) out.bank += static_cast<base::Int128>(amount) * attribution::kWhole;
    return out;
  }
};
}  // namespace

std::unique_ptr<Linear> EngineImpl::divided(const Question& q, const std::vector<EventRow>& rows, bool second) {
  Divide divide = q.measure->attribution == Attribution::main_only ? Divide::main_only : Divide::by_share;
  auto out = std::make_unique<Events>();
  out->owners = owners(*q.measure);
  for (const EventRow& row : rows) {
    int64_t amount = second ? row.second : row.amount;
    out->whole.emplace_back(row.day, amount);
    for (const attribution::Entry& e : held(q, row))
      out->given.push_back({row.day, e.staff, static_cast<base::Int128>(amount) * part_of(e, divide)});
  }
  return out;
}

base::Result<std::unique_ptr<Linear>> EngineImpl::linear_events(const Question& q) {
  const policy::Measure& m = *q.measure;
  // Transactions are too many to keep sums of all days for; of the others an unfiltered sum is asked for
  // again and again.
  const bool sums_kept = m.fact == Fact::sale || m.fact == Fact::repayment;
  if (!sums_kept || !m.filter.empty()) {
    auto rows = events(q, q.first(), q.last(), {});
    if (!rows) return rows.error();
    return divided(q, *rows, false);
  }
  const char* ways[] = {"share", "main", "seller", "orgs"};
  auto name = [&](const std::string& what) {
    return (m.fact == Fact::sale ? "sale-" : "repayment-") + what + "-" + ways[static_cast<int>(m.attribution)];
  };
  std::string what = "count", other;
  if (m.aggregate != policy::Aggregate::count)
    what = policy::find_column(policy::fact_info(m.fact), m.column)->feed;
  // Who asks for one of these asks for the other: one pass derives both.
  if (what == "principal") other = "interest";
  if (what == "interest") other = "principal";
  auto sums = [&](const std::vector<EventRow>& rows, bool second) {
    auto all = divided(q, rows, second);
    auto& events = static_cast<Events&>(*all);
    return Moments::of_events(events.given, events.whole, events.owners);
  };
  std::optional<base::Error> failed;
  Moments& out = kept(
      name(what), Moments::Of::events,
      [&]() -> base::Result<Sections> {
        auto rows = events(q, kFirstDay, kLastDay, {.second = other});
        if (!rows) return rows.error();
        if (!other.empty())
          moments_[name(other)] =
              std::make_unique<Moments>(keep(name(other), sums(*rows, true)), Moments::Of::events);
        return sums(*rows, false);
      },
      &failed);
  if (failed) return *failed;
  return std::unique_ptr<Linear>(new Kept(out));
}

base::Result<std::unique_ptr<Linear>> EngineImpl::linear(const Question& q) {
  if (q.kind == Kind::event) return linear_events(q);
  auto s = source(q);
  if (!s) return s.error();
  if (!s->mask && s->rule.plain() && s->name != "loan-all")
    return std::unique_ptr<Linear>(new Kept(moments(*s, q.measure->attribution == Attribution::subtree)));
  return std::unique_ptr<Linear>(
      new Walk(s->points, s->timelines, s->divide, owners(*q.measure), s->rule, s->mask, options_.threads));
}

}  // namespace guanhu::measures
