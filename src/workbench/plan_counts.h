// What plans count: visits, new customers, loans, collections, to-dos done; from what was recorded and from the
// facts of the bank, never from what somebody says of himself. Each one that counts can be shown.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "store/store.h"
#include "warehouse/warehouse.h"

namespace guanhu::workbench {

struct Counter {
  std::string_view name, title, unit;  // "visits", "走访", "次"
  bool from_facts = false;             // known only as far as the business dates reach
};
std::span<const Counter> counters();
const Counter* counter(std::string_view name);

struct Counted {
  std::string id, name, customer, link;
  base::Date day;
  std::string person;
  std::optional<base::Decimal> amount;  // of sums, in the counter's unit
};
struct CountAsk {
  std::string counter;
  std::vector<std::string> people;  // staff; nobody: nothing is counted
  base::Date first, last;           // both included
  base::Date today;  // of the bank: what was done later by the machine's clock (a training bank) counts on it
};
// By day. Of facts those are meant whose main manager the person is on the last business date of the span.
std::vector<Counted> counted(store::Session& session, warehouse::Warehouse& db, const CountAsk& ask);
// How many, or how much.
base::Decimal sum_of(std::span<const Counted> of);

}  // namespace guanhu::workbench
