// Data of other systems: how its endpoints are called in the walk; what they do is told in signal_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> signal_cases() {
  const char *finding = R"({"finding": "walked"})", *reason = R"({"version": 1, "reason": "walked"})";
  return {{"GET /outside-systems", {}},
          {"GET /outside-systems/signals", {}},
          {"GET /outside-systems/targets", {}},
          {"GET /outside-systems/risk-events", {}},
          {"GET /outside-systems/completeness", {}},
          {"GET /customers/{id}/outside", {}},
          {"POST /outside-systems/signals/{id}/finding", {"", finding, 404}},
          {"POST /outside-systems/signals/{id}/reopen", {"", R"({"reason": "walked"})", 404}},
          {"POST /outside-systems/targets/{id}/finding", {"", finding, 404}},
          {"GET /outside-systems/batches", {}},
          {"GET /outside-systems/template.xlsx", {"?system=cmis"}},
          {"GET /outside-systems/batches/{id}", {.status = 404}},
          {"GET /outside-systems/batches/{id}/rows", {.status = 404}},
          {"POST /outside-systems/batches", {"?system=cmis", "\xff\xfe\x01", 422, "application/octet-stream"}},
          {"POST /outside-systems/batches/{id}/check", {"", R"({"version": 1, "columns": []})", 404}},
          {"POST /outside-systems/batches/{id}/apply", {"", R"({"version": 1})", 404}},
          {"POST /outside-systems/batches/{id}/undo", {"", reason, 404}}};
}

}  // namespace guanhu::api::testing
