// A period at one look, for whoever answers for others: who has no plan, whose waits, who is behind with what.
#include <algorithm>
#include <map>

#include "api/plan_desk.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::WorkPlan;

namespace {

Json row_of(PlanDesk& desk, const people::Staff& staff, const WorkPlan* plan, PlanProgress& progress) {
  JsonArray behind;
  int64_t reached = 0;
  if (plan) {
    const auto all = progress.of(*plan);
    for (size_t i = 0; i < all.size(); ++i) {
      reached += all[i].standing == "reached";
      if (all[i].standing == "behind")
        behind.push_back(JsonObject{
            {"title", plan->items[i].title}, {"share", decimal_text(all[i].share)}, {"reason", all[i].reason}});
    }
  }
  return JsonObject{{"staff", staff.id},
                    {"name", staff.name},
                    {"org", staff.org},
                    {"org_name", desk.org_name(staff.org)},
                    {"plan", plan ? Json(plan->record.id) : Json()},
                    {"state", plan ? plan->record.state : "missing"},
                    {"items", plan ? plan->items.size() : size_t{0}},
                    {"reached", reached},
                    {"behind", std::move(behind)}};
}

// The worst first: no plan, then whose is behind, then by name.
int rank_of(const Json& row) {
  const std::string state = workbench::text_in(row, "state");
  if (state == "missing") return 0;
  if (!workbench::list_in(row, "behind").empty()) return 1;
  return state == "submitted" ? 2 : state == "draft" || state == "returned" ? 3 : 4;
}

Outcome overview(Services& s, const Call& call) {
  auto period = workbench::PlanPeriod::parse(call.get("period").value_or(""));
  if (!period)
    return Refusal{422,
                   {"plan.period", "这不是年、季、月、周中的一个", "period", "例如 2026-01"},
                   {{"period", "例如 2026-01"}}};
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    std::vector<const people::Staff*> wanted;
    std::vector<std::string> ids;
    for (const auto* one : desk.staff_in_reach(Permission::plan_read, call.get("org").value_or("")))
      if (desk.writes(*one)) wanted.push_back(one), ids.push_back(one->id);
    records::Filter filter;
    filter.kinds = {workbench::kWorkPlan}, filter.owners = ids, filter.limit = 20'000;
    filter.from = filter.to = period->first;
    std::map<std::string, WorkPlan> plans;
    if (!ids.empty())
      for (const auto& one : records::list(desk.store(), filter)) {
        WorkPlan plan = workbench::plan_of(one);
        if (plan.scope == "person" && plan.period == *period) plans.emplace(one.owner, std::move(plan));
      }
    PlanProgress progress(desk, ids);
    std::vector<Json> rows;
    std::map<int, int64_t> counts;
    for (const auto* one : wanted) {
      auto plan = plans.find(one->id);
      rows.push_back(row_of(desk, *one, plan == plans.end() ? nullptr : &plan->second, progress));
      ++counts[rank_of(rows.back())];
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Json& a, const Json& b) { return rank_of(a) < rank_of(b); });
    Answer out{.items = Items::of(std::move(rows))};
    WorkPlan span;
    span.period = *period;
    out.items->beside = {{"today", desk.today().str()},
                         {"period_title", period->title()},
                         {"passed", decimal_text(progress.passed(span))},
                         {"missing", counts[0]},
                         {"behind", counts[1]},
                         {"waiting", counts[2]}};
    return out;
  });
}

}  // namespace

Table plan_overview_endpoints() {
  return {{.method = "GET",
           .path = "/work-plan-overview",
           .summary = "who of those in reach has no plan for the period, whose waits, who is behind with what",
           .permission = Permission::plan_read,
           .parameters = {{"period", text(10), true}, {"org", text(100), false, "with everything below it"}},
           .output = list_of("PlanStanding", {{"today", date()},
                                              {"period_title", text()},
                                              {"passed", decimal()},
                                              {"missing", integer()},
                                              {"behind", integer()},
                                              {"waiting", integer()}}),
           .handler = overview,
           .list = true,
           .whole = true,
           .searched = {"name", "org_name"}}};
}

}  // namespace guanhu::api
