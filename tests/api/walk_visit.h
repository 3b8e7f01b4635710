// Visits, the field: how their endpoints are called in the walk; what they do is told in visit_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> visit_cases() {
  const char* plan = R"({"day": "2030-01-01", "purpose": "walked", "method": "walked", "place": "walked"})";
  const char* done =
      R"({"version": 1, "day": "2030-01-01", "purpose": "其他", "method": "上门", "place": "walked", "findings": "walked"})";
  const char* fresh = R"({"day": "2030-01-01", "purpose": "walked", "method": "walked", "findings": "walked"})";
  const char* reason = R"({"version": 1, "reason": "walked"})";
  const char* why = R"({"reason": "walked"})";
  return {
      {"GET /visits", {}},
      {"GET /visits/{id}", {.status = 404}},
      {"GET /visit-rules", {}},
      {"POST /visits/{id}/comments", {"", R"({"text": "walked"})", 404}},
      {"POST /visits", {"", plan, 422}},
      {"POST /visits/done", {"", fresh, 422}},
      {"PUT /visits/{id}", {"", done, 404}},
      {"POST /visits/{id}/done", {"", done, 404}},
      {"POST /visits/{id}/miss", {"", reason, 404}},
      {"POST /visits/{id}/move", {"", R"({"version": 1, "reason": "walked", "day": "2030-01-01"})", 404}},
      {"POST /visits/{id}/reopen", {"", reason, 404}},
      {"POST /visits/{id}/withdraw", {"", reason, 404}},
      {"GET /customers/{id}/brief", {}},
      {"GET /field/today", {}},
      {"GET /field/devices", {}},
      {"POST /field/devices", {"", R"({"name": ""})", 422}},
      {"GET /field/devices/{id}/takes", {.status = 404}},
      {"POST /field/devices/{id}/key", {"", "", 404}},
      {"POST /field/devices/{id}/take", {"", R"({"customers": []})", 404}},
      {"POST /field/devices/{id}/wiped", {"", why, 404}},
      {"POST /field/devices/{id}/revoke", {"", why, 404}},
      {"POST /field/devices/{id}/readmit", {"", why, 404}},
      {"POST /field/todos/{id}/done", {"", R"({"note": "walked"})", 404}},
      {"POST /field/notes",
       {"",
        R"({"day": "2030-01-01", "text": "", "entry": {"key": "k", "device": "", "made_at": "2030-01-01T00:00:00Z", )"
        R"("sent_at": "2030-01-01T00:00:00Z"}})",
        422}}};
}

}  // namespace guanhu::api::testing
