// Statements over the extracts that several sources of reports stand on. Each is a subquery in brackets.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/query_desk.h"

namespace guanhu::api::query_sql {

std::string on(base::Date day);  // "DATE '2025-12-31'"
// Of each account or loan the state in force at the end of the day, with `columns` of the table "f".
std::string states(bool loans, const std::string& columns, base::Date day);
// Who serves each subject of the kind at the end of the day: the main one, of several the one with most of it.
std::string mains(const std::string& kind, base::Date day);
// As they are known on the latest date, with src_date and src_line of the row.
std::string customers();
// Each customer's first loan up to the day and what became of the access of one who never borrowed; `within`: a
// condition on c.customer_id, " AND …".
std::string first_loans(QueryDesk& at, base::Date day, const std::string& within);

// Row and customer of a thing of the feed, for its links: the file's date, name and line.
std::vector<std::pair<std::string, std::string>> beside_of(const std::string& alias);
std::vector<std::string> beside_names();

// The day a spec asks for, before it has been read in full.
base::Date asked_day(const QueryDesk& desk, const base::Json& spec);
base::Date year_start(base::Date day);   // the last day of the year before
base::Date month_start(base::Date day);  // the last day of the month before

// A source whose rows are made by `rows` when the question is asked; cells in the order of its columns, then those
// beside.
using RowsOf = std::function<std::vector<std::vector<MemoryCell>>(QueryDesk&, const workbench::QuerySpec&)>;
OpenSource kept_source(workbench::QuerySource source,
                       std::vector<std::pair<std::string, workbench::QueryType>> beside, const std::string& name,
                       RowsOf rows);
MemoryCell text_cell(const std::string& text);                       // "" nothing
MemoryCell day_cell(const std::optional<base::Date>& day);           // days since 1970
MemoryCell decimal_cell(const std::optional<base::Decimal>& value);  // millionths, rounded half up

base::Json yuan(base::Fen fen);
// A ratio of an answer as a percentage in millionths; nothing where the rule says that there is none.
MemoryCell percent_cell(const base::Json& of, const char* name);

// One decision of a pack asked many times; what the pack refuses, or a pack that is not there, gives no values.
class Asked {
 public:
  Asked(QueryDesk& desk, const char* pack, base::Date day);
  base::Json ask(const char* decision, const base::Json& input) const;

 private:
  base::Date day_;
  std::shared_ptr<const policy::Pack> pack_;
};

}  // namespace guanhu::api::query_sql
