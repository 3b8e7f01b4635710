// Where the elements of a diagram lie. Inside of dmn only.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "dmn/document.h"

namespace guanhu::dmn {

struct Box {
  size_t node;  // in the document
  int x, y, width, height;
};
struct Line {
  size_t node, requirement;  // of the node: index in its requirements
  int from_x, from_y, to_x, to_y;
};
struct Layout {
  std::vector<Box> boxes;
  std::vector<Line> lines;
};

// In layers, the requirements of a node always in lower ones; every layer is ordered so that few lines
// cross. Decision services are not drawn: their decisions are.
Layout lay_out(const Document& document);

}  // namespace guanhu::dmn
