// Duty sheets: a to-do from the night on which one is new or says something else, until it is confirmed.
#include "workbench/post_sheet.h"

#include "workbench/todo_sources.h"
#include "workbench/todo_testing.h"

namespace guanhu::workbench {
namespace {

using testing::on;
using testing::TodoBank;

class PostSheets : public TodoBank {
 protected:
  records::Doing doing() { return {"x", place_->clock.now(), {}}; }
  std::vector<Todo> waits(const std::string& login, const std::string& staff, people::Role role) {
    const auto directory = people::Directory::load(bank_->warehouse(), on("2026-01-12"), std::nullopt);
    people::Login who;
    who.login = login, who.staff_id = staff, who.roles = {role};
    std::vector<Todo> out;
    for (Todo& one : waiting_for(store(), directory, who, on("2026-01-12")))
      if (one.source == "post_duties") out.push_back(std::move(one));
    return out;
  }
};

// ORG-304
TEST_P(PostSheets, AreReadAndConfirmedByWhoHoldsThePost) {
  bring("2026-01-12");
  EXPECT_TRUE(waits("m1", "M1", people::Role::manager).empty()) << "nothing is said of posts yet";
  const PostSheet first{"客户经理", "aaaaaaaaaaaaaaaa", "1.0"};
  keep_sheets(store(), {first, {"支行行长", "bbbbbbbbbbbbbbbb", "1.0"}}, on("2026-01-12"), doing());
  auto todo = waits("m1", "M1", people::Role::manager);
  ASSERT_EQ(todo.size(), 1u);
  EXPECT_EQ(todo[0].title, "阅读并确认岗位职责：客户经理");
  EXPECT_EQ(todo[0].link, "/duties");
  EXPECT_EQ(confirm_sheet(store(), "M1", "B1", first, "of before", doing()).error().code, "duties.changed");
  EXPECT_EQ(waits("m1", "M1", people::Role::manager).size(), 1u);
  auto read = confirm_sheet(store(), "M1", "B1", first, first.digest, doing());
  ASSERT_TRUE(read.ok()) << read.error().text();
  EXPECT_TRUE(waits("m1", "M1", people::Role::manager).empty());
  EXPECT_EQ(waits("m2", "M2", people::Role::manager).size(), 1u) << "everybody for themselves";
  EXPECT_EQ(waits("h1", "H1", people::Role::branch_head).size(), 1u);
  EXPECT_TRUE(waits("x", "", people::Role::auditor).empty()) << "nothing is said of this post";
}

TEST_P(PostSheets, OneThatSaysSomethingElseIsConfirmedAnew) {
  bring("2026-01-12");
  PostSheet sheet{"客户经理", "aaaaaaaaaaaaaaaa", "1.0"};
  keep_sheets(store(), {sheet}, on("2026-01-12"), doing());
  ASSERT_TRUE(confirm_sheet(store(), "M1", "B1", sheet, sheet.digest, doing()).ok());
  sheet.version = "1.1";
  keep_sheets(store(), {sheet}, on("2026-01-12"), doing());
  EXPECT_TRUE(waits("m1", "M1", people::Role::manager).empty()) << "another version that says the same";
  sheet.digest = "cccccccccccccccc";
  keep_sheets(store(), {sheet}, on("2026-01-12"), doing());
  ASSERT_EQ(waits("m1", "M1", people::Role::manager).size(), 1u);
  ASSERT_TRUE(confirm_sheet(store(), "M1", "B1", sheet, sheet.digest, doing()).ok());
  ASSERT_TRUE(confirm_sheet(store(), "M1", "B1", sheet, sheet.digest, doing()).ok()) << "twice is once";
  EXPECT_TRUE(waits("m1", "M1", people::Role::manager).empty());
  const auto kept = records::with_key(store(), kSheetRead, "M1|客户经理");
  ASSERT_TRUE(kept);
  EXPECT_EQ(records::versions(store(), kept->id).size(), 2u) << "both are kept";
  EXPECT_EQ(kept_sheets(store()).size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Engines, PostSheets, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& engine) {
                           return engine.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::workbench
