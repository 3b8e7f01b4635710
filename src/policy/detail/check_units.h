// The algebra of units: what is multiplied, divided, added and compared.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guanhu::policy::detail {

// A product of powers of the words a pack may use: 元, 元·户⁻¹, nothing (a plain ratio: 比率, 倍). Unknown:
// nobody said which, it fits everything.
class Unit {
 public:
  Unit() = default;                          // unknown
  static Unit parse(std::string_view text);  // "元/户"; "" is unknown
  static Unit plain();
  // Of a number in a formula: "万元", "%/年". Money there counts in 元, a per cent as a plain ratio.
  static Unit of_literal(std::string_view text);
  bool known() const { return known_; }
  bool is_plain() const { return known_ && powers_.empty(); }
  bool has(std::string_view word) const;
  Unit times(const Unit& other) const;
  Unit over(const Unit& other) const;
  Unit to_power(int exponent) const;
  // Without the per cent, whose number was divided by 100.
  Unit without_percent() const;
  std::string str() const;  // "元/户", "比率"; "" when unknown

  // Whether they may be added and compared. Where packs speak loosely nothing is found wrong: pieces
  // (件 and 份), and a ratio that counts something (每满五万元: 元 / 元 is a number of 档 or 分).
  static bool agree(const Unit& a, const Unit& b);
  // How to mend it when they do not: "万元要先乘以 10000".
  static std::string advice(const Unit& a, const Unit& b);
  friend bool operator==(const Unit&, const Unit&) = default;

 private:
  void add(std::string_view word, int power);
  Unit without_counts(const Unit& other) const;
  bool known_ = false;
  std::vector<std::pair<std::string, int>> powers_;  // in order of the words, no power is 0
};

}  // namespace guanhu::policy::detail
