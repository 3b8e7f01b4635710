// Queries, views, exports: how their endpoints are called in the walk.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> query_cases() {
  return {};
}

}  // namespace guanhu::api::testing
