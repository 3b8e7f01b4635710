// The life of a plan: each step is one version of its record.
#include <algorithm>
#include <set>

#include "base/length.h"
#include "workbench/plan.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Error;

namespace {

constexpr size_t kSummary = 8000, kMembers = 200;

std::string state_title(const std::string& state) {
  if (state == "draft") return "还没有提交";
  if (state == "submitted") return "已提交，等上级确认";
  if (state == "returned") return "已退回";
  if (state == "confirmed") return "已确认";
  return "已对照结果";
}

// What can be found: the words people wrote, not names of fields.
std::string words_of(const WorkPlan& plan) {
  std::string out = plan.summary;
  for (const PlanItem& item : plan.items) out += "\n" + item.title + " " + item.result;
  for (const PlanSaid& said : plan.said) out += "\n" + said.text;
  return out;
}

base::Result<WorkPlan> kept(store::Session& session, const WorkPlan& plan, const std::string& action,
                            const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = plan.record, change.record.body = body_of(plan);
  change.action = action, change.why = why, change.words = words_of(plan);
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return plan_of(*written);
}

base::Result<WorkPlan> open_plan(store::Session& session, int64_t id, int64_t version,
                                 std::initializer_list<const char*> states) {
  auto found = records::record(session, kWorkPlan, id);
  if (!found.ok()) return found.error();
  WorkPlan plan = plan_of(*found);
  if (version) plan.record.version = version;
  if (std::none_of(states.begin(), states.end(), [&](const char* s) { return found->state == s; }))
    return Error{"plan.state", "这份计划" + state_title(found->state) + "，不能这样做", "state", "刷新以后再看"};
  return plan;
}

void number_items(std::vector<PlanItem>& items) {
  std::set<int64_t> taken;
  int64_t most = 0;
  for (PlanItem& item : items) {
    if (item.id <= 0 || !taken.insert(item.id).second) item.id = 0;
    most = std::max(most, item.id);
  }
  for (PlanItem& item : items)
    if (!item.id) item.id = ++most;
}

// PLN-607: the day a person's plans reach to, for the duty that asks for the next one.
void mark_planned(store::Session& session, const WorkPlan& plan) {
  if (plan.scope != "person") return;
  if (plan.period.kind != PlanKind::month && plan.period.kind != PlanKind::week) return;
  session.exec(
      "INSERT INTO todo_marks (subject, object, name, day) VALUES ('manager', ?, '计划到', ?)"
      " ON CONFLICT (subject, object, name) DO UPDATE SET day = CASE WHEN excluded.day > todo_marks.day"
      " THEN excluded.day ELSE todo_marks.day END",
      {plan.record.owner, plan.period.last.str()});
}

}  // namespace

base::Result<WorkPlan> make_plan(store::Session& session, const PlanAsk& ask, const records::Doing& doing) {
  if (ask.scope != "person" && ask.scope != "team" && ask.scope != "org")
    return Error{"plan.scope", "计划是个人的、小组的或者机构的", "scope", ""};
  if (ask.scope == "team" && (ask.team.empty() || characters(ask.team) > 40 ||
                              (ask.members.empty() && !ask.team_id) || ask.members.size() > kMembers))
    return Error{"plan.team", "小组要有名称（最多 40 字）和成员", "team", "写小组的名称，选它的成员"};
  if (characters(ask.summary) > kSummary)
    return Error{"plan.summary", "文字最多 8000 字", "summary", "把细的写到各项里"};
  WorkPlan plan;
  plan.scope = ask.scope, plan.team = ask.team, plan.team_id = ask.team_id, plan.members = ask.members,
  plan.period = ask.period;
  plan.summary = ask.summary, plan.items = ask.items;
  number_items(plan.items);
  records::Record& r = plan.record;
  r.kind = kWorkPlan, r.key = plan_key(ask), r.state = "draft", r.owner = ask.owner, r.org = ask.org;
  r.parent = ask.parent, r.day = ask.period.first, r.until = ask.period.last, r.title = ask.title;
  return kept(session, plan, "plan.make", "", doing);
}

base::Result<WorkPlan> change_plan(store::Session& session, int64_t id, int64_t version,
                                   const std::string& summary, std::vector<PlanItem> items, const std::string& why,
                                   const records::Doing& doing) {
  auto plan = open_plan(session, id, version, {"draft", "returned", "submitted", "confirmed"});
  if (!plan.ok()) return plan;
  if (characters(summary) > kSummary)
    return Error{"plan.summary", "文字最多 8000 字", "summary", "把细的写到各项里"};
  if (plan->record.state == "confirmed" && why.empty())
    return Error{"plan.why", "已经确认的计划要改，先写为什么", "why", "改了以后要再提交确认"};
  // Where an item came from is not the writer's to say.
  for (PlanItem& item : items) {
    auto before = std::find_if(plan->items.begin(), plan->items.end(),
                               [&](const PlanItem& one) { return item.id && one.id == item.id; });
    const PlanItem* old = before == plan->items.end() ? nullptr : &*before;
    item.carried_plan = old ? old->carried_plan : 0;
    item.carried_item = old ? old->carried_item : 0, item.carried_period = old ? old->carried_period : "";
    if (!old) item.id = 0;
  }
  number_items(items);
  plan->summary = summary, plan->items = std::move(items);
  if (plan->record.state != "returned") plan->record.state = "draft";
  return kept(session, *plan, "plan.write", why, doing);
}

base::Result<WorkPlan> submit_plan(store::Session& session, int64_t id, int64_t version, const PlanSaid& said,
                                   const records::Doing& doing) {
  auto plan = open_plan(session, id, version, {"draft", "returned"});
  if (!plan.ok()) return plan;
  if (plan->items.empty() && plan->summary.empty())
    return Error{"plan.empty", "计划里什么都没有", "items", "至少写一项"};
  plan->record.state = "submitted";
  plan->said.push_back(said);
  records::Doing with = doing;
  with.also = [&](const records::Record& record, const std::string& action) {
    mark_planned(session, *plan);
    if (doing.also) doing.also(record, action);
  };
  return kept(session, *plan, "plan.submit", said.text, with);
}

namespace {

// A task is a to-do of whoever is to do it; confirmed again, an open one takes what was changed.
void keep_task(store::Session& session, const WorkPlan& plan, const PlanItem& item, const std::string& name,
               const TodoDoing& doing) {
  Todo todo;
  todo.key = task_key(plan.record.id, item.id);
  todo.source = "assigned", todo.title = item.title, todo.org = plan.record.org;
  todo.assignee = item.assignee.empty() ? plan.record.owner : item.assignee;
  todo.subject = item.customer.empty() ? "plan" : "customer";
  todo.object = item.customer.empty() ? std::to_string(plan.record.id) : item.customer;
  todo.object_name = item.customer.empty() ? plan.record.title : name;
  todo.customer = item.customer, todo.rule_day = todo.due = item.due;
  todo.link = "/plans/" + std::to_string(plan.record.id);
  const std::string due = item.due ? item.due->str() : "";
  if (auto there = todo_with_key(session, todo.key)) {
    const bool changed = session.exec(
                             "UPDATE todos SET title = ?, due_on = ?, rule_day = ?, assignee = ? WHERE todo_id = "
                             "? AND state = 'open'"
                             " AND (title <> ? OR due_on <> ? OR assignee <> ?)",
                             {todo.title, due, due, todo.assignee, *there, todo.title, due, todo.assignee}) > 0;
    if (changed) add_event(session, *there, "moved", due, doing.login, doing.at);
    return;
  }
  add_event(session, keep_todo(session, todo, doing.login, doing.at), "made", todo.assignee, doing.login,
            doing.at);
}

}  // namespace

std::string task_key(int64_t plan, int64_t item) {
  return "plan:" + std::to_string(plan) + "|" + std::to_string(item);
}

base::Result<WorkPlan> confirm_plan(store::Session& session, int64_t id, int64_t version, const PlanSaid& said,
                                    const std::function<std::string(const std::string&)>& names,
                                    const TodoDoing& todo_doing, const records::Doing& doing) {
  auto plan = open_plan(session, id, version, {"submitted"});
  if (!plan.ok()) return plan;
  plan->record.state = "confirmed";
  plan->said.push_back(said);
  records::Doing with = doing;
  with.also = [&](const records::Record& record, const std::string& action) {
    for (const PlanItem& item : plan->items)
      if (item.kind == "task") keep_task(session, *plan, item, names(item.customer), todo_doing);
    if (doing.also) doing.also(record, action);
  };
  return kept(session, *plan, "plan.confirm", said.text, with);
}

base::Result<WorkPlan> return_plan(store::Session& session, int64_t id, int64_t version, const PlanSaid& said,
                                   const records::Doing& doing) {
  if (said.text.empty()) return Error{"plan.why", "退回要写怎样改", "text", "写一两句"};
  auto plan = open_plan(session, id, version, {"submitted", "confirmed"});
  if (!plan.ok()) return plan;
  plan->record.state = "returned";
  plan->said.push_back(said);
  return kept(session, *plan, "plan.return", said.text, doing);
}

base::Result<WorkPlan> comment_plan(store::Session& session, int64_t id, int64_t version, const PlanSaid& said,
                                    const records::Doing& doing) {
  if (said.text.empty()) return Error{"plan.why", "没有写意见", "text", "写一两句"};
  auto plan = open_plan(session, id, version, {"draft", "submitted", "returned", "confirmed", "reviewed"});
  if (!plan.ok()) return plan;
  plan->said.push_back(said);
  return kept(session, *plan, "plan.comment", said.text, doing);
}

base::Result<WorkPlan> report_item(store::Session& session, int64_t id, int64_t version, int64_t item, bool done,
                                   const std::string& result, const records::Doing& doing) {
  auto plan = open_plan(session, id, version, {"draft", "submitted", "returned", "confirmed"});
  if (!plan.ok()) return plan;
  for (PlanItem& one : plan->items) {
    if (one.id != item) continue;
    // Figures and counts come from facts: nobody says that they were reached.
    if (one.kind != "text" && one.kind != "task") break;
    if (base::characters(result) > kSummary) return Error{"plan.item", "完成情况太长", "result", "最多 8000 字"};
    one.done = done, one.result = result;
    return kept(session, *plan, "plan.report", one.title, doing);
  }
  return Error{"plan.item", "计划里没有这一项，或者它的完成情况由业务数据算出", "item", ""};
}

base::Result<WorkPlan> review_plan(store::Session& session, int64_t id, int64_t version, const PlanSaid& said,
                                   base::Json reached, base::Date today, const records::Doing& doing) {
  auto plan = open_plan(session, id, version, {"confirmed"});
  if (!plan.ok()) return plan;
  if (today <= plan->period.last)
    return Error{"plan.early", "这一期到 " + plan->period.last.str() + " 才结束", "", "结束以后再对照结果"};
  plan->record.state = "reviewed";
  plan->said.push_back(said);
  plan->reached = std::move(reached);
  return kept(session, *plan, "plan.review", said.text, doing);
}

}  // namespace guanhu::workbench
