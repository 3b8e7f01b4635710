// Inside of the breakdown; not included outside this module.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "measures/engine_impl.h"

namespace guanhu::measures {

// What one subject, event or customer adds to a figure.
struct EngineImpl::Part {
  int64_t subject = -1;  // account or loan number
  uint32_t customer = 0;
  base::Int128 amount = 0;
  std::vector<EventRow> events;   // it comes from
  std::vector<uint32_t> through;  // of a customer: the accounts or loans by which it counts
};

// A figure taken apart, before its rows are looked up.
struct EngineImpl::Opened {
  Question question;
  Stints stints;
  Breakdown breakdown;      // without items, except of a target
  std::vector<Part> parts;  // those that are shown, largest first
};

std::string event_word(policy::Fact fact);    // "repayment"
bool names_claims(const Question& question);  // whether assignments decide whose it is
// The days a breakdown shows: the period's, and those the figure asks for.
std::pair<int32_t, int32_t> shown(const Question& question);

}  // namespace guanhu::measures
