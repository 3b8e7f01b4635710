// The thresholds of every kind of finding, as the pack states them on one day. No number of a rule stands in
// this module: what is compared with what stands here, where the line is drawn stands in policies/anti-gaming.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "base/money.h"
#include "policy/pack.h"

namespace guanhu::risk {

enum class Kind { spike, passing, loan_return, circle, split };
inline constexpr Kind kKinds[] = {Kind::spike, Kind::passing, Kind::loan_return, Kind::circle, Kind::split};
// "spike", "in_out", "loan_return", "circle", "split": on the command line, in the store and on the wire.
std::string_view word_of(Kind kind);
// Refused: risk.kind.
base::Result<Kind> kind_of(std::string_view word);

// A share of something, exact: numerator / denominator, both not negative, denominator > 0.
struct Rate {
  int64_t numerator = 0, denominator = 1;
  // part > rate × whole; the amounts below 10^24.
  bool below(base::Int128 part, base::Int128 whole) const { return part * denominator > whole * numerator; }
  bool not_above(base::Int128 part, base::Int128 whole) const { return part * denominator >= whole * numerator; }
};

// One parameter as it was applied, for the finding: what it is called, its value, where it stands.
struct Applied {
  std::string name, value, unit, article, place;  // place: "document:line"
};

struct Rules {
  std::string pack, pack_hash;
  struct Level {
    Rate limit;         // a deviation above it is a finding
    int64_t least = 0;  // fen above the average, at least
  };
  Level bank, organisation, manager, customer;
  int fall_days = 0;  // a customer's money must leave again so soon after the month end,
  Rate fall;          // at least this part of it

  int passing_days = 0;  // before (month end included) and after
  int64_t passing_least = 0;
  Rate passing_tolerance;

  int return_days = 0;
  int64_t return_loan_least = 0, return_part_least = 0;
  Rate return_tolerance;
  std::vector<std::string> return_kinds, relations;

  int circle_least = 0, circle_most = 0;  // transfers
  int circle_days = 0;
  int64_t circle_amount = 0;
  Rate circle_tolerance;

  int split_days = 0, split_least = 0;
  std::vector<std::string> split_products;

  // The parameters of a kind, for its findings.
  std::vector<Applied> applied[std::size(kKinds)];
};

// The pack's parameters on `day`. Refused, each naming the parameter: risk.parameter (not there, not in force,
// of the wrong type or unit, out of its range).
base::Result<Rules> rules_of(const policy::Pack& pack, base::Date day);

}  // namespace guanhu::risk
