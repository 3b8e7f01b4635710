// To-dos: one's own list, the team's, what happens to one of them.
#include <map>

#include "api/todo_desk.h"
#include "api/todo_work.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Todo;

namespace {

std::optional<base::Date> day_in(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_string() ? base::Date::parse(*value->as_string()) : std::nullopt;
}
std::string text_in(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_string() ? *value->as_string() : "";
}

// What lies in the asker's reach but is not his own: of his branch, of the bank.
std::vector<Todo> of_team(TodoDesk& desk, const std::string& state) {
  workbench::TodoFilter filter;
  filter.state = state, filter.limit = 20'000;
  if (state == "late") filter.state = "open", filter.due_before = desk.today();
  std::vector<Todo> out;
  for (auto& one : workbench::todos(desk.store(), filter))
    if (one.assignee != desk.person() && desk.reaches(Permission::todo_read, one)) out.push_back(std::move(one));
  return out;
}

Outcome list_todos(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  const std::string state = call.get("state").value_or("open"), whose = call.get("whose").value_or("mine");
  const std::string customer = call.get("customer").value_or("");
  std::vector<Json> items;
  for (const Todo& one : whose == "team" ? of_team(desk, state) : desk.mine(state == "late" ? "open" : state)) {
    if (!customer.empty() && one.customer != customer) continue;
    if (state == "late" && !one.late(desk.today())) continue;
    items.push_back(desk.json(one));
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"today", desk.today().str()}};
  return out;
}

Outcome summary(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  catch_up_todos(s, desk.store());
  int64_t overdue = 0, today = 0, open = 0, raised = 0, late = 0;
  for (const Todo& one : desk.mine("open")) {
    if (one.snoozed(desk.today())) continue;
    if (!desk.own(one)) {
      ++raised;
      continue;
    }
    ++open;
    overdue += one.late(desk.today());
    today += !one.due || *one.due == desk.today();
  }
  if (call.scope > people::Scope::own) late = static_cast<int64_t>(of_team(desk, "late").size());
  JsonArray instead;
  for (const auto& staff : desk.stood_in())
    instead.push_back(JsonObject{{"staff", staff}, {"name", desk.name_of(staff)}});
  Json last = workbench::last_run(desk.store());
  auto part = [&](const char* name) {
    const Json* found = last.find(name);
    return found ? *found : Json();
  };
  return Answer{JsonObject{{"today", desk.today().str()},
                           {"overdue", overdue},
                           {"due_today", today},
                           {"open", open},
                           {"raised", raised},
                           {"team_overdue", late},
                           {"stands_in_for", std::move(instead)},
                           {"made_on", part("day")},
                           {"made_at", part("at")}}};
}

// How each member of the team stands, those with the most overdue first.
Outcome team(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  struct Load {
    int64_t overdue = 0, today = 0, open = 0, raised = 0;
    std::string org, oldest;
  };
  std::map<std::string, Load> by_person;
  for (const Todo& one : of_team(desk, "open")) {
    Load& load = by_person[one.assignee];
    if (load.org.empty()) load.org = one.org;
    ++load.open;
    load.raised += one.escalated > 0;
    if (!one.due || *one.due == desk.today()) ++load.today;
    if (!one.late(desk.today())) continue;
    ++load.overdue;
    const std::string due = one.due->str();
    if (load.oldest.empty() || due < load.oldest) load.oldest = due;
  }
  std::vector<Json> items;
  for (const auto& [person, load] : by_person) {
    const people::Staff* staff = desk.directory().person(person);
    const std::string org = staff ? staff->org : load.org;
    items.push_back(JsonObject{{"staff", person},
                               {"name", person.empty() ? Json() : Json(desk.name_of(person))},
                               {"org", org},
                               {"org_name", desk.org_name(org)},
                               {"overdue", load.overdue},
                               {"due_today", load.today},
                               {"open", load.open},
                               {"raised", load.raised},
                               {"oldest", load.oldest.empty() ? Json() : Json(load.oldest)}});
  }
  std::stable_sort(items.begin(), items.end(), [](const Json& a, const Json& b) {
    return *a.find("overdue")->as_number() > *b.find("overdue")->as_number();
  });
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_todo(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  auto found = desk.find(call.part("id"));
  if (!found) return not_found();
  JsonArray events;
  if (found->id)
    for (const auto& event : workbench::todo_events(desk.store(), found->id))
      events.push_back(
          JsonObject{{"at", event.at}, {"by", event.by}, {"what", event.what}, {"detail", event.detail}});
  return Answer{JsonObject{{"todo", desk.json(*found)}, {"events", std::move(events)}}};
}

using Step = base::Result<Todo> (*)(TodoDesk& desk, const Call& call, int64_t id,
                                    const workbench::TodoDoing& doing);

bool is_live(const Todo& of) { return of.source != "duty" && of.source != "assigned"; }

// What comes from elsewhere is not done, handed on or cancelled in the list: whose it is, is told that,
// not of roles.
Refusal refused_step(TodoDesk& desk, const Todo& of) {
  if (!is_live(of) || !(desk.own(of) || desk.superior(of))) return forbidden();
  return {403, {"todo.source", "", "", ""}};
}

// Whoever may not is told so; what he may not see is not there.
template <bool (*Allowed)(TodoDesk&, const Todo&)>
Outcome act(Services& s, const Call& call, Step step) {
  TodoDesk desk(s, call);
  auto found = desk.hold(call.part("id"));
  if (!found) return not_found();
  if (!Allowed(desk, *found)) return refused_step(desk, *found);
  auto done = step(desk, call, found->id, desk.doing());
  if (!done.ok()) return todo_refusal(done.error());
  return Answer{desk.json(*done)};
}

bool doer(TodoDesk& desk, const Todo& of) { return !is_live(of) && (desk.own(of) || desk.superior(of)); }
bool owner(TodoDesk& desk, const Todo& of) { return desk.own(of); }
bool director(TodoDesk& desk, const Todo& of) {
  return !is_live(of) && (desk.superior(of) || (of.source == "assigned" && of.made_by == desk.doing().login));
}
bool reopener(TodoDesk& desk, const Todo& of) { return doer(desk, of) || director(desk, of); }

Outcome finish(Services& s, const Call& call) {
  return act<doer>(s, call, [](TodoDesk& desk, const Call& c, int64_t id, const workbench::TodoDoing& doing) {
    return workbench::finish_todo(desk.store(), id, c.text("note"), doing);
  });
}
Outcome snooze(Services& s, const Call& call) {
  return act<owner>(s, call, [](TodoDesk& desk, const Call& c, int64_t id, const workbench::TodoDoing& doing) {
    return workbench::snooze_todo(desk.store(), id, *day_in(c, "until"), c.text("reason"), doing);
  });
}
Outcome wake(Services& s, const Call& call) {
  return act<owner>(s, call, [](TodoDesk& desk, const Call&, int64_t id, const workbench::TodoDoing& doing) {
    return workbench::wake_todo(desk.store(), id, doing);
  });
}
Outcome cancel(Services& s, const Call& call) {
  return act<director>(s, call, [](TodoDesk& desk, const Call& c, int64_t id, const workbench::TodoDoing& doing) {
    return workbench::cancel_todo(desk.store(), id, c.text("reason"), doing);
  });
}
Outcome reopen(Services& s, const Call& call) {
  return act<reopener>(s, call, [](TodoDesk& desk, const Call& c, int64_t id, const workbench::TodoDoing& doing) {
    return workbench::reopen_todo(desk.store(), id, c.text("reason"), doing);
  });
}

// Whom one may give work to: people in reach, not oneself.
std::optional<Refusal> check_assignee(TodoDesk& desk, const Call& call, const std::string& to,
                                      const char* member) {
  const people::Staff* person = desk.directory().person(to);
  auto reach = desk.facts().reach(call.login(), people::scope_of(call.login().roles, Permission::todo_assign));
  if (person && reach->staff(to) && people::Directory::in_post(*person, desk.today())) return std::nullopt;
  return Refusal{422,
                 {"todo.assignee", "没有您管辖的在职员工 " + to, member, "写下属的工号"},
                 {{member, "不是您管辖的在职员工"}}};
}

void tell(Services& s, TodoDesk& desk, const std::string& staff, const std::string& title,
          const std::string& text) {
  for (const auto& login : people::list_logins(desk.store()))
    if (login.staff_id == staff && !login.disabled) s.notice("user:" + login.login, "info", title, text, "/todos");
}

Outcome hand(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  auto found = desk.find(call.part("id"));
  if (!found) return not_found();
  if (!director(desk, *found)) return refused_step(desk, *found);
  if (auto wrong = check_assignee(desk, call, call.text("to"), "to")) return *wrong;
  auto done = workbench::hand_todo(desk.store(), found->id, call.text("to"), call.text("reason"), desk.doing());
  if (!done.ok()) return todo_refusal(done.error());
  tell(s, desk, done->assignee, "有一件待办事项转给您", done->title);
  return Answer{desk.json(*done)};
}

bool reaches_customer(Services& s, TodoDesk& desk, const Call& call, const std::string& customer) {
  const auto& all = desk.facts().customers;
  const size_t at = all ? all->find(customer) : 0;
  if (!all || at == all->size()) return false;
  auto db = s.warehouse();
  const auto scope = people::scope_of(call.login().roles, Permission::customer_read);
  return desk.facts().reaches_customer(call.login(), scope, at, *db);
}

// PLN-303: a task with who gave it, to whom, until when.
Outcome assign(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  if (auto wrong = check_assignee(desk, call, call.text("assignee"), "assignee")) return *wrong;
  workbench::AssignedTodo ask;
  ask.title = call.text("title"), ask.assignee = call.text("assignee"), ask.due = *day_in(call, "due");
  ask.org = desk.directory().person(ask.assignee)->org;
  if (const Json* first = call.body.find("urgent"); first && first->as_bool()) ask.priority = *first->as_bool();
  if (const std::string customer = text_in(call, "customer"); !customer.empty()) {
    if (!reaches_customer(s, desk, call, customer))
      return Refusal{
          422, {"todo.customer", "没有客户 " + customer, "customer", "写客户号"}, {{"customer", "没有这个客户"}}};
    ask.subject = "customer", ask.object = ask.customer = customer, ask.link = "/customers/" + customer;
  }
  auto made = workbench::assign_todo(desk.store(), ask, desk.doing());
  if (!made.ok()) return todo_refusal(made.error());
  tell(s, desk, made->assignee, "有新的交办事项", made->title);
  return Answer{desk.json(*made)};
}

Endpoint step(const char* name, const char* summary, Permission permission, SchemaRef input,
              Outcome (*handler)(Services&, const Call&)) {
  return {.method = "POST",
          .path = std::string("/todos/{id}/") + name,
          .summary = summary,
          .permission = permission,
          .input = std::move(input),
          .output = ref("Todo"),
          .handler = handler};
}

Table reading_endpoints() {
  return {
      {.method = "GET",
       .path = "/todos",
       .summary = "to-dos: one's own with those one stands in for and those raised to one, or the team's",
       .permission = Permission::todo_read,
       .parameters = {{"whose", choice({"mine", "team"})},
                      {"state", choice({"open", "late", "closed"})},
                      {"source", text(20), false, "", "source"},
                      {"assignee", text(100), false, "", "assignee"},
                      {"customer", text(100)}},
       .output = list_of("Todo", {{"today", date()}}),
       .handler = list_todos,
       .list = true,
       .whole = true,
       .searched = {"title", "object", "object_name", "customer", "assignee_name"}},
      {.method = "GET",
       .path = "/todos/summary",
       .summary = "how many are due today, overdue, raised to one; the team's",
       .permission = Permission::todo_read,
       .output = ref("TodoSummary"),
       .handler = summary},
      {.method = "GET",
       .path = "/todos/team",
       .summary = "how each member of the team stands",
       .permission = Permission::todo_read,
       .output = list_of("TodoLoad"),
       .handler = team,
       .list = true,
       .whole = true,
       .searched = {"name", "org_name"}},
      {.method = "GET",
       .path = "/todos/{id}",
       .summary = "one to-do with what happened to it",
       .permission = Permission::todo_read,
       .output = object(
           {{"todo", ref("Todo")},
            {"events", list(object({{"at", moment()}, {"by", text()}, {"what", text()}, {"detail", text()}}))}}),
       .handler = show_todo}};
}

}  // namespace

Table todo_endpoints() {
  const SchemaRef reason = object({{"reason", text(2000)}});
  Table out = reading_endpoints();
  out.push_back({.method = "POST",
                 .path = "/todos",
                 .summary = "gives a task to somebody in reach",
                 .permission = Permission::todo_assign,
                 .input = optional(object({{"title", text(300)},
                                           {"assignee", text(100)},
                                           {"due", date()},
                                           {"urgent", boolean()},
                                           {"customer", text(100)}}),
                                   {"urgent", "customer"}),
                 .output = ref("Todo"),
                 .handler = assign});
  out.push_back(
      step("done", "done by hand, with a note", Permission::todo_do, object({{"note", text(2000)}}), finish));
  out.push_back(step("snooze", "out of sight until a day, with a reason", Permission::todo_do,
                     object({{"until", date()}, {"reason", text(2000)}}), snooze));
  out.push_back(step("wake", "back in sight", Permission::todo_do, nullptr, wake));
  out.push_back(step("cancel", "not to be done, with a reason; by the superior or who gave it",
                     Permission::todo_do, reason, cancel));
  out.push_back(
      step("reopen", "what was done or cancelled by hand is open again", Permission::todo_do, reason, reopen));
  out.push_back(step("hand", "to somebody else, with a reason; by the superior or who gave it",
                     Permission::todo_assign, object({{"to", text(100)}, {"reason", text(2000)}}), hand));
  Table more = todo_admin_endpoints();
  std::move(more.begin(), more.end(), std::back_inserter(out));
  return out;
}

}  // namespace guanhu::api
