#include "dmn/layout.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace guanhu::dmn {
namespace {
constexpr int kMargin = 60, kGap = 40, kRowGap = 90;
constexpr size_t kWidest = 9;  // nodes side by side; wider layers are broken into rows

std::pair<int, int> size_of(NodeText::Kind kind) {
  switch (kind) {
    case NodeText::Kind::decision: return {180, 80};
    case NodeText::Kind::knowledge: return {160, 60};
    case NodeText::Kind::source: return {140, 63};
    default: return {160, 50};
  }
}

class Layers {
 public:
  explicit Layers(const Document& document) : document_(document), level_(document.nodes.size(), 0) {
    for (size_t i = 0; i < document.nodes.size(); ++i) index_[document.nodes[i].id] = i;
    required_.resize(document.nodes.size());
    requiring_.resize(document.nodes.size());
    for (size_t i = 0; i < document.nodes.size(); ++i)
      for (const std::string& id : document.nodes[i].requirements)
        if (auto found = index_.find(id); found != index_.end() && drawn(found->second) && drawn(i)) {
          required_[i].push_back(found->second);
          requiring_[found->second].push_back(i);
        }
  }

  bool drawn(size_t node) const { return document_.nodes[node].kind != NodeText::Kind::service; }

  // Rows from the top, each with its nodes from left to right.
  std::vector<std::vector<size_t>> rows() {
    rank();
    int highest = level_.empty() ? 0 : *std::max_element(level_.begin(), level_.end());
    std::vector<std::vector<size_t>> layers(static_cast<size_t>(highest) + 1);
    for (size_t i = 0; i < level_.size(); ++i)
      if (drawn(i)) layers[static_cast<size_t>(highest - level_[i])].push_back(i);
    for (int sweep = 0; sweep < 4; ++sweep) {
      for (size_t l = 1; l < layers.size(); ++l) order(layers[l], requiring_, layers);
      for (size_t l = layers.size() - 1; l-- > 0;) order(layers[l], required_, layers);
    }
    std::vector<std::vector<size_t>> rows;
    for (auto& layer : layers) split(layer, rows);
    return rows;
  }

 private:
  // Decisions as low as their requirements allow; what requires nothing right below its lowest user.
  void rank() {
    for (size_t round = 0; round < level_.size(); ++round) {
      bool moved = false;
      for (size_t i = 0; i < level_.size(); ++i)
        for (size_t below : required_[i])
          if (level_[i] <= level_[below] && level_[below] < static_cast<int>(level_.size()))
            level_[i] = level_[below] + 1, moved = true;
      if (!moved) break;
    }
    for (size_t i = 0; i < level_.size(); ++i) {
      if (!required_[i].empty() || requiring_[i].empty()) continue;
      int lowest = level_[requiring_[i].front()];
      for (size_t user : requiring_[i]) lowest = std::min(lowest, level_[user]);
      level_[i] = lowest - 1;
    }
  }
  // By the mean place of the neighbours, in their layers; nodes without keep their place.
  void order(std::vector<size_t>& layer, const std::vector<std::vector<size_t>>& neighbours,
             const std::vector<std::vector<size_t>>& layers) {
    std::map<size_t, long> place;  // in thousandths of its layer's width
    for (const auto& other : layers)
      for (size_t i = 0; i < other.size(); ++i)
        place[other[i]] = static_cast<long>((2 * i + 1) * 1000 / (2 * other.size()));
    std::map<size_t, long> mean;
    for (size_t node : layer) {
      long sum = 0, count = 0;
      for (size_t other : neighbours[node]) sum += place[other], ++count;
      mean[node] = count ? sum / count : place[node];
    }
    std::stable_sort(layer.begin(), layer.end(), [&](size_t a, size_t b) { return mean[a] < mean[b]; });
  }
  static void split(const std::vector<size_t>& layer, std::vector<std::vector<size_t>>& rows) {
    size_t parts = std::max<size_t>((layer.size() + kWidest - 1) / kWidest, 1), at = 0;
    for (size_t part = 0; part < parts; ++part) {
      size_t count = layer.size() / parts + (part < layer.size() % parts ? 1 : 0);
      rows.emplace_back(layer.begin() + static_cast<std::ptrdiff_t>(at),
                        layer.begin() + static_cast<std::ptrdiff_t>(at + count));
      at += count;
    }
  }

  const Document& document_;
  std::map<std::string, size_t> index_;
  std::vector<std::vector<size_t>> required_, requiring_;
  std::vector<int> level_;
};

void connect(const Document& document, const std::map<size_t, Box>& boxes, Layout& out) {
  std::map<std::string, size_t> index;
  for (size_t i = 0; i < document.nodes.size(); ++i) index[document.nodes[i].id] = i;
  for (const auto& [node, box] : boxes) {
    const auto& requirements = document.nodes[node].requirements;
    // Lines arrive side by side at the lower edge, ordered as they come.
    std::vector<std::pair<int, size_t>> coming;
    for (size_t r = 0; r < requirements.size(); ++r) {
      auto found = index.find(requirements[r]);
      if (found == index.end() || !boxes.count(found->second)) continue;
      const Box& from = boxes.at(found->second);
      coming.emplace_back(from.x + from.width / 2, r);
    }
    std::sort(coming.begin(), coming.end());
    for (size_t i = 0; i < coming.size(); ++i) {
      const Box& from = boxes.at(index.at(requirements[coming[i].second]));
      int to_x = box.x + static_cast<int>((i + 1) * static_cast<size_t>(box.width) / (coming.size() + 1));
      out.lines.push_back({node, coming[i].second, coming[i].first, from.y, to_x, box.y + box.height});
    }
  }
}
}  // namespace

Layout lay_out(const Document& document) {
  auto rows = Layers(document).rows();
  auto width_of = [&](const std::vector<size_t>& row) {
    int width = row.empty() ? 0 : kGap * static_cast<int>(row.size() - 1);
    for (size_t node : row) width += size_of(document.nodes[node].kind).first;
    return width;
  };
  int widest = 0;
  for (const auto& row : rows) widest = std::max(widest, width_of(row));
  Layout out;
  std::map<size_t, Box> boxes;
  int y = kMargin;
  for (const auto& row : rows) {
    int x = kMargin + (widest - width_of(row)) / 2, tallest = 0;
    for (size_t node : row) {
      auto [width, height] = size_of(document.nodes[node].kind);
      out.boxes.push_back({node, x, y, width, height});
      boxes[node] = out.boxes.back();
      x += width + kGap;
      tallest = std::max(tallest, height);
    }
    if (!row.empty()) y += tallest + kRowGap;
  }
  connect(document, boxes, out);
  return out;
}

}  // namespace guanhu::dmn
