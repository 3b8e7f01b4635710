// How the endpoints of the indicator workshop are walked; what they do is told in workshop_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> workshop_cases() {
  auto with = [](const std::string& query, const char* body) {
    Case out;
    out.query = query, out.body = body, out.status = 404;
    return out;
  };
  const char *ask = R"({"period": "2025-12"})",
             *split = R"({"name": "x", "unit": "元", "period": "2026", "way": "hand"})";
  Case sheet = with("", "x");
  sheet.type = "application/octet-stream";
  return {{"GET /workshop/facts", {}},
          {"GET /policy-drafts/{id}/workshop", with("", "")},
          {"PUT /policy-drafts/{id}/workshop",
           with("", R"({"revision": 1, "edit": {"remove": {"kind": "measure", "name": "x"}}})")},
          {"POST /policy-drafts/{id}/workshop/try", with("", ask)},
          {"POST /policy-drafts/{id}/workshop/try.xlsx", with("", ask)},
          {"GET /policy-drafts/{id}/workshop/explain", with("?holder=x&figure=x&period=2025-12", "")},
          {"POST /policy-drafts/{id}/workshop/targets/split", with("", split)},
          {"POST /policy-drafts/{id}/workshop/targets/read", sheet},
          {"GET /policy-drafts/{id}/workshop/targets.xlsx", with("?name=x", "")}};
}

}  // namespace guanhu::api::testing
