// Work plans: submitted, confirmed, given back, commented, reported, reviewed, carried forward, split; and the
// overview of a period for whoever answers for others.
#include <algorithm>

#include "api/plan_desk.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::WorkPlan;

namespace {

using Step = base::Result<WorkPlan> (*)(PlanDesk& desk, const Call& call, const WorkPlan& plan);

// What the page was told one may (plan_desk.cc: may) is what one may.
bool allowed(const Json& plan, const std::string& what) {
  for (const Json& one : workbench::list_in(plan, "may"))
    if (*one.as_string() == what) return true;
  return false;
}

Outcome step(Services& s, const Call& call, const char* what, Step act,
             void (*after)(PlanDesk&, const WorkPlan&, const Call&) = nullptr) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto plan = desk.plan(call.part("id"));
    if (!plan) return not_found();
    PlanProgress progress(desk, {});
    const bool any = allowed(plan_json(desk, *plan, progress), what);
    auto done = any ? act(desk, call, *plan) : base::Result<WorkPlan>(base::Error{});
    // Whoever may at another time is told how it stands.
    if (!any) {
      const bool own = desk.own(plan->record.owner);
      const bool over = desk.reaches(Permission::plan_confirm, plan->record) && !own;
      const bool others = std::string_view(what) == "confirm" || std::string_view(what) == "return" ||
                          std::string_view(what) == "review";
      if (others ? !over : !own) return forbidden();
      done = act(desk, call, *plan);
    }
    if (!done.ok()) return record_refusal(done.error());
    if (after) after(desk, *done, call);
    return Answer{plan_json(desk, *done, progress)};
  });
}

int64_t version_of(const Call& call) { return workbench::whole_in(call.body, "version"); }
std::string link_of(const WorkPlan& plan) { return "/plans/" + std::to_string(plan.record.id); }

Outcome submit(Services& s, const Call& call) {
  return step(
      s, call, "submit",
      [](PlanDesk& desk, const Call& c, const WorkPlan& plan) {
        return workbench::submit_plan(desk.store(), plan.record.id, version_of(c),
                                      desk.said("submitted", text_member(c, "text")), desk.writing());
      },
      [](PlanDesk& desk, const WorkPlan& plan, const Call&) {
        if (const std::string above = desk.superior(plan.record.owner); !above.empty())
          desk.tell(above, "有工作计划待确认", plan.record.title, link_of(plan));
      });
}

Outcome confirm(Services& s, const Call& call) {
  return step(
      s, call, "confirm",
      [](PlanDesk& desk, const Call& c, const WorkPlan& plan) {
        return workbench::confirm_plan(
            desk.store(), plan.record.id, version_of(c), desk.said("confirmed", text_member(c, "text")),
            [&](const std::string& customer) { return customer.empty() ? "" : desk.customer_name(customer); },
            desk.todo_doing(), desk.writing());
      },
      [](PlanDesk& desk, const WorkPlan& plan, const Call& c) {
        desk.tell(plan.record.owner, "工作计划已确认", plan.record.title + " " + text_member(c, "text"),
                  link_of(plan));
      });
}

Outcome give_back(Services& s, const Call& call) {
  return step(
      s, call, "return",
      [](PlanDesk& desk, const Call& c, const WorkPlan& plan) {
        return workbench::return_plan(desk.store(), plan.record.id, version_of(c),
                                      desk.said("returned", c.text("text")), desk.writing());
      },
      [](PlanDesk& desk, const WorkPlan& plan, const Call& c) {
        desk.tell(plan.record.owner, "工作计划被退回", plan.record.title + "：" + c.text("text"), link_of(plan));
      });
}

Outcome comment(Services& s, const Call& call) {
  return step(
      s, call, "comment",
      [](PlanDesk& desk, const Call& c, const WorkPlan& plan) {
        return workbench::comment_plan(desk.store(), plan.record.id, version_of(c),
                                       desk.said("comment", c.text("text")), desk.writing());
      },
      [](PlanDesk& desk, const WorkPlan& plan, const Call& c) {
        if (!desk.own(plan.record.owner))
          desk.tell(plan.record.owner, "工作计划有新的意见", c.text("text"), link_of(plan));
      });
}

Outcome report(Services& s, const Call& call) {
  return step(s, call, "report", [](PlanDesk& desk, const Call& c, const WorkPlan& plan) {
    return workbench::report_item(desk.store(), plan.record.id, version_of(c), workbench::whole_in(c.body, "item"),
                                  workbench::flag_in(c.body, "done"), c.text("result"), desk.writing());
  });
}

// PLN-305: what was reached is held against the plan once the period is over, and stays with it.
Outcome review(Services& s, const Call& call) {
  return step(s, call, "review", [](PlanDesk& desk, const Call& c, const WorkPlan& plan) {
    PlanProgress progress(desk, {});
    const auto reached = progress.of(plan);
    JsonArray kept;
    for (size_t i = 0; i < reached.size(); ++i)
      kept.push_back(JsonObject{{"item", plan.items[i].id},
                                {"value", decimal_text(reached[i].value)},
                                {"share", decimal_text(reached[i].share)},
                                {"standing", reached[i].standing}});
    return workbench::review_plan(desk.store(), plan.record.id, version_of(c),
                                  desk.said("reviewed", c.text("text")), std::move(kept), desk.today(),
                                  desk.writing());
  });
}

Outcome carry(Services& s, const Call& call) {
  return step(s, call, "carry", [](PlanDesk& desk, const Call& c, const WorkPlan& plan) {
    PlanProgress progress(desk, {});
    const auto reached = progress.of(plan);
    std::vector<int64_t> wanted;
    for (const Json& one : workbench::list_in(c.body, "items"))
      if (one.as_number()) wanted.push_back(std::stoll(one.as_number()->str()));
    std::vector<workbench::Missing> missing;
    for (size_t i = 0; i < reached.size(); ++i) {
      const auto& item = plan.items[i];
      if (reached[i].standing == "reached") continue;
      if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), item.id) == wanted.end()) continue;
      workbench::Missing one{item.id, item.target};
      if (item.target && reached[i].value && *reached[i].value > Decimal(0))
        one.short_of = Decimal::subtract(*item.target, *reached[i].value);
      missing.push_back(std::move(one));
    }
    return workbench::carry_forward(desk.store(), plan.record.id, missing, desk.writing());
  });
}

// A balance stands at the end of each part; what happens within a period is split.
bool stands_whole(PlanDesk& desk, const workbench::PlanItem& item) {
  if (item.kind == "count") return false;
  if (item.unit == "%" || item.unit == "比率" || item.unit == "倍" || item.unit == "分") return true;
  auto name = SchemeName::parse(item.scheme);
  auto pack = name.ok() ? desk.services().packs().on(name->pack, desk.today())
                        : base::Result<std::shared_ptr<const policy::Pack>>(base::Error{});
  if (!pack.ok()) return true;
  for (const auto& measure : (*pack)->measures)
    if (measure.name == item.figure)
      return measure.aggregate != policy::Aggregate::sum && measure.aggregate != policy::Aggregate::count &&
             measure.aggregate != policy::Aggregate::net_change;
  return true;
}

Outcome split(Services& s, const Call& call) {
  return step(s, call, "split", [](PlanDesk& desk, const Call&, const WorkPlan& plan) -> base::Result<WorkPlan> {
    auto made = workbench::split_plan(
        desk.store(), plan.record.id, [&](const workbench::PlanItem& item) { return stands_whole(desk, item); },
        desk.writing());
    if (!made.ok()) return made.error();
    return plan;
  });
}

Endpoint step_endpoint(const char* name, const char* summary, Permission permission, SchemaRef input,
                       Outcome (*handler)(Services&, const Call&)) {
  return {.method = "POST",
          .path = std::string("/work-plans/{id}/") + name,
          .summary = summary,
          .permission = permission,
          .input = std::move(input),
          .output = ref("WorkPlan"),
          .handler = handler};
}

}  // namespace

Table plan_step_endpoints() {
  const SchemaRef said = object({{"version", integer()}, {"text", text(8000)}});
  const SchemaRef may_say = optional(object({{"version", integer()}, {"text", text(8000)}}), {"text"});
  return {
      step_endpoint("submit", "hands a draft to the superior", Permission::plan_write, may_say, submit),
      step_endpoint("confirm", "the superior agrees; tasks become to-dos", Permission::plan_confirm, may_say,
                    confirm),
      step_endpoint("return", "the superior gives it back, with what to change", Permission::plan_confirm, said,
                    give_back),
      step_endpoint("comment", "a word on it, by its owner or a superior", Permission::plan_read, said, comment),
      step_endpoint(
          "report", "what became of a text or a task", Permission::plan_write,
          object({{"version", integer()}, {"item", integer()}, {"done", boolean()}, {"result", text(8000)}}),
          report),
      step_endpoint("review", "after the period: what was reached is held against it", Permission::plan_confirm,
                    said, review),
      step_endpoint("carry", "what is not reached goes into the next period's plan, which is the answer",
                    Permission::plan_write, optional(object({{"items", list(integer())}}), {"items"}), carry),
      step_endpoint("split", "its shorter periods get their plans", Permission::plan_write, nullptr, split)};
}

}  // namespace guanhu::api
