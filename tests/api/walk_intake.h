// Own fields of customers, cards, prospects, bulk imports, a customer's page: how their endpoints are called in
// the walk.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> intake_cases() {
  const char* asked = "?scheme=sample/%E7%BB%8F%E8%90%A5%E4%B8%9A%E7%BB%A9&period=2025-12";
  const char* field = R"({"title": "", "type": "text", "of": "all"})";
  const char* changed = R"({"title": "", "type": "text", "of": "all", "version": 1})";
  return {
      {"GET /customers.xlsx", {}},
      {"GET /customer-views", {}},
      {"POST /customer-views", {"", R"({"title": "walked", "query": {}, "columns": [], "shared": false})"}},
      {"DELETE /customer-views/{id}", {.status = 404}},
      {"GET /customers/{id}/timeline", {"?page_size=500"}},
      {"GET /customers/{id}/contribution", {.query = asked, .of_people = true}},
      {"GET /customers/{id}/warnings", {}},
      {"GET /customers/{id}/written", {}},
      {"GET /customers/{id}/documents", {}},
      {"GET /customers/{id}/card", {}},
      {"PUT /customers/{id}/card", {"", R"({"version": 77, "body": {"remark": "walked"}})", 409}},
      {"GET /customer-fields", {}},
      {"POST /customer-fields", {"", field, 422}},
      {"PUT /customer-fields/{id}", {"", changed, 404}},
      {"POST /customer-fields/{id}/retire", {"", R"({"version": 1, "retired": true, "reason": "walked"})", 404}},
      {"GET /prospects", {}},
      {"POST /prospects", {"", R"({"name": "走查", "body": {"kind": "nobody"}})", 422}},
      {"GET /prospects/{id}", {.status = 404}},
      {"PUT /prospects/{id}", {"", R"({"version": 1, "name": "走查", "body": {"kind": "person"}})", 404}},
      {"POST /prospects/{id}/state", {"", R"({"version": 1, "state": "lost", "reason": "walked"})", 404}},
      {"GET /customer-imports", {}},
      {"GET /customer-imports/columns", {"?what=cards"}},
      {"GET /customer-imports/template.xlsx", {"?what=cards"}},
      {"POST /customer-imports", {"?what=cards", "\xff\xfe\x01", 422, "application/octet-stream"}},
      {"GET /customer-imports/{id}", {.status = 404}},
      {"GET /customer-imports/{id}/rows", {.status = 404}},
      {"GET /customer-imports/{id}/rows.xlsx", {.status = 404}},
      {"POST /customer-imports/{id}/check", {"", R"({"version": 1, "columns": []})", 404}},
      {"POST /customer-imports/{id}/perform", {"", R"({"version": 1, "skip_refused": false})", 404}},
      {"POST /customer-imports/{id}/undo", {"", R"({"version": 1, "reason": "walked"})", 404}}};
}

}  // namespace guanhu::api::testing
