#include "workbench/todo_lacks.h"

#include <algorithm>
#include <map>
#include <set>

#include "customers/field.h"
#include "customers/outside.h"
#include "workbench/plan.h"
#include "workbench/plan_counts.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;

namespace {

Decimal percent(const Decimal& share) {
  return Decimal::multiply(share, Decimal(100)).value().round(1, base::Rounding::half_up).reduced();
}

class Behind {
 public:
  Behind(warehouse::Warehouse& db, store::Session& session, const BehindAsk& ask)
      : db_(db), session_(session), ask_(ask) {}

  std::unordered_map<std::string, FurthestBehind> find() {
    records::Filter filter;
    filter.kinds = {kWorkPlan}, filter.states = {"confirmed"}, filter.limit = 100'000;
    // Of plans that began within the last year: none is longer.
    filter.to = ask_.today, filter.from = ask_.today - 366;
    for (const auto& record : records::list(session_, filter)) {
      WorkPlan plan = plan_of(record);
      if (plan.scope == "person" && plan.period.holds(ask_.today)) plans_.push_back(std::move(plan));
    }
    for (const WorkPlan& plan : plans_) people_.insert(plan.record.owner);
    for (const WorkPlan& plan : plans_)
      for (const PlanItem& item : plan.items) look(plan, item);
    return std::move(out_);
  }

 private:
  void look(const WorkPlan& plan, const PlanItem& item) {
    if (!item.target || item.target->is_zero()) return;
    const auto reached = item.kind == "count"    ? counted_of(plan, item)
                         : item.kind == "figure" ? figure_of(plan, item)
                                                 : std::optional<Decimal>();
    if (!reached) return;
    const auto share = Decimal::divide(*reached, *item.target);
    if (!share || *share >= Decimal(1)) return;
    FurthestBehind one{item.title, percent(*share), percent(passed(plan.period)), plan.period.last};
    auto [at, fresh] = out_.try_emplace(plan.record.owner, one);
    if (!fresh && gap(one) > gap(at->second)) at->second = std::move(one);
  }

  static Decimal gap(const FurthestBehind& of) { return Decimal::subtract(of.passed, of.share).value(); }

  std::optional<Decimal> figure_of(const WorkPlan& plan, const PlanItem& item) {
    return ask_.figure ? ask_.figure(item.scheme, item.figure, plan.period, plan.record.owner) : std::nullopt;
  }

  // Of everybody at once for each counter and period.
  std::optional<Decimal> counted_of(const WorkPlan& plan, const PlanItem& item) {
    if (!counter(item.counted)) return std::nullopt;
    auto [at, fresh] = counted_.try_emplace({item.counted, plan.period.str()});
    if (fresh) {
      std::map<std::string, std::vector<Counted>> by_person;
      const CountAsk ask{
          item.counted, {people_.begin(), people_.end()}, plan.period.first, plan.period.last, ask_.today};
      for (auto& one : counted(session_, db_, ask)) by_person[one.person].push_back(std::move(one));
      for (const auto& [person, of] : by_person) at->second[person] = sum_of(of);
    }
    auto sum = at->second.find(plan.record.owner);
    return sum == at->second.end() ? Decimal(0) : sum->second;
  }

  Decimal passed(const PlanPeriod& period) const {
    int64_t all = 0, over = 0;
    for (Date day = period.first; day <= period.last; day = day + 1) {
      const bool works = ask_.calendar ? ask_.calendar->working(day) : day.weekday() < 6;
      all += works, over += works && day < ask_.today;
    }
    return all ? Decimal::divide(Decimal(over), Decimal(all)).value() : Decimal(0);
  }

  warehouse::Warehouse& db_;
  store::Session& session_;
  const BehindAsk& ask_;
  std::vector<WorkPlan> plans_;
  std::set<std::string> people_;
  std::map<std::pair<std::string, std::string>, std::map<std::string, Decimal>> counted_;
  std::unordered_map<std::string, FurthestBehind> out_;
};

}  // namespace

std::unordered_map<std::string, FurthestBehind> furthest_behind(warehouse::Warehouse& db, store::Session& session,
                                                                const BehindAsk& ask) {
  return Behind(db, session, ask).find();
}

Papers::Papers(store::Session& session, Date today) {
  for (const auto& field : customers::fields(session)) {
    if (field.expires) {
      Expiring one{field.title, field.of, {}};
      for (const auto& row :
           session.query("SELECT customer, value FROM customer_values WHERE field = ?", {field.id}))
        if (auto day = Date::parse(row.text(1)); day && *day < today) one.over[row.text(0)] = day->str();
      if (!one.over.empty()) expiring_.push_back(std::move(one));
    }
    if (!field.required) continue;
    Required one{field.title, field.of, {}};
    for (const auto& row :
         session.query("SELECT DISTINCT customer FROM customer_values WHERE field = ?", {field.id}))
      one.have.push_back(row.text(0));
    std::sort(one.have.begin(), one.have.end());
    required_.push_back(std::move(one));
  }
}

std::string Papers::missing(const std::string& customer, std::string_view kind,
                            std::string_view of_extract) const {
  std::string out(of_extract);
  for (const Required& one : required_) {
    if ((one.of != "all" && one.of != kind) || std::binary_search(one.have.begin(), one.have.end(), customer))
      continue;
    out += (out.empty() ? "" : "、") + one.title;
  }
  for (const Expiring& one : expiring_) {
    auto over = one.of == "all" || one.of == kind ? one.over.find(customer) : one.over.end();
    if (over != one.over.end()) out += (out.empty() ? "" : "、") + one.title + "（" + over->second + " 已过）";
  }
  return out;
}

std::unordered_map<std::string, LookAgain> look_again(store::Session& session, Date today) {
  struct Newest {
    Date day;
    int64_t id = 0;
    std::optional<Date> again;
  };
  std::map<std::string, std::map<std::string, Newest>> queries;  // by customer, by kind and name
  std::map<std::string, std::map<std::string, Date>> consents;   // by customer, by name
  records::Filter filter;
  filter.kinds = {customers::kQueryKind}, filter.limit = 1'000'000;
  for (const auto& of : records::list(session, filter)) {
    const auto q = customers::query_of(of);
    const std::string name = text_in(of.body, "name");
    Newest& at = queries[of.customer][q.what + "（" + name + "）"];
    if (at.id == 0 || q.day > at.day || (q.day == at.day && of.id > at.id))
      at = {q.day, of.id, Date::parse(text_in(of.body, "again"))};
    if (auto until = Date::parse(text_in(of.body, "consent_until"))) {
      Date& last = consents[of.customer].try_emplace(name, *until).first->second;
      last = std::max(last, *until);
    }
  }
  std::unordered_map<std::string, LookAgain> out;
  for (const auto& [customer, all] : queries) {
    std::optional<Date> first;
    for (const auto& [what, one] : all)
      if (one.again) first = first ? std::min(*first, *one.again) : *one.again;
    if (!first) continue;
    LookAgain& of = out[customer];
    of.again = *first;
    for (const auto& [what, one] : all)
      if (one.again && *one.again <= std::max(*first, today))
        of.queries += (of.queries.empty() ? "" : "、") + what;
  }
  for (const auto& [customer, all] : consents) {
    LookAgain& of = out[customer];
    for (const auto& [name, until] : all) of.consented = of.consented ? std::min(*of.consented, until) : until;
    for (const auto& [name, until] : all)
      if (until <= std::max(*of.consented, today)) of.consents += (of.consents.empty() ? "" : "、") + name;
  }
  return out;
}

}  // namespace guanhu::workbench
