// Persons, companies, groups, relations, categories, merges: how their endpoints are called in the walk. What they
// do is told in register_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> register_cases() {
  const char *why = R"({"why": "walked"})", *step = R"({"version": 1, "why": "walked"})",
             *decide = R"({"version": 1, "accept": true, "why": "walked"})",
             *relation = R"({"related_name": "walked", "kind": "walked", "source": "walked", "reason": "walked"})",
             *group = R"({"form": "household", "name": "walked", "members": []})";
  static const std::string changed = R"({"version": 1, )" + std::string(relation).substr(1);
  static const std::string regrouped = R"({"version": 1, )" + std::string(group).substr(1);
  return {
      {"GET /identity-findings", {}},
      {"GET /customers/{id}/identity", {}},
      {"GET /customers/{id}/relations", {}},
      {"POST /customers/{id}/relations", {"", relation, 422}},
      {"PUT /customer-relations/{id}", {"", changed, 404}},
      {"POST /customer-relations/{id}/remove", {"", step, 404}},
      {"GET /customer-duplicates", {}},
      {"POST /customer-duplicates/find", {"", ""}},
      {"POST /customer-duplicates/dismiss", {"", R"({"one": "nobody", "other": "no one", "why": "walked"})", 404}},
      {"GET /customer-merges", {}},
      {"POST /customer-merges", {"", R"({"survivor": "nobody", "absorbed": "no one", "why": "walked"})", 422}},
      {"POST /customer-merges/{id}/decide", {"", R"({"accept": true, "why": "walked"})", 404}},
      {"POST /customer-merges/{id}/undo", {"", why, 404}},
      {"GET /customer-groups", {}},
      {"POST /customer-groups", {"", group, 422}},
      {"GET /customer-groups/{id}", {.status = 404}},
      {"PUT /customer-groups/{id}", {"", regrouped, 404}},
      {"POST /customer-groups/{id}/remove", {"", step, 404}},
      {"GET /customers/{id}/groups", {}},
      {"GET /customers/{id}/categories", {}},
      {"POST /customers/{id}/categories", {"", R"({"scheme": "walked", "category": "walked"})", 422}},
      {"POST /customer-categories/{id}/decide", {"", decide, 404}},
      {"GET /customer-categories", {}},
      {"POST /customer-categories/compute", {"", R"({"scheme": "walked"})", 422}},
      {"PUT /customer-categories/plan",
       {"", R"({"decision": "walked/walked", "why": "walked", "seen": ""})", 422}},
      {"GET /bad-credit", {}},
      {"POST /bad-credit",
       {"", R"({"name": "walked", "cause": "walked", "reason": "walked", "source": "walked", "files": []})", 422}},
      {"POST /bad-credit/check", {"", R"({"name": "walked"})"}},
      {"POST /bad-credit/{id}/ask-removal", {"", step, 404}},
      {"POST /bad-credit/{id}/decide-removal", {"", decide, 404}},
      {"GET /customers/{id}/bad-credit", {}},
      {"GET /first-access", {}},
      {"GET /customers/{id}/first-access", {}},
      {"POST /customers/{id}/first-access/try", {"", R"({"given": {}})"}},
      {"POST /customers/{id}/first-access", {"", R"({"given": {}, "why": ""})", 422}},
      {"POST /first-access/{id}/step", {"", decide, 404}}};
}

}  // namespace guanhu::api::testing
