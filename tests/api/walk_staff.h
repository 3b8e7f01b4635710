// Posts, teams, composed roles, delegations, leaving: how their endpoints are called in the walk; what they do is
// told in staff_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> role_cases() {
  const char* reason = R"({"reason": "walked"})";
  const char* role =
      R"({"role": "walked", "title": "walked", "purpose": "walked", "permissions": {}, "reason": "x"})";
  return {{"GET /composed-roles", {}},
          {"GET /composed-roles/{role}", {.status = 404}},
          {"POST /composed-roles", {"", role, 422}},
          {"PUT /composed-roles/{role}",
           {"", R"({"version": 1, "title": "x", "purpose": "x", "permissions": {}, "reason": "x"})", 404}},
          {"POST /composed-roles/{role}/end", {"", reason, 404}},
          {"GET /role-rules", {}},
          {"GET /logins/{login}/rights", {.status = 404}},
          {"GET /rights", {}},
          {"GET /role-gifts", {}},
          {"GET /role-gifts/waiting", {}},
          {"POST /role-gifts",
           {"", R"({"login": "nobody", "role": "manager", "from": "2030-01-01", "reason": "walked"})", 422}},
          {"POST /role-gifts/{id}/decide", {"", R"({"agrees": true, "reason": "walked"})", 404}},
          {"POST /role-gifts/{id}/end", {"", reason, 404}},
          {"GET /delegations", {}},
          {"GET /delegations/options", {}},
          {"POST /delegations",
           {"",
            R"({"taker": "nobody", "kind": "task", "what": "duty", "from": "2030-01-01", "to": "2030-01-02", )"
            R"("reason": "walked"})",
            422}},
          {"POST /delegations/{id}/end", {"", reason, 404}},
          {"GET /leavings", {}},
          {"GET /leavings/{id}", {.status = 404}},
          {"POST /leavings",
           {"", R"({"staff": "nobody", "kind": "resigned", "last_day": "2030-01-01", "reason": "walked"})", 422}},
          {"POST /leavings/{id}/sign", {"", R"({"source": "x", "item": "x", "reason": "walked"})", 404}},
          {"POST /leavings/{id}/close", {"", reason, 404}},
          {"POST /leavings/{id}/withdraw", {"", reason, 404}}};
}

// Duties of posts, outside queries, requests between units: what they do is told in duties_test.cc.
template <class Case>
std::map<std::string, Case> duty_cases() {
  const char* query = R"({"customer": "nobody", "what": "x", "subject": "x", "name": "x", "purpose": "x", )"
                      R"("day": "2025-12-01", "result": "x"})";
  const char* correct = R"({"version": 1, "reason": "x", "what": "x", "subject": "x", "name": "x", )"
                        R"("purpose": "x", "day": "2025-12-01", "result": "x"})";
  return {
      {"GET /post-duties", {}},
      {"POST /post-duties/confirm", {"", R"({"post": "nobody's", "digest": "x"})", 422}},
      {"GET /post-duties/readers", {}},
      {"GET /outside-queries", {}},
      {"GET /outside-queries/{id}", {.status = 404}},
      {"POST /outside-queries", {"", query, 422}},
      {"PUT /outside-queries/{id}", {"", correct, 404}},
      {"POST /outside-queries/{id}/remove", {"", R"({"version": 1, "reason": "walked"})", 404}},
      {"GET /info-checks", {}},
      {"POST /info-checks",
       {"", R"({"customer": "nobody", "source": "x", "about": "x", "day": "2025-12-01", "agrees": true})", 422}},
      {"GET /service-requests", {}},
      {"POST /service-requests", {"", R"({"title": "walked", "text": "walked"})", 422}},
      {"POST /service-requests/{id}/answer", {"", R"({"version": 1, "text": "walked"})", 404}},
      {"POST /service-requests/{id}/rate", {"", R"({"version": 1, "score": 5})", 404}},
      {"POST /service-requests/{id}/withdraw", {"", R"({"version": 1, "reason": "walked"})", 404}}};
}

template <class Case>
std::map<std::string, Case> staff_cases() {
  const char* reason = R"({"reason": "walked"})";
  const char* last = R"({"last": "2030-01-01", "reason": "walked"})";
  const char* team = R"({"name": "walked", "purpose": "walked", "org": "nowhere", "from": "2030-01-01", )"
                     R"("leader": "nobody", "members": []})";
  std::map<std::string, Case> all = {
      {"GET /org-tree", {}},
      {"GET /org-tree/{id}", {.status = 404}},
      {"PUT /org-tree/{id}/card",
       {"", R"({"version": 7, "phone": "", "address": "", "hours": "", "area": "", "windows": "", "note": ""})",
        404}},
      {"GET /org-limits", {}},
      {"POST /org-limits",
       {"", R"({"org": "nowhere", "permission": "score.read", "from": "2030-01-01", "reason": "walked"})", 422}},
      {"POST /org-limits/{id}/end", {"", reason, 404}},
      {"GET /staff/{id}/posts", {}},
      {"GET /posts", {}},
      {"POST /posts",
       {"",
        R"({"staff": "nobody", "kind": "clerk", "title": "x", "org": "x", "from": "2030-01-01", "document": "x", )"
        R"("reason": "x"})",
        422}},
      {"POST /posts/{id}/end", {"", last, 404}},
      {"GET /teams", {}},
      {"GET /teams/{id}", {.status = 404}},
      {"POST /teams", {"", team, 422}},
      {"PUT /teams/{id}", {"", R"({"version": 1, "name": "x", "purpose": "x", "org": "x"})", 404}},
      {"POST /teams/{id}/members",
       {"", R"({"staff": "nobody", "leads": false, "from": "2030-01-01", "reason": "x"})", 404}},
      {"POST /teams/{id}/members/{staff}/end", {"", last, 404}},
      {"POST /teams/{id}/end", {"", last, 404}}};
  all.merge(role_cases<Case>());
  all.merge(duty_cases<Case>());
  return all;
}

}  // namespace guanhu::api::testing
