#include "feed/keys.h"

#include <algorithm>
#include <cstring>

namespace guanhu::feed {
namespace {

constexpr uint64_t kA = 0x9E3779B97F4A7C15ULL, kB = 0xD6E8FEB86659FD93ULL;

uint64_t mix(uint64_t a, uint64_t b) {
  unsigned __int128 product = static_cast<unsigned __int128>(a ^ kA) * (b ^ kB);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t eight(const char* p) {
  uint64_t v;
  std::memcpy(&v, p, 8);
  return v;
}

}  // namespace

uint64_t hash_bytes(std::string_view bytes, uint64_t seed) {
  uint64_t h = mix(seed, bytes.size() + 1);
  const char* p = bytes.data();
  size_t n = bytes.size();
  for (; n >= 8; p += 8, n -= 8) h = mix(h, eight(p));
  if (n > 0) {
    char tail[8] = {};
    std::memcpy(tail, p, n);
    h = mix(h, eight(tail));
  }
  return mix(h, kA);
}

std::string_view KeyIndex::id(uint32_t number) const {
  uint64_t from = number == 0 ? 0 : ends_[number - 1];
  return {heap_.data() + from, ends_[number] - from};
}

// The slot that holds the id, or the free one where it belongs.
size_t KeyIndex::slot_of(std::string_view key, uint64_t hash) const {
  size_t mask = slots_.size() - 1;
  auto tag = static_cast<uint32_t>(hash >> 32);
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    if (slots_[i].number == kNone) return i;
    if (slots_[i].tag == tag && id(slots_[i].number) == key) return i;
  }
}

uint32_t KeyIndex::find(std::string_view key) const {
  if (slots_.empty()) return kNone;
  return slots_[slot_of(key, hash_bytes(key))].number;
}

uint32_t KeyIndex::insert(std::string_view key, uint32_t hint) {
  if (hint < size() && id(hint) == key) return hint;
  if (size() * size_t{10} >= slots_.size() * 7) grow();
  uint64_t hash = hash_bytes(key);
  Slot& slot = slots_[slot_of(key, hash)];
  if (slot.number != kNone) return slot.number;
  slot = {static_cast<uint32_t>(hash >> 32), size()};
  heap_.insert(heap_.end(), key.begin(), key.end());
  ends_.push_back(heap_.size());
  return slot.number;
}

void KeyIndex::grow() {
  slots_.assign(std::max<size_t>(64, slots_.size() * 2), Slot{});
  for (uint32_t n = 0; n < size(); ++n) {
    uint64_t hash = hash_bytes(id(n));
    slots_[slot_of(id(n), hash)] = {static_cast<uint32_t>(hash >> 32), n};
  }
}

// With linear probing the newest entry can go without a trace: no other was placed because of it.
void KeyIndex::truncate(uint32_t wanted) {
  while (size() > wanted) {
    uint32_t last = size() - 1;
    slots_[slot_of(id(last), hash_bytes(id(last)))] = Slot{};
    ends_.pop_back();
    heap_.resize(ends_.empty() ? 0 : ends_.back());
  }
}

size_t SeenRows::slot_of(uint64_t key) const {
  size_t mask = slots_.size() - 1;
  size_t i = home(key);
  while (slots_[i].key != 0 && slots_[i].key != key) i = (i + 1) & mask;
  return i;
}

const SeenRows::Entry* SeenRows::find(uint64_t key) const {
  if (slots_.empty()) return nullptr;
  const Entry& entry = slots_[slot_of(key | 1)];
  return entry.key == 0 ? nullptr : &entry;
}

std::optional<SeenRows::Entry> SeenRows::put(uint64_t key, uint32_t content, int32_t business_date) {
  if (used_.empty()) used_.push_back(0);
  if (used_[0] * 10 >= slots_.size() * 7) grow();
  Entry& entry = slots_[slot_of(key | 1)];
  std::optional<Entry> before;
  if (entry.key != 0) before = entry;
  if (!before) ++used_[0];
  entry = {key | 1, content, business_date};
  return before;
}

// Entries behind the gap that were placed because of it move up.
void SeenRows::remove(uint64_t key) {
  size_t mask = slots_.size() - 1, gap = slot_of(key | 1);
  if (slots_[gap].key == 0) return;
  --used_[0];
  for (size_t i = (gap + 1) & mask; slots_[i].key != 0; i = (i + 1) & mask) {
    if (((i - home(slots_[i].key)) & mask) < ((i - gap) & mask)) continue;
    slots_[gap] = slots_[i];
    gap = i;
  }
  slots_[gap] = Entry{};
}

void SeenRows::grow() {
  std::vector<Entry> old(std::max<size_t>(64, slots_.size() * 2));
  old.swap(slots_);
  for (const Entry& entry : old)
    if (entry.key != 0) slots_[slot_of(entry.key)] = entry;
}

}  // namespace guanhu::feed
