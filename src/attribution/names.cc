#include "attribution/names.h"

#include <algorithm>
#include <numeric>

namespace guanhu::attribution {

uint32_t Names::number(std::string_view id) {
  if (id.empty()) return 0;
  auto found = numbers_.find(id);
  if (found != numbers_.end()) return found->second;
  auto n = static_cast<uint32_t>(names_.size());
  names_.emplace_back(id);
  numbers_.emplace(std::string(id), n);
  return n;
}

uint32_t Names::find(std::string_view id) const {
  auto found = numbers_.find(id);
  return found == numbers_.end() ? 0 : found->second;
}

std::vector<uint32_t> Names::sort() {
  std::vector<uint32_t> order(names_.size()), to(names_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin() + 1, order.end(), [&](uint32_t a, uint32_t b) { return names_[a] < names_[b]; });
  std::vector<std::string> sorted(names_.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    to[order[i]] = i;
    sorted[i] = std::move(names_[order[i]]);
  }
  names_ = std::move(sorted);
  for (auto& [id, n] : numbers_) n = to[n];
  return to;
}

}  // namespace guanhu::attribution
