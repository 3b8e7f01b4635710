// What duties ask of people's own records beside the extracts: the target of a plan that is furthest behind, and
// papers that lack in a customer's file.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/decimal.h"
#include "store/store.h"
#include "warehouse/warehouse.h"
#include "workbench/calendar.h"
#include "workbench/plan_period.h"

namespace guanhu::workbench {

// A figure of a scheme ("PACK/SCHEME") for one holder and period, as an appraisal would give it now; nothing:
// there is none.
using FigureOf = std::function<std::optional<base::Decimal>(const std::string& scheme, const std::string& figure,
                                                            const PlanPeriod& period, const std::string& holder)>;

struct FurthestBehind {
  std::string title;            // of the target
  base::Decimal share, passed;  // in %, rounded to one decimal: reached, and of the period's working days gone by
  base::Date last;              // of the plan
};
struct BehindAsk {
  base::Date today;                            // working days before it are gone by
  const BusinessCalendar* calendar = nullptr;  // null: weekends alone
  FigureOf figure;                             // empty: only what is counted
};
// Of confirmed plans of persons whose period runs, by member of staff: of all targets with a figure the one whose
// share lies furthest behind the time.
std::unordered_map<std::string, FurthestBehind> furthest_behind(warehouse::Warehouse& db, store::Session& session,
                                                                const BehindAsk& ask);

// Card fields that must be filled in and are not, and papers that ran out (fields that expire): titles by what
// `missing` is asked. On its last day a paper still holds.
class Papers {
 public:
  Papers(store::Session& session, base::Date today);
  // Of one customer of the kind, beside what the extract itself lacks; joined by 、.
  std::string missing(const std::string& customer, std::string_view kind, std::string_view of_extract) const;

 private:
  struct Required {
    std::string title, of;
    std::vector<std::string> have;  // customers, sorted
  };
  struct Expiring {
    std::string title, of;
    std::unordered_map<std::string, std::string> over;  // customer -> the day on which it ran out
  };
  std::vector<Required> required_;
  std::vector<Expiring> expiring_;
};

// What was asked outside about customers and must be asked again, and consents that ran out: of each kind of query
// and name the newest one counts.
struct LookAgain {
  base::Date again;                     // the earliest day
  std::string queries;                  // those due by then or by `today`, joined by 、
  std::optional<base::Date> consented;  // the earliest last day of the newest consents
  std::string consents;                 // whose they are
};
// INT-008 INT-303 INT-005. `again` is Date(0) where nothing must be asked again.
std::unordered_map<std::string, LookAgain> look_again(store::Session& session, base::Date today);

}  // namespace guanhu::workbench
