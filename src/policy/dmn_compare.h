// What somebody changed in an exported decision model: tables that may be taken over, and everything else
// that may not. Inside of the exchange with decision models only.
#pragma once
#include <string>
#include <vector>

#include "base/error.h"
#include "dmn/document.h"

namespace guanhu::policy {

struct TableChange {
  std::string node, table;  // ids in the model as it was exported
  const dmn::TableText* before;
  const dmn::TableText* after;
  int line = 0;
};

struct DmnComparison {
  std::vector<TableChange> tables;
  std::vector<base::Error> errors;  // changes that a document cannot take over; where is "file:line"
};

DmnComparison compare(const dmn::Document& exported, const dmn::Document& edited, const std::string& file);

// White space of any length counts as one blank.
std::string normal(const std::string& text);
// For every rule of `after` the rule of `before` it was, or -1: by its id, else by its content.
std::vector<int> match_rules(const dmn::TableText& before, const dmn::TableText& after);

}  // namespace guanhu::policy
