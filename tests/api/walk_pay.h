// How the endpoints of grades, pay and deposits are walked; what they do is told in pay_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
Case walked(const char* query, const char* body, int status) {
  Case out;
  out.query = query, out.body = body, out.status = status;
  return out;
}

template <class Case>
std::map<std::string, Case> grade_cases() {
  const char *reason = R"({"reason": "walked"})", *decide = R"({"accept": false, "reason": "walked"})";
  auto missing = [](const char* body = "") {
    Case out;
    out.body = body, out.status = 404;
    return out;
  };
  auto with = [](const char* query, const char* body = "", int status = 0) {
    Case out;
    out.query = query, out.body = body, out.status = status;
    return out;
  };
  auto apart_with = [](const char* query) {
    Case out;
    out.query = query, out.apart = true;
    return out;
  };
  return {
      {"GET /grade-plans", {}},
      {"GET /grades", with("?pack=sample-pay&page_size=500")},
      {"GET /grades/{staff}", apart_with("?pack=sample-pay")},
      {"GET /grades/{staff}/report.html", apart_with("?pack=sample-pay")},
      {"GET /grades/{staff}/report.xlsx", apart_with("?pack=sample-pay")},
      {"GET /grades/{staff}/authority", apart_with("?pack=sample-pay&amount=100000")},
      {"GET /grade-proposals", {}},
      {"GET /grade-proposals/{id}", missing()},
      {"POST /grade-proposals/compute", missing(R"({"pack": "sample-pay", "run": 999999, "on": "2026-01-15"})")},
      {"POST /grade-proposals",
       with("",
            R"({"pack": "sample-pay", "staff": "nobody", "grade": "一级", "from": "2026-01-15", "reason": "x",)"
            R"( "document": "y"})",
            422)},
      {"POST /grade-proposals/{id}/decide", missing(decide)},
      {"POST /grade-proposals/{id}/appeal", missing(reason)},
      {"POST /grade-appeals/{id}/decide", missing(reason)},
      {"GET /grade-appeals", {}},
      {"GET /grades/{staff}/career", apart_with("?pack=sample-pay")},
      {"POST /grades/{staff}/records", apart_with("")},  // pay_test.cc
      {"POST /grades/{staff}/records/{id}/withdraw", apart_with("")},
      {"GET /grades/{staff}/papers", apart_with("")},  // grade_record_test.cc
      {"POST /grades/{staff}/papers", apart_with("")},
      {"POST /grades/{staff}/papers/{id}/remove", apart_with("")},
      {"GET /people-facts", {}},
      {"POST /people-facts",
       with("",
            R"({"facts": [{"of": "staff", "subject": "nobody", "kind": "pay", "name": "x", "value": 1,)"
            R"( "from": "2026-01-01", "document": "y"}]})",
            422)},
      {"POST /people-facts/{id}/withdraw", missing(reason)},
  };
}

template <class Case>
std::map<std::string, Case> pay_cases() {
  const char *reason = R"({"reason": "walked"})", *decide = R"({"accept": false, "reason": "walked"})";
  auto missing = [](const char* body = "") { return walked<Case>("", body, 404); };
  auto with = walked<Case>;
  Case apart;
  apart.apart = true;
  std::map<std::string, Case> out = {
      {"GET /pay/plans", {}},
      {"GET /pay/runs", {}},
      {"POST /pay/runs", missing(R"({"pack": "sample-pay", "run": 999999, "pay_on": "2026-01-15"})")},
      {"GET /pay/runs/{id}", missing()},
      {"POST /pay/runs/{id}/approve", missing(reason)},
      {"POST /pay/runs/{id}/paid", missing(R"({"document": "walked"})")},
      {"POST /pay/runs/{id}/void", missing(reason)},
      {"GET /pay/runs/{id}/slips", missing()},
      {"GET /pay/runs/{id}/export.xlsx", missing()},
      {"GET /pay/runs/{id}/export.csv", missing()},
      {"GET /pay/runs/{id}/slips/{staff}", apart},
      {"GET /pay/runs/{id}/slips/{staff}/explain", apart},
      {"GET /pay/runs/{id}/compare", missing()},
      {"GET /pay/runs/{id}/corrections", missing()},
      {"GET /pay/runs/{id}/handovers", missing()},
      {"POST /pay/runs/{id}/handovers/effect", missing("{}")},
      {"GET /pay/runs/{id}/slips/{staff}/report.html", apart},
      {"GET /pay/runs/{id}/slips/{staff}/report.xlsx", apart},
      {"GET /pay/slips", {}},
      {"GET /pay/joint", with("?pack=sample-pay", "", 0)},
      {"POST /pay/joint",
       with("",
            R"({"pack": "sample-pay", "line": "合办业务", "title": "x", "document": "y", "on": "2026-01-01",)"
            R"( "input": {}, "shares": [{"staff": "nobody", "weight": "1"}]})",
            422)},
      {"POST /pay/joint/{id}/withdraw", missing(reason)},
      {"GET /deposits", {}},
      {"GET /deposits/balance", {}},
      {"GET /deposits/coming", {}},
      {"GET /deposits/{staff}", apart},
      {"GET /deposit-orders", {}},
      {"GET /deposit-orders/{id}", missing()},
      {"POST /deposit-orders",
       missing(R"({"kind": "reverse", "booking": 999999, "on": "2026-01-01", "document": "x", "reason": "y"})")},
      {"POST /deposit-orders/{id}/decide", missing(decide)},
      {"GET /deposit-orders/{id}/explain", with("?staff=nobody", "", 404)},
      {"GET /deposit-liability", with("?loan=L1", "", 0)},
      {"GET /pay/runs/{id}/contribution/report.html", missing()},
      {"GET /pay/runs/{id}/contribution/report.xlsx", missing()},
  };
  out.merge(grade_cases<Case>());
  return out;
}

}  // namespace guanhu::api::testing
