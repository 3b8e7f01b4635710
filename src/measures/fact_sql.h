// Where a fact's columns stand in the warehouse: SQL over versions, states and events, so that a filter
// sees each thing as it was on the day that counts (docs/warehouse-schema.md, "Which row counts").
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/known.h"
#include "policy/pack.h"

namespace guanhu::measures {

// SQL text literal.
std::string quote(std::string_view text);
// "1, 2, 3" and "'a', 'b'", for IN lists; never empty.
std::string sql_list(const std::vector<uint32_t>& numbers);
std::string sql_list(const std::vector<std::string>& texts);

// Which events are wanted; nothing: all.
struct EventFilter {
  std::optional<std::string> id;                  // this one
  std::optional<std::vector<uint32_t>> subjects;  // those of these accounts or loans
};

class FactSql {
 public:
  FactSql(policy::Fact fact, const attribution::Known& known) : fact_(fact), known_(known) {}

  // The SQL expression of a column by its feed name ("customer_kind"); from then on the tables it
  // needs are joined. Nothing when the fact has no such column here.
  std::optional<std::string> column(std::string_view feed);
  // Accounts, loans and customers: subject (number; customers: id), first and last day (DATE, open
  // ends as years 1 and 9999) of every stretch on which `condition` holds; "" = always.
  std::string stretches(const std::string& condition) const;
  // Events of the days first to last: subject (account or loan number, NULL when none), customer_id,
  // staff_id, day, import_id, line, id (NULL unless asked for) and the amounts (SQL over e). Only rows
  // that count.
  std::string events(const std::string& condition, base::Date first, base::Date last,
                     const std::vector<std::string>& amounts, bool ids, const EventFilter& only = {}) const;
  // SQL over e of a column that is summed.
  static std::string amount(std::string_view feed);
  // "repayments", "repayment_id": table f_repayments and its key, for events.
  std::string event_table() const;
  std::string event_key() const;

 private:
  std::string versions(const std::string& name, const std::string& table, const std::string& key) const;
  std::string states() const;
  std::string with(const std::string& more) const;
  std::string winners(base::Date first, base::Date last, const EventFilter& only) const;
  std::string narrowed(const EventFilter& only) const;
  std::string event_joins() const;
  std::optional<std::string> derived_column(std::string_view feed);
  std::string about_loans(base::Date first, base::Date last) const;

  policy::Fact fact_;
  const attribution::Known& known_;
  bool customers_ = false, accounts_ = false, loans_ = false, states_ = false;
  bool before_ = false;  // a repayment asks for the state of the day before it
  bool overdue_ = false, notices_ = false, limitations_ = false;
};

}  // namespace guanhu::measures
