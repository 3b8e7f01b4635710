// Keeps the statements used last, by their SQL text.
#pragma once
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace guanhu::store::detail {

template <class Statement>
class StatementCache {
 public:
  static constexpr size_t kKept = 256;

  // The statement of this text, now the most recent, or nullptr.
  Statement* find(std::string_view sql) {
    auto found = by_text_.find(sql);
    if (found == by_text_.end()) return nullptr;
    recent_.splice(recent_.begin(), recent_, found->second);
    return &found->second->second;
  }

  Statement& add(std::string_view sql, Statement statement) {
    recent_.emplace_front(std::string(sql), std::move(statement));
    by_text_.emplace(recent_.front().first, recent_.begin());
    return recent_.front().second;
  }

  // Takes out the statement used longest ago while there are too many.
  template <class Drop>
  void trim(const Drop& drop) {
    while (recent_.size() > kKept) {
      by_text_.erase(recent_.back().first);
      drop(recent_.back().second);
      recent_.pop_back();
    }
  }

  void clear() {
    by_text_.clear();
    recent_.clear();
  }

 private:
  std::list<std::pair<std::string, Statement>> recent_;
  // Views into `recent_`, whose nodes do not move.
  std::unordered_map<std::string_view, typename std::list<std::pair<std::string, Statement>>::iterator> by_text_;
};

}  // namespace guanhu::store::detail
