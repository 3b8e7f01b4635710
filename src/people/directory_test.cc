#include "people/directory.h"

#include <gtest/gtest.h>

namespace guanhu::people {
namespace {

base::Date day(const char* text) { return *base::Date::parse(text); }

Directory small() {
  return Directory::of({{"HQ", "", "总行", "hq"},
                        {"B1", "HQ", "样本支行", "branch"},
                        {"O1", "B1", "样本分理处", "outlet"},
                        {"O2", "O1", "样本服务点", "outlet"},
                        {"D1", "HQ", "样本部", "department"},
                        {"X", "Y", "环", "outlet"},
                        {"Y", "X", "环", "outlet"}},
                       {{"M2", "样本乙", "B1", "manager"}, {"M1", "样本甲", "O2", "manager"}});
}

TEST(Directory, FindsTheBranchAboveAnOutlet) {
  Directory d = small();
  EXPECT_EQ(d.branch_of("O2"), "B1");
  EXPECT_EQ(d.branch_of("B1"), "B1");
  EXPECT_EQ(d.branch_of("D1"), "D1") << "no branch above: itself";
  EXPECT_EQ(d.branch_of("X"), "X") << "a cycle in the feed's tree ends";
  EXPECT_EQ(d.branch_of("none"), "none");
}

TEST(Directory, ListsASubtree) {
  Directory d = small();
  EXPECT_EQ(d.subtree("B1"), (std::vector<std::string>{"B1", "O1", "O2"}));
  EXPECT_EQ(d.subtree("HQ").size(), 5u);
  EXPECT_EQ(d.subtree("X"), (std::vector<std::string>{"X", "Y"}));
}

TEST(Directory, FindsPeopleById) {
  Directory d = small();
  EXPECT_EQ(d.staff()[0].id, "M1");
  EXPECT_EQ(d.person("M2")->name, "样本乙");
  EXPECT_EQ(d.person("M3"), nullptr);
}

TEST(Directory, IsInPostUntilTheDayOfLeaving) {
  Staff s;
  s.hired = day("2020-01-01");
  s.left = day("2025-06-30");
  EXPECT_FALSE(Directory::in_post(s, day("2019-12-31")));
  EXPECT_TRUE(Directory::in_post(s, day("2020-01-01")));
  EXPECT_TRUE(Directory::in_post(s, day("2025-06-29")));
  EXPECT_FALSE(Directory::in_post(s, day("2025-06-30")));
  EXPECT_TRUE(Directory::in_post(Staff{}, day("2025-06-30")));
}

TEST(ActiveImport, ComparesWithTheMomentOfKnowledge) {
  EXPECT_EQ(active_import("i", std::nullopt), "i.replaced_at IS NULL");
  std::string at = active_import("i", base::Instant::parse("2025-01-02T03:04:05Z"));
  EXPECT_EQ(at,
            "(i.applied_at <= TIMESTAMP '2025-01-02T03:04:05' AND (i.replaced_at IS NULL OR "
            "i.replaced_at > TIMESTAMP '2025-01-02T03:04:05'))");
}

}  // namespace
}  // namespace guanhu::people
