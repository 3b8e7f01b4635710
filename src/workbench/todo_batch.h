// Many rows with few statements: what makes a night run quick on both engines.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "store/store.h"

namespace guanhu::workbench {

class Batch {
 public:
  // `head`: "INSERT INTO t (a, b) VALUES"; `columns`: how many; `tail`: behind the rows.
  Batch(store::Session& session, std::string head, size_t columns, std::string tail = "")
      : session_(session), head_(std::move(head)), columns_(columns), tail_(std::move(tail)) {}
  void add(std::vector<store::Value> row) {
    for (auto& value : row) values_.push_back(std::move(value));
    if (values_.size() >= kRows * columns_) flush();
  }
  void flush() {
    if (values_.empty()) return;
    const size_t rows = values_.size() / columns_;
    if (rows != made_for_) {
      std::string one = "(";
      for (size_t i = 0; i < columns_; ++i) one += i ? ", ?" : "?";
      one += ")";
      sql_ = head_;
      for (size_t i = 0; i < rows; ++i) sql_ += (i ? ", " : " ") + one;
      sql_ += tail_;
      made_for_ = rows;
    }
    changed_ += session_.exec(sql_, values_);
    values_.clear();
  }
  int64_t changed() const { return changed_; }  // rows that were written, after flush()

 private:
  static constexpr size_t kRows = 64;
  store::Session& session_;
  std::string head_;
  size_t columns_;
  std::string tail_, sql_;
  size_t made_for_ = 0;
  std::vector<store::Value> values_;
  int64_t changed_ = 0;
};

// Statements over many numbers: `sql` ends with "IN" and gets "(1, 2, 3)" behind it.
inline void for_ids(const std::vector<int64_t>& ids, const std::function<void(const std::string& list)>& take) {
  for (size_t at = 0; at < ids.size(); at += 500) {
    std::string list = "(";
    for (size_t i = at; i < std::min(ids.size(), at + 500); ++i)
      list += (i > at ? "," : "") + std::to_string(ids[i]);
    take(list + ")");
  }
}

}  // namespace guanhu::workbench
