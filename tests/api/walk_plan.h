// Work plans, work logs, meetings: how their endpoints are called in the walk.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> plan_cases() {
  const char *said = R"({"version": 1, "text": "walked"})", *version = R"({"version": 1})";
  const char* body = R"({"done": [], "text": "", "tomorrow": ""})";
  const std::string draft = std::string(R"({"seq": 7, "body": )") + body + "}",
                    log = std::string(R"({"body": )") + body + "}";
  const char* series = R"({"title": "walked", "org": "nowhere", "meeting": "other", "every": "", "time": "08:10",)"
                       R"( "whole_org": false})";
  const std::string changed_series = R"({"version": 1, )" + std::string(series + 1);
  return {{"GET /work-plans", {"?whose=team"}},
          {"POST /work-plans", {"", R"({"scope": "person", "period": "nothing", "items": []})", 422}},
          {"GET /work-plans/choices", {}},
          {"GET /work-plans/{id}", {.status = 404}},
          {"PUT /work-plans/{id}", {"", R"({"version": 1, "summary": "", "items": []})", 404}},
          {"GET /work-plans/{id}/items/{item}/counted", {.status = 404}},
          {"POST /work-plans/{id}/submit", {"", said, 404}},
          {"POST /work-plans/{id}/confirm", {"", said, 404}},
          {"POST /work-plans/{id}/return", {"", said, 404}},
          {"POST /work-plans/{id}/comment", {"", said, 404}},
          {"POST /work-plans/{id}/report", {"", R"({"version": 1, "item": 1, "done": true, "result": ""})", 404}},
          {"POST /work-plans/{id}/review", {"", said, 404}},
          {"POST /work-plans/{id}/carry", {"", "{}", 404}},
          {"POST /work-plans/{id}/split", {"", "", 404}},
          {"GET /work-plan-overview", {"?period=2025-12"}},
          {"GET /work-logs", {"?whose=team"}},
          {"GET /work-log-overview", {"?from=2025-12-01&to=2025-12-31"}},
          {"GET /work-logs/days/{day}", {.status = 404}},
          {"PUT /work-logs/days/{day}/draft", {"", draft, 404}},
          {"POST /work-logs/days/{day}/submit", {"", log, 404}},
          {"POST /work-logs/{id}/read", {"", said, 404}},
          {"GET /log-checks", {}},
          {"POST /log-checks", {"", R"({"first": "2025-12-01", "last": "2025-12-31", "n": 0, "seed": "s"})", 422}},
          {"GET /log-checks/{id}", {.status = 404}},
          {"POST /log-checks/{id}/mark",
           {"", R"({"version": 1, "staff": "S", "day": "2025-12-01", "level": "", "reason": ""})", 404}},
          {"POST /log-checks/{id}/close", {"", version, 404}},
          {"GET /log-figures", {"?period=2025-12"}},
          {"POST /log-figures", {"", R"({"period": "2999-01"})", 422}},
          {"GET /meeting-series", {}},
          {"POST /meeting-series", {"", series, 422}},
          {"PUT /meeting-series/{id}", {"", changed_series, 404}},
          {"GET /meetings", {}},
          {"POST /meetings", {"", R"({"series": 999999, "day": "2030-01-01"})", 404}},
          {"GET /meetings/{id}", {.status = 404}},
          {"GET /meetings/{id}/preparation", {.status = 404}},
          {"PUT /meetings/{id}", {"", version, 404}},
          {"POST /meetings/{id}/minutes", {"", version, 404}},
          {"POST /meetings/{id}/cancel", {"", R"({"version": 1, "why": "walked"})", 404}},
          {"POST /meetings/{id}/agree", {"", "{}", 404}}};
}

}  // namespace guanhu::api::testing
