// The bank as the search for findings sees it: balances, holders and customers of every account by number
// (measures/columns.h), ids where words are needed. A snapshot: what is imported later is not seen.
#pragma once
#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/known.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/period.h"
#include "measures/columns.h"
#include "people/directory.h"
#include "risk/finding.h"
#include "risk/id_table.h"

namespace guanhu::risk {

using Progress = std::function<void(std::string_view)>;

class Books {
 public:
  // Refused: as open_columns; measure.over_assigned is not asked here, since no figure is published.
  static base::Result<std::unique_ptr<Books>> open(warehouse::Warehouse& db, const std::filesystem::path& columns,
                                                   const std::optional<base::Instant>& known_at,
                                                   const Progress& progress);

  const measures::Columns& columns() const { return *columns_; }
  const attribution::Known& known() const { return known_; }
  warehouse::Warehouse& db() const { return db_; }
  size_t accounts() const { return columns_->deposits.size(); }
  // The last business date imported, in days; nothing is known of later days.
  int32_t reached() const { return reached_; }
  people::Directory directory(base::Date day) const { return people::Directory::load(db_, day, known_at_); }

  // Balance at the end of the day; 0 before the first row.
  int64_t balance(uint32_t account, int32_t day) const;
  // Sum of the balances at the end of each day.
  base::Int128 balance_days(uint32_t account, int32_t first, int32_t last) const;
  // The least balance on these days (there must be one).
  int64_t least(uint32_t account, int32_t first, int32_t last) const;
  // Calls take(from, to, balance) for stretches of days with one balance, clipped to the days.
  template <class Take>
  void each_balance(uint32_t account, int32_t first, int32_t last, const Take& take) const;

  // The customer who had the account that day; 0: none.
  uint32_t customer(uint32_t account, int32_t day) const;
  uint32_t org(uint32_t account, int32_t day) const;
  std::string customer_id(uint32_t customer) const { return std::string(columns_->customers[customer]); }
  uint32_t customer_number(std::string_view id) const;
  std::span<const attribution::Entry> holders(uint32_t account, int32_t day) const {
    return attribution::on_day(columns_->accounts.managers.of(account), day);
  }
  std::string staff_id(uint32_t staff) const { return std::string(columns_->staff[staff]); }
  // Accounts by customer, as of the day.
  std::vector<std::vector<uint32_t>> by_customer(int32_t day) const;

  const IdTable& account_ids() const { return *ids_; }
  std::string account_id(uint32_t account) const { return std::string(account_ids()[account]); }

 private:
  Books(warehouse::Warehouse& db, attribution::Known known) : db_(db), known_(std::move(known)) {}
  void read_account_ids();

  warehouse::Warehouse& db_;
  attribution::Known known_;
  std::optional<base::Instant> known_at_;
  std::unique_ptr<measures::Columns> columns_;
  int32_t reached_ = 0;
  std::optional<IdTable> ids_;
  mutable std::optional<IdTable> customers_;
};

template <class Take>
void Books::each_balance(uint32_t account, int32_t first, int32_t last, const Take& take) const {
  const measures::Points& points = columns_->deposits;
  if (account >= points.size() || first > last) return;
  size_t begin = points.offset[account], end = points.offset[account + 1];
  uint16_t from = measures::near_day(first);
  auto at = std::upper_bound(points.day.begin() + static_cast<long>(begin),
                             points.day.begin() + static_cast<long>(end), from);
  auto i = static_cast<size_t>(at - points.day.begin());  // the first point after `first`
  int32_t day = first;
  int64_t balance = i == begin ? 0 : points.value[i - 1];
  for (; i < end; ++i) {
    int32_t next = measures::kFirstDay + points.day[i];
    if (next > last) break;
    if (next > day) take(day, next - 1, balance);
    day = next, balance = points.value[i];
  }
  take(day, last, balance);
}

}  // namespace guanhu::risk
