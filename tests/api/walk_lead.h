// Leads, campaigns, suggestions: how their endpoints are called in the walk.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> lead_cases() {
  return {};
}

}  // namespace guanhu::api::testing
