// The rows of the feed behind figures, looked up for a few subjects at a time.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "attribution/known.h"
#include "attribution/recorded.h"
#include "attribution/timeline.h"
#include "measures/columns.h"
#include "measures/engine.h"
#include "warehouse/warehouse.h"

namespace guanhu::measures {

class SourceRows {
 public:
  SourceRows(warehouse::Warehouse& db, const attribution::Known& known) : db_(db), known_(known) {}

  struct Row {
    SourceRow row;
    int32_t number = -1;  // account or loan number, where the table is numbered
    int32_t business_day = 0, import_id = 0;
    // Of an assignment: the days on which it decides; others have what was recorded instead of the feed's row.
    int32_t first = attribution::kAlways, last = attribution::kForever;
    const std::string& cell(std::string_view column) const;  // "" where empty
  };
  using ByNumber = std::map<uint32_t, std::vector<Row>>;
  using Numbers = std::map<uint32_t, std::string>;             // account or loan ids
  using Named = std::vector<std::pair<int32_t, std::string>>;  // from a business day on

  // Rows of imports that count, whatever later rows say; `where` is SQL over the table f. With `ids` the
  // ids of accounts or loans are taken from there instead of being looked up.
  std::vector<Row> select(const std::string& table, const std::string& where, const Numbers* ids = nullptr);
  // Of rows with one key (`key` columns) the latest.
  std::vector<Row> winners(const std::string& table, const std::string& where, const std::vector<std::string>& key,
                           const Numbers* ids = nullptr);
  SourceRow one(const std::string& table, int32_t import_id, int32_t line);
  // The assignments of these subjects that decide: rows of the feed, and entries that people of the bank recorded
  // (file recorded_assignments.csv, line: the entry's number).
  std::vector<Row> assignments(const std::vector<std::string>& subject_ids);

  Numbers ids(bool loans, const std::vector<uint32_t>& subjects);
  // Each subject's rows of days up to `last`, by day; and of these the ones that changed something on
  // days first to last, with the one in force before.
  ByNumber balances(const Numbers& ids, bool loans, const std::vector<uint32_t>& subjects, int32_t last);
  static std::vector<SourceRow> changes(const std::vector<Row>& balances, int32_t first, int32_t last);
  // The rows that describe the accounts or loans; and of one's rows the one in force on `day`.
  ByNumber descriptions(const Numbers& ids, bool loans, const std::vector<uint32_t>& subjects);
  static const Row* in_force(const std::vector<Row>& descriptions, int32_t day);
  std::map<std::string, Named> customer_names(const std::vector<std::string>& ids);
  static std::string name_on(const Named& names, int32_t day);

  // "account A17 150 % from 2025-03-01 to 2025-03-31 (of 2025-01-01 line 3 ...)".
  std::string describe_over_assigned(bool loans, const OverAssigned& over, const Subjects& subjects,
                                     const Ids& customers);

 private:
  static Row recorded_row(const attribution::RecordedEntry& entry, size_t part);

  warehouse::Warehouse& db_;
  const attribution::Known& known_;
};

}  // namespace guanhu::measures
