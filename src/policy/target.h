// 计划下达: what a pack asks of whom for which period. A measure of fact `target` finds it by the table's name and
// the very period it is asked for; what the pack does not say, targets.csv of the feed may.
//
// A table of organisations serves for numbers that differ by organisation as well (a unit price of each branch): a
// measure with attribution `subtree` gives a manager the number of the nearest organisation above them.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "policy/origin.h"

namespace guanhu::policy {

enum class TargetOf {
  bank,          // "全行": no id
  organisation,  // "机构": its number
  staff          // "员工": the number of a member of staff
};
std::string_view target_word(TargetOf of);                 // "全行", "机构", "员工"
std::optional<TargetOf> target_of(std::string_view word);  // of what target_word gives
inline constexpr int kTargetScale = 4;                     // decimals a target may have, as in targets.csv

struct TargetValue {
  TargetOf of = TargetOf::staff;
  std::string id, name;  // the name is for readers
  std::string period;    // "2026", "2026H1", "2026Q1", "2026-01"
  base::Decimal value;   // in the table's unit
  int line = 0;          // of the document
};

// One `target` block: some periods of one target. Several blocks may bear one name.
struct TargetTable {
  std::string name, unit;
  std::vector<TargetValue> values;  // in the order of the document
  Origin origin;
};

// The rows as they stand between the quotes of `values`: one column for each period, columns aligned; every line
// ended. Values of one object stand in one row.
std::string target_rows(const std::vector<TargetValue>& values);

}  // namespace guanhu::policy
