// What the handlers of to-dos share: who asks, whose work they may see and do, a to-do as JSON.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "api/desk.h"
#include "workbench/absence.h"
#include "workbench/todo_run.h"
#include "workbench/todo_sources.h"

namespace guanhu::api {

class TodoDesk : public Desk {
 public:
  TodoDesk(Services& services, const Call& call) : Desk(services, call) {}

  workbench::TodoDoing doing();

  // One's own list: kept ones and what waits in the program, those one stands in for, what was raised to one.
  std::vector<workbench::Todo> mine(const std::string& state, size_t limit = 5000);
  // By number, or by key of what waits and is not kept yet; nothing: not there, or not the asker's to see.
  std::optional<workbench::Todo> find(const std::string& id);
  // The same, kept from now on: something is about to happen to it.
  std::optional<workbench::Todo> hold(const std::string& id);

  using Desk::own, Desk::reaches, Desk::sees, Desk::json;
  bool own(const workbench::Todo& of);       // one's own, of whom one stands in for, or delegated to one
  bool superior(const workbench::Todo& of);  // may direct the work of its assignee
  bool sees(const workbench::Todo& of);
  // By the reach of a head: nobody's own work is meant.
  bool reaches(people::Permission permission, const workbench::Todo& of);

  base::Json json(const workbench::Todo& of);
  const std::vector<std::string>& stood_in();  // whose work one does today
  // Whose to-dos of one kind were delegated to one: member of staff, source.
  const std::vector<std::pair<std::string, std::string>>& delegated();

 private:
  base::JsonArray may(const workbench::Todo& of);

  std::optional<std::vector<std::string>> whose_;
  std::optional<std::vector<std::pair<std::string, std::string>>> delegated_;
};

// 404 for what is unknown, 409 for what has happened meanwhile, else 422.
Refusal todo_refusal(const base::Error& error);

// Of todo_admin_handlers.cc, a part of todo_endpoints(): runs, packs, absences, the calendar.
Table todo_admin_endpoints();

}  // namespace guanhu::api
