#include "workbench/plan.h"

#include "base/length.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kTitle = 200, kText = 8000;

std::string trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

PlanItem item_of(const Json& json) {
  PlanItem out;
  out.id = whole_in(json, "id"), out.kind = text_in(json, "kind"), out.title = trimmed(text_in(json, "title"));
  out.scheme = text_in(json, "scheme"), out.figure = text_in(json, "figure");
  out.counted = text_in(json, "counted"), out.unit = text_in(json, "unit"),
  out.target = decimal_in(json, "target");
  out.done = flag_in(json, "done"), out.result = text_in(json, "result"), out.due = day_in(json, "due");
  out.assignee = text_in(json, "assignee"), out.customer = text_in(json, "customer");
  if (const Json* carried = json.find("carried"); carried && carried->as_object()) {
    out.carried_plan = whole_in(*carried, "plan"), out.carried_item = whole_in(*carried, "item");
    out.carried_period = text_in(*carried, "period");
  }
  return out;
}

// What is wrong with one item; "" nothing.
std::string wrong_with(const PlanItem& item, const PlanPeriod& period) {
  if (item.title.empty()) return "没有写是什么";
  if (characters(item.title) > kTitle || item.title.find('\n') != item.title.npos)
    return "标题要一行，最多 200 字";
  if (base::characters(item.result) > kText) return "完成情况太长";
  const bool measured = item.kind == "figure" || item.kind == "count";
  if (!measured && item.kind != "text" && item.kind != "task") return "种类只能是指标、次数、文字或者任务";
  if (measured && (!item.target || *item.target <= Decimal(0))) return "目标要大于零";
  if (item.kind == "figure" && (item.scheme.empty() || item.figure.empty())) return "没有选考核的哪一个指标";
  if (item.kind == "count" && item.counted.empty()) return "没有选数什么";
  if (item.kind == "task" && (!item.due || !period.holds(*item.due)))
    return "任务的期限要在 " + period.first.str() + " 至 " + period.last.str() + " 之间";
  return "";
}

}  // namespace

Json json_of(const PlanItem& item) {
  Json carried;
  if (item.carried_plan)
    carried =
        JsonObject{{"plan", item.carried_plan}, {"item", item.carried_item}, {"period", item.carried_period}};
  return JsonObject{{"id", item.id},
                    {"kind", item.kind},
                    {"title", item.title},
                    {"scheme", item.scheme},
                    {"figure", item.figure},
                    {"counted", item.counted},
                    {"unit", item.unit},
                    {"target", decimal_or_null(item.target)},
                    {"done", item.done},
                    {"result", item.result},
                    {"due", day_or_null(item.due)},
                    {"assignee", item.assignee},
                    {"customer", item.customer},
                    {"carried", std::move(carried)}};
}

base::Result<std::vector<PlanItem>> items_of(const Json& items, const PlanPeriod& period) {
  std::vector<PlanItem> out;
  const JsonArray* list = items.as_array();
  if (!list) return Error{"plan.item", "计划的各项要是一个列表", "items", ""};
  if (list->size() > kPlanItems)
    return Error{"plan.item", "一份计划最多 " + std::to_string(kPlanItems) + " 项", "items", "拆成几份计划"};
  for (size_t i = 0; i < list->size(); ++i) {
    PlanItem item = item_of((*list)[i]);
    if (std::string wrong = wrong_with(item, period); !wrong.empty())
      return Error{"plan.item", "第 " + std::to_string(i + 1) + " 项：" + wrong, "items/" + std::to_string(i),
                   "改好这一项再保存"};
    out.push_back(std::move(item));
  }
  return out;
}

WorkPlan plan_of(const records::Record& record) {
  WorkPlan out;
  out.record = record;
  const Json& body = record.body;
  auto period = PlanPeriod::parse(text_in(body, "period"));
  if (record.kind != kWorkPlan || !period)
    throw base::Broken("record " + std::to_string(record.id) + " is no work plan");
  out.period = *period;
  out.scope = text_in(body, "scope"), out.team = text_in(body, "team"), out.members = texts_in(body, "members");
  out.team_id = whole_in(body, "team_id");
  out.summary = text_in(body, "summary");
  for (const Json& one : list_in(body, "items")) out.items.push_back(item_of(one));
  for (const Json& one : list_in(body, "said"))
    out.said.push_back({text_in(one, "at"), text_in(one, "by"), text_in(one, "person"), text_in(one, "what"),
                        text_in(one, "text")});
  out.reached = list_in(body, "reached");
  return out;
}

Json body_of(const WorkPlan& plan) {
  JsonArray items, said;
  for (const PlanItem& one : plan.items) items.push_back(json_of(one));
  for (const PlanSaid& one : plan.said)
    said.push_back(JsonObject{
        {"at", one.at}, {"by", one.by}, {"person", one.person}, {"what", one.what}, {"text", one.text}});
  return JsonObject{
      {"scope", plan.scope},         {"team", plan.team},       {"members", texts_json(plan.members)},
      {"period", plan.period.str()}, {"summary", plan.summary}, {"items", std::move(items)},
      {"said", std::move(said)},     {"reached", plan.reached}, {"team_id", plan.team_id}};
}

std::string plan_key(const PlanAsk& ask) {
  if (ask.scope == "person") return "person|" + ask.owner + "|" + ask.period.str();
  if (ask.team_id) return "team|#" + std::to_string(ask.team_id) + "|" + ask.period.str();  // whatever its name is
  return ask.scope + "|" + ask.org + (ask.scope == "team" ? "|" + ask.team : "") + "|" + ask.period.str();
}

}  // namespace guanhu::workbench
