// A document of a pack as it is read: its headings, what stands below each, its blocks where they lie. Whatever
// the blocks mean, and whether they are sound, is load.h's business: a document that is being edited has an
// outline too.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace guanhu::policy {

struct OutlineBlock {
  std::string kind, name;      // "decision", "payment-mode"
  int line = 0, end_line = 0;  // of its fences, from 1; a block that is not closed ends with the document
  std::string source;          // between the fences, every line ended
  std::string text;            // the prose right above it, where other blocks stand above that; else ""
};

struct OutlineArticle {
  std::string article;  // "第三章四(二)": of this heading, else of the one above
  std::string title;    // the heading without the number
  std::string heading;  // as it is written
  int level = 0;        // 1 for "#"; 0: what stands before the first heading
  int parent = -1;      // index of the article that holds it, -1 none
  int line = 0, end_line = 0;
  std::string locator;  // "来源": of this heading, else of the one above
  std::string text;     // a line for each paragraph, up to the first block
  std::vector<OutlineBlock> blocks;
  std::string rest;  // the prose behind the last block
  bool bare() const { return blocks.empty() && text.empty() && rest.empty(); }
};

// In the order of the document.
std::vector<OutlineArticle> outline(std::string_view document);

}  // namespace guanhu::policy
