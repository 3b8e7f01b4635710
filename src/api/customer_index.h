// Every customer of the bank in memory, as a list shows them: for search as one types, and for lists of any
// order over a million customers. Built when facts are loaded; read by many threads.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "warehouse/warehouse.h"

namespace guanhu::api {

class CustomerIndex {
 public:
  struct Customer {
    std::string_view id, name, initials, kind, org;
    bool farmer = false;
    int32_t opened = INT32_MIN;                      // days since 1970; INT32_MIN: unknown
    base::Fen deposits = 0, loans = 0, overdue = 0;  // overdue: principal
  };

  // The customers as last described, with their balances at the end of `day`.
  static std::shared_ptr<const CustomerIndex> load(warehouse::Warehouse& db, base::Date day);

  size_t size() const { return rows_.size(); }
  Customer at(size_t n) const;             // in the order of ids
  size_t find(std::string_view id) const;  // size() when there is none
  // The customer of an account or loan; size() when there is none.
  size_t owner_of(std::string_view account_or_loan) const;
  // Accounts and loans whose number begins so, at most `limit`: number and customer.
  std::vector<std::pair<std::string_view, size_t>> beginning(std::string_view number, size_t limit) const;

 private:
  struct Row {
    uint64_t at = 0;  // in text_
    uint32_t org = 0;
    int32_t opened = INT32_MIN;
    uint16_t id = 0, name = 0, initials = 0;  // lengths
    uint8_t kind = 0;
    bool farmer = false;
    base::Fen deposits = 0, loans = 0, overdue = 0;
  };
  struct Number {
    uint64_t at = 0;
    uint32_t customer = 0;
    uint16_t length = 0;
  };
  std::string_view number(const Number& n) const { return std::string_view(text_).substr(n.at, n.length); }
  void read_customers(warehouse::Warehouse& db);
  void read_balances(warehouse::Warehouse& db, base::Date day, bool loans);

  std::string text_;  // of all rows: id, name, initials' codes
  std::vector<std::string> kinds_, orgs_;
  std::vector<Row> rows_;
  std::vector<Number> numbers_;  // accounts and loans, sorted
};

}  // namespace guanhu::api
