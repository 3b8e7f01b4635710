// The facts a measure may ask about and their columns, as a pack names them. A filter is a FEEL
// condition over these columns; how a column is found in the warehouse is the measures module's
// business (it looks a column up by its `feed` name).
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/pack.h"

namespace guanhu::policy {

// What a column holds, as a FEEL value: text and choice a string, money in 元 (two decimals), rate
// in per cent a year, quantity and integer a number, date a date, boolean a boolean. Every column
// may be null where the feed leaves the field empty.
enum class ColumnKind { text, choice, money, rate, quantity, integer, date, boolean };

struct FactColumn {
  std::string_view name;  // "种类"
  std::string_view feed;  // "kind": the feed's name, accepted in a filter as well
  ColumnKind kind;
  std::string_view choices;  // of a choice: the feed's values, separated by one blank
  bool summable = false;     // may stand as `column` of an aggregate "sum"
};

struct FactInfo {
  Fact fact;
  std::string_view name, chinese;  // "deposit balance", "存款余额"
  std::span<const FactColumn> columns;
  std::span<const Aggregate> aggregates;  // that make sense for it
  std::span<const Attribution> attributions;
  bool daily_rule = false;  // takes `cap` and `minimum`: a rule per account and day
};

std::span<const FactInfo> facts();
const FactInfo& fact_info(Fact fact);
// By its Chinese or its feed name; nullptr when the fact has no such column.
const FactColumn* find_column(const FactInfo& fact, std::string_view name);

// What a scheme's holder_filter, peers and peer_weight may name: columns of the staff, the grade they hold on the
// period's last day (decided by the bank, in no extract), the kind of their organisation, on how many days of the
// period they held customers, and the period.
std::span<const FactColumn> staff_columns();

}  // namespace guanhu::policy
