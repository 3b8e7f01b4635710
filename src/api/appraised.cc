#include "api/appraised.h"

#include <algorithm>

namespace guanhu::api {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kMostKept = 12'000;  // the sheet and a trend of 5,000 holders, and what else is asked for

Peers peers_of(const appraisal::Run& run, size_t score) {
  Peers out;
  out.place.assign(run.holders.size(), 0);
  std::vector<std::pair<Decimal, size_t>> order;
  Decimal sum;
  for (size_t h = 0; h < run.holders.size(); ++h)
    if (const auto& value = run.holders[h].scores[score].value) {
      order.emplace_back(*value, h);
      sum = Decimal::add(sum, *value).value();
    }
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return b.first < a.first; });
  for (size_t i = 0; i < order.size(); ++i) {
    bool tied = i > 0 && order[i].first == order[i - 1].first;
    out.place[order[i].second] = tied ? out.place[order[i - 1].second] : static_cast<int>(i) + 1;
  }
  out.of = order.size();
  if (order.empty()) return out;
  out.most = order.front().first;
  out.least = order.back().first;
  out.average = Decimal::divide(sum, Decimal::make(static_cast<__int128>(order.size()), 0));
  return out;
}

bool is_target(const policy::SchemeStep& step) {
  return step.measure && step.measure->fact == policy::Fact::target;
}

// A formula that reads one target and a figure measures the first figure it names against the target.
std::vector<Plan> plans_of(const policy::CompiledScheme& scheme) {
  auto figure = [&](size_t step) {
    return static_cast<size_t>(std::find(scheme.figures.begin(), scheme.figures.end(), step) -
                               scheme.figures.begin());
  };
  std::vector<Plan> out;
  for (const auto& step : scheme.steps) {
    Plan plan{scheme.figures.size(), scheme.figures.size()};
    for (const auto& input : step.inputs) {
      if (input.kind != policy::InputKind::step || !scheme.steps[input.step].measure) continue;
      size_t& slot = is_target(scheme.steps[input.step]) ? plan.target : plan.actual;
      if (slot == scheme.figures.size()) slot = figure(input.step);
    }
    bool whole = plan.actual < scheme.figures.size() && plan.target < scheme.figures.size();
    bool known = std::any_of(out.begin(), out.end(), [&](const Plan& p) { return p.actual == plan.actual; });
    if (whole && !known) out.push_back(plan);
  }
  return out;
}

}  // namespace

Appraised::Appraised(std::shared_ptr<const policy::Pack> with, const appraisal::Evaluation& e,
                     people::Directory on_last_day)
    : pack(std::move(with)),
      scheme(e.scheme.scheme),
      run(appraisal::run_of(e, on_last_day, std::nullopt)),
      hash(appraisal::run_hash(run)),
      directory(std::move(on_last_day)),
      over_orgs(scheme->holders == "organisation") {
  for (size_t step : e.scheme.figures)
    figures.push_back(
        {e.scheme.steps[step].name, e.scheme.steps[step].unit, false, {}, {}, &e.scheme.steps[step].origin()});
  for (size_t i = 0; i < e.scheme.items.size(); ++i) {
    const auto& step = e.scheme.steps[e.scheme.items[i]];
    scores.push_back({step.name, "分", true, step.score->full, scheme->items[i].weight, &step.origin()});
    peers.push_back(peers_of(run, i));
  }
  if (e.scheme.decision) {
    const policy::Origin& said = e.scheme.decision->origin;
    for (const policy::Field* one : appraisal::other_parts(*e.scheme.decision))
      figures.push_back({one->name, one->type ? one->type->unit : "", false, {}, {}, &said});
    for (const policy::Field* one : appraisal::score_parts(*e.scheme.decision)) {
      scores.push_back({one->name, "分", true, {}, {}, &said});
      peers.push_back(peers_of(run, scores.size() - 1));
    }
  }
  plans = plans_of(e.scheme);
}

std::optional<size_t> Appraised::holder(const std::string& id) const {
  auto at = std::lower_bound(run.holders.begin(), run.holders.end(), id,
                             [](const auto& h, const std::string& wanted) { return h.id < wanted; });
  if (at == run.holders.end() || at->id != id) return std::nullopt;
  return static_cast<size_t>(at - run.holders.begin());
}

std::shared_ptr<const void> Appraised::kept(const std::string& name) const {
  std::lock_guard lock(mutex_);
  auto at = kept_.find(name);
  return at == kept_.end() ? nullptr : at->second;
}

std::shared_ptr<const void> Appraised::kept(const std::string& name,
                                            const std::function<std::shared_ptr<const void>()>& make) const {
  if (auto known = kept(name)) return known;
  auto made = make();  // twice at the worst, and then equal
  if (!made) return nullptr;
  std::lock_guard lock(mutex_);
  if (kept_.size() >= kMostKept) kept_.clear();
  return kept_.try_emplace(name, std::move(made)).first->second;
}

Json decimal_text(const std::optional<Decimal>& value) {
  return value ? Json(appraisal::shown(*value).str()) : Json();
}

Json figure_text(const appraisal::Figure& figure) {
  if (figure.value) return decimal_text(figure.value);
  if (const bool* yes = figure.other.as_bool()) return *yes ? "是" : "否";
  if (figure.other.as_string()) return figure.other;
  return figure.other.is_null() ? Json() : Json(figure.other.dump());
}

}  // namespace guanhu::api
