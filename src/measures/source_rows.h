// The rows of the feed behind figures, looked up for a few subjects at a time.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "attribution/known.h"
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
    const std::string& cell(std::string_view column) const;  // "" where empty
  };
  using ByNumber = std::map<uint32_t, std::vector<SourceRow>>;

  // Rows of imports that count, whatever later rows say; `where` is SQL over the table f.
  std::vector<Row> select(const std::string& table, const std::string& where);
  // Of rows with one key (`key` columns) the latest.
  std::vector<Row> winners(const std::string& table, const std::string& where,
                           const std::vector<std::string>& key);
  SourceRow one(const std::string& table, int32_t import_id, int32_t line);

  std::map<uint32_t, std::string> ids(bool loans, const std::vector<uint32_t>& subjects);
  // The rows that changed something on days first to last, with the one in force before.
  ByNumber changes(bool loans, const std::vector<uint32_t>& subjects, int32_t first, int32_t last);
  // The rows in force on `day` that describe the accounts or loans.
  ByNumber descriptions(bool loans, const std::vector<uint32_t>& subjects, int32_t day);
  std::map<std::string, std::string> customer_names(const std::vector<std::string>& ids, int32_t day);

  // "account A17 150 % from 2025-03-01 to 2025-03-31 (of 2025-01-01 line 3 ...)".
  std::string describe_over_assigned(bool loans, const OverAssigned& over, const Subjects& subjects,
                                     const Ids& customers);

 private:
  warehouse::Warehouse& db_;
  const attribution::Known& known_;
};

// "1, 2, 3" and "'a', 'b'", for IN lists; never empty.
std::string sql_list(const std::vector<uint32_t>& numbers);
std::string sql_list(const std::vector<std::string>& texts);

}  // namespace guanhu::measures
