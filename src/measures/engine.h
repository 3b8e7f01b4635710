// From facts to figures: evaluates the measures of a pack for all holders at once, and opens any of
// them down to the rows it was summed from.
//
// The engine answers from column files (change points of every account and loan, cells with their
// moments; see columns.h, cells.h), which it derives from the warehouse whenever they are missing or
// older than it. With a known-at in the past it derives them in memory for that moment instead.
// Amounts stay integers (fen × share) until one division at the end, rounded half up (四舍五入, half
// away from zero) to the unit's decimals: 2 for 元, none for counts by whole shares.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/money.h"
#include "base/period.h"
#include "policy/pack.h"
#include "warehouse/warehouse.h"

namespace guanhu::measures {

enum class HolderKind { manager, team, organisation };

struct Holder {
  HolderKind kind = HolderKind::manager;
  std::string id;
};

// numerator / denominator in the measure's unit (元, 户, 笔); denominator > 0. Exact.
struct Ratio {
  base::Int128 numerator = 0;
  base::Int128 denominator = 1;
};

struct MeasureValues {
  std::vector<std::optional<base::Decimal>> values;  // by holder, rounded; nothing = null
  std::vector<Ratio> exact;                          // by holder; 0 where null
  // For linear measures by share or main: what holders, other staff and nobody hold adds up to the
  // bank's total, exactly (asserted; see Engine::evaluate).
  bool adds_up = false;
  Ratio holders_sum, others, nobody, bank_total;
};

// Where a row came from.
struct SourceRow {
  std::string file;          // "balances.csv"
  base::Date business_date;  // of the import
  int line = 0;
  std::vector<std::pair<std::string, std::string>> cells;  // what the row says: column, value as text
};

struct ShareSpan {
  base::Date from, to;  // days of the period on which it held, both included
  int share = 0;        // of 10,000
  std::string role;     // "main", "assist"
  std::string via;      // "account", "loan", "customer": which assignment decided
  SourceRow source;
};

// One account, loan, customer, event or target that a figure was summed from.
struct Contribution {
  std::string subject_kind, subject_id;  // "account" "A1", "repayment" "P7", ...
  std::string customer_id, customer_name;
  Ratio amount;                   // its part of the figure, in the measure's unit
  base::Int128 balance_days = 0;  // fen × 1/10,000 × days, for average daily
  std::vector<ShareSpan> shares;
  std::vector<SourceRow> rows;  // change points (with the one in force at the start), events
};

struct Breakdown {
  Ratio total;                      // the figure, exact
  size_t contributions = 0;         // how many there are in all
  std::vector<Contribution> items;  // largest first; at most `limit`
};

// An account, loan or event behind a figure, with what the feed says about it.
struct Thing {
  std::string subject_kind, subject_id, customer_id;
  Ratio amount;                                            // the holder's part, in the measure's unit
  std::vector<std::pair<std::string, std::string>> cells;  // feed's column, value as text; empty ones left out
};

struct Trace {
  std::vector<Contribution> contributions;
  std::vector<Holder> holders;  // whose figure each is part of
};

// Days, both included.
struct DayRange {
  base::Date first, last;
  int days() const { return last - first + 1; }
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

// One stay of a member in a team, days included. A team's figure is the sum of its members' figures
// over the days on which they belong to it.
struct TeamMember {
  std::string staff;
  base::Date from, to;
};

// Somebody else holds it on these days: what a hand-over on another day, or another share, would have made of the
// figures. Only in an engine that was opened with it; nothing of it is kept.
struct Reassignment {
  std::string kind, id;  // "account", "loan", "customer" (with everything held through the customer)
  std::string giver;     // staff; "": whoever holds it, and what nobody holds
  std::string taker;     // staff
  base::Date from;       // both days included
  std::optional<base::Date> to;
  int32_t share = 10'000;  // of what the giver holds on each day, in 1/10,000
};

struct HeldPart {
  std::string staff;
  int share = 0;  // of 10,000
  bool main = false;
};

// An account or loan of which somebody holds less from a day on than the day before, or is its main manager no
// more. What nobody held before is a first assignment and not among them.
struct ChangedHands {
  std::string kind, id, customer_id;    // "account", "loan"
  base::Date day, last;                 // from the day on; the last day it stayed so (within the period)
  std::vector<HeldPart> before, after;  // main first; without what nobody holds
  base::Fen balance = 0;                // at the end of the day before
  base::Int128 balance_days = 0;        // fen × days from `day` to `last`, of the whole
};

class ColumnsAhead;
// Begins to read the column files of a folder on another thread, while the warehouse is opened: for a command
// that answers one question. What turns out to be old or torn is not used.
std::shared_ptr<ColumnsAhead> read_ahead(const std::filesystem::path& columns);

class Engine {
 public:
  struct Options {
    std::filesystem::path columns;  // folder of the column files; empty: in memory
    std::shared_ptr<ColumnsAhead> ahead = nullptr;
    std::optional<base::Instant> known_at;  // nothing: everything known
    int threads = 2;
    // The members of a team. Without it holders of kind team are refused (measure.holder).
    std::function<std::vector<TeamMember>(const std::string& team)> teams;
    // Refused by open(): measure.reassign (no such account, loan, customer or member of staff; the giver holds
    // nothing of it on those days).
    std::vector<Reassignment> reassigned = {};
  };
  // The warehouse must outlive the engine. Builds or refreshes the column files when needed
  // (`progress` is told what is being done).
  static base::Result<std::unique_ptr<Engine>> open(warehouse::Warehouse& warehouse, const Options& options,
                                                    const std::function<void(std::string_view)>& progress = {});
  virtual ~Engine() = default;

  // Refuses (measure.filter, measure.kind, ...) what cannot be computed, with the block's place; and
  // (measure.over_assigned) facts in which some account is assigned over 100 % on a day of the
  // period, naming accounts, days and rows; and (measure.sum) a result whose parts do not add up to
  // the bank's total to the fen.
  virtual base::Result<MeasureValues> evaluate(const policy::Measure& measure, const base::Period& period,
                                               const std::vector<Holder>& holders) = 0;
  // A holder's figures of several measures, opened together: the rows behind all of them are read once.
  virtual base::Result<std::vector<Breakdown>> open_figures(std::span<const policy::Measure* const> measures,
                                                            const base::Period& period, const Holder& holder,
                                                            size_t limit) = 0;
  // Everything a holder's figure was summed from, by id: accounts and loans as they are described on the last
  // day of the measure's days, events as they were delivered.
  virtual base::Result<std::vector<Thing>> things(const policy::Measure& measure, const base::Period& period,
                                                  const Holder& holder) = 0;
  // On how many days of the period each held any customer, account or loan, whatever share of it.
  virtual std::vector<int> days_held(const std::vector<Holder>& holders, const base::Period& period) = 0;
  // By day, kind and id.
  virtual std::vector<ChangedHands> changed_hands(const base::Period& period) = 0;
  base::Result<Breakdown> open_figure(const policy::Measure& measure, const base::Period& period,
                                      const Holder& holder, size_t limit);
  // Which holders' figures an account (loan, customer, repayment, transaction, sale, target) moved, and by how
  // much: the way back from a row. One trace a measure. A target's id: "staff/S1/INDICATOR/2025Q4".
  virtual base::Result<std::vector<Trace>> trace_subject(std::span<const policy::Measure* const> measures,
                                                         const base::Period& period,
                                                         const std::string& subject_kind,
                                                         const std::string& subject_id) = 0;
};

// The days a measure means when `asked` is asked for. Year to date: from 1 January of its year to its
// last day.
DayRange reach_of(policy::Reach reach, const base::Period& asked);

}  // namespace guanhu::measures
