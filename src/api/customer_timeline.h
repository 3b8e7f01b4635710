// Everything that happened with a customer, from the extracts: accounts and loans opened, settled, overdue, put
// into another class; managers; data; products. What people wrote is added by the handler.
#pragma once
#include <string>
#include <vector>

#include "api/customer_facts.h"
#include "base/json.h"

namespace guanhu::api {

struct CustomerEvent {
  std::string day;    // "2025-12-31"
  std::string at;     // a moment where one is known, "" else
  std::string group;  // account, loan, manager, data, product, visit, task, card, record
  std::string what;   // "loan.overdue": the client has words for it
  std::vector<std::pair<std::string, std::string>> values;  // what the words name
  std::string link;                                         // page of the client, "" none
  int64_t record = 0;
};
base::Json to_json(const CustomerEvent& event);

// Of the extracts, for all numbers that are one customer; `whole` is what CustomerReader::whole() gave.
std::vector<CustomerEvent> extract_events(warehouse::Warehouse& db, const people::Directory& directory,
                                          const store::PersonalKey& key, const std::vector<std::string>& members,
                                          const base::Json& whole);
// Newest first; of one day the later moment first.
void sort_events(std::vector<CustomerEvent>& events);

}  // namespace guanhu::api
