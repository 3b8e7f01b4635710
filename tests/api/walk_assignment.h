// Who serves whom, claims, hand-overs: how their endpoints are called in the walk. What they do is told in
// assignment_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> assignment_cases() {
  const char *step = R"({"version": 1})", *why = R"({"version": 1, "why": "walked"})";
  return {
      {"GET /assignments", {}},
      {"POST /assignments",
       {"",
        R"({"subject_kind": "customer", "subject": "no such", "from": "2025-01-01", "managers": [], "reason": "walked"})",
        404}},
      {"GET /assignments/{id}", {.status = 404}},
      {"POST /assignments/{id}/decide", {"", R"({"agree": true})", 404}},
      {"POST /assignments/{id}/take-back", {"", R"({"reason": "walked"})", 404}},
      {"GET /assignment-standings", {}},
      {"POST /assignment-preview", {"", R"({"customer": "no such", "managers": []})", 404}},
      {"GET /customers/{id}/assignments", {}},
      {"GET /assignment-proposals", {}},
      {"POST /assignment-proposals/accept",
       {"", R"({"items": [{"customer": "no such", "staff": "no one"}], "from": "2025-01-01", "reason": "walked"})",
        404}},
      {"POST /assignment-proposals/decline",
       {"", R"({"customer": "no such", "staff": "no one", "reason": "walked"})", 404}},
      {"GET /claims", {}},
      {"POST /claims", {"", R"({"customer": "no such", "from": "2025-01-01", "reason": "walked"})", 404}},
      {"GET /claims/{id}", {.status = 404}},
      {"POST /claims/{id}/answer", {"", R"({"version": 1, "agree": true, "text": "walked"})", 404}},
      {"POST /claims/{id}/decide", {"", R"({"version": 1, "grant": false, "why": "walked"})", 404}},
      {"POST /claims/{id}/withdraw", {"", why, 404}},
      {"GET /handovers", {}},
      // Of whom one does not reach there is nothing, of whom there is not at all it is said: assignment_test.cc.
      {"POST /handovers", {.apart = true}},
      {"GET /handovers/{id}", {.status = 404}},
      {"POST /handovers/{id}/list", {"", step, 404}},
      {"POST /handovers/{id}/begin", {"", step, 404}},
      {"POST /handovers/{id}/items", {"", R"({"side": "giver", "items": []})", 404}},
      {"POST /handovers/{id}/leave-out", {"", R"({"item": 1, "why": "walked"})", 404}},
      {"POST /handovers/{id}/sign", {"", R"({"version": 1, "as": "giver"})", 404}},
      {"POST /handovers/{id}/cancel", {"", R"({"version": 1, "reason": "walked"})", 404}},
      {"GET /handovers/{id}/protocol", {.status = 404}}};
}

}  // namespace guanhu::api::testing
