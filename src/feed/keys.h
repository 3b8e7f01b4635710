// Hash tables of the import: ids to numbers, and what was last said under a key. Both can take entries
// back, for a date that is refused after all.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace guanhu::feed {

uint64_t hash_bytes(std::string_view bytes, uint64_t seed = 0);

// Text ids numbered 0, 1, 2, ... in the order in which they came.
class KeyIndex {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  uint32_t find(std::string_view id) const;
  // The id's number; a new one when it was not there. `hint` is tried first: feeds name accounts in
  // nearly the same order every day.
  uint32_t insert(std::string_view id, uint32_t hint = kNone);
  uint32_t size() const { return static_cast<uint32_t>(ends_.size()); }
  std::string_view id(uint32_t number) const;
  // Forgets the newest until `size` are left.
  void truncate(uint32_t size);

  template <class Visit>
  void each_part(Visit visit) {
    visit(heap_);
    visit(ends_);
    visit(slots_);
  }

 private:
  struct Slot {
    uint32_t tag = 0;
    uint32_t number = kNone;
  };
  size_t slot_of(std::string_view id, uint64_t hash) const;
  void grow();

  std::vector<char> heap_;
  std::vector<uint64_t> ends_;
  std::vector<Slot> slots_;
};

// Which content a key had last, by hashes, and of which business date (days).
class SeenRows {
 public:
  struct Entry {
    uint64_t key = 0;      // 0: free
    uint32_t content = 0;  // enough to count unchanged rows by
    int32_t business_date = 0;
  };

  const Entry* find(uint64_t key) const;
  bool has(uint64_t key) const { return find(key) != nullptr; }
  // Sets the entry; gives back what was there.
  std::optional<Entry> put(uint64_t key, uint32_t content, int32_t business_date);
  void remove(uint64_t key);
  size_t size() const { return used_.empty() ? 0 : used_[0]; }

  template <class Visit>
  void each_part(Visit visit) {
    visit(slots_);
    visit(used_);
  }

 private:
  size_t home(uint64_t key) const { return (key * 0x9E3779B97F4A7C15ULL) >> 20 & (slots_.size() - 1); }
  size_t slot_of(uint64_t key) const;
  void grow();
  std::vector<Entry> slots_;
  std::vector<uint64_t> used_;  // one number; a vector so that it is kept with the others
};

}  // namespace guanhu::feed
