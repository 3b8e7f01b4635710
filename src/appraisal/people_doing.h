// Who changes something about a person (grade, pay, deposit), when, and what else belongs into its transaction.
#pragma once
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/json.h"

namespace guanhu::appraisal {

struct PeopleDoing {
  std::string actor;  // login, or "cli:NAME"
  std::string staff;  // who that is; "" nobody of the bank's staff
  base::Instant at;
  // Called inside the transaction, for the audit record: action ("pay.approve"), subject ("pay_run 7"), detail.
  std::function<void(const std::string& action, const std::string& subject, base::Json detail)> also = {};

  void tell(const std::string& action, const std::string& subject, base::Json detail) const {
    if (also) also(action, subject, std::move(detail));
  }
};

}  // namespace guanhu::appraisal
