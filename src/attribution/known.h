// What was known at one moment: which imports count, and from which business date each row speaks
// (docs/warehouse-schema.md). Taken once, so that everything computed from it belongs together even
// when an import comes in between.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/digest.h"
#include "warehouse/warehouse.h"

namespace guanhu::attribution {

class Known {
 public:
  // At `at`; nothing: everything there is now, held at the moment of the latest application.
  static Known at(warehouse::Warehouse& db, const std::optional<base::Instant>& at);

  // The business date (days) an import's rows hold from; nothing when it does not count.
  std::optional<int32_t> business_day(int32_t import_id) const {
    auto i = static_cast<size_t>(import_id);
    if (i >= days_.size() || days_[i] == kInactive) return std::nullopt;
    return days_[i];
  }
  base::Instant moment() const { return moment_; }
  bool everything() const { return everything_; }
  // A subquery: import_id, business_date of the imports that count.
  std::string active_sql() const;
  // A condition: the row p of recorded_assignments counts.
  std::string recorded_sql() const;
  // Changes whenever another set of imports or of recorded assignments counts (SHA-256).
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  static constexpr int32_t kInactive = INT32_MIN;
  std::vector<int32_t> days_;  // by import_id
  base::Instant moment_;
  bool everything_ = true;
  void read_recorded(warehouse::Warehouse& db, base::Sha256& digest);
  std::string fingerprint_;
};

// A SQL literal of the moment, to the microsecond.
std::string timestamp_sql(base::Instant at);
std::string date_sql(base::Date day);

}  // namespace guanhu::attribution
