// What a plan has reached: figures of appraisals as the engine has them, counts from what was recorded and from
// the feed, to-dos as they stand. Nothing here is said by the owner but for texts.
#include <algorithm>

#include "api/plan_desk.h"
#include "api/policy_json.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using workbench::PlanItem;
using workbench::WorkPlan;

namespace {

std::string kind_word(workbench::PlanKind kind) { return std::string(workbench::plan_kind_name(kind)); }

// A figure, a score or the total of a holder.
std::optional<Decimal> value_of(const appraisal::HolderResult& holder, const std::string& name) {
  if (name == "总分") return holder.total;
  for (const auto& one : holder.figures)
    if (one.name == name) return one.value;
  for (const auto& one : holder.scores)
    if (one.name == name) return one.value;
  return std::nullopt;
}

// Shares and points of several people have no sum.
bool adds_up(const std::string& unit) { return unit != "%" && unit != "比率" && unit != "倍" && unit != "分"; }

}  // namespace

Decimal PlanProgress::passed(const WorkPlan& plan) const {
  return desk_.rules().passed(plan.period.first, plan.period.last, desk_.today() - 1);
}

PlanProgress::Reached PlanProgress::figure(const WorkPlan& plan, const PlanItem& item) {
  Reached out;
  auto name = SchemeName::parse(item.scheme);
  auto period = plan.period.measured();
  if (!period) return out.reason = "考核没有按周的数", out;
  if (!name.ok()) return out.reason = name.error().message, out;
  auto pack = desk_.services().packs().on(name->pack, period->last());
  const policy::Scheme* scheme = pack.ok() ? (*pack)->scheme(name->scheme) : nullptr;
  if (!scheme) return out.reason = "没有考核 " + item.scheme, out;
  if (std::find(scheme->periods.begin(), scheme->periods.end(), kind_word(plan.period.kind)) ==
      scheme->periods.end())
    return out.reason = "这个考核没有按" + std::string(workbench::plan_kind_title(plan.period.kind)) + "的数", out;
  auto made = desk_.facts().appraised(*name, *period);
  if (!made.ok())
    return out.reason = made.error().code == "data.period" ? "这一期还没有业务数据" : made.error().message, out;
  std::vector<std::string> holders = desk_.people_of(plan);
  // An appraisal has no days: of a team whoever is in it at the period's end, or today, counts whole.
  const base::Date last = std::min(plan.period.last, desk_.today());
  std::erase_if(holders, [&](const std::string& one) { return !desk_.counts(plan, one, last); });
  if ((*made)->over_orgs) holders = {plan.record.org};
  Decimal sum(0);
  JsonArray parts;
  for (const auto& holder : holders) {
    const auto* found = (*made)->run.holder(holder);
    auto value = found ? value_of(*found, item.figure) : std::nullopt;
    if (!value) continue;
    sum = Decimal::add(sum, *value).value();
    parts.push_back(JsonObject{{"holder", holder}, {"name", found->name}, {"value", decimal_text(value)}});
  }
  if (parts.empty()) return out.reason = "考核里没有这个数", out;
  if (parts.size() > 1 && !adds_up(item.unit)) return out.reason = "这个数不能按人加起来", out;
  out.value = sum, out.opens = "figure", out.parts = std::move(parts);
  return out;
}

PlanProgress::Reached PlanProgress::said(const PlanItem& item, const WorkPlan& plan) {
  Reached out;
  bool done = item.done;
  if (item.kind == "task")
    if (auto id = workbench::todo_with_key(desk_.store(), workbench::task_key(plan.record.id, item.id)))
      if (auto todo = workbench::todo(desk_.store(), *id); todo.ok()) {
        done = todo->state == "done" || todo->state == "fact";
        if (todo->late(desk_.today())) out.standing = "behind", out.reason = "待办逾期";
      }
  if (done) out.standing = "reached", out.reason = "";
  else if (out.standing == "unknown" && desk_.today() > plan.period.last)
    out.standing = "behind", out.reason = "这一期已经结束，没有办完";
  else if (out.standing == "unknown" && item.kind == "task") out.standing = "ok";
  return out;
}

std::vector<workbench::Counted> PlanProgress::counted(const WorkPlan& plan, const PlanItem& item) {
  const auto wanted = desk_.people_of(plan);
  workbench::CountAsk ask;
  ask.counter = item.counted, ask.first = plan.period.first, ask.last = plan.period.last,
  ask.today = desk_.today();
  ask.people = people_.empty() ? wanted : people_;
  const std::string key =
      item.counted + "|" + plan.period.str() + (people_.empty() ? "|" + std::to_string(plan.record.id) : "");
  auto at = kept_.find(key);
  if (at == kept_.end()) {
    auto db = desk_.services().warehouse();
    at = kept_.emplace(key, workbench::counted(desk_.store(), *db, ask)).first;
  }
  std::vector<workbench::Counted> out;
  for (const auto& one : at->second)
    if (std::find(wanted.begin(), wanted.end(), one.person) != wanted.end() &&
        desk_.counts(plan, one.person, one.day))
      out.push_back(one);
  return out;
}

std::vector<PlanProgress::Reached> PlanProgress::of(const WorkPlan& plan) {
  std::vector<Reached> out;
  const Decimal passed_share = passed(plan);
  for (const PlanItem& item : plan.items) {
    Reached one;
    if (item.kind == "figure") {
      one = figure(plan, item);
    } else if (item.kind == "count") {
      const workbench::Counter* counter = workbench::counter(item.counted);
      const auto& last = desk_.facts().last_date;
      if (!counter) one.reason = "不知道数的是什么";
      else if (counter->from_facts && (!last || *last < plan.period.first)) one.reason = "这一期还没有业务数据";
      else one.value = workbench::sum_of(counted(plan, item)), one.opens = "counted";
    } else {
      one = said(item, plan);
    }
    if (item.kind == "figure" || item.kind == "count") {
      if (one.value && item.target) one.share = Decimal::divide(*one.value, *item.target);
      if (auto standing = desk_.rules().standing(one.share, passed_share); standing.ok()) one.standing = *standing;
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace guanhu::api
