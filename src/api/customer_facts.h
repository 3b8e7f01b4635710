// What the warehouse knows of one customer, as the API shows it. Whether the reader may see it has been decided.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/list.h"
#include "api/reach.h"
#include "base/date.h"
#include "base/json.h"
#include "people/directory.h"
#include "store/personal_key.h"
#include "warehouse/warehouse.h"

namespace guanhu::api {

// Rows with every column as text; an empty optional is NULL. `columns`: how many the statement gives, each
// VARCHAR.
using TextRow = std::vector<std::optional<std::string>>;
std::vector<TextRow> text_rows(warehouse::Warehouse& db, const std::string& sql, size_t columns);

// Who manages each customer at the end of the day (directly, or by an account or loan): shape of an item's
// managers.
std::map<std::string, base::JsonArray> managers_of(warehouse::Warehouse& db, const people::Directory& directory,
                                                   base::Date day, const std::set<std::string>& customers);

// Customers whose identity number or phone is exactly that, now or before; nothing for a text that can be neither.
// The numbers lie sealed: they are found by the sealed form, without opening any.
std::vector<std::string> customers_by_number(warehouse::Warehouse& db, const store::PersonalKey& key,
                                             const std::string& text);

class CustomerReader {
 public:
  // `directory`: names of staff; `at`: the day at whose end balances are meant; `numbers`: all that are one with
  // the customer, whose accounts and loans are read together (customers::Merges), itself among them; empty: only
  // itself. `key` opens what of the person lies sealed.
  CustomerReader(warehouse::Warehouse& warehouse, const people::Directory& people, base::Date at, std::string id,
                 const store::PersonalKey& key, const std::set<std::string>& numbers = {})
      : db_(warehouse), directory_(people), key_(key), day_(at), customer_(std::move(id)) {
    who_ = numbers.empty() ? "= " + sql_text(customer_) : "IN " + sql_list(numbers);
  }

  // Shape Customer, without what identifies the person except masked.
  base::Json whole();
  // Shape BalancePoint: days on which the sum of all accounts or loans changed, with the one in force before.
  base::JsonArray balances(base::Date from, base::Date to);
  // Shape Transaction, newest first; the page that the query asks for.
  base::Json transactions(const ListQuery& query, base::Date from, base::Date to);
  // Shape Personal.
  base::Json personal();

  const std::string& id() const { return customer_; }

 private:
  base::JsonArray accounts(int64_t& total);
  base::JsonArray loans(int64_t& total);
  base::JsonArray shares(const std::string& kind, const std::string& subject);
  base::JsonArray managers();
  void read_shares();
  warehouse::Warehouse& db_;
  const people::Directory& directory_;
  const store::PersonalKey& key_;
  base::Date day_;
  std::string customer_, who_;   // who_: as a condition
  std::vector<TextRow> shares_;  // kind, subject, staff, role, share, from, to
  bool shares_read_ = false;
};

}  // namespace guanhu::api
