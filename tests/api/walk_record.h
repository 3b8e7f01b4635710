// Versions, search, files: how their endpoints are called in the walk; what they do is told in record_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> record_cases() {
  return {{"GET /records/{kind}/{id}/versions", {.status = 404}},
          {"POST /records/{kind}/{id}/restore", {"", R"({"version": 1, "seen": 2, "reason": "walked"})", 404}},
          {"POST /records/{kind}/{id}/editing", {"", "", 404}},
          {"DELETE /records/{kind}/{id}/editing", {"", "", 404}},
          {"GET /records/{kind}/{id}/files", {.status = 404}},
          {"POST /files", {"?name=a.txt&type=image/png", "", 415}},
          {"GET /files/{digest}", {.status = 404}},
          {"GET /writing", {"?words=%E8%B5%B0%E8%AE%BF"}}};
}

}  // namespace guanhu::api::testing
