// The board of an organisation: what its people reached together, and the organisations below it side by side.
#include <algorithm>
#include <set>

#include "api/gate.h"
#include "api/handlers.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kMovers = 10, kSeries = 12;

using Sum = std::optional<Decimal>;

void add(Sum& sum, const std::optional<Decimal>& value) {
  if (value) sum = Decimal::add(sum.value_or(Decimal()), *value);
}

Sum minus(const Sum& a, const Sum& b) { return a && b ? Decimal::subtract(*a, *b) : std::nullopt; }
Sum over(const Sum& a, const Sum& b) { return a && b && !b->is_zero() ? Decimal::divide(*a, *b) : std::nullopt; }

// An organisation and what lies below it on the last day of the period; the holders that belong to it.
struct Group {
  const Appraised& a;
  std::set<std::string> orgs;
  std::vector<size_t> holders;

  Group(const Appraised& appraised, const std::string& org) : a(appraised) {
    for (auto& id : a.directory.subtree(org)) orgs.insert(id);
    for (size_t h = 0; h < a.run.holders.size(); ++h) {
      const auto& r = a.run.holders[h];
      // An organisation's own figures hold those of what lies below it.
      if (a.over_orgs ? r.id == org : orgs.count(r.org) != 0) holders.push_back(h);
    }
  }
  Sum figure(size_t n) const {
    Sum sum;
    for (size_t h : holders) add(sum, a.run.holders[h].figures[n].value);
    return sum;
  }
  // Of the name, wherever it stands: an earlier period may have been appraised by another version of the pack.
  Sum named(size_t near, const std::string& name) const {
    if (near >= a.figures.size() || a.figures[near].name != name) {
      auto at = std::find_if(a.figures.begin(), a.figures.end(), [&](const Column& c) { return c.name == name; });
      if (at == a.figures.end()) return std::nullopt;
      near = static_cast<size_t>(at - a.figures.begin());
    }
    return figure(near);
  }
  Sum average_total() const {
    Sum sum;
    int64_t count = 0;
    for (size_t h : holders) {
      add(sum, a.run.holders[h].total);
      count += a.run.holders[h].total.has_value();
    }
    return over(sum, Sum(Decimal(count)));
  }
  // Of the first plan the scheme knows: what was reached by those who have a plan, over their plans.
  Sum completion(size_t plan) const {
    Sum actual, target;
    for (size_t h : holders) {
      const auto& figures = a.run.holders[h].figures;
      if (!figures[a.plans[plan].target].value) continue;
      add(actual, figures[a.plans[plan].actual].value);
      add(target, figures[a.plans[plan].target].value);
    }
    return over(actual, target);
  }
};

// What a decision says without a unit (a word, a reason, a coefficient) adds up to nothing.
bool adds_up(const std::string& unit) { return !unit.empty() && unit != "比率" && unit != "%" && unit != "分"; }

JsonArray tiles_json(const Group& now, const Group* before) {
  const Appraised& a = now.a;
  JsonArray out;
  for (size_t i = 0; i < a.figures.size(); ++i) {
    if (!adds_up(a.figures[i].unit)) continue;
    auto is = [&](size_t Plan::*part) {
      return std::find_if(a.plans.begin(), a.plans.end(), [&](const Plan& p) { return p.*part == i; });
    };
    if (is(&Plan::target) != a.plans.end()) continue;  // shown beside what it is the plan of
    auto plan = is(&Plan::actual);
    bool planned = plan != a.plans.end();
    Sum value = now.figure(i);
    out.push_back(JsonObject{
        {"name", a.figures[i].name},
        {"value", decimal_text(value)},
        {"unit", a.figures[i].unit},
        {"change", before ? decimal_text(minus(value, before->named(i, a.figures[i].name))) : Json()},
        {"plan", planned ? decimal_text(now.figure(plan->target)) : Json()},
        {"completion",
         planned ? decimal_text(now.completion(static_cast<size_t>(plan - a.plans.begin()))) : Json()}});
  }
  return out;
}

// Tenths of the full total, as far as anybody stands; the last one is open above.
JsonArray distribution_json(const Group& group) {
  Decimal step = Decimal::divide(group.a.scheme->full_total, 10).value();
  std::map<int64_t, int> counts;
  for (size_t h : group.holders) {
    const auto& total = group.a.run.holders[h].total;
    if (!total || step.is_zero()) continue;
    auto place = Decimal::divide(*total, step).value().round(0, base::Rounding::floor).to_int64();
    ++counts[std::clamp<int64_t>(place.value_or(0), -1, 20)];
  }
  JsonArray out;
  if (counts.empty()) return out;
  for (int64_t n = counts.begin()->first; n <= counts.rbegin()->first; ++n)
    out.push_back(JsonObject{{"from", Decimal::multiply(step, n).value().str()},
                             {"to", Decimal::multiply(step, n + 1).value().str()},
                             {"count", counts.count(n) ? counts[n] : 0}});
  return out;
}

// How many reached each grade, those with the higher totals first; without a grade last. Empty: nobody has one.
JsonArray grades_json(const Group& group) {
  struct Reached {
    int count = 0;
    Sum best;
  };
  std::map<std::string, Reached> grades;
  int none = 0;
  for (size_t h : group.holders) {
    const auto& r = group.a.run.holders[h];
    if (!r.grade) {
      ++none;
      continue;
    }
    Reached& at = grades[*r.grade];
    ++at.count;
    if (r.total && (!at.best || *at.best < *r.total)) at.best = r.total;
  }
  std::vector<std::pair<std::string, Reached>> order(grades.begin(), grades.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.second.best && (!b.second.best || *b.second.best < *a.second.best);
  });
  JsonArray out;
  for (const auto& [grade, at] : order) out.push_back(JsonObject{{"grade", grade}, {"count", at.count}});
  if (!out.empty() && none) out.push_back(JsonObject{{"grade", Json()}, {"count", none}});
  return out;
}

JsonArray movers_json(const Group& now, const Appraised* earlier) {
  struct Mover {
    const appraisal::HolderResult* r;
    Decimal change;
  };
  std::vector<Mover> all;
  for (size_t h : now.holders) {
    const auto& r = now.a.run.holders[h];
    auto before = earlier ? earlier->holder(r.id) : std::nullopt;
    if (!before || !r.total || !earlier->run.holders[*before].total) continue;
    all.push_back({&r, Decimal::subtract(*r.total, *earlier->run.holders[*before].total).value()});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Mover& x, const Mover& y) { return y.change.abs() < x.change.abs(); });
  JsonArray out;
  for (size_t i = 0; i < std::min(all.size(), kMovers); ++i)
    out.push_back(JsonObject{{"id", all[i].r->id},
                             {"name", all[i].r->name},
                             {"total", decimal_text(all[i].r->total)},
                             {"change", appraisal::shown(all[i].change).str()}});
  return out;
}

Sum at(const OrgFigures& figures, const std::vector<std::optional<Decimal>>& values, const std::string& org) {
  auto place = figures.at.find(org);
  return place == figures.at.end() ? std::nullopt : values[place->second];
}

JsonArray children_json(const Appraised& a, const OrgFigures& figures, const std::string& org) {
  JsonArray out;
  for (const auto& child : a.directory.orgs()) {
    if (child.parent != org || child.id == org) continue;
    Group group(a, child.id);
    Sum deposits = at(figures, figures.deposits, child.id);
    out.push_back(JsonObject{
        {"id", child.id},
        {"name", child.name},
        {"kind", child.kind},
        {"holders", group.holders.size()},
        {"deposits", decimal_text(deposits)},
        {"deposits_change", decimal_text(minus(deposits, at(figures, figures.deposits_before, child.id)))},
        {"loans", decimal_text(at(figures, figures.loans, child.id))},
        {"total_average", decimal_text(group.average_total())},
        {"completion", a.plans.empty() ? Json() : decimal_text(group.completion(0))}});
  }
  return out;
}

base::Result<JsonArray> series_json(const Facts& facts, const base::Period& last, const std::string& org) {
  JsonArray out;
  for (const auto& period : facts.periods_until(last, kSeries)) {
    auto figures = facts.org_figures(period);
    if (!figures) return figures.error();
    out.push_back(JsonObject{{"period", period.str()},
                             {"deposits", decimal_text(at(**figures, (*figures)->deposits, org))},
                             {"loans", decimal_text(at(**figures, (*figures)->loans, org))}});
  }
  return out;
}

// The top of what the visitor sees: the branch, or the organisation without one above it.
std::string top_of(const Reach& reach, const people::Directory& directory) {
  if (!reach.top().empty()) return reach.top();
  for (const auto& org : directory.orgs())
    if (org.kind == "hq") return org.id;
  for (const auto& org : directory.orgs())
    if (org.parent.empty()) return org.id;
  return "";
}

base::Result<Json> board_json(const Facts& facts, const Asked& asked, const Appraised& a, const people::Org& org) {
  std::shared_ptr<const Appraised> earlier;
  if (facts.has_data(asked.period.previous()))
    if (auto made = facts.appraised(asked.scheme, asked.period.previous())) earlier = *made;
  auto figures = facts.org_figures(asked.period);
  if (!figures) return figures.error();
  auto series = series_json(facts, asked.period, org.id);
  if (!series) return series.error();
  Group now(a, org.id);
  std::optional<Group> before;
  if (earlier) before.emplace(*earlier, org.id);
  return Json(JsonObject{{"org", JsonObject{{"id", org.id}, {"name", org.name}, {"kind", org.kind}}},
                         {"period", asked.period.str()},
                         {"tiles", tiles_json(now, before ? &*before : nullptr)},
                         {"distribution", distribution_json(now)},
                         {"grades", grades_json(now)},
                         {"movers", movers_json(now, earlier.get())},
                         {"children", children_json(a, **figures, org.id)},
                         {"series", std::move(*series)}});
}

Outcome board(Services& s, const Call& call) {
  auto asked = asked_of(call);
  if (auto* refusal = std::get_if<Refusal>(&asked)) return *refusal;
  auto facts = s.facts();
  auto reach = facts->reach(call.login(), call.scope);
  const std::string id = call.get("org").value_or(top_of(*reach, facts->directory));
  const people::Org* org = facts->directory.org(id);
  if (!org || !reach->org(id)) return not_found();
  const auto& which = std::get<Asked>(asked);
  auto appraised = facts->appraised(which.scheme, which.period);
  if (!appraised) return refusal_of(appraised.error());
  std::optional<base::Error> error;
  auto made = (*appraised)->kept("board " + id, [&]() -> std::shared_ptr<const void> {
    auto json = board_json(*facts, which, **appraised, *org);
    if (!json) return error = json.error(), nullptr;
    return std::make_shared<const std::string>(json->dump());
  });
  if (error) return refusal_of(*error);
  if (!made) return not_found();
  http::Response response = http::Response::json("");
  response.shared_body = std::static_pointer_cast<const std::string>(made);
  return Answer{.raw = std::move(response)};
}

}  // namespace

Table board_endpoints() {
  auto parameters = scheme_and_period();
  parameters.push_back({"org", text(100), false, "else the top of what one sees"});
  return {{.method = "GET",
           .path = "/board",
           .summary = "totals, growth, plans, distribution, movers of an organisation",
           .permission = people::Permission::board_read,
           .parameters = parameters,
           .output = ref("Board"),
           .handler = board}};
}

}  // namespace guanhu::api
