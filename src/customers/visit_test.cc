#include "customers/visit.h"

#include <gtest/gtest.h>

#include "customers/visit_device.h"
#include "store/testing.h"

namespace guanhu::customers {
namespace {

using base::Date;
using base::Instant;
using base::Json;
using base::JsonObject;
using records::Record;
using store::Engine;

constexpr Instant kNow{1'767'168'000'000'000};  // 2025-12-31T08:00:00Z
Date day(const char* text) { return Date::parse(text).value(); }

class Visits : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    base::FixedClock clock(kNow);
    const store::ModuleMigrations all[] = {{"records", records::migrations()}, {"field", visit_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock).ok());
  }
  records::Doing doing() {
    return {"zhang", kNow, [this](const Record&, const std::string& action) { heard_ += action + " "; }};
  }
  static Visit plan() {
    Visit out;
    out.title = "益农建材 · 贷后回访", out.customers = {"C1"}, out.day = day("2025-12-31"), out.time = "09:30";
    out.purpose = "贷后回访", out.method = "上门", out.ask = "问清应收账款";
    return out;
  }
  static Visit done() {
    Visit out = plan();
    out.started = "2025-12-31T01:00:00Z", out.ended = "2025-12-31T02:00:00Z";
    out.findings = "仓库满，销路好";
    out.position = {"taken", *base::Decimal::parse("31.1234567"), *base::Decimal::parse("117.2"), 12,
                    "2025-12-31T01:00:00Z"};
    out.answers = JsonObject{{"上下游情况", "砖厂供货"}};
    out.follow_ups = {{"f1", "补购销合同", day("2026-01-05"), ""}};
    return out;
  }
  Record planned() {
    auto out = plan_visit(*session_, plan(), {"E01", "B01", ""}, doing());
    EXPECT_TRUE(out.ok()) << out.error().text();
    return *out;
  }
  std::string refused(Visit visit) {
    auto out = record_visit(*session_, visit, {"E01", "B01", ""}, kNow, doing());
    return out.ok() ? "" : out.error().code + " " + out.error().where;
  }

  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
  std::string heard_;
};

TEST_P(Visits, WhatIsNoVisitIsRefusedAtItsField) {
  const auto with = [](auto change) {
    Visit out = done();
    change(out);
    return out;
  };
  EXPECT_EQ(refused(with([](Visit& v) { v.customers.clear(); })), "visit.who customers");
  EXPECT_EQ(refused(with([](Visit& v) { v.customers = {"C1", "C1"}; })), "visit.customers customers");
  for (const char* time : {"9:30", "24:00", "12:60", "ab:cd", "09-30"})
    EXPECT_EQ(refused(with([&](Visit& v) { v.time = time; })), "visit.time time") << time;
  EXPECT_EQ(refused(with([](Visit& v) { v.findings = " \n"; })), "visit.findings findings");
  EXPECT_EQ(refused(with([](Visit& v) { v.ended = "2025-12-31T00:59:59Z"; })), "visit.times ended");
  EXPECT_EQ(refused(with([](Visit& v) { v.started = "gestern"; })), "visit.times started");
  EXPECT_EQ(refused(with([](Visit& v) { v.ended = "2025-12-31T08:00:01Z"; })), "visit.times ended");
  EXPECT_EQ(refused(with([](Visit& v) { v.position.lat = 91; })), "visit.position position");
  EXPECT_EQ(refused(with([](Visit& v) { v.position.state = "guessed"; })), "visit.position position");
  EXPECT_EQ(refused(with([](Visit& v) {
              v.photos = {{"abc", "", "a.jpg", "", "2025-12-31T01:00:00Z", {}}};
            })),
            "visit.photo photos/0");
  EXPECT_EQ(refused(with([](Visit& v) { v.follow_ups[0].due = day("2025-12-30"); })),
            "visit.follow follow_ups/0/due");
  EXPECT_EQ(refused(with([](Visit& v) { v.follow_ups.push_back(v.follow_ups[0]); })),
            "visit.follow follow_ups/1/id");
  EXPECT_EQ(refused(with([](Visit& v) { v.follow_ups[0].text.clear(); })), "visit.follow follow_ups/0/text");
  EXPECT_EQ(heard_, "");
}

TEST_P(Visits, BoundariesAreInside) {
  Visit visit = done();
  visit.time = "23:59", visit.ended = "2025-12-31T08:00:00Z";  // the last moment there is
  visit.position.lat = -90, visit.position.lon = 180;
  visit.follow_ups[0].due = visit.day;
  EXPECT_EQ(refused(visit), "");
  visit.position = {};
  visit.position.state = "refused";  // said honestly, it is no obstacle
  EXPECT_EQ(refused(visit), "");
  visit.customers.clear(), visit.place = "东岭村";
  EXPECT_EQ(refused(visit), "");
}

TEST_P(Visits, APlanIsDoneAndCorrectedAndEveryVersionStays) {
  const Record first = planned();
  EXPECT_EQ(first.state, "planned");
  auto finished = finish_visit(*session_, {first.id, 1, done(), "", kNow}, doing());
  ASSERT_TRUE(finished.ok()) << finished.error().text();
  EXPECT_EQ(finished->state, "done");
  const Visit kept = visit_of(*finished);
  EXPECT_EQ(kept.position.lat.str(), "31.123457");  // a hand's breadth
  EXPECT_EQ(kept.follow_ups.at(0).text, "补购销合同");
  EXPECT_EQ(kept.ask, "问清应收账款");
  Visit other = done();
  other.findings = "仓库半满";
  // PLM-301: a correction says why.
  EXPECT_EQ(change_visit(*session_, {first.id, 2, other, "", kNow}, doing()).error().where, "why");
  EXPECT_EQ(change_visit(*session_, {first.id, 1, other, "记错了", kNow}, doing()).error().code, "record.changed");
  ASSERT_TRUE(change_visit(*session_, {first.id, 2, other, "记错了", kNow}, doing()).ok());
  EXPECT_EQ(records::versions(*session_, first.id).size(), 3u);
  EXPECT_EQ(finish_visit(*session_, {first.id, 3, done(), "", kNow}, doing()).error().code, "visit.state");
  EXPECT_EQ(miss_visit(*session_, {first.id, 3, "下雨"}, doing()).error().code, "visit.state");
  EXPECT_EQ(heard_, "visit.plan visit.done visit.correct ");
  const std::vector<std::string> kinds = {kVisitKind};
  EXPECT_EQ(records::search(*session_, "砖厂", kinds, [](const Record&) { return true; }).size(), 1u);
}

TEST_P(Visits, WhoWasOvertakenIsToldSoBeforeAnythingElse) {
  const Record first = planned();
  ASSERT_TRUE(finish_visit(*session_, {first.id, 1, done(), "", kNow}, doing()).ok());
  EXPECT_EQ(finish_visit(*session_, {first.id, 1, done(), "", kNow}, doing()).error().code, "record.changed");
  EXPECT_EQ(miss_visit(*session_, {first.id, 1, "下雨"}, doing()).error().code, "record.changed");
}

TEST_P(Visits, AMissedOneIsPlannedAgainAMovedOneSaysWhere) {
  const Record first = planned();
  EXPECT_EQ(miss_visit(*session_, {first.id, 1, ""}, doing()).error().code, "visit.reason");
  ASSERT_TRUE(miss_visit(*session_, {first.id, 1, "客户出门"}, doing()).ok());
  EXPECT_EQ(move_visit(*session_, {first.id, 2, "下雨"}, day("2026-01-02"), "", doing()).error().code,
            "visit.state");
  ASSERT_TRUE(reopen_visit(*session_, {first.id, 2, "回来了"}, doing()).ok());
  EXPECT_EQ(move_visit(*session_, {first.id, 3, "下雨"}, day("2025-12-31"), "09:30", doing()).error().code,
            "visit.day");
  EXPECT_EQ(move_visit(*session_, {first.id, 2, "下雨"}, day("2026-01-02"), "", doing()).error().code,
            "record.changed");
  const auto before = records::list(*session_, {.kinds = {kVisitKind}}).size();
  EXPECT_EQ(before, 1u);  // a refused move leaves no second one
  auto next = move_visit(*session_, {first.id, 3, "下雨"}, day("2026-01-02"), "", doing());
  ASSERT_TRUE(next.ok()) << next.error().text();
  EXPECT_EQ(visit_of(*next).moved_from, first.id);
  EXPECT_EQ(next->day, day("2026-01-02"));
  auto old = records::record(*session_, kVisitKind, first.id);
  EXPECT_EQ(old->state, "moved");
  EXPECT_EQ(visit_of(*old).moved_to, next->id);
  EXPECT_EQ(visit_of(*old).reason, "下雨");
  // Where it came from is not the writer's to change.
  Visit plain = plan();
  plain.day = day("2026-01-03");
  auto replanned = change_visit(*session_, {next->id, 1, plain, "", kNow}, doing());
  ASSERT_TRUE(replanned.ok());
  EXPECT_EQ(visit_of(*replanned).moved_from, first.id);
}

TEST_P(Visits, TheSameKeyIsRefusedTheSecondTime) {
  ASSERT_TRUE(plan_visit(*session_, plan(), {"E01", "B01", "E01|k1"}, doing()).ok());
  auto twice = plan_visit(*session_, plan(), {"E01", "B01", "E01|k1"}, doing());
  EXPECT_EQ(twice.error().code, "record.key");
}

TEST_P(Visits, APlanByMistakeLeavesTheListsAndACommentHangsOnItsVisit) {
  const Record first = planned();
  EXPECT_EQ(comment_on_visit(*session_, first.id, " ", {"H1", "B01", ""}, day("2025-12-31"), doing()).error().code,
            "visit.comment");
  EXPECT_EQ(comment_on_visit(*session_, 999, "好", {"H1", "B01", ""}, day("2025-12-31"), doing()).error().code,
            "record.unknown");
  auto said =
      comment_on_visit(*session_, first.id, "问清担保\n再报", {"H1", "B01", ""}, day("2025-12-31"), doing());
  ASSERT_TRUE(said.ok());
  EXPECT_EQ(said->parent, first.id);
  EXPECT_EQ(said->title, "问清担保");
  EXPECT_EQ(withdraw_visit(*session_, {first.id, 1, ""}, doing()).error().code, "visit.reason");
  ASSERT_TRUE(withdraw_visit(*session_, {first.id, 1, "排重了"}, doing()).ok());
  EXPECT_TRUE(records::list(*session_, {.kinds = {kVisitKind}}).empty());
}

TEST_P(Visits, ACustomerFindsHisVisitsAlsoWhereHeWasNotTheOnlyOne) {
  Visit both = done();
  both.customers = {"C2", "C1"}, both.day = day("2025-12-30");
  ASSERT_TRUE(record_visit(*session_, both, {"E01", "B01", ""}, kNow, doing()).ok());
  const Record mine = planned();
  EXPECT_EQ(visits_to(*session_, "C1").size(), 2u);
  EXPECT_EQ(visits_to(*session_, "C1").front(), mine.id);  // the newer day first
  EXPECT_EQ(visits_to(*session_, "C2").size(), 1u);
  EXPECT_TRUE(visits_to(*session_, "C3").empty());
  // A plan is no visit yet, and says nothing of a place.
  auto last = last_visits(*session_, {"C1", "C2", "C3"});
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(last[0].day, day("2025-12-30"));
  auto seen = places_seen(*session_, {"C1", "C3"});
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].lat, "31.123457");
  ASSERT_TRUE(withdraw_visit(*session_, {mine.id, 1, "排重了"}, doing()).ok());
  EXPECT_EQ(visits_to(*session_, "C1").size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Engines, Visits, ::testing::Values(Engine::sqlite, Engine::postgres),
                         [](const auto& of) { return of.param == Engine::sqlite ? "sqlite" : "postgres"; });

}  // namespace
}  // namespace guanhu::customers
