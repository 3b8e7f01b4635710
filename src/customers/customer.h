// What the parts of the customer register share: its tables, who does something, the rows of the feed that count.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "store/migrations.h"
#include "store/store.h"
#include "warehouse/warehouse.h"

namespace guanhu::customers {

// Merges, pairs that look alike, members of groups, relations, categories, the list of bad credit, settings.
std::span<const store::Migration> register_migrations();

// Who does it and when; `tell` writes the audit record inside the transaction.
struct Doing {
  std::string login;
  base::Instant at;
  std::function<void(const std::string& action, const std::string& subject, base::Json detail)> tell = {};
};

// Nothing but blanks, or longer than `longest` bytes: then it is no reason.
bool is_reason(const std::string& text, size_t longest = 2000);

// ---- the facts, as of all that is imported

// Rows with every column as text; an empty optional is NULL. `columns`: how many the statement gives, each
// VARCHAR.
using TextRow = std::vector<std::optional<std::string>>;
std::vector<TextRow> text_rows(warehouse::Warehouse& db, const std::string& sql, size_t columns);
std::string quoted(const std::string& text);               // as an SQL literal
std::string among(const std::vector<std::string>& texts);  // "IN ('a', 'b')"; never empty
// Of the rows with one key (columns of `f`, separated by ", ") the one of the latest business date.
std::string counting_rows(const std::string& table, const std::string& key, const std::string& columns,
                          const std::string& where = "");
// The name of each of these customers, as last described; unknown ones are left out.
struct CustomerName {
  std::string id, name, kind, group;  // kind: person, company, other; group: of the feed, "" none
};
std::vector<CustomerName> customer_names(warehouse::Warehouse& db, const std::vector<std::string>& ids);

}  // namespace guanhu::customers
