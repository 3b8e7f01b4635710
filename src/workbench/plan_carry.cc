// A plan and its neighbours: what is not reached goes on into the next period, a long plan into shorter ones.
#include <algorithm>
#include <map>

#include "workbench/plan.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;
using base::Error;

namespace {

PlanAsk ask_like(const WorkPlan& plan, const PlanPeriod& period) {
  PlanAsk ask;
  ask.scope = plan.scope, ask.owner = plan.record.owner, ask.org = plan.record.org, ask.team = plan.team;
  ask.team_id = plan.team_id;
  ask.members = plan.members, ask.period = period;
  // "张三 2026 年 1 月工作计划" -> the same of the other period.
  const std::string& title = plan.record.title;
  const std::string old = plan.period.title();
  const size_t at = title.find(old);
  ask.title = at == title.npos ? period.title() + "工作计划"
                               : title.substr(0, at) + period.title() + title.substr(at + old.size());
  return ask;
}

std::optional<WorkPlan> there(store::Session& session, const PlanAsk& ask) {
  auto found = records::with_key(session, kWorkPlan, plan_key(ask));
  return found && !found->removed ? std::optional(plan_of(*found)) : std::nullopt;
}

Date clamped(const std::optional<Date>& day, const PlanPeriod& period) {
  return day && period.holds(*day) ? *day : period.last;
}

PlanItem carried(const WorkPlan& from, const PlanItem& item, const std::optional<Decimal>& short_of,
                 const PlanPeriod& into) {
  PlanItem out = item;
  out.id = 0, out.done = false, out.result = "";
  out.carried_plan = from.record.id, out.carried_item = item.id, out.carried_period = from.period.str();
  if (short_of) out.target = *short_of;
  if (item.kind == "task") out.due = into.last;
  return out;
}

// The n parts of a target that add up to it: whole hundredths, the rest to the last.
std::vector<Decimal> parts_of(const Decimal& target, size_t n) {
  const Decimal share = Decimal::divide(target, Decimal(static_cast<int64_t>(n))).value();
  // Cut to hundredths, or to whole ones where the target is whole.
  const bool whole = target.str().find('.') == std::string::npos;
  std::string text = share.str();
  if (const size_t dot = text.find('.'); dot != text.npos)
    text = text.substr(0, whole ? dot : std::min(text.size(), dot + 3));
  const Decimal each = Decimal::parse(text).value_or(Decimal(0));
  std::vector<Decimal> out(n, each);
  Decimal rest = target;
  for (size_t i = 0; i + 1 < n; ++i) rest = Decimal::subtract(rest, each).value();
  out.back() = rest;
  return out;
}

}  // namespace

base::Result<WorkPlan> carry_forward(store::Session& session, int64_t id, std::span<const Missing> missing,
                                     const records::Doing& doing) {
  auto found = records::record(session, kWorkPlan, id);
  if (!found.ok()) return found.error();
  const WorkPlan from = plan_of(*found);
  PlanAsk ask = ask_like(from, from.period.next());
  auto next = there(session, ask);
  if (next && next->confirmed())
    return Error{"plan.state", ask.title + "已经确认，不能再转入", "", "先请上级退回下一期的计划"};
  std::vector<PlanItem> items = next ? next->items : std::vector<PlanItem>{};
  const size_t before = items.size();
  for (const Missing& one : missing) {
    auto item =
        std::find_if(from.items.begin(), from.items.end(), [&](const PlanItem& i) { return i.id == one.item; });
    if (item == from.items.end()) continue;
    const bool already = std::any_of(items.begin(), items.end(), [&](const PlanItem& i) {
      return i.carried_plan == id && i.carried_item == one.item;
    });
    if (!already && items.size() < kPlanItems) items.push_back(carried(from, *item, one.short_of, ask.period));
  }
  if (items.size() == before) return Error{"plan.nothing", "没有要转入下一期的：都达到了，或者已经转入", "", ""};
  int64_t most = 0;
  for (const PlanItem& item : items) most = std::max(most, item.id);
  for (PlanItem& item : items)
    if (!item.id) item.id = ++most;
  if (!next) {
    ask.items = std::move(items);
    return make_plan(session, ask, doing);
  }
  next->items = std::move(items);
  if (next->record.state == "submitted") next->record.state = "draft";
  records::Change change;
  change.record = next->record, change.record.body = body_of(*next);
  change.action = "plan.carry", change.why = "由 " + from.period.str() + " 转入";
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return plan_of(*written);
}

base::Result<std::vector<WorkPlan>> split_plan(store::Session& session, int64_t id,
                                               const std::function<bool(const PlanItem&)>& whole,
                                               const records::Doing& doing) {
  auto found = records::record(session, kWorkPlan, id);
  if (!found.ok()) return found.error();
  const WorkPlan plan = plan_of(*found);
  const auto parts = plan.period.parts();
  std::map<int64_t, std::vector<Decimal>> targets;
  for (const PlanItem& item : plan.items)
    if (item.target && !parts.empty() && !whole(item)) targets[item.id] = parts_of(*item.target, parts.size());
  std::vector<WorkPlan> out;
  for (size_t i = 0; i < parts.size(); ++i) {
    PlanAsk ask = ask_like(plan, parts[i]);
    if (there(session, ask)) continue;
    ask.summary = plan.summary, ask.parent = plan.record.id;
    for (PlanItem item : plan.items) {
      // A task belongs to the part its day lies in.
      if (item.kind == "task" && !(item.due && parts[i].holds(*item.due))) continue;
      // A week has no appraised figures.
      if (item.kind == "figure" && !parts[i].measured()) continue;
      if (auto split = targets.find(item.id); split != targets.end()) {
        if (split->second[i] <= Decimal(0)) continue;
        item.target = split->second[i];
      }
      item.id = 0, item.done = false, item.result = "",
      item.due = item.due ? std::optional(clamped(item.due, parts[i])) : std::nullopt;
      item.carried_plan = item.carried_item = 0, item.carried_period = "";
      ask.items.push_back(std::move(item));
    }
    auto made = make_plan(session, ask, doing);
    if (!made.ok()) return made.error();
    out.push_back(std::move(*made));
  }
  if (out.empty())
    return Error{"plan.split", parts.empty() ? "一周的计划不再拆分" : "各段都已经有计划", "",
                 "打开那一段的计划看看"};
  return out;
}

}  // namespace guanhu::workbench
