// Queries, views, exports: how their endpoints are called in the walk.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> query_cases() {
  const char* rows = R"({"spec": {"source": "staff"}})";
  const char* view = R"({"title": "walked", "spec": {"source": "staff"}, "version": 1})";
  return {{"GET /reports", {}},
          {"GET /report-sources", {"?source=staff"}},
          {"GET /reports/{id}", {.status = 404}},
          {"POST /report-rows", {"", rows}},
          {"POST /report-rows/source", {"", R"({"source": "loans", "row": "2025-12-31/staff/2"})", 422}},
          {"GET /report-rows/report.html", {"?spec=%7B%22source%22:%22none%22%7D", "", 422}},
          {"POST /report-views", {"", R"({"title": "walked", "spec": {"source": "none"}})", 422}},
          {"PUT /report-views/{id}", {"", view, 404}},
          {"DELETE /report-views/{id}", {"?version=1", "", 404}},
          {"GET /exports", {}},
          {"POST /exports", {"", R"({"title": "walked", "format": "csv", "spec": {"source": "none"}})", 422}},
          {"GET /exports/{id}", {.status = 404}},
          {"DELETE /exports/{id}", {.status = 404}},
          {"GET /exports/{id}/file", {.status = 404}}};
}

}  // namespace guanhu::api::testing
