#include "base/period.h"

#include <gtest/gtest.h>

namespace guanhu::base {
namespace {

TEST(Period, RefusesOtherTexts) {
  for (const char* text : {"", "25", "2025H0", "2025H3", "2025Q0", "2025Q5", "2025-13", "2025-00", "2025-1",
                           "2025h1", "2025-123", "0999", "9999", "2025-Q1", "2025Q", "20x5"})
    EXPECT_FALSE(Period::parse(text)) << text;
}

struct Row {
  const char *text, *first, *last;
  int days;
  const char *previous, *year_before;
};

class PeriodTable : public testing::TestWithParam<Row> {};

TEST_P(PeriodTable, HasItsDaysAndNeighbours) {
  const Row& r = GetParam();
  auto p = Period::parse(r.text);
  ASSERT_TRUE(p);
  EXPECT_EQ(p->str(), r.text);
  EXPECT_EQ(p->first().str(), r.first);
  EXPECT_EQ(p->last().str(), r.last);
  EXPECT_EQ(p->days(), r.days);
  EXPECT_EQ(p->previous().str(), r.previous);
  EXPECT_EQ(p->year_before().str(), r.year_before);
  EXPECT_EQ(Period::containing(p->kind(), p->first()), *p);
  EXPECT_EQ(Period::containing(p->kind(), p->last()), *p);
  EXPECT_EQ(p->previous().last(), p->first() - 1);
}

INSTANTIATE_TEST_SUITE_P(All, PeriodTable,
                         testing::Values(Row{"2025", "2025-01-01", "2025-12-31", 365, "2024", "2024"},
                                         Row{"2024", "2024-01-01", "2024-12-31", 366, "2023", "2023"},
                                         Row{"2025H1", "2025-01-01", "2025-06-30", 181, "2024H2", "2024H1"},
                                         Row{"2025H2", "2025-07-01", "2025-12-31", 184, "2025H1", "2024H2"},
                                         Row{"2025Q1", "2025-01-01", "2025-03-31", 90, "2024Q4", "2024Q1"},
                                         Row{"2025Q4", "2025-10-01", "2025-12-31", 92, "2025Q3", "2024Q4"},
                                         Row{"2024-02", "2024-02-01", "2024-02-29", 29, "2024-01", "2023-02"},
                                         Row{"2025-01", "2025-01-01", "2025-01-31", 31, "2024-12", "2024-01"}));

}  // namespace
}  // namespace guanhu::base
