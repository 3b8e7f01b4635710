// Who serves what on a day, now: the feed's assignments and what was recorded, as shares of the whole.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "attribution/register.h"
#include "warehouse/warehouse.h"

namespace guanhu::attribution {

using HoldersOf = std::map<std::pair<std::string, std::string>, std::vector<ManagerShare>>;  // by kind, id
// Of the subjects' own assignments in force on the day, main first; parts of 1/10,000 by largest remainder.
// Subjects without any are not there. `where`: SQL over f on subject_kind, subject_id (holdings_sql).
HoldersOf holders_on(warehouse::Warehouse& db, base::Date day, const std::string& where);

// Made to add up to the whole with exactly one main: what nobody held goes to the main, what is over is scaled
// down; without a main the largest is; of several mains the largest stays one.
std::vector<ManagerShare> made_whole(std::vector<ManagerShare> managers);
// `giver`'s part (and role) goes to `taker`, who may hold a part already; then made whole.
std::vector<ManagerShare> passed_on(std::vector<ManagerShare> managers, const std::string& giver,
                                    const std::string& taker);

// 'it''s': a text as an SQL literal.
std::string sql_literal(const std::string& text);

}  // namespace guanhu::attribution
