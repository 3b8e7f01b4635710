// The ranking of a scheme and period as rows: for the list and for the file made of it.
#pragma once
#include <memory>
#include <vector>

#include "api/facts.h"
#include "base/json.h"

namespace guanhu::api {

struct Ranking {
  std::vector<base::Json> items;  // best first, those without a total last; shape RankingItem
  base::JsonArray columns;        // shape RankingColumn
};

// Made once for an appraisal and kept with it.
std::shared_ptr<const Ranking> ranking_of(const Facts& facts, const SchemeName& scheme,
                                          const Appraised& appraised);

struct RankingHead {
  std::string title, period, bank;
  std::string note;  // below the table: run hash, when and for whom it was made
};
// An xlsx of the items: number formats, frozen header, autofilter, totals as formulas.
std::string ranking_xlsx(const RankingHead& head, const Appraised& appraised,
                         const std::vector<const base::Json*>& items, bool english);

}  // namespace guanhu::api
