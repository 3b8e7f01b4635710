// The warehouse's tables (docs/warehouse-schema.md), made from the contract.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "feed/tables.h"
#include "warehouse/warehouse.h"

namespace guanhu::feed {

// "f_balances".
std::string stored_name(const Table& table);
// The columns of f_NAME in their order: the number (account, loan) first, then the feed's columns, then
// import_id and line, then `changed` for balances.
std::vector<warehouse::Column> stored_columns(const Table& table);

// Makes what is missing; nothing is changed that is there.
void create_schema(warehouse::Warehouse& db);
// Of what the feed brought; what people recorded beside it (recorded_assignments) stays.
void drop_schema(warehouse::Warehouse& db);

// The condition "import i is active now", and a JOIN that brings i in for rows of `alias`.
std::string active_join(std::string_view alias);

}  // namespace guanhu::feed
