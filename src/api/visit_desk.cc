#include "api/visit_desk.h"

#include <algorithm>

#include "api/policy_json.h"
#include "api/policy_reading.h"
#include "workbench/absence.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Visit;
using people::Permission;
using records::Record;
using workbench::Todo;

namespace {

std::string first_line(const std::string& text) { return text.substr(0, text.find_first_of("\r\n")); }

// Not longer than so many bytes, and no character cut in two.
std::string cut(std::string text, size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (text[most] & 0xC0) == 0x80) --most;
  text.resize(most);
  return text;
}

JsonArray customers_json(const VisitDesk& desk, const std::vector<std::string>& ids) {
  JsonArray out;
  for (const auto& id : ids) out.push_back(JsonObject{{"id", id}, {"name", desk.customer_name(id)}});
  return out;
}

// What the asker may do with it now.
JsonArray may(VisitDesk& desk, const Record& of) {
  JsonArray out;
  if (of.removed) return out;
  if (desk.own(of.owner) && desk.can(Permission::visit_write)) {
    if (of.state == "planned")
      for (const char* step : {"done", "change", "move", "miss", "withdraw"}) out.emplace_back(step);
    if (of.state == "missed")
      for (const char* step : {"reopen", "done"}) out.emplace_back(step);
    if (of.state == "done") out.emplace_back("correct");
    out.emplace_back("comment");
  } else if (desk.reaches(Permission::visit_comment, of)) {
    out.emplace_back("comment");
  }
  return out;
}

}  // namespace

std::optional<Record> VisitDesk::visit(const std::string& id) {
  auto number = number_of(id);
  if (!number) return std::nullopt;
  auto found = records::record(store(), customers::kVisitKind, *number);
  if (!found.ok() || !reaches(Permission::visit_read, *found)) return std::nullopt;
  return *found;
}

JsonArray VisitDesk::people_json(const std::vector<std::string>& staff) const {
  JsonArray out;
  for (const auto& one : staff) out.push_back(JsonObject{{"staff", one}, {"name", name_of(one)}});
  return out;
}

Json VisitDesk::item(const Record& of) {
  const Visit visit = customers::visit_of(of);
  JsonObject out = head(of);
  const auto said = visit.findings.empty() ? visit.reason : visit.findings;
  JsonObject more = {{"customers", customers_json(*this, visit.customers)},
                     {"place", visit.place},
                     {"time", visit.time},
                     {"purpose", visit.purpose},
                     {"method", visit.method},
                     {"said", cut(first_line(said), 240)},
                     {"photos", visit.photos.size()},
                     {"position", customers::to_json(visit.position)},
                     {"late", of.state == "planned" && of.day && *of.day < today()}};
  for (auto& member : more) out.push_back(std::move(member));
  return out;
}

JsonArray VisitDesk::follow_ups_json(const Record& of, const Visit& visit) {
  JsonArray out;
  for (const auto& one : visit.follow_ups) {
    Json state, number;
    auto id = workbench::todo_with_key(store(), "visit:" + std::to_string(of.id) + ":" + one.id);
    if (id) number = *id;
    if (auto todo = id ? workbench::todo(store(), *id) : base::Result<Todo>(base::Error{}); todo.ok())
      state = todo->open() && todo->late(today()) ? "late" : todo->state;
    out.push_back(JsonObject{{"id", one.id},
                             {"text", one.text},
                             {"due", one.due.str()},
                             {"assignee", one.assignee},
                             {"assignee_name", one.assignee.empty() ? "" : name_of(one.assignee)},
                             {"todo", std::move(number)},
                             {"state", std::move(state)}});
  }
  return out;
}

JsonArray VisitDesk::comments_json(int64_t visit) {
  records::Filter filter;
  filter.kinds = {customers::kVisitCommentKind}, filter.parent = visit;
  auto found = records::list(store(), filter);
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  JsonArray out;
  for (const auto& one : found) {
    const Json* text = one.body.find("text");
    out.push_back(JsonObject{{"id", one.id},
                             {"owner", one.owner},
                             {"owner_name", name_of(one.owner)},
                             {"text", text ? *text : Json("")},
                             {"at", one.made_at},
                             {"own", own(one.owner)}});
  }
  return out;
}

Json VisitDesk::whole(const Record& of, const VisitRules& rules) {
  const Visit visit = customers::visit_of(of);
  JsonObject out = *item(of).as_object();
  std::erase_if(out, [](const auto& member) { return member.first == "photos" || member.first == "position"; });
  const Json body = customers::to_json(visit);
  JsonArray todos;
  for (int64_t id : visit.todos)
    if (auto todo = workbench::todo(store(), id); todo.ok())
      todos.push_back(JsonObject{{"id", id}, {"title", todo->title}, {"state", todo->state}});
  const policy::Checklist* list = rules.checklist(visit.checklist);
  for (const char* member : {"ask", "with", "started", "ended", "position", "findings", "checklist", "answers",
                             "photos", "reason", "device"})
    out.emplace_back(member, *body.find(member));
  JsonObject more = {{"checklist_title", list ? list->title : ""},
                     {"companions", people_json(visit.companions)},
                     {"todos", std::move(todos)},
                     {"follow_ups", follow_ups_json(of, visit)},
                     {"moved_from", visit.moved_from ? Json(visit.moved_from) : Json()},
                     {"moved_to", visit.moved_to ? Json(visit.moved_to) : Json()},
                     {"comments", comments_json(of.id)},
                     {"may", may(*this, of)}};
  for (auto& member : more) out.push_back(std::move(member));
  return out;
}

std::string VisitDesk::title_of(const Visit& visit) const {
  std::string who = visit.customers.empty() ? visit.place : customer_name(visit.customers.front());
  if (visit.customers.size() > 1) who += "等 " + std::to_string(visit.customers.size()) + " 户";
  return cut(first_line(who), 480) + " · " + visit.purpose;
}

workbench::TodoDoing VisitDesk::todo_doing(base::Date day) {
  return {login(), person(), now(), day,
          [this](const std::string& action, const std::string& subject, Json detail) {
            audit(action, subject, std::move(detail));
          }};
}

customers::DeviceDoing VisitDesk::device_doing() {
  return {login(), now(), [this](const std::string& action, const std::string& subject, Json detail) {
            audit(action, subject, std::move(detail));
          }};
}

const std::vector<std::string>& VisitDesk::stood_in() {
  if (!stood_in_) stood_in_ = workbench::stands_in_for(store(), person(), today());
  return *stood_in_;
}

void VisitDesk::follow_up(const Record& of, const Visit& visit) {
  for (const auto& one : visit.follow_ups) {
    Todo made;
    made.key = "visit:" + std::to_string(of.id) + ":" + one.id;
    if (workbench::todo_with_key(store(), made.key)) continue;
    made.source = "assigned", made.title = one.text;
    made.assignee = one.assignee.empty() ? of.owner : one.assignee;
    made.org = org_of(made.assignee), made.link = "/visits/" + std::to_string(of.id);
    if (!visit.customers.empty()) {
      made.subject = "customer", made.object = made.customer = visit.customers.front();
      made.object_name = customer_name(made.customer);
    }
    made.rule_day = made.due = one.due;
    made.id = workbench::keep_todo(store(), made, login(), now());
    workbench::add_event(store(), made.id, "made", one.due.str(), login(), now());
    audit("todo.made", "todo " + std::to_string(made.id),
          JsonObject{{"detail", one.due.str()}, {"key", made.key}, {"assignee", made.assignee}});
  }
}

void VisitDesk::close_todos(const Record& of, const Visit& visit, const VisitKind& kind) {
  const std::string note = cut("走访：" + first_line(visit.findings), 600);
  auto finish = [&](const Todo& todo) {
    if (!todo.open() || !own(todo.assignee)) return;
    // Somebody may have done it meanwhile: the visit stands all the same.
    (void)workbench::finish_todo_in(store(), todo.id, note, todo_doing(*of.day));
  };
  for (int64_t id : visit.todos)
    if (auto todo = workbench::todo(store(), id); todo.ok()) finish(*todo);
  if (kind.marks.empty()) return;
  for (const auto& customer : visit.customers) {
    workbench::TodoFilter filter;
    filter.state = "open", filter.customer = customer;
    for (const Todo& todo : workbench::todos(store(), filter)) {
      if (!todo.rule) continue;
      const auto& marks = todo.rule->marks;
      if (std::any_of(kind.marks.begin(), kind.marks.end(), [&](const auto& mark) {
            return std::find(marks.begin(), marks.end(), mark) != marks.end();
          }))
        finish(todo);
    }
    // Also where no to-do asked for it: the next one is counted from this day. PLM-028
    for (const auto& mark : kind.marks)
      if (mark == "上次走访日期") workbench::mark_done(store(), "customer", customer, mark, *of.day);
  }
}

void VisitDesk::settle(const Record& of, const VisitKind& kind) {
  const Visit visit = customers::visit_of(of);
  follow_up(of, visit);
  close_todos(of, visit, kind);
}

// ---------------------------------------------------------------------------- what devices sent

std::optional<SentEntry> entry_of(Desk& desk, const Call& call, const char* kind) {
  const Json* sent = call.body.find("entry");
  if (!sent || !sent->as_object()) return std::nullopt;
  auto text = [&](const char* member) {
    const Json* found = sent->find(member);
    return found && found->as_string() ? *found->as_string() : std::string();
  };
  SentEntry out;
  out.entry = {text("key"), desk.login(), text("device"), kind, "", text("made_at"), text("sent_at"), desk.now()};
  if (auto at = base::Instant::parse(out.entry.sent_at)) out.skew = (desk.now().micros - at->micros) / 1'000'000;
  return out;
}

Outcome once(VisitDesk& desk, const std::optional<SentEntry>& entry, const std::function<Outcome()>& write,
             const std::function<Outcome(const std::string& subject)>& again) {
  if (!entry) return write();
  auto before = [&] { return customers::sent_entry(desk.store(), desk.login(), entry->entry.key); };
  if (auto sent = before()) return again(sent->subject);
  try {
    return write();
  } catch (const store::Conflict&) {
    // The same entry on two ways at once: the other one was first.
    auto sent = before();
    if (!sent) throw;
    return again(sent->subject);
  }
}

records::Doing writing_with(VisitDesk& desk, const std::optional<SentEntry>& entry,
                            std::function<void(const Record&)> more) {
  records::Doing out = desk.writing();
  out.also = [&desk, entry, more = std::move(more), before = std::move(out.also), kept_already = false](
                 const Record& of, const std::string& action) mutable {
    before(of, action);
    // A step may write more than one record: the entry is of the first.
    if (entry && !std::exchange(kept_already, true)) {
      customers::Entry kept = entry->entry;
      kept.subject = of.kind + " " + std::to_string(of.id);
      customers::keep_entry(desk.store(), kept);
    }
    if (more) more(of);
  };
  return out;
}

SchemaRef visit_entry_shape() {
  return described(object({{"key", text(80)}, {"device", text(40)}, {"made_at", moment()}, {"sent_at", moment()}}),
                   "of what was written on a device: sent again, it counts once");
}

}  // namespace guanhu::api
