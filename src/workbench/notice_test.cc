#include "workbench/notice.h"

#include <gtest/gtest.h>

#include "store/testing.h"

namespace guanhu::workbench {

namespace {

using base::Date;
using base::Instant;
constexpr Instant kNoon{1'767'240'000'000'000};

class Notices : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {{"records", records::migrations()}, {"mail", mail_migrations()}};
    base::FixedClock clock(kNoon);
    ASSERT_TRUE(store::migrate(*session_, all, clock).ok());
  }
  TodoDoing doing(const std::string& who) {
    return {who, who, kNoon, Date(),
            [this](const std::string& action, const std::string&, base::Json) { said_.push_back(action); }};
  }
  static Date day(const char* text) { return *Date::parse(text); }
  Notice written() {
    Notice of;
    of.title = "国庆值班安排", of.text = "各支行九月二十八日前报值班表。", of.importance = "important";
    of.audience = {{"org", "B1", ""}};
    of.record.day = day("2026-01-01"), of.record.until = day("2026-01-31");
    return of;
  }
  base::Result<Notice> save(const Notice& of, bool again = false, const std::string& who = "E3") {
    return save_notice(*session_, of, again, book_, doing(who));
  }
  Notice published(Notice of = {}) {
    auto kept = save(of.title.empty() ? written() : of);
    return *publish_notice(*session_, kept->record.id, kept->record.version, {}, doing("E3"));
  }
  static std::string code(const base::Result<Notice>& of) { return of.ok() ? of->record.state : of.error().code; }

  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
  people::Directory directory_ =
      people::Directory::of({{"HQ", "", "总行", "hq", {}, {}}, {"B1", "HQ", "城关", "branch", {}, {}}}, {});
  AddressBook book_{directory_, {{"root", "", {people::Role::administrator}}}, *Date::parse("2026-01-01")};
  std::vector<std::string> said_;
};
INSTANTIATE_TEST_SUITE_P(Engines, Notices, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& of) { return of.param == store::Engine::sqlite ? "sqlite" : "postgres"; });

}  // namespace

TEST_P(Notices, WhatIsRefused) {
  auto with = [&](auto change) {
    Notice of = written();
    change(of);
    return code(save(of));
  };
  EXPECT_EQ(with([](auto& of) { of.title = " "; }), "notice.title");
  EXPECT_EQ(with([](auto& of) { of.text = "\n"; }), "notice.text");
  EXPECT_EQ(with([](auto& of) { of.importance = "huge"; }), "notice.importance");
  EXPECT_EQ(with([](auto& of) { of.audience = {}; }), "notice.audience");
  EXPECT_EQ(with([](auto& of) { of.audience = {{"org", "B9", ""}}; }), "notice.audience");
  EXPECT_EQ(with([](auto& of) { of.audience = {{"group", "1", "x"}}; }), "notice.audience");
  EXPECT_EQ(with([](auto& of) { of.record.until = day("2025-12-31"); }), "notice.days");
  EXPECT_EQ(with([](auto& of) { of.record.until.reset(); }), "notice.days");
  EXPECT_EQ(with([](auto& of) { of.must_know = true; }), "notice.know_by");
  EXPECT_EQ(with([](auto& of) { of.must_know = true, of.know_by = day("2026-02-01"); }), "notice.know_by");
  EXPECT_EQ(with([](auto& of) { of.must_know = true, of.know_by = day("2026-01-31"); }), "draft");
  EXPECT_EQ(said_, std::vector<std::string>{"notice.write"});
}

// MSG-601: two people where the pack says so.
TEST_P(Notices, AnotherOneAgreesWhereThePackSays) {
  auto kept = save(written());
  const int64_t id = kept->record.id;
  EXPECT_EQ(code(publish_notice(*session_, id, 1, {}, doing("E1"))), "notice.unknown");  // somebody else's draft
  EXPECT_EQ(code(publish_notice(*session_, id, 1, {"行领导", "p", "第九条"}, doing("E3"))), "proposed");
  EXPECT_EQ(code(save([&] {
              Notice of = written();
              of.record.id = id, of.record.version = 2;
              return of;
            }())),
            "notice.state");
  EXPECT_EQ(code(check_notice(*session_, id, true, "", true, doing("E3"))), "notice.same");
  EXPECT_EQ(code(check_notice(*session_, id, true, "", false, doing("E4"))), "notice.role");
  EXPECT_EQ(code(check_notice(*session_, id, false, "", true, doing("E4"))), "todo.reason");
  EXPECT_EQ(code(check_notice(*session_, id, false, "日期不对", true, doing("E4"))), "draft");
  EXPECT_EQ(code(publish_notice(*session_, id, 3, {"行领导", "p", "第九条"}, doing("E3"))), "proposed");
  auto done = check_notice(*session_, id, true, "", true, doing("E4"));
  ASSERT_EQ(code(done), "published");
  EXPECT_EQ(done->checker, "E4");
  EXPECT_EQ(done->check_article, "第九条");
  EXPECT_EQ(code(check_notice(*session_, id, true, "", true, doing("E4"))), "notice.state");
}

TEST_P(Notices, KnownOnceAnEdition) {
  Notice of = published();
  const int64_t id = of.record.id;
  EXPECT_EQ(reading_of(*session_, id, "E1").seen_at, "");
  see_notice(*session_, id, "E1", kNoon);
  EXPECT_EQ(reading_of(*session_, id, "E1").edition, 0);
  ASSERT_TRUE(know_notice(*session_, of, doing("E1")).ok());
  EXPECT_EQ(know_notice(*session_, of, doing("E1")).error().code, "notice.known");
  EXPECT_EQ(reading_of(*session_, id, "E1").edition, 1);
  // A slip of the pen is mended without asking anybody again; another meaning asks.
  Notice next = of;
  next.text = "各支行九月二十九日前报值班表。";
  auto small = save(next);
  ASSERT_EQ(code(small), "draft");
  EXPECT_EQ(know_notice(*session_, *small, doing("E2")).error().code, "notice.state");
  small = publish_notice(*session_, id, small->record.version, {}, doing("E3"));
  EXPECT_EQ(small->edition, 1);
  auto large = save(*small, true);
  large = publish_notice(*session_, id, large->record.version, {}, doing("E3"));
  EXPECT_EQ(large->edition, 2);
  ASSERT_TRUE(know_notice(*session_, *large, doing("E1")).ok());
  EXPECT_EQ(readings_of(*session_, id).at("E1").edition, 2);
  EXPECT_EQ(records::versions(*session_, id).size(), 6u);
  EXPECT_EQ(code(save(*large, false, "E1")), "notice.unknown");  // another's
}

TEST_P(Notices, WithdrawnOnesAreGone) {
  Notice of = published();
  EXPECT_TRUE(of.valid(day("2026-01-01")) && of.valid(day("2026-01-31")));
  EXPECT_FALSE(of.valid(day("2025-12-31")) || of.valid(day("2026-02-01")));
  EXPECT_EQ(code(withdraw_notice(*session_, of.record.id, "", doing("E3"))), "todo.reason");
  EXPECT_EQ(code(withdraw_notice(*session_, of.record.id, "写错了", doing("E3"))), "withdrawn");
  EXPECT_EQ(code(withdraw_notice(*session_, of.record.id, "写错了", doing("E3"))), "notice.state");
  EXPECT_TRUE(notices(*session_, {"published"}).empty());
  keep_reminder(*session_, of.record.id, 3, doing("E3"));
  EXPECT_EQ(reminders_of(*session_, of.record.id).at(0).people, 3);
}

}  // namespace guanhu::workbench
