// Work plans; logs and meetings: shapes_worklog.cc.
#include "api/plan_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

SchemaRef neighbour() {
  return object({{"period", text()},
                 {"title", text()},
                 {"first", date()},
                 {"last", date()},
                 {"id", described(nullable(integer()), "null: there is no plan")},
                 {"state", maybe_text()}});
}

SchemaRef standing() { return choice({"reached", "ok", "behind", "unknown"}); }

SchemaRef kept_shape() {
  return described(list(object({{"item", integer()},
                                {"value", nullable(decimal())},
                                {"share", nullable(decimal())},
                                {"standing", standing()}})),
                   "what was reached when it was reviewed");
}

SchemaRef team_progress_shape() {
  return described(list(object({{"staff", text()},
                                {"name", text()},
                                {"leads", boolean()},
                                {"from", date()},
                                {"to", nullable(date())},
                                {"here", described(boolean(), "in it today")},
                                {"items", list(object({{"item", integer()}, {"value", decimal()}}))}})),
                   "of a registered team, each on their own days; for the leader and who is above all, else "
                   "oneself");
}

void item_shape(Schemas& out) {
  out["WorkPlanItem"] =
      object({{"id", integer()},
              {"kind", choice({"figure", "count", "text", "task"})},
              {"title", text()},
              {"scheme", text()},
              {"figure", text()},
              {"counted", text()},
              {"unit", text()},
              {"target", nullable(decimal())},
              {"done", boolean()},
              {"result", text()},
              {"due", nullable(date())},
              {"assignee", text()},
              {"customer", text()},
              {"carried", nullable(object({{"plan", integer()}, {"item", integer()}, {"period", text()}}))},
              {"todo", nullable(integer())},
              {"todo_state", maybe_text()},
              {"assignee_name", text()},
              {"customer_name", text()},
              {"value", described(nullable(decimal()), "by the facts; null: `reason` says why")},
              {"share", described(nullable(decimal()), "of the target")},
              {"standing", standing()},
              {"reason", text()},
              {"opens", described(nullable(choice({"figure", "counted"})), "what the figure opens into")},
              {"parts", list(object({{"holder", text()}, {"name", text()}, {"value", nullable(decimal())}}))}});
}

std::vector<std::pair<std::string, SchemaRef>> common() {
  return {{"scope", choice({"person", "team", "org"})},
          {"team", text()},
          {"team_id", described(nullable(integer()), "a registered team")},
          {"period", text()},
          {"period_title", text()},
          {"period_kind", choice({"year", "quarter", "month", "week"})}};
}

}  // namespace

void plan_shapes(Schemas& out) {
  item_shape(out);
  auto line = common(), whole = common();
  for (auto& one : std::vector<std::pair<std::string, SchemaRef>>{
           {"items", integer()}, {"behind", integer()}, {"reached", integer()}, {"passed", decimal()}})
    line.push_back(std::move(one));
  out["WorkPlanLine"] = record_shape(std::move(line));
  for (auto& one : std::vector<std::pair<std::string, SchemaRef>>{
           {"members", list(object({{"staff", text()}, {"name", text()}}))},
           {"summary", text(40'000)},
           {"items", list(ref("WorkPlanItem"))},
           {"said",
            list(object(
                {{"at", moment()}, {"by", text()}, {"name", text()}, {"what", text()}, {"text", text(40'000)}}))},
           {"kept", kept_shape()},
           {"passed", described(decimal(), "share of the working days that are over")},
           {"behind", integer()},
           {"reached", integer()},
           {"previous", neighbour()},
           {"next", neighbour()},
           {"parts", described(list(neighbour()), "shorter periods")},
           {"superior", maybe_text()},
           {"team_progress", team_progress_shape()},
           {"may", list(choice({"write", "submit", "report", "carry", "split", "confirm", "return", "review",
                                "comment"}))}})
    whole.push_back(std::move(one));
  out["WorkPlan"] = record_shape(std::move(whole));
  out["CountedRow"] = object({{"id", text()},
                              {"name", text()},
                              {"customer", text()},
                              {"link", text()},
                              {"day", date()},
                              {"staff", text()},
                              {"staff_name", text()},
                              {"amount", nullable(decimal())}});
  out["PlanStanding"] =
      object({{"staff", text()},
              {"name", text()},
              {"org", text()},
              {"org_name", text()},
              {"plan", nullable(integer())},
              {"state", choice({"missing", "draft", "submitted", "returned", "confirmed", "reviewed"})},
              {"items", integer()},
              {"reached", integer()},
              {"behind", list(object({{"title", text()}, {"share", nullable(decimal())}, {"reason", text()}}))}});
  out["WorkPlanChoices"] =
      object({{"today", date()},
              {"last_date", nullable(date())},
              {"schemes", list(object({{"scheme", text()},
                                       {"title", text()},
                                       {"orgs", described(boolean(), "its holders are organisations")},
                                       {"periods", list(text())},
                                       {"figures", list(object({{"name", text()}, {"unit", text()}}))}}))},
              {"counts", list(object({{"counted", text()}, {"title", text()}, {"unit", text()}}))}});
  log_shapes(out);
  meeting_shapes(out);
}

}  // namespace guanhu::api
