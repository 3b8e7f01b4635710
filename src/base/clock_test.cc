#include "base/clock.h"

#include <gtest/gtest.h>

namespace guanhu::base {
namespace {

TEST(Instant, RefusesOtherTexts) {
  for (const char* text : {"", "2025-02-30", "2025-01-01T", "2025-01-01T24:00:00", "2025-01-01T10:60:00",
                           "2025-01-01T10:00", "2025-01-01T10:00:00X", "2025-01-01T10:00:00+8:00",
                           "2025-01-01T10:00:00.", "2025-01-01T10:00:00.1234567", "2025-01-01 10:00:00"})
    EXPECT_FALSE(Instant::parse(text)) << text;
}

TEST(Instant, ReadsZonesAndFractions) {
  EXPECT_EQ(Instant::parse("1970-01-01")->micros, 0);
  EXPECT_EQ(Instant::parse("1970-01-02T00:00:01Z")->micros, 86'401'000'000);
  EXPECT_EQ(*Instant::parse("2025-01-01T08:00:00+08:00"), *Instant::parse("2025-01-01T00:00:00Z"));
  EXPECT_EQ(*Instant::parse("2024-12-31T19:30:00-04:30"), *Instant::parse("2025-01-01"));
  EXPECT_EQ(Instant::parse("1970-01-01T00:00:00.5")->micros, 500'000);
}

TEST(Instant, WritesWhatItReads) {
  for (const char* text : {"2025-12-31T23:59:59Z", "1969-12-31T23:59:59.999999Z", "2025-01-01T00:00:00.000001Z"})
    EXPECT_EQ(Instant::parse(text)->str(), text);
}

TEST(Clock, StandsStillForTests) {
  FixedClock clock(*Instant::parse("2025-01-01"));
  EXPECT_EQ(clock.now(), clock.now());
  clock.set(Instant{5});
  EXPECT_EQ(clock.now().micros, 5);
}

}  // namespace
}  // namespace guanhu::base
