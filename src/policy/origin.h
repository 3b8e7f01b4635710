// Where an element of a pack stands and what it obeys.
#pragma once
#include <string>
#include <vector>

namespace guanhu::policy {

struct Origin {
  std::string document;              // "policies/sample/经营业绩.md": path as loaded
  int line = 0;                      // first line of the block (1-based)
  std::string article;               // "第十一条(二)4": from the block, else from the nearest heading
  std::vector<std::string> heading;  // the headings above it, outermost first
  std::string text;                  // the article restated: the prose between that heading and the block
  std::string locator;               // where the original stands: the document's source line
  std::vector<std::string> rules;    // "KPI-313"
};

}  // namespace guanhu::policy
