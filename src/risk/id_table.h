// Ids to numbers, for millions of them: one arena of text, one array of slots. Numbers are given by the caller's
// order of adding, or by itself for names nobody numbered.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace guanhu::risk {

class IdTable {
 public:
  explicit IdTable(size_t expected = 0);
  // The id's number: the one it has, or the next one.
  uint32_t number(std::string_view id);
  std::optional<uint32_t> find(std::string_view id) const;
  // The id of a number that was given; the view ends with the next number().
  std::string_view operator[](uint32_t number) const {
    return {text_.data() + offset_[number], offset_[number + 1] - offset_[number]};
  }
  size_t size() const { return offset_.size() - 1; }

 private:
  size_t slot_of(std::string_view id, uint64_t hash) const;
  void grow();

  std::vector<char> text_;
  std::vector<uint64_t> offset_{0};
  std::vector<uint32_t> slots_;  // number + 1; 0: free. A power of two, at most half full
  std::vector<uint32_t> tags_;   // upper half of the hash, beside each slot
};

}  // namespace guanhu::risk
