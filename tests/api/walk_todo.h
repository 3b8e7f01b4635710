// How the endpoints of to-dos are called in the walk: what they do is told in todo_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> todo_cases() {
  const char* reason = R"({"reason": "walked"})";
  return {
      {"GET /todos", {}},
      {"GET /todos/summary", {}},
      {"GET /todos/team", {}},
      {"GET /todos/{id}", {.status = 404}},
      {"POST /todos", {"", R"({"title": "walked", "assignee": "nobody", "due": "2030-01-01"})", 422}},
      {"POST /todos/{id}/done", {"", R"({"note": "walked"})", 404}},
      {"POST /todos/{id}/snooze", {"", R"({"until": "2030-01-01", "reason": "walked"})", 404}},
      {"POST /todos/{id}/wake", {"", "", 404}},
      {"POST /todos/{id}/cancel", {"", reason, 404}},
      {"POST /todos/{id}/reopen", {"", reason, 404}},
      {"POST /todos/{id}/hand", {"", R"({"to": "nobody", "reason": "walked"})", 404}},
      {"GET /todo-runs/last", {}},
      {"POST /todo-runs", {"", R"({"day": "2001-01-01"})", 422}},
      {"GET /todo-packs", {}},
      {"PUT /todo-packs/{pack}", {"", R"({"on": false})", 409}},
      {"GET /calendar", {"?year=2026"}},
      {"POST /calendar", {"", R"({"text": ""})", 422}},
      {"GET /absences", {}},
      {"POST /absences",
       {"",
        R"({"staff": "nobody", "substitute": "nobody", "from": "2030-01-01", "to": "2030-01-02", "kind": "leave", )"
        R"("reason": "walked"})",
        422}},
      {"POST /absences/{id}/end", {"", reason, 404}}};
}

}  // namespace guanhu::api::testing
