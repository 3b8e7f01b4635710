#include "workbench/draw.h"

#include <algorithm>

#include "base/digest.h"

namespace guanhu::workbench {

std::vector<size_t> draw_order(const std::string& seed, const std::vector<std::string>& keys) {
  std::vector<std::pair<std::string, size_t>> order;
  for (size_t i = 0; i < keys.size(); ++i) order.emplace_back(base::sha256_hex(seed + "|" + keys[i]), i);
  std::sort(order.begin(), order.end());
  std::vector<size_t> out;
  for (const auto& [digest, place] : order) out.push_back(place);
  return out;
}

}  // namespace guanhu::workbench
