// What people wrote into tables of their own (disputes, to-dos they gave, reasons of decisions, ...), found by its
// words as records are. Figures, rows of the feed and what the program wrote by itself are not people's writing.
#pragma once
#include <string>
#include <vector>

#include "api/desk.h"

namespace guanhu::api {

struct WrittenRow {
  records::Record of;  // kind, id, owner, org, customer, title, day, who and when
  std::string kind_title;
  std::string page;  // of the client
  std::string text;  // where the words were looked for
};
// Rows that hold every word of the query and that the asker may see, newest first within each kind; at most
// `limit`. `only`: of this kind; "": of every one.
std::vector<WrittenRow> find_in_tables(Desk& desk, const std::string& query, const std::string& only,
                                       size_t limit);
// The kinds with their titles, in their order.
std::vector<std::pair<std::string, std::string>> table_kinds();
// The words of a query that stand between blanks and punctuation, small letters, narrow figures.
std::vector<std::string> words_asked(const std::string& query);

}  // namespace guanhu::api
