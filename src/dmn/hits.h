// Which rules of which decision table stood behind an evaluation: what an answer cites.
#pragma once
#include <string>
#include <vector>

namespace guanhu::dmn {

struct TableHit {
  std::string where;             // of the table: "lending.dmn:31, decision 'Grade'"
  std::vector<size_t> rules;     // that matched, from 0, ascending; the first alone with FIRST; none: the default
  std::vector<std::string> ids;  // of these rules, as the file has them; may be empty
};

}  // namespace guanhu::dmn
