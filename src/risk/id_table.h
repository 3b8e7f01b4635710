// Ids to numbers, for millions of them: one arena of text, one array of slots. Numbers are given by the caller's
// order of adding, or by itself for names nobody numbered.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace guanhu::risk {

class IdTable {
 public:
  explicit IdTable(size_t expected = 0);
  // The id's number: the one it has, or the next one.
  uint32_t number(std::string_view id);
  std::optional<uint32_t> find(std::string_view id) const;
  // The same for many at once (kNone: unknown), several times as fast where the table is larger than the caches:
  // what all of a block need is fetched from memory before any of it is used.
  static constexpr uint32_t kNone = UINT32_MAX;
  void find_all(std::span<const std::string_view> ids, std::span<uint32_t> numbers) const;
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
  struct Slot {
    uint32_t number = 0;  // + 1; 0: free
    uint32_t tag = 0;     // upper half of the hash
  };
  std::vector<Slot> slots_;  // a power of two, at most half full
};

}  // namespace guanhu::risk
