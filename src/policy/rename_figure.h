// Another name for a figure (measure, indicator, peer figure, score): its own block and whatever names it in the
// blocks of the document. Formulas are followed word by word (a longer name that holds the old one, and texts in
// quotes, stay), lists by whole entries; titles, notes and prose are for people and stay as they are written.
#pragma once
#include <string>

namespace guanhu::policy {

struct FigureRenamed {
  std::string document;
  size_t blocks = 0;    // that were given the new name
  size_t mentions = 0;  // in other blocks, or in its own
};
FigureRenamed with_figure_renamed(const std::string& document, const std::string& from, const std::string& to);

}  // namespace guanhu::policy
