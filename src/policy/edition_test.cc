// Two contents of one pack and the days they hold.
#include "policy/edition.h"

#include <gtest/gtest.h>

namespace guanhu::policy {
namespace {

Edition edition(const char* name, const char* dates) {
  Edition out = edition_of(dates);
  out.pack = "demo", out.hash = out.name = name;
  return out;
}

TEST(Edition, SharedDaysAreRefusedWithBothNames) {
  const Edition old = edition("旧", "from = 2024-01-01\nto = 2025-06-30");
  auto refused = overlap(old, edition("新", "from = 2025-06-30"));
  ASSERT_TRUE(refused.has_value()) << "the last day is the old one's";
  EXPECT_EQ(refused->code, "policy.pack.overlap");
  EXPECT_EQ(refused->message,
            "制度包“demo”的两版都在 2025-06-30 有效：旧，2024-01-01 至 2025-06-30；新，2025-06-30 起");
  EXPECT_FALSE(overlap(old, edition("新", "from = 2025-07-01")));
  EXPECT_FALSE(overlap(edition("新", "from = 2025-07-01"), old));
  EXPECT_TRUE(overlap(edition("新", "from = 2023-01-01"), old));
  EXPECT_TRUE(overlap(edition("甲", "from = 2023-01-01"), edition("乙", "from = 2030-01-01")));
  EXPECT_FALSE(overlap(old, old)) << "one content is no two";
  Edition other = edition("新", "from = 2024-01-01");
  other.pack = "else";
  EXPECT_FALSE(overlap(old, other));
}

TEST(Edition, WhatCannotBeReadHasNoDates) {
  for (const char* text : {"", "from = ", "from = \"2024-01-01\"", "id = 1"}) {
    Edition out = edition_of(text);
    EXPECT_FALSE(out.from || out.to) << text;
  }
  EXPECT_EQ(edition_of("from = 2024-01-01\n").days(), "2024-01-01 起");
}

}  // namespace
}  // namespace guanhu::policy
