#include "feed/keys.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace guanhu::feed {
namespace {

TEST(KeyIndex, NumbersInOrderOfFirstAppearance) {
  KeyIndex keys;
  EXPECT_EQ(keys.find("A"), KeyIndex::kNone);
  EXPECT_EQ(keys.insert("A"), 0u);
  EXPECT_EQ(keys.insert(""), 1u);
  EXPECT_EQ(keys.insert("户"), 2u);
  EXPECT_EQ(keys.insert("A"), 0u);
  EXPECT_EQ(keys.find("户"), 2u);
  EXPECT_EQ(keys.id(1), "");
  EXPECT_EQ(keys.id(2), "户");
}

TEST(KeyIndex, AWrongHintDoesNoHarm) {
  KeyIndex keys;
  EXPECT_EQ(keys.insert("A", 5), 0u);
  EXPECT_EQ(keys.insert("B", 0), 1u);
  EXPECT_EQ(keys.insert("B", 1), 1u);
  EXPECT_EQ(keys.insert("A", 1), 0u);
}

TEST(KeyIndex, TakesBackTheNewest) {
  KeyIndex keys;
  for (int i = 0; i < 1000; ++i) keys.insert("A" + std::to_string(i));
  keys.truncate(300);
  EXPECT_EQ(keys.size(), 300u);
  for (int i = 0; i < 1000; ++i)
    EXPECT_EQ(keys.find("A" + std::to_string(i)), i < 300 ? static_cast<uint32_t>(i) : KeyIndex::kNone);
  EXPECT_EQ(keys.insert("A999"), 300u);
  EXPECT_EQ(keys.insert("A300"), 301u);
}

TEST(SeenRows, BehavesLikeAMap) {
  SeenRows seen;
  std::map<uint64_t, uint64_t> want;
  std::mt19937 random(7);
  for (int i = 0; i < 20000; ++i) {
    uint64_t key = (random() % 3000) << 1 | 1;
    if (random() % 3 == 0) {
      seen.size() ? seen.remove(key) : void();
      want.erase(key);
    } else {
      auto before = seen.put(key, static_cast<uint32_t>(i), i);
      EXPECT_EQ(before.has_value(), want.count(key) == 1);
      want[key] = static_cast<uint64_t>(i);
    }
    ASSERT_EQ(seen.size(), want.size());
  }
  for (uint64_t k = 0; k < 3000; ++k) {
    const auto* entry = seen.find(k << 1 | 1);
    ASSERT_EQ(entry != nullptr, want.count(k << 1 | 1) == 1);
    if (entry) EXPECT_EQ(entry->content, want[k << 1 | 1]);
  }
}

}  // namespace
}  // namespace guanhu::feed
