// Suggestions, surveys, concessions, expenses, what products and papers a customer needs: how their endpoints are
// called in the walk; what they do is told in advice_test.cc here and beside the code.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> money_cases() {
  const char* agreed = R"({"version": 1, "text": "walked", "agreed": true})";
  const char* step = R"({"version": 1, "text": "walked"})";
  const std::string expense = R"({"expense": "no kind", "amount": "1.00", "day": "2026-01-01")";
  return {
      {"GET /favours", {"?period=2025Q4"}},
      {"GET /favours/{id}", {.status = 404}},
      {"GET /favour-preview", {"?customer=nobody&amount=1.00", "", 404}},
      {"GET /favour-totals", {"?period=2025Q4"}},
      {"POST /favours",
       {"",
        R"({"customer": "nobody", "favour": "fee", "terms": "x", "reason": "x", "amount": "1.00",)"
        R"( "until": "2026-01-02"})",
        422}},
      {"POST /favours/{id}/decide", {"", agreed, 404}},
      {"POST /favours/{id}/step", {"", R"({"version": 1, "text": "walked", "what": "end"})", 404}},
      {"POST /favours/{id}/look", {"", R"({"fine": true, "text": "walked"})", 404}},
      {"GET /favour-powers", {}},
      {"POST /favour-powers", {.apart = true}},  // whole bank only: advice_test.cc
      {"POST /favour-powers/{id}/decide", {"", agreed, 404}},
      {"GET /expenses", {"?period=2025Q4"}},
      {"GET /expenses/{id}", {.status = 404}},
      {"GET /expense-limits", {}},
      {"POST /expense-limits",
       {"", R"({"staff": "nobody", "expense": "x", "amount": "1.00", "from": "2026-01-01", "why": "x"})", 422}},
      {"POST /expenses", {"", expense + "}", 422}},
      {"PUT /expenses/{id}", {"", expense + R"(, "version": 1})", 404}},
      {"POST /expenses/{id}/submit", {"", step, 404}},
      {"POST /expenses/{id}/check", {"", agreed, 404}},
      {"POST /expenses/{id}/step", {"", R"({"version": 1, "text": "walked", "what": "paid"})", 404}},
      {"GET /expense-totals", {"?period=2025Q4"}},
      {"GET /expenses.xlsx", {"?period=2025Q4"}}};
}

template <class Case>
std::map<std::string, Case> advice_cases() {
  const char* step = R"({"version": 1, "text": "walked"})";
  const char* agreed = R"({"version": 1, "text": "walked", "agreed": true})";
  const std::string suggestion = R"({"suggestion": "no kind", "title": "walked", "text": "walked",)"
                                 R"( "to_org": "nowhere")";
  const std::string survey =
      R"({"title": "walked", "anonymous": true, "day": "2026-01-01", "until": "2026-01-02",)"
      R"( "audience": [], "questions": [])";
  const std::string product = R"({"name": "", "business": "")";
  const std::string consult = R"({"consult": "problem", "title": "walked", "text": "walked")";
  std::map<std::string, Case> out = {
      {"GET /suggestions", {"?view=all"}},
      {"GET /suggestion-choices", {}},
      {"GET /suggestions/{id}", {.status = 404}},
      {"POST /suggestions", {"", suggestion + "}", 422}},
      {"PUT /suggestions/{id}", {"", suggestion + R"(, "version": 1})", 404}},
      {"POST /suggestions/{id}/add", {"", step, 404}},
      {"POST /suggestions/{id}/withdraw", {"", step, 404}},
      {"POST /suggestions/{id}/take", {"", step, 404}},
      {"POST /suggestions/{id}/answer", {"", R"({"version": 1, "text": "walked", "accepted": true})", 404}},
      {"POST /suggestions/{id}/pass", {"", R"({"version": 1, "text": "walked", "to_org": "x"})", 404}},
      {"POST /suggestions/{id}/done", {"", step, 404}},
      {"GET /suggestion-figures", {"?period=2025-12"}},
      {"POST /suggestion-figures", {"", R"({"period": "never"})", 422}},
      {"GET /surveys", {"?view=made"}},
      {"GET /surveys/{id}", {.status = 404}},
      {"POST /surveys", {"", survey + "}", 422}},
      {"PUT /surveys/{id}", {"", survey + R"(, "version": 1})", 404}},
      {"POST /surveys/{id}/start", {"", step, 404}},
      {"POST /surveys/{id}/close", {"", step, 404}},
      {"POST /surveys/{id}/drop", {"", step, 404}},
      {"PUT /surveys/{id}/draft", {"", R"({"seq": 0, "answers": []})", 404}},
      {"POST /surveys/{id}/answer", {"", R"({"answers": []})", 404}},
      {"GET /surveys/{id}/results", {.status = 404}},
      {"GET /surveys/{id}/results.xlsx", {.status = 404}},
      {"GET /products", {"?words=z"}},
      {"GET /products/{id}", {.status = 404}},
      {"POST /products", {.apart = true}},  // whole bank only: advice_test.cc
      {"PUT /products/{id}", {"", product + R"(, "version": 1})", 404}},
      {"POST /products/{id}/propose", {"", step, 404}},
      {"POST /products/{id}/check", {"", agreed, 404}},
      {"POST /products/{id}/withdraw", {"", step, 404}},
      {"GET /product-contacts", {}},
      {"PUT /product-contacts", {"", R"({"person": "nobody", "topics": "x", "version": 0})", 422}},
      {"GET /consults", {}},
      {"GET /consults/{id}", {.status = 404}},
      {"POST /consults", {"", consult + "}", 422}},
      {"PUT /consults/{id}", {"", consult + R"(, "version": 1})", 404}},
      {"POST /consults/{id}/step", {"", R"({"version": 1, "text": "walked", "what": "add"})", 404}}};
  out.merge(money_cases<Case>());
  return out;
}

}  // namespace guanhu::api::testing
