// Customers that are one: who may say so, where numbers lead, and that taking it back restores everything.
#include "customers/merge.h"

#include <gtest/gtest.h>

#include "customers/merge_find.h"
#include "store/testing.h"

namespace guanhu::customers {
namespace {

class MergeTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations modules[] = {{"customers", register_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, modules, clock_).ok());
  }
  Doing by(const std::string& login) {
    return {login, clock_.now(), [this](const std::string& action, const std::string& subject, base::Json) {
              told_.push_back(action + " " + subject);
            }};
  }
  // Proposed by one, agreed by another.
  Merge made(const std::string& survivor, const std::string& absorbed) {
    auto one = propose_merge(*session_, {survivor, absorbed, "同一个人"}, by("zhang"));
    return decide_merge(*session_, one->id, true, "", by("li")).value();
  }
  std::string code(const base::Result<Merge>& of) { return of.ok() ? "ok" : of.error().code; }

  base::FixedClock clock_{*base::Instant::parse("2026-01-01T08:00:00Z")};
  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
  std::vector<std::string> told_;
};
INSTANTIATE_TEST_SUITE_P(Engines, MergeTest, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& of) { return of.param == store::Engine::sqlite ? "sqlite" : "postgres"; });

TEST_P(MergeTest, RefusesWhatCannotBe) {
  EXPECT_EQ(code(propose_merge(*session_, {"C1", "C1", "同一个人"}, by("zhang"))), "merge.same");
  EXPECT_EQ(code(propose_merge(*session_, {"C1", "C2", "  "}, by("zhang"))), "merge.reason");
  EXPECT_EQ(code(decide_merge(*session_, 1, true, "", by("li"))), "merge.unknown");
  EXPECT_EQ(code(undo_merge(*session_, 1, "写错了", by("li"))), "merge.unknown");
  EXPECT_TRUE(told_.empty());
}

TEST_P(MergeTest, NobodyChecksHisOwn) {
  auto one = propose_merge(*session_, {"C1", "C2", "同一个人"}, by("zhang"));
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(one->state, "proposed");
  EXPECT_EQ(canonical_id(*session_, "C2"), "C2");
  EXPECT_EQ(code(decide_merge(*session_, one->id, true, "", by("zhang"))), "merge.self");
  EXPECT_EQ(code(decide_merge(*session_, one->id, false, "", by("li"))), "merge.reason");
  EXPECT_EQ(code(undo_merge(*session_, one->id, "写错了", by("li"))), "merge.state");
  auto agreed = decide_merge(*session_, one->id, true, "", by("li"));
  ASSERT_TRUE(agreed.ok());
  EXPECT_EQ(agreed->state, "made");
  EXPECT_EQ(code(decide_merge(*session_, one->id, true, "", by("li"))), "merge.state");
  EXPECT_EQ(told_, (std::vector<std::string>{"customer.merge_propose customer C1", "customer.merge customer C1"}));
}

TEST_P(MergeTest, WhereThePackAsksForOneItHoldsAtOnce) {
  MergeAsked asked{"C1", "C2", "同一个人"};
  asked.two_persons = false;
  EXPECT_EQ(propose_merge(*session_, asked, by("zhang"))->state, "made");
  EXPECT_EQ(canonical_id(*session_, "C2"), "C1");
}

TEST_P(MergeTest, OneIsMergedOnlyOnceAndIntoWhoStands) {
  made("C1", "C2");
  EXPECT_EQ(code(propose_merge(*session_, {"C3", "C2", "同一个人"}, by("zhang"))), "merge.taken");
  EXPECT_EQ(code(propose_merge(*session_, {"C2", "C3", "同一个人"}, by("zhang"))), "merge.taken");
  auto waits = propose_merge(*session_, {"C4", "C1", "同一个人"}, by("zhang"));
  ASSERT_TRUE(waits.ok());
  // While C1 may become part of C4, nothing else is asked of it as the one that goes.
  EXPECT_EQ(code(propose_merge(*session_, {"C5", "C1", "同一个人"}, by("zhang"))), "merge.taken");
  EXPECT_EQ(code(propose_merge(*session_, {"C1", "C4", "同一个人"}, by("zhang"))), "merge.taken");
}

TEST_P(MergeTest, ChainsLeadToTheLastAndComeApartAgain) {
  const Merge first = made("C1", "C2");
  const Merge second = made("C0", "C1");
  Merges all = Merges::load(*session_);
  EXPECT_EQ(all.canonical("C2"), "C0");
  EXPECT_EQ(canonical_id(*session_, "C2"), "C0");
  EXPECT_EQ(all.members("C1"), (std::vector<std::string>{"C0", "C1", "C2"}));
  EXPECT_EQ(all.members("C9"), std::vector<std::string>{"C9"});
  EXPECT_TRUE(undo_merge(*session_, first.id, "不是一个人", by("wang")).ok());
  all = Merges::load(*session_);
  EXPECT_EQ(all.members("C2"), std::vector<std::string>{"C2"});
  EXPECT_EQ(all.members("C1"), (std::vector<std::string>{"C0", "C1"}));
  EXPECT_TRUE(undo_merge(*session_, second.id, "不是一个人", by("wang")).ok());
  EXPECT_TRUE(Merges::load(*session_).empty());
  // It may be said again.
  made("C1", "C2");
  EXPECT_EQ(canonical_id(*session_, "C2"), "C1");
  EXPECT_EQ(merges(*session_, {.state = "", .customer = "C1"}).size(), 3u);
}

TEST_P(MergeTest, PairsStayDismissedAndGoWhenTheyAreNoLongerFound) {
  EXPECT_EQ(keep_pairs(*session_, {{"C1", "C2", 10'000, {"证件号码相同"}}, {"C3", "C4", 7'000, {}}}, by("zhang")),
            2);
  EXPECT_EQ(dismiss_pair(*session_, "C1", "C2", false, " ", by("zhang")).error().code, "merge.reason");
  EXPECT_EQ(dismiss_pair(*session_, "C1", "C9", false, "两个人", by("zhang")).error().code, "pair.unknown");
  EXPECT_EQ(dismiss_pair(*session_, "C1", "C2", true, "两个人", by("zhang")).error().code, "pair.state");
  EXPECT_EQ(dismiss_pair(*session_, "C1", "C2", false, "两个人", by("zhang"))->state, "dismissed");
  clock_.set({clock_.now().micros + 1'000'000});
  EXPECT_EQ(keep_pairs(*session_, {{"C1", "C2", 9'000, {}}, {"C5", "C6", 6'000, {}}}, by("zhang")), 1);
  ASSERT_EQ(pairs(*session_, "open").size(), 1u);
  EXPECT_EQ(pairs(*session_, "open")[0].one, "C5");
  ASSERT_EQ(pairs(*session_, "dismissed").size(), 1u);
  EXPECT_EQ(dismiss_pair(*session_, "C1", "C2", true, "再看看", by("zhang"))->state, "open");
}

TEST(MergeFind, AddressesAreAlikeByTheirNeighbouringLetters) {
  EXPECT_EQ(alike("", ""), 0);
  EXPECT_EQ(alike("东街1号", ""), 0);
  EXPECT_EQ(alike("东街 1 号", "东街1号"), 100);
  EXPECT_EQ(alike("东街1号", "西路2弄"), 0);
  EXPECT_EQ(alike("示范县东街1号201室", "示范县东街1号202室"), 80);
  EXPECT_LT(alike("示范县东街1号", "示范县西街9号"), 60);
}

}  // namespace
}  // namespace guanhu::customers
