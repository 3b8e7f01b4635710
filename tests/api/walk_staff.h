// Posts, teams, composed roles, leaving: how their endpoints are called in the walk.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> staff_cases() {
  return {};
}

}  // namespace guanhu::api::testing
