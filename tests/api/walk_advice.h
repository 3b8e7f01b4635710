// Suggestions, surveys, concessions, expenses, what products and papers a customer needs: how their endpoints are
// called in the walk.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> advice_cases() {
  return {};
}

}  // namespace guanhu::api::testing
