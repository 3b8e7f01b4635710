#include "policy/detail/check_units.h"

#include <algorithm>

namespace guanhu::policy::detail {

namespace {

bool is_ratio(std::string_view word) { return word == "比率" || word == "倍"; }

bool is_piece(std::string_view word) {
  for (std::string_view piece : {"张", "件", "个", "台", "套", "份", "项", "笔", "次", "人", "户", "档", "级"})
    if (word == piece) return true;
  return false;
}

bool is_time(std::string_view word) { return word == "天" || word == "月" || word == "季" || word == "年"; }

// What a number of 元 is multiplied by to be of this unit; 0: it is no money.
int64_t money(const std::string& unit) {
  return unit == "元" ? 1 : unit == "万元" ? 10000 : unit == "亿元" ? 100000000 : 0;
}

}  // namespace

Unit Unit::plain() {
  Unit out;
  out.known_ = true;
  return out;
}

Unit Unit::parse(std::string_view text) {
  if (text.empty()) return {};
  Unit out = plain();
  size_t slash = text.find('/');
  out.add(text.substr(0, slash), 1);
  if (slash != text.npos) out.add(text.substr(slash + 1), -1);
  return out;
}

Unit Unit::of_literal(std::string_view text) {
  Unit out = plain();
  size_t slash = std::min(text.find('/'), text.size());
  for (int power : {1, -1}) {
    std::string_view word = power > 0 ? text.substr(0, slash) : text.substr(std::min(slash + 1, text.size()));
    if (!word.empty() && word != "%") out.add(word == "万元" || word == "亿元" ? "元" : word, power);
  }
  return out;
}

void Unit::add(std::string_view word, int power) {
  if (is_ratio(word) || power == 0) return;
  auto at = std::lower_bound(powers_.begin(), powers_.end(), word,
                             [](const auto& one, std::string_view wanted) { return one.first < wanted; });
  if (at == powers_.end() || at->first != word) {
    powers_.insert(at, {std::string(word), power});
    return;
  }
  at->second += power;
  if (at->second == 0) powers_.erase(at);
}

bool Unit::has(std::string_view word) const {
  return std::any_of(powers_.begin(), powers_.end(), [&](const auto& one) { return one.first == word; });
}

Unit Unit::times(const Unit& other) const {
  if (!known_ || !other.known_) return {};
  Unit out = *this;
  for (const auto& [word, power] : other.powers_) out.add(word, power);
  return out;
}

Unit Unit::over(const Unit& other) const {
  if (!known_ || !other.known_) return {};
  Unit out = *this;
  for (const auto& [word, power] : other.powers_) out.add(word, -power);
  return out;
}

Unit Unit::to_power(int exponent) const {
  if (!known_) return {};
  Unit out = plain();
  for (const auto& [word, power] : powers_) out.add(word, power * exponent);
  return out;
}

Unit Unit::without_percent() const {
  Unit out = *this;
  std::erase_if(out.powers_, [](const auto& one) { return one.first == "%"; });
  return out;
}

std::string Unit::str() const {
  if (!known_) return "";
  std::string above, below;
  for (const auto& [word, power] : powers_) {
    std::string& side = power > 0 ? above : below;
    for (int i = 0; i < std::abs(power); ++i) side += (side.empty() ? "" : "·") + word;
  }
  if (above.empty() && below.empty()) return "比率";
  return (above.empty() ? "1" : above) + (below.empty() ? "" : "/" + below);
}

// So much money for each of so many is money, although the price says 元 and not 元/笔.
Unit Unit::without_counts(const Unit& other) const {
  Unit out = *this;
  if (powers_.size() > 1)
    std::erase_if(out.powers_, [&](const auto& one) {
      return one.second > 0 && (is_piece(one.first) || is_time(one.first)) && !other.has(one.first);
    });
  return out;
}

bool Unit::agree(const Unit& first, const Unit& second) {
  if (!first.known_ || !second.known_ || first == second) return true;
  const Unit a = first.without_counts(second), b = second.without_counts(first);
  if (a == b) return true;
  if (a.is_plain() || b.is_plain()) {
    const Unit& other = a.is_plain() ? b : a;
    return !other.has("元") && !other.has("万元") && !other.has("亿元") && !other.has("%");
  }
  if (a.powers_.size() != b.powers_.size()) return false;
  for (size_t i = 0; i < a.powers_.size(); ++i) {
    const auto& [x, n] = a.powers_[i];
    const auto& [y, m] = b.powers_[i];
    if (n != m || (x != y && !(is_piece(x) && is_piece(y)))) return false;
  }
  return true;
}

std::string Unit::advice(const Unit& a, const Unit& b) {
  const std::string x = a.str(), y = b.str();
  if (int64_t m = money(x), n = money(y); m && n) {
    const std::string &large = m > n ? x : y, &small = m > n ? y : x;
    return large + "的数先乘以 " + std::to_string(std::max(m, n) / std::min(m, n)) + "，化成" + small;
  }
  if (a.has("%") != b.has("%")) return "% 的数先除以 100，化成比率";
  return "两边用同一个单位；要换算的，乘或除以一个带单位的参数(如 元/户)";
}

}  // namespace guanhu::policy::detail
