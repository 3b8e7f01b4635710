// What the server knows, as of one moment: business dates, people, customers, appraisals. Never changed; after an
// import the next one is made beside it and takes its place at once, so that no reader sees half of a date.
//
// Appraisals are made when first asked for and kept; the engine that makes them works for one at a time.
#pragma once
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/appraised.h"
#include "api/customer_index.h"
#include "api/packs.h"
#include "api/reach.h"
#include "appraisal/explain.h"
#include "base/period.h"
#include "feed/bank.h"
#include "people/directory.h"

namespace guanhu::api {

// Deposits and loans of organisations with all below them, at the start and the end of a period.
struct OrgFigures {
  std::map<std::string, size_t> at;  // by id
  std::vector<std::optional<base::Decimal>> deposits, deposits_before, loans, loans_before;
};

class Facts {
 public:
  static std::shared_ptr<const Facts> load(const feed::Bank& bank, Packs& packs);
  ~Facts();

  std::string tag;                                  // another one whenever anything that was imported changed
  std::optional<base::Date> first_date, last_date;  // business dates; nothing: none yet
  std::string bank_name;
  size_t open_totals = 0;
  people::Directory directory;  // on the last date
  std::shared_ptr<const CustomerIndex> customers;

  std::shared_ptr<const Reach> reach(const people::Login& login, people::Scope scope) const;
  // Places in `customers` that are in reach, ascending; null: all of them. `db` is used the first time.
  std::shared_ptr<const std::vector<uint32_t>> customers_in(const people::Login& login, people::Scope scope,
                                                            warehouse::Warehouse& db) const;
  // Of one member of staff: those assigned to them now, whoever asks.
  std::shared_ptr<const std::vector<uint32_t>> customers_of(const std::string& staff,
                                                            warehouse::Warehouse& db) const;
  bool reaches_customer(const people::Login& login, people::Scope scope, size_t customer,
                        warehouse::Warehouse& db) const;

  // Refused: scheme.unknown, data.none, data.period, and what the pack and the engine refuse.
  base::Result<std::shared_ptr<const Appraised>> appraised(const SchemeName& scheme,
                                                           const base::Period& period) const;
  // What is there already, without waiting for anything; null: not made yet, or not looked at just now.
  std::shared_ptr<const Appraised> known_appraisal(const SchemeName& scheme, const base::Period& period) const;
  std::shared_ptr<const Reach> known_reach(const people::Login& login, people::Scope scope) const;
  // The `count` periods of its kind that end with `last`, oldest first, as far as there is data.
  std::vector<base::Period> periods_until(const base::Period& last, size_t count) const;
  // The periods a scheme can be appraised for, newest first.
  std::vector<base::Period> periods_of(const policy::Scheme& scheme) const;
  bool has_data(const base::Period& period) const;

  // Both use the engine: `take` is called while it is held, with the evaluation behind the appraisal.
  base::Status with_engine(const SchemeName& scheme, const base::Period& period,
                           const std::function<base::Status(const appraisal::Evaluation&, measures::Engine&,
                                                            warehouse::Warehouse&)>& take) const;
  base::Result<std::shared_ptr<const OrgFigures>> org_figures(const base::Period& period) const;

  // The appraisals that were asked for: what to make ready after the next import.
  std::vector<std::pair<SchemeName, base::Period>> in_use() const;

 private:
  std::shared_ptr<const std::vector<uint32_t>> customers_within(const std::string& key, const Reach& reach,
                                                                warehouse::Warehouse& db) const;
  struct Work;
  explicit Facts(std::unique_ptr<Work> work);
  void read(warehouse::Warehouse& db);
  base::Result<std::shared_ptr<const Appraised>> make(const std::shared_ptr<const policy::Pack>& pack,
                                                      const SchemeName& scheme, const base::Period& period) const;
  base::Status open_engine() const;
  base::Status check_reached(const base::Period& period) const;

  std::unique_ptr<Work> work_;
};

}  // namespace guanhu::api
