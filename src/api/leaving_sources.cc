// What somebody who leaves still holds, from everywhere in the program. A module that keeps such things adds a
// line.
#include "api/staff_desk.h"
#include "attribution/handover.h"
#include "workbench/todo.h"
#include "workbench/todo_sources.h"

namespace guanhu::api {

using people::LeavingItem;
using people::LeavingSource;

namespace {

const char* title_of(const std::string& kind, const std::string& otherwise) {
  if (kind == "customer") return "管户客户";
  if (kind == "account") return "管户账户";
  if (kind == "loan") return "管户贷款";
  return otherwise.c_str();
}

// Customers, accounts, loans and credit files: what a hand-over would list (attribution/handover.h). They are
// handed over there; from its day on they are held no more.
std::vector<LeavingSource> handed_over(Services& services, StaffDesk& desk) {
  std::vector<LeavingSource> out;
  for (auto& source : attribution::own_sources())
    out.push_back({source.kind, title_of(source.kind, source.title),
                   [&services, &desk, list = source.list](const std::string& staff) {
                     std::vector<LeavingItem> items;
                     if (!desk.facts().last_date) return items;
                     auto db = services.warehouse();
                     const base::Date data = *desk.facts().last_date;
                     for (auto& one : list({desk.store(), *db, desk.directory(), staff, desk.day(), data}))
                       items.push_back({"", one.object, one.title, one.main ? "主办" : "",
                                        one.customer.empty() ? "" : "/customers/" + one.customer, false});
                     return items;
                   }});
  return out;
}

// Open ones that somebody gave or a rule asked for, and what waits in the program for the person alone (forms).
std::vector<LeavingItem> todos_of(StaffDesk& desk, const std::string& staff) {
  workbench::TodoFilter filter;
  filter.people = {staff}, filter.state = "open";
  std::vector<LeavingItem> items;
  for (const auto& todo : workbench::todos(desk.store(), filter))
    items.push_back({"", std::to_string(todo.id), todo.title, todo.due ? todo.due->str() : "",
                     "/todos/" + std::to_string(todo.id), false});
  return items;
}

std::vector<LeavingItem> forms_of(StaffDesk& desk, const std::string& staff) {
  std::vector<LeavingItem> items;
  for (const auto& login : people::list_logins(desk.store())) {
    if (login.staff_id != staff || login.disabled) continue;
    for (const auto& todo : workbench::waiting_for(desk.store(), desk.directory(), login, desk.today()))
      if (todo.source == "assessment" && todo.assignee == staff)
        items.push_back({"", todo.key, todo.title, todo.due ? todo.due->str() : "", todo.link, false});
  }
  return items;
}

}  // namespace

std::vector<LeavingSource> leaving_sources(Services& services, StaffDesk& desk) {
  std::vector<LeavingSource> out = handed_over(services, desk);
  out.push_back({"todo", "待办", [&desk](const std::string& staff) { return todos_of(desk, staff); }});
  out.push_back({"form", "要填的测评表", [&desk](const std::string& staff) { return forms_of(desk, staff); }});
  for (auto& source : people::own_leaving_sources(desk.store(), desk.day())) out.push_back(std::move(source));
  return out;
}

}  // namespace guanhu::api
