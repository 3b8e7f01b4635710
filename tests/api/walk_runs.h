// How the endpoints of runs' lives, disputes and findings are walked; what they do is told in run_life_test.cc and
// risk_test.cc.
#pragma once
#include <map>
#include <string>

#include "walk_pay.h"

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> run_cases() {
  auto missing = [](const char* body = "") { return walked<Case>("", body, 404); };
  const char* reason = R"({"reason": "walked"})";
  return {
      {"GET /runs/{id}/life", missing()},
      {"POST /runs/{id}/publish", missing(reason)},
      {"POST /runs/{id}/propose-seal", missing(reason)},
      {"POST /runs/{id}/seal", missing(reason)},
      {"POST /runs/{id}/verify", missing()},
      {"GET /results", walked<Case>("?page_size=500", "", 0)},
      {"GET /results/{run}/{holder}", missing()},
      {"GET /results/{run}/{holder}/statement", missing()},
      {"GET /results/{run}/{holder}/receipt", missing()},
      {"GET /disputes", {}},
      {"GET /disputes/{id}", missing()},
      {"POST /disputes", missing(R"({"run": 999999, "figure": "x", "claimed": "1", "reason": "walked"})")},
      {"POST /disputes/{id}/withdraw", missing(reason)},
      {"POST /disputes/{id}/review", missing(reason)},
      {"POST /disputes/{id}/decide", missing(R"({"outcome": "rejected", "reason": "walked"})")},
      {"GET /differences", {}},
      {"GET /differences/{id}", missing()},
      {"POST /differences", missing(R"({"later_run": 999999, "into_period": "2026Q1", "reason": "walked"})")},
      {"GET /risk/findings", walked<Case>("?page_size=500", "", 0)},
      {"GET /risk/findings/{id}", missing()},
      {"POST /risk/findings/{id}/decision", missing(R"({"state": "dismissed", "reason": "walked it"})")},
      {"GET /risk/scans", {}},
      {"POST /risk/scans", walked<Case>("", R"({"period": "2031-01"})", 422)},
  };
}

}  // namespace guanhu::api::testing
