// What packs say about assignments, claims, proposals and hand-overs: the bank's own pack where it has these
// decisions, else policies/assignment. No number stands here.
#pragma once
#include <string>
#include <vector>

#include "attribution/register.h"
#include "base/decimal.h"
#include "policy/pack.h"

namespace guanhu::attribution {

inline constexpr const char* kRulesPack = "assignment";

// Refused: assignment.rule (what the pack says against it, all reasons), and what policy::decide refuses.
base::Status allowed(const policy::Pack& pack, const people::Directory& directory, const Assign& ask,
                     base::Date today);
// Whether somebody else must agree.
base::Result<bool> needs_second(const policy::Pack& pack, const people::Directory& directory, const Assign& ask,
                                base::Date today);

// Days on which the calendar of the weekdays does not hold.
struct OffDays {
  std::vector<base::Date> holidays, workdays;
};
// The last day to answer a claim ("答复") or to decide it ("裁定").
base::Result<base::Date> claim_deadline(const policy::Pack& pack, const char* what, base::Date start,
                                        const OffDays& off);
base::Result<bool> may_claim_again(const policy::Pack& pack, base::Date decided, base::Date today);

base::Result<int64_t> capacity_of(const policy::Pack& pack, const std::string& position, base::Date today);
struct Fit {
  bool same_org = false, same_area = false, related = false, has_accounts = false;
  int64_t held = 0, capacity = 0;  // customers
};
struct FitScore {
  bool may = false;
  base::Decimal points;
};
base::Result<FitScore> score_of(const policy::Pack& pack, const Fit& fit, base::Date today);

struct Liability {
  int32_t giver = 0, taker = 0;  // of 10,000; together the whole
  std::string why;
};
base::Result<Liability> liability_of(const policy::Pack& pack, const std::string& loan_class, int64_t overdue_days,
                                     base::Date today);
// Refused: handover.day.
base::Status handover_day(const policy::Pack& pack, base::Date day, base::Date signed_on);

}  // namespace guanhu::attribution
