// How the endpoints of simulations are walked; what they do is told in simulate_test.cc.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> simulate_cases(const std::string& asked) {
  auto with = [](const std::string& query, const char* body, int status) {
    Case out;
    out.query = query, out.body = body, out.status = status;
    return out;
  };
  const char* ask = R"({"scheme": "sample/nothing", "period": "2025-12", "title": "walked"})";
  Case people;
  people.query = asked, people.of_people = true;
  return {{"GET /simulations/options", with(asked, "", 0)},
          {"POST /simulations/preview", with("", ask, 404)},
          {"POST /simulations", with("", ask, 404)},
          {"GET /simulations", {}},
          {"GET /simulations/{id}", with("", "", 404)},
          {"GET /simulations/{id}/margins", with("", "", 404)},
          {"GET /simulations/{id}/margins/{holder}/pay", with("", "", 404)},
          {"GET /simulations/{id}/cliffs", with("", "", 404)},
          {"GET /simulations/{id}/explain/{holder}", with("", "", 404)},
          {"POST /simulations/{id}/share", with("", R"({"shared": true})", 404)},
          {"POST /simulations/{id}/withdraw", with("", "", 404)},
          {"POST /simulations/{id}/again", with("", "", 404)},
          {"GET /scores/{holder}/what-if", people}};
}

}  // namespace guanhu::api::testing
