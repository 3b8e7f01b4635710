// What can be handed over beside what the extracts know: open to-dos, planned visits. Modules to come add theirs
// here.
#include "api/assignment_desk.h"
#include "workbench/todo.h"

namespace guanhu::api {

using attribution::HandoverItem;
using attribution::HandoverSource;
using attribution::HandoverView;
using base::Json;
using base::JsonObject;

std::vector<HandoverSource> handover_sources(AssignmentDesk& desk) {
  auto out = attribution::own_sources();
  auto todos = [](const HandoverView& v) {
    workbench::TodoFilter filter;
    filter.people = {v.giver}, filter.state = "open";
    std::vector<HandoverItem> items;
    for (const auto& one : workbench::todos(v.session, filter)) {
      // What waits inside the program for this person (a form, a signature) is nobody else's.
      if (one.id == 0 || (one.source != "duty" && one.source != "assigned")) continue;
      HandoverItem item;
      item.kind = "todo", item.object = std::to_string(one.id), item.customer = one.customer, item.org = one.org;
      item.title = one.title;
      item.detail = JsonObject{{"due", one.due ? Json(one.due->str()) : Json()}, {"about", one.object_name}};
      items.push_back(std::move(item));
    }
    return items;
  };
  auto visits = [](const HandoverView& v) {
    records::Filter filter;
    filter.kinds = {"visit"}, filter.states = {"planned"}, filter.owners = {v.giver};
    std::vector<HandoverItem> items;
    for (const auto& one : records::list(v.session, filter)) {
      HandoverItem item;
      item.kind = "visit", item.object = std::to_string(one.id), item.customer = one.customer, item.org = one.org;
      item.title = one.title;
      item.detail = JsonObject{{"day", one.day ? Json(one.day->str()) : Json()}};
      items.push_back(std::move(item));
    }
    return items;
  };
  auto hand_todos = [&desk](const HandoverView& v, const std::string& taker,
                            const std::vector<HandoverItem>& items) {
    workbench::TodoDoing doing{desk.login(), desk.person(), desk.now(), desk.today(),
                               [&desk](const std::string& action, const std::string& subject, Json detail) {
                                 desk.audit(action, subject, std::move(detail));
                               }};
    // One that was done or given away meanwhile stays where it is.
    for (const auto& one : items)
      if (auto there = workbench::todo(v.session, std::stoll(one.object));
          there && there->open() && there->assignee == v.giver)
        (void)workbench::hand_todo(v.session, there->id, taker, "移交", doing);
  };
  auto hand_visits = [&desk](const HandoverView& v, const std::string& taker,
                             const std::vector<HandoverItem>& items) {
    for (const auto& one : items) {
      auto there = records::record(v.session, "visit", std::stoll(one.object));
      if (!there || there->removed || there->state != "planned" || there->owner != v.giver) continue;
      there->owner = taker;
      (void)records::write(v.session, {*there, "visit.hand", "移交"}, desk.writing());
    }
  };
  out.push_back({"todo", "待办事项", todos, hand_todos});
  out.push_back({"visit", "计划的走访", visits, hand_visits});
  return out;
}

}  // namespace guanhu::api
