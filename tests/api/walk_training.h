// Courses, plans, sessions, exams: how their endpoints are called in the walk; what they do is told in
// training_test.cc and exam_test.cc beside the code.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> course_cases() {
  const char* topic = R"({"version": 1, "title": "walked", "parent": 999999})";
  const char* course =
      R"({"version": 1, "title": "walked", "topic": 999999, "class": "x", "mode": "x", "hours": "1"})";
  const char* plan = R"({"version": 1, "title": "walked", "period": "nowhere", "lines": []})";
  const char* session =
      R"({"version": 1, "title": "walked", "course": 999999, "day": "2030-01-01", "from": "09:00", "to": "10:00",
                            "hours": "1"})";
  const char* study =
      R"({"version": 1, "title": "walked", "content": "walked", "study": "self", "day": "2999-01-01", "hours": "1"})";
  const char* step = R"({"version": 1, "what": "submit"})";
  return {{"GET /training-words", {}},
          {"GET /training-topics", {}},
          {"POST /training-topics", {"", topic, 422}},
          {"PUT /training-topics/{id}", {"", topic, 404}},
          {"GET /training-courses", {"?state=on"}},
          {"POST /training-courses", {"", course, 422}},
          {"GET /training-courses/{id}", {.status = 404}},
          {"PUT /training-courses/{id}", {"", course, 404}},
          {"GET /training-plans", {}},
          {"POST /training-plans", {"", plan, 422}},
          {"GET /training-plans/{id}", {.status = 404}},
          {"PUT /training-plans/{id}", {"", plan, 404}},
          {"POST /training-plans/{id}/steps", {"", step, 404}},
          {"PUT /training-plans/{id}/selected", {"", R"({"version": 1, "selected": []})", 404}},
          {"GET /training-year.html", {"?year=2026"}},
          {"GET /training-year.xlsx", {"?year=2026"}},
          {"GET /training-sessions", {"?from=2026-01-01"}},
          {"POST /training-sessions", {"", session, 422}},
          {"GET /training-sessions/{id}", {.status = 404}},
          {"PUT /training-sessions/{id}", {"", session, 404}},
          {"POST /training-sessions/{id}/steps", {"", R"({"version": 1, "what": "close"})", 404}},
          {"POST /training-sessions/{id}/places", {"", "{}", 404}},
          {"POST /training-sessions/{id}/join", {"", "", 404}},
          {"POST /training-sessions/{id}/leave", {"", R"({"why": "walked"})", 404}},
          {"POST /training-sessions/{id}/attendance", {"", R"({"rows": []})", 404}},
          {"GET /training-sessions/{id}/code", {.status = 404}},
          {"POST /training-sessions/{id}/sign-in", {"", R"({"code": "000000"})", 404}},
          {"POST /training-sessions/{id}/feedback", {"", R"({"content": 5, "teacher": 5, "use": 5})", 404}},
          {"GET /training-records", {}},
          {"GET /training-records/{staff}", {.status = 404}},
          {"POST /training-studies", {"", study, 422}},
          {"PUT /training-studies/{id}", {"", study, 404}},
          {"POST /training-studies/{id}/decide", {"", R"({"version": 1, "confirmed": true})", 404}},
          {"PUT /study-plans/{staff}", {"", R"({"version": 0, "year": 2026, "goals": []})", 404}},
          {"GET /training-candidates", {}}};
}

template <class Case>
std::map<std::string, Case> training_cases() {
  const char* question =
      R"({"version": 1, "topic": 999999, "type": "judge", "stem": "walked", "accepted": ["true"],
                             "difficulty": 1, "points": "1"})";
  const char* exam = R"({"title": "walked", "paper": 999999, "exam_kind": "x", "day": "2030-01-01",
                         "until": "2030-01-01", "opens": "09:00", "closes": "10:00", "minutes": 60})";
  auto out = course_cases<Case>();
  out.merge(std::map<std::string, Case>{
      {"GET /exam-questions", {}},
      {"POST /exam-questions", {"", question, 422}},
      {"GET /exam-questions/template.xlsx", {}},
      {"GET /exam-questions/template.csv", {}},
      {"GET /exam-imports", {}},
      {"POST /exam-imports/{id}/undo", {"", R"({"why": "walked"})", 404}},
      {"POST /exam-questions/import", {"", "no sheet", 422, "application/octet-stream"}},
      {"GET /exam-questions/{id}", {.status = 404}},
      {"PUT /exam-questions/{id}", {"", question, 404}},
      {"POST /exam-questions/{id}/steps", {"", R"({"version": 1, "what": "check"})", 404}},
      {"GET /exam-papers", {}},
      {"POST /exam-papers", {"", R"({"title": "walked", "seed": "s", "parts": []})", 422}},
      {"GET /exam-papers/{id}", {.status = 404}},
      {"POST /exam-papers/{id}/check", {"", R"({"version": 1})", 404}},
      {"GET /exams", {}},
      {"POST /exams", {"", exam, 422}},
      {"GET /exams/{id}", {.status = 404}},
      {"POST /exams/{id}/candidates", {"", "{}", 404}},
      {"POST /exams/{id}/steps", {"", R"({"version": 1, "what": "release"})", 404}},
      {"GET /exams/{id}/results", {.status = 404}},
      {"GET /exam-certificates/{number}/print.html", {.status = 404}},
      {"POST /exam-certificates/{number}/withdraw", {"", R"({"why": "walked"})", 404}},
      {"POST /exams/{id}/sit", {"", "", 404}},
      {"GET /exam-sittings/{id}", {.status = 404}},
      {"PUT /exam-sittings/{id}/answers/{place}", {"", R"({"answer": null})", 404}},
      {"POST /exam-sittings/{id}/hand-in", {"", "", 404}},
      {"GET /exam-sittings/{id}/review", {.status = 404}},
      {"POST /exam-sittings/{id}/marks", {"", R"({"place": 0, "points": "1"})", 404}}});
  return out;
}

}  // namespace guanhu::api::testing
