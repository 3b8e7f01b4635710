#include "dmn/document.h"

namespace guanhu::dmn {

const std::string* NodeText::extension(const std::string& key) const {
  for (const auto& [own, value] : extensions)
    if (own == key) return &value;
  return nullptr;
}

const NodeText* Document::node(const std::string& wanted) const {
  for (const NodeText& one : nodes)
    if (one.id == wanted) return &one;
  return nullptr;
}

}  // namespace guanhu::dmn
