// The engine's inside: one snapshot of what is known, its columns, and what was derived from them.
// Not included outside this module.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "attribution/known.h"
#include "measures/columns.h"
#include "measures/engine.h"
#include "measures/fact_sql.h"
#include "measures/linear.h"
#include "measures/moments.h"
#include "measures/question.h"
#include "measures/walk.h"
#include "people/directory.h"

namespace guanhu::measures {

// One owner (staff or organisation number) counting for a holder from day to day, included.
struct Stint {
  uint32_t owner;
  int32_t from, to;
};
using Stints = std::vector<Stint>;

// An event that counts. subject: account or loan number, -1 when it has none.
struct EventRow {
  int32_t subject = -1, day = 0, import_id = 0, line = 0;
  uint32_t customer = 0, seller = 0;  // numbers
  int64_t amount = 0;                 // fen, 1/10,000 of a quantity, or 1
  int64_t second = 0;                 // another column's, where asked for
  std::string id;                     // where asked for
};

// A customer counting for an owner on a day, through a subject (-1: none) or an event.
struct Presence {
  uint32_t owner, customer;
  int32_t day, subject;
  int32_t share = attribution::kWhole;  // of 1/10,000
};

// The arrays a balance figure is computed from.
struct Source {
  Points points;
  const Subjects* subjects = nullptr;
  Timelines timelines;
  Divide divide = Divide::by_share;
  DailyRule rule;
  const Mask* mask = nullptr;
  std::string name;  // "deposit"; of the moments
};

// Whether an entry makes a customer count for its owner.
bool counts(const attribution::Entry& e, const policy::Measure& measure);

class EngineImpl final : public Engine {
 public:
  EngineImpl(warehouse::Warehouse& db, Options options, attribution::Known known, std::unique_ptr<Columns> columns)
      : db_(db), options_(std::move(options)), known_(std::move(known)), columns_(std::move(columns)) {}

  base::Result<MeasureValues> evaluate(const policy::Measure& measure, const base::Period& period,
                                       const std::vector<Holder>& holders) override;
  base::Result<std::vector<Breakdown>> open_figures(std::span<const policy::Measure* const> measures,
                                                    const base::Period& period, const Holder& holder,
                                                    size_t limit) override;
  base::Result<std::vector<Thing>> things(const policy::Measure& measure, const base::Period& period,
                                          const Holder& holder) override;
  std::vector<int> days_held(const std::vector<Holder>& holders, const base::Period& period) override;
  std::vector<ChangedHands> changed_hands(const base::Period& period) override;
  base::Result<std::vector<Trace>> trace_subject(std::span<const policy::Measure* const> measures,
                                                 const base::Period& period, const std::string& subject_kind,
                                                 const std::string& subject_id) override;
  // Derives the moments nearly every scheme needs, so that the first figure does not wait for them.
  void prepare(const std::function<void(std::string_view)>& progress);

 private:
  // holders.cc
  base::Result<Stints> stints(const Question& q, const Holder& holder);
  const people::Directory& directory(base::Date day);
  const Timelines& staff_orgs();  // by staff number: the organisation they belonged to
  std::vector<Holder> holders_of(const Question& q, uint32_t owner);

  // sources.cc
  base::Result<Source> source(const Question& q);
  base::Result<const Mask*> mask(const policy::Measure& measure);
  const Points& open_accounts();
  size_t owners(const policy::Measure& measure) const;
  Moments& moments(const Source& s, bool orgs);
  Moments& kept(const std::string& name, Moments::Of of, const std::function<base::Result<Sections>()>& derive,
                std::optional<base::Error>* error);
  Sections keep(const std::string& name, Sections derived);
  base::Result<std::unique_ptr<Linear>> linear(const Question& q);
  base::Result<std::unique_ptr<Linear>> linear_events(const Question& q);
  std::unique_ptr<Linear> divided(const Question& q, const std::vector<EventRow>& rows, bool second);

  // events.cc
  struct EventColumns {
    bool ids = false;
    std::string second = "";  // another amount
    EventFilter only = {};
  };
  // Of days first to last. Those that are opened (with ids) in the order of their rows.
  base::Result<std::vector<EventRow>> events(const Question& q, int32_t first, int32_t last,
                                             const EventColumns& wanted);
  // What events of the owners are about, where that is few of all; nothing: look at all.
  std::optional<std::vector<uint32_t>> subjects_of(const Question& q, const Stints& stints) const;
  std::span<const attribution::Entry> held(const Question& q, const EventRow& row);
  uint32_t customer_number(std::string_view id);
  std::string_view customer_id(uint32_t number) const;

  // counts.cc
  base::Result<std::vector<Presence>> presences(const Question& q, const Stints* only = nullptr);
  base::Result<MeasureValues> count_distinct(const Question& q, const std::vector<Stints>& holders);
  // Customers by share: what each owner has of each customer, in 1/10,000 of the customer. An owner's customers.
  using Parts = std::map<uint32_t, std::map<uint32_t, int32_t>>;
  base::Result<Parts> customer_parts(const Question& q);
  base::Result<MeasureValues> count_by_share(const Question& q, const std::vector<Stints>& holders);
  base::Result<std::vector<bool>> matching_customers(const policy::Measure& measure, int32_t day);

  // evaluate.cc
  base::Result<MeasureValues> add_up(const Question& q, Linear& linear, const std::vector<Holder>& holders,
                                     const std::vector<Stints>& stints);
  base::Status refuse_over_assigned(const Question& q);
  bool exists(const Source& s, uint32_t subject, int32_t first, int32_t last) const;

  // targets.cc
  struct Target {
    int32_t business_day;
    std::optional<int64_t> value;  // in 1/10,000
    int32_t import_id, line;
  };
  using Targets = std::map<std::pair<std::string, std::string>, Target>;  // by kind and id of the holder
  base::Result<const Targets*> targets(const Question& q);
  base::Result<MeasureValues> evaluate_target(const Question& q, const std::vector<Holder>& holders);
  base::Result<Breakdown> open_target(const Question& q, const Holder& holder);
  base::Result<Trace> trace_target(const Question& q, const std::string& id);

  // breakdown.cc, trace.cc
  struct Part;    // what one subject or event adds to a figure
  struct Opened;  // a figure taken apart
  class Lookup;   // the rows behind some parts
  base::Result<std::vector<Part>> parts(const Question& q, const Stints& stints);
  // `only`: these subjects; null: all.
  base::Result<std::vector<Part>> balance_parts(const Question& q, const Stints& stints,
                                                const std::vector<uint32_t>* only);
  base::Result<std::vector<Part>> event_parts(const Question& q, const Stints& stints,
                                              const std::vector<EventRow>& rows);
  std::vector<Part> distinct_parts(const Stints& stints, const std::vector<Presence>& rows);
  std::vector<Part> distinct_parts(const Question& q, const Stints& stints, const std::vector<EventRow>& rows);
  static Opened opened(const Question& q, std::vector<Part> all, Stints stints, size_t limit);
  base::Result<Opened> open_one(const policy::Measure& measure, const base::Period& period, const Holder& holder,
                                size_t limit);
  std::vector<Breakdown> finish(std::vector<Opened> all);
  Contribution contribution(const Question& q, const Lookup& look, const Part& part, const Stints& stints);
  void add_spans(const Question& q, const Lookup& look, const Stints& stints, int64_t subject, uint32_t customer,
                 int32_t first, int32_t last, std::vector<ShareSpan>& out);
  struct Traced;
  base::Result<Traced> traced(const Question& q, const std::string& kind, const std::string& id);
  base::Result<std::vector<Part>> parts_of(const Question& q, const Traced& traced, const Stints& stints);
  std::vector<uint32_t> subject_numbers(bool loans, const std::string& kind, const std::string& id);

  warehouse::Warehouse& db_;
  Options options_;
  attribution::Known known_;
  std::unique_ptr<Columns> columns_;
  std::map<std::string, std::unique_ptr<Moments>> moments_;
  std::map<std::string, std::unique_ptr<Mask>> masks_;
  std::map<int32_t, people::Directory> directories_;
  std::map<std::pair<std::string, std::string>, Targets> targets_;  // by indicator and period
  Sections extra_;                                                  // memory of the following
  std::optional<Points> open_accounts_;
  std::optional<Timelines> staff_orgs_;
  std::unordered_map<std::string_view, uint32_t> customer_numbers_;
  std::vector<std::unique_ptr<std::string>> more_customers_;  // ids that only events name
};

}  // namespace guanhu::measures
