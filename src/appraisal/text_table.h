// Tables for the terminal: Chinese characters take two columns; numbers stand right.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace guanhu::appraisal {

class TextTable {
 public:
  void head(std::vector<std::string> cells) { head_ = std::move(cells); }
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string str() const;

 private:
  std::vector<std::string> head_;
  std::vector<std::vector<std::string>> rows_;
};

// Terminal columns a UTF-8 text takes.
size_t width_of(std::string_view text);
// "1,234,567.80": thousands separated, exactly `decimals` places (the value must not have more).
std::string grouped(const base::Decimal& value, int decimals);

}  // namespace guanhu::appraisal
