// Work plans, work logs, meetings: how their endpoints are called in the walk.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> plan_cases() {
  return {};
}

}  // namespace guanhu::api::testing
