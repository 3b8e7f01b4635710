// What conditions of campaigns may know of a customer: all of customer_known.h, and what marketing asks beside it
// (age, products held, when something falls due, how long nobody spoke with the customer).
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "customers/customer_known.h"

namespace guanhu::customers {

struct MarketFact {
  std::string_view name, type;  // type: number, text, boolean, date, list
  std::string_view unit;        // "元", "天", "岁", "" none
  std::string_view group;       // for the page that offers them
};
std::span<const MarketFact> market_facts();

// By canonical number; unknown customers have no entry. Facts that a customer has none of are left out.
KnownOf market_known(store::Session& session, warehouse::Warehouse& db, const Merges& merges,
                     const std::vector<std::string>& customers, const KnownOn& on);

}  // namespace guanhu::customers
