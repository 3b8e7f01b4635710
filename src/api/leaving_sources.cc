// What somebody who leaves still holds, from everywhere in the program: first whatever a hand-over would list
// (handover_sources.cc: customers, accounts, loans, credit files, to-dos, visits; a module that keeps such things
// adds its line there), then what nobody else can take on.
#include "api/assignment_desk.h"
#include "api/staff_desk.h"
#include "workbench/todo_sources.h"

namespace guanhu::api {

using people::LeavingItem;
using people::LeavingSource;

namespace {

std::string title_of(const std::string& kind, const std::string& otherwise) {
  if (kind == "customer") return "管户客户";
  if (kind == "account") return "管户账户";
  if (kind == "loan") return "管户贷款";
  return otherwise;
}

std::string link_of(const attribution::HandoverItem& one) {
  if (one.kind == "todo") return "/todos/" + one.object;
  if (one.kind == "visit") return "/visits/" + one.object;
  return one.customer.empty() ? "" : "/customers/" + one.customer;
}

// They are handed over there; from that day on they are held no more.
std::vector<LeavingSource> handed_over(Services& services, StaffDesk& desk) {
  auto hands = std::make_shared<AssignmentDesk>(services, desk.call());
  std::vector<LeavingSource> out;
  for (auto& source : handover_sources(*hands))
    out.push_back(
        {source.kind, title_of(source.kind, source.title), [hands, list = source.list](const std::string& staff) {
           std::vector<LeavingItem> items;
           const base::Date today = people::day_here(hands->now());
           for (auto& one :
                list({hands->store(), hands->db(), hands->directory(), staff, today, hands->business()}))
             items.push_back({"", one.object, one.title, one.main ? "主办" : "", link_of(one), false});
           return items;
         }});
  return out;
}

// What waits in the program for the person alone.
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
  out.push_back({"form", "要填的测评表", [&desk](const std::string& staff) { return forms_of(desk, staff); }});
  for (auto& source : people::own_leaving_sources(desk.store(), desk.day())) out.push_back(std::move(source));
  return out;
}

}  // namespace guanhu::api
