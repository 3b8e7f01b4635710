#include "risk/id_table.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace guanhu::risk {

namespace {

constexpr size_t kSmallest = 1024;

// Eight bytes at a time; ids are short and mostly digits.
uint64_t hash_of(std::string_view id) {
  uint64_t h = 0x9E3779B97F4A7C15ULL ^ id.size();
  const char* at = id.data();
  size_t left = id.size();
  auto mix = [&](uint64_t word) {
    h = (h ^ word) * 0xD6E8FEB86659FD93ULL;
    h ^= h >> 32;
  };
  for (; left >= 8; at += 8, left -= 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    mix(word);
  }
  uint64_t word = 0;
  if (left) std::memcpy(&word, at, left);
  mix(word);
  h *= 0xD6E8FEB86659FD93ULL;
  return h ^ (h >> 29);
}

constexpr size_t kBlock = 64;  // ids whose memory is on its way at the same time

}  // namespace

IdTable::IdTable(size_t expected) {
  slots_.assign(std::bit_ceil(std::max(kSmallest, expected * 2)), {});
  offset_.reserve(expected + 1);
}

size_t IdTable::slot_of(std::string_view id, uint64_t hash) const {
  size_t mask = slots_.size() - 1, slot = hash & mask;
  auto tag = static_cast<uint32_t>(hash >> 32);
  while (slots_[slot].number && (slots_[slot].tag != tag || (*this)[slots_[slot].number - 1] != id))
    slot = (slot + 1) & mask;
  return slot;
}

std::optional<uint32_t> IdTable::find(std::string_view id) const {
  uint32_t found = slots_[slot_of(id, hash_of(id))].number;
  return found ? std::optional(found - 1) : std::nullopt;
}

void IdTable::find_all(std::span<const std::string_view> ids, std::span<uint32_t> numbers) const {
  const size_t mask = slots_.size() - 1;
  uint64_t hashes[kBlock];
  for (size_t from = 0; from < ids.size(); from += kBlock) {
    const size_t count = std::min(kBlock, ids.size() - from);
    for (size_t i = 0; i < count; ++i) {
      hashes[i] = hash_of(ids[from + i]);
      __builtin_prefetch(&slots_[hashes[i] & mask]);
    }
    // Nearly always the first slot is the right one; where it is not, slot_of() goes on from there.
    for (size_t i = 0; i < count; ++i)
      if (uint32_t n = slots_[hashes[i] & mask].number) __builtin_prefetch(&offset_[n - 1]);
    for (size_t i = 0; i < count; ++i)
      if (uint32_t n = slots_[hashes[i] & mask].number) __builtin_prefetch(text_.data() + offset_[n - 1]);
    for (size_t i = 0; i < count; ++i) {
      const uint32_t found = slots_[slot_of(ids[from + i], hashes[i])].number;
      numbers[from + i] = found ? found - 1 : kNone;
    }
  }
}

uint32_t IdTable::number(std::string_view id) {
  uint64_t hash = hash_of(id);
  size_t slot = slot_of(id, hash);
  if (slots_[slot].number) return slots_[slot].number - 1;
  auto number = static_cast<uint32_t>(size());
  text_.insert(text_.end(), id.begin(), id.end());
  offset_.push_back(text_.size());
  slots_[slot] = {number + 1, static_cast<uint32_t>(hash >> 32)};
  if (size() * 2 > slots_.size()) grow();
  return number;
}

void IdTable::grow() {
  const size_t slots = slots_.size() * 2;
  slots_.assign(slots, {});
  for (uint32_t n = 0; n < size(); ++n) {
    uint64_t hash = hash_of((*this)[n]);
    size_t slot = hash & (slots - 1);
    while (slots_[slot].number) slot = (slot + 1) & (slots - 1);
    slots_[slot] = {n + 1, static_cast<uint32_t>(hash >> 32)};
  }
}

}  // namespace guanhu::risk
