// The bank's stock of deposits and loans at the end of any day, summed by organisation, and what makes
// one doubt that the details behind it are all there.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "feed/state.h"
#include "warehouse/warehouse.h"

namespace guanhu::feed {

struct ImportRow {
  int64_t import_id = 0;
  int32_t business_date = 0;
  int64_t applied_at = 0;
  bool active = true;
};
// By import_id.
std::vector<ImportRow> read_imports(warehouse::Warehouse& db);
// Business dates of active imports, ascending.
std::vector<int32_t> active_dates(std::span<const ImportRow> imports);

// Sums in fen by organisation number + 1; [0] is what belongs to none.
using OrgSums = std::vector<__int128>;

// The organisations as they stood on a day; before its first description an organisation is taken to
// have been as that says.
class OrgTree {
 public:
  OrgTree(std::span<const OrgVersion> versions, size_t count, int32_t day);
  bool known(uint32_t org) const { return org < known_.size() && known_[org]; }
  __int128 subtree(uint32_t org, const OrgSums& sums) const;

 private:
  std::vector<bool> known_;
  std::vector<std::vector<uint32_t>> children_;
};

struct Stock {
  OrgSums deposits, loans, bad_loans;
};

// Newest standing of everything: right for a day on or after the newest row and description.
Stock newest_stock(const State& state);
bool newest_is_right_for(const State& state, int32_t day);

// The whole history, read from the warehouse: for late days, and to find out why a total fails.
class Ledger {
 public:
  static Ledger read(warehouse::Warehouse& db, const State& state, std::span<const ImportRow> imports,
                     Numbered kind);

  // Adds the stock at the end of each day (ascending) to stocks[i].
  void add_stock(std::span<const int32_t> days, std::span<Stock> stocks, size_t orgs) const;

  // Things whose first row lies in (after, day] and that no import has described.
  struct Doubt {
    int64_t count = 0, of = 0;
    uint32_t example = 0;
  };
  Doubt undescribed(int32_t after, int32_t day) const;
  // Things with a balance on `day` in an organisation that the tree does not know.
  Doubt misplaced(int32_t day, const OrgTree& tree) const;
  // Things opened before `first` (count: without any row up to `day`; of: all).
  Doubt without_balance(int32_t first, int32_t day) const;

 private:
  struct Row {
    uint32_t number;
    int32_t date, business_date;
    int64_t balance;
    bool bad, off;
  };
  struct Version {
    uint32_t number;
    int32_t business_date, org, opened_on;
  };
  void read_rows(warehouse::Warehouse& db, std::span<const ImportRow> imports);
  void read_versions(warehouse::Warehouse& db, const State& state, std::span<const ImportRow> imports);
  const Version* version(uint32_t number, int32_t day) const;

  Numbered kind_ = Numbered::account;
  std::vector<Row> rows_;          // by number and date, the winning ones
  std::vector<Version> versions_;  // by number and business date
};

}  // namespace guanhu::feed
