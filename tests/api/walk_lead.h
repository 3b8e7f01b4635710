// Leads, campaigns, products of customers: how their endpoints are called in the walk; what they do is told in
// lead_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> lead_cases() {
  const char *version = R"({"version": 1})", *why = R"({"version": 1, "why": "walked"})";
  const char* contact = R"({"channel": "电话", "outcome": "再联系", "text": "walked"})";
  const char* contact_of = R"({"version": 1, "channel": "电话", "outcome": "再联系", "text": "walked"})";
  const char* pass =
      R"({"what": "研究办理", "form": "书面", "stage": "售前", "text": "walked", "customer": "walked"})";
  static const std::string campaign =
      R"("title": "", "purpose": "walked", "condition": "true", "success": "true", "control": "0", "target": 1, )"
      R"("from": "2030-01-01", "to": "2030-01-31"})";
  static const std::string made = "{" + campaign, changed = R"({"version": 1, )" + campaign;
  return {{"GET /lead-rules", {}},
          {"GET /leads", {}},
          {"GET /leads/{id}", {.status = 404}},
          {"POST /leads/duplicates", {"", R"({"name": "walked"})"}},
          {"GET /lead-funnel", {}},
          {"POST /leads", {"", R"({"source": "walked", "name": "walked"})", 422}},
          {"PUT /leads/{id}", {"", R"({"version": 1, "source": "陌生拜访"})", 404}},
          {"POST /leads/{id}/assign", {"", R"({"version": 1, "to": "walked"})", 404}},
          {"POST /leads/{id}/accept", {"", version, 404}},
          {"POST /leads/{id}/return", {"", why, 404}},
          {"POST /leads/{id}/contacts", {"", contact_of, 404}},
          {"POST /leads/{id}/move", {"", R"({"version": 1, "stage": "walked"})", 404}},
          {"POST /leads/{id}/refer", {"", R"({"to": "walked", "note": "walked"})", 404}},
          {"GET /lead-proposals", {}},
          {"POST /leads/fall-back", {}},
          {"POST /referrals/{id}/answer", {"", R"({"accept": true})", 404}},
          {"GET /referrals", {}},
          {"GET /campaign-facts", {}},
          {"POST /campaigns/preview", {"", R"({"condition": "存款余额 > 1"})"}},
          {"GET /campaigns", {}},
          {"GET /campaigns/{id}", {.status = 404}},
          {"POST /campaigns", {"", made, 422}},
          {"PUT /campaigns/{id}", {"", changed, 404}},
          {"POST /campaigns/{id}/propose", {"", version, 404}},
          {"POST /campaigns/{id}/decide", {"", R"({"version": 1, "agree": true})", 404}},
          {"POST /campaigns/{id}/close", {"", why, 404}},
          {"POST /campaigns/{id}/withdraw", {"", version, 404}},
          {"GET /campaigns/{id}/lines", {.status = 404}},
          {"POST /campaigns/{id}/lines/{customer}/contacts", {"", contact, 404}},
          {"POST /campaigns/{id}/lines/{customer}/hand", {"", R"({"to": "walked"})", 404}},
          {"GET /customers/{id}/products", {}},
          {"PUT /customers/{id}/products/{product}", {"", R"({"version": 0, "progress": "walked"})", 404}},
          {"POST /customers/{id}/products/{product}/maintenance", {"", R"({"version": 0, "text": ""})", 422}},
          {"PUT /customers/{id}/need", {"", R"({"version": 0, "kinds": [], "day": "2020-01-01"})", 422}},
          {"POST /customers/{id}/no-contact", {"", R"({"refused": false, "why": "walked"})", 422}},
          {"POST /product-knowledge", {"", R"({"product": "walked"})", 422}},
          {"GET /visit-queue", {}},
          {"GET /need-passes", {}},
          {"POST /need-passes", {"", pass, 422}},
          {"POST /need-passes/{id}/step", {"", R"({"version": 1, "what": "take"})", 404}},
          {"GET /customers/{id}/marketing", {}},
          {"GET /consult-answers", {"?q=walked"}}};
}

}  // namespace guanhu::api::testing
