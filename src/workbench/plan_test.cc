// Plans, logs, spot checks, meetings: what is refused, what each step does, what adds up.
#include "workbench/plan.h"

#include <gtest/gtest.h>

#include "policy/load.h"
#include "store/testing.h"
#include "workbench/meeting.h"
#include "workbench/worklog_check.h"

namespace guanhu::workbench {
namespace {

using base::Date;
using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

Date on(const char* day) { return Date::parse(day).value(); }
PlanPeriod period(const char* text) { return PlanPeriod::parse(text).value(); }

TEST(PlanPeriods, RefuseWhatIsNone) {
  for (const char* text :
       {"", "2026H1", "2026Q5", "2026-13", "2026-W00", "2025-W53", "2026-W5", "2026-w05", "20260-W01"})
    EXPECT_FALSE(PlanPeriod::parse(text)) << text;
}

TEST(PlanPeriods, AWeekBelongsToTheYearOfItsThursday) {
  EXPECT_EQ(PlanPeriod::containing(PlanKind::week, on("2026-01-01")).str(), "2026-W01");
  EXPECT_EQ(PlanPeriod::containing(PlanKind::week, on("2025-12-29")).str(), "2026-W01");
  EXPECT_EQ(PlanPeriod::containing(PlanKind::week, on("2027-01-03")).str(), "2026-W53");
  EXPECT_EQ(period("2026-W01").first, on("2025-12-29"));
  EXPECT_EQ(period("2026-W53").last, on("2027-01-03"));
  EXPECT_EQ(period("2026-W53").next().str(), "2027-W01");
}

TEST(PlanPeriods, FallIntoShorterOnes) {
  auto said = [](const char* text) {
    std::string out;
    for (const auto& part : period(text).parts()) out += part.str() + " ";
    return out;
  };
  EXPECT_EQ(said("2026"), "2026Q1 2026Q2 2026Q3 2026Q4 ");
  EXPECT_EQ(said("2026Q1"), "2026-01 2026-02 2026-03 ");
  EXPECT_EQ(said("2026-06"), "2026-W23 2026-W24 2026-W25 2026-W26 2026-W27 ") << "June 2026 begins on a Monday";
  EXPECT_EQ(said("2026-02"), "2026-W06 2026-W07 2026-W08 2026-W09 ") << "weeks whose Monday lies in it";
  EXPECT_EQ(said("2026-W06"), "");
}

class Work : public ::testing::TestWithParam<store::Engine> {
 protected:
  Work() : place_(GetParam()) {}
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {
        {"records", records::migrations()}, {"workbench", migrations()}, {"plans", plan_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
    auto pack = policy::open_pack(std::filesystem::path(GUANHU_SOURCE_DIR) / "policies", kWorkPack);
    ASSERT_TRUE(pack.ok()) << pack.error().text();
    pack_ = std::make_unique<policy::Pack>(std::move(*pack));
    rules_ = std::make_unique<WorkRules>(*pack_, calendar_, on("2026-01-12"));
  }
  store::Session& store() { return *session_; }
  records::Doing by(const std::string& login) { return {login, clock_.now()}; }
  TodoDoing doing() { return {"zhang", "H1", clock_.now(), on("2026-01-12")}; }
  PlanSaid said(const char* what, const char* text = "好") { return {clock_.now().str(), "x", "X", what, text}; }

  static PlanItem item(const char* kind, const char* title, const char* target = nullptr) {
    PlanItem out;
    out.kind = kind, out.title = title;
    if (target) out.target = Decimal::parse(target).value(), out.counted = "visits", out.unit = "次";
    return out;
  }
  PlanAsk ask(const char* of, std::vector<PlanItem> items) {
    PlanAsk out;
    out.scope = "person", out.owner = "M1", out.org = "B1", out.period = period(of), out.items = std::move(items);
    out.title = "王一 " + out.period.title() + "工作计划";
    return out;
  }
  WorkPlan made(const char* of, std::vector<PlanItem> items) {
    auto out = make_plan(store(), ask(of, std::move(items)), by("wang"));
    if (!out.ok()) throw base::Broken(out.error().text());
    return *out;
  }
  std::string mark(const std::string& name) {
    auto rows = store().query("SELECT day FROM todo_marks WHERE object = 'M1' AND name = ?", {name});
    return rows.empty() ? "" : rows[0].text(0);
  }

  base::FixedClock clock_{*base::Instant::parse("2026-01-12T02:00:00Z")};
  store::testing::Place place_;
  std::unique_ptr<store::Session> session_;
  std::unique_ptr<policy::Pack> pack_;
  BusinessCalendar calendar_;
  std::unique_ptr<WorkRules> rules_;
};

TEST_P(Work, ItemsThatSayNothingAreRefusedByNumber) {
  auto wrong = [](Json json) {
    auto read =
        items_of(JsonArray{JsonObject{{"kind", "text"}, {"title", "好的"}}, std::move(json)}, period("2026-01"));
    return read.ok() ? "" : read.error().where;
  };
  EXPECT_EQ(wrong(JsonObject{{"kind", "text"}, {"title", " "}}), "items/1");
  EXPECT_EQ(wrong(JsonObject{{"kind", "wish"}, {"title", "x"}}), "items/1");
  EXPECT_EQ(wrong(JsonObject{{"kind", "count"}, {"title", "x"}, {"counted", "visits"}, {"target", "0"}}),
            "items/1");
  EXPECT_EQ(wrong(JsonObject{{"kind", "figure"}, {"title", "x"}, {"target", "1"}}), "items/1");
  EXPECT_EQ(wrong(JsonObject{{"kind", "task"}, {"title", "x"}, {"due", "2026-02-01"}}), "items/1");
  EXPECT_EQ(wrong(JsonObject{{"kind", "task"}, {"title", "x"}, {"due", "2026-01-31"}}), "");
}

// PLN-001, PLN-607
TEST_P(Work, APlanIsConfirmedAndItsTasksAreToDos) {
  PlanItem task = item("task", "装收单机具");
  task.due = on("2026-01-20");
  WorkPlan plan = made("2026-01", {task, item("count", "走访", "20")});
  EXPECT_EQ(make_plan(store(), ask("2026-01", {}), by("wang")).error().code, "record.key") << "one a period";
  EXPECT_EQ(confirm_plan(store(), plan.record.id, 1, said("confirmed"), {}, doing(), by("zhang")).error().code,
            "plan.state");
  EXPECT_EQ(mark("计划到"), "");
  plan = *submit_plan(store(), plan.record.id, 1, said("submitted"), by("wang"));
  EXPECT_EQ(mark("计划到"), "2026-01-31");
  EXPECT_EQ(return_plan(store(), plan.record.id, 2, said("returned", ""), by("zhang")).error().code, "plan.why");
  auto names = [](const std::string&) { return std::string(); };
  auto confirmed = confirm_plan(store(), plan.record.id, 2, said("confirmed"), names, doing(), by("zhang"));
  ASSERT_TRUE(confirmed.ok()) << confirmed.error().text();
  auto todo_id = todo_with_key(store(), task_key(plan.record.id, confirmed->items[0].id));
  ASSERT_TRUE(todo_id);
  EXPECT_EQ(todo(store(), *todo_id)->assignee, "M1");
  // A confirmed plan is changed with a reason and needs the superior again; its to-do moves, it is not made twice.
  auto items = confirmed->items;
  items[0].due = on("2026-01-22");
  EXPECT_EQ(change_plan(store(), plan.record.id, 3, "", items, "", by("wang")).error().code, "plan.why");
  EXPECT_EQ(change_plan(store(), plan.record.id, 2, "", items, "改期", by("wang")).error().code, "record.changed");
  ASSERT_TRUE(change_plan(store(), plan.record.id, 3, "", items, "改期", by("wang")).ok());
  ASSERT_TRUE(submit_plan(store(), plan.record.id, 4, said("submitted"), by("wang")).ok());
  ASSERT_TRUE(confirm_plan(store(), plan.record.id, 5, said("confirmed"), names, doing(), by("zhang")).ok());
  EXPECT_EQ(*todo(store(), *todo_id)->due, on("2026-01-22"));
  EXPECT_EQ(review_plan(store(), plan.record.id, 6, said("reviewed"), JsonArray{}, on("2026-01-31"), by("zhang"))
                .error()
                .code,
            "plan.early");
  EXPECT_TRUE(
      review_plan(store(), plan.record.id, 6, said("reviewed"), JsonArray{}, on("2026-02-01"), by("zhang")).ok());
  EXPECT_EQ(records::versions(store(), plan.record.id).size(), 7u);
}

TEST_P(Work, WhatIsMissingIsCarriedOnceAndMarked) {
  WorkPlan plan = made("2026-01", {item("count", "走访", "20"), item("text", "讲政策")});
  const Missing missing[] = {{1, Decimal(8)}, {2, std::nullopt}};
  auto next = carry_forward(store(), plan.record.id, missing, by("wang"));
  ASSERT_TRUE(next.ok()) << next.error().text();
  EXPECT_EQ(next->period.str(), "2026-02");
  EXPECT_EQ(next->record.title, "王一 2026 年 2 月工作计划");
  ASSERT_EQ(next->items.size(), 2u);
  EXPECT_EQ(*next->items[0].target, Decimal(8));
  EXPECT_EQ(next->items[0].carried_period, "2026-01");
  EXPECT_EQ(carry_forward(store(), plan.record.id, missing, by("wang")).error().code, "plan.nothing");
}

TEST_P(Work, PartsAddUpToTheWhole) {
  WorkPlan plan = made("2026Q1", {item("count", "走访", "20"), item("count", "余额", "100")});
  auto parts = split_plan(
      store(), plan.record.id, [](const PlanItem& one) { return one.title == "余额"; }, by("wang"));
  ASSERT_TRUE(parts.ok()) << parts.error().text();
  ASSERT_EQ(parts->size(), 3u);
  std::string targets;
  for (const auto& part : *parts) targets += part.items[0].target->str() + "/" + part.items[1].target->str() + " ";
  EXPECT_EQ(targets, "6/100 6/100 8/100 ");
  EXPECT_EQ(parts->front().record.parent, plan.record.id);
  EXPECT_EQ(split_plan(
                store(), plan.record.id, [](const PlanItem&) { return true; }, by("wang"))
                .error()
                .code,
            "plan.split");
}

LogBody body(const char* text) { return {{}, text, ""}; }

// PLN-306, PLN-608
TEST_P(Work, ALogIsInTimeUntilItsDeadlineAndOneADay) {
  const LogAsk friday{"M1", "B1", "王一", on("2026-01-09"), body("走访三户"), 0, ""};
  LogAsk empty = friday, coming = friday;
  empty.body = {}, coming.day = on("2026-01-13");
  EXPECT_EQ(submit_log(store(), *rules_, empty, on("2026-01-12"), by("wang")).error().code, "log.empty");
  EXPECT_EQ(submit_log(store(), *rules_, coming, on("2026-01-12"), by("wang")).error().code, "log.day");
  // Friday's is due on Monday at ten, and that is two in the morning of UTC.
  auto in_time = submit_log(store(), *rules_, friday, on("2026-01-12"), by("wang"));
  ASSERT_TRUE(in_time.ok()) << in_time.error().text();
  EXPECT_FALSE(in_time->late);
  EXPECT_EQ(mark("上次日志日期"), "2026-01-09");
  EXPECT_EQ(submit_log(store(), *rules_, friday, on("2026-01-12"), by("wang")).error().code, "record.key");
  clock_.set({clock_.now().micros + 1'000'000});
  LogAsk thursday = friday;
  thursday.day = on("2026-01-08");
  EXPECT_TRUE(submit_log(store(), *rules_, thursday, on("2026-01-12"), by("wang"))->late);
  EXPECT_EQ(mark("上次日志日期"), "2026-01-09") << "an older day moves nothing back";
  LogAsk again = friday;
  again.version = 1;
  EXPECT_EQ(submit_log(store(), *rules_, again, on("2026-01-12"), by("wang")).error().code, "log.why");
  again.why = "漏了一户";
  EXPECT_EQ(submit_log(store(), *rules_, again, on("2026-01-12"), by("wang"))->record.version, 2);
}

TEST_P(Work, ADraftIsKeptAndTwoDevicesNotice) {
  auto first = keep_draft(store(), draft_name(on("2026-01-12")), "M1", 0, JsonObject{{"text", "a"}}, by("wang"));
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->seq, 1);
  EXPECT_EQ(keep_draft(store(), draft_name(on("2026-01-12")), "M1", 0, JsonObject{{"text", "b"}}, by("wang"))
                .error()
                .code,
            "draft.changed");
  EXPECT_EQ(keep_draft(store(), draft_name(on("2026-01-12")), "M1", 1, JsonObject{{"text", "b"}}, by("wang"))->seq,
            2);
  ASSERT_TRUE(submit_log(store(), *rules_, {"M1", "B1", "王一", on("2026-01-12"), body("b"), 0, ""},
                         on("2026-01-12"), by("wang"))
                  .ok());
  EXPECT_FALSE(draft(store(), draft_name(on("2026-01-12")), "M1")) << "submitted, it is a draft no more";
}

TEST_P(Work, CustomersThatALogNamesFindIt) {
  LogBody said = body("见了 @孙三(C1) 和 @兴旺公司(C-3)，写信给 a@b.cn(x)，@没有号 @孙三(C1)");
  EXPECT_EQ(mentioned(said), (std::vector<std::string>{"C1", "C-3", "x"}));
  EXPECT_EQ(mentioned(body("@(C1) @孙三 (C1) @孙三(C 1)")), std::vector<std::string>());
  ASSERT_TRUE(submit_log(store(), *rules_, {"M1", "B1", "王一", on("2026-01-09"), body("见了 @孙三(C1)"), 0, ""},
                         on("2026-01-12"), by("wang"))
                  .ok());
  EXPECT_EQ(logs_naming(store(), "C1").size(), 1u);
  EXPECT_TRUE(logs_naming(store(), "C2").empty());
}

// PLN-609: whoever draws gets the same, whatever order the candidates come in.
TEST(LogDraw, IsMadeByItsSeedAlone) {
  std::vector<Candidate> all;
  for (int i = 1; i <= 28; ++i) all.push_back({"M1", Date::from_ymd(2026, 1, i).value(), i, false});
  const auto first = drawn(all, "0417", 5);
  std::reverse(all.begin(), all.end());
  const auto again = drawn(all, "0417", 5), other = drawn(all, "0418", 5);
  ASSERT_EQ(first.size(), 5u);
  bool differs = false;
  for (size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(first[i].day, again[i].day);
    differs |= first[i].day != other[i].day;
  }
  EXPECT_TRUE(differs);
  EXPECT_EQ(drawn(all, "0417", 99).size(), 28u);
}

// PLN-609, QUA-614
TEST_P(Work, MarksOfACheckCountOnceAndComeToFigures) {
  ASSERT_TRUE(submit_log(store(), *rules_, {"M1", "B1", "王一", on("2026-01-09"), body("走访"), 0, ""},
                         on("2026-01-12"), by("wang"))
                  .ok());
  CheckAsk ask{"H1",
               "B1",
               "抽查",
               on("2026-01-05"),
               on("2026-01-09"),
               {{"M1", on("2026-01-08"), 0, false}, {"M1", on("2026-01-09"), 1, false}},
               "",
               2};
  EXPECT_EQ(make_check(store(), ask, by("zhang")).error().code, "check.seed");
  ask.seed = "7";
  auto check = make_check(store(), ask, by("zhang"));
  ASSERT_TRUE(check.ok());
  const int64_t id = check->record.id;
  auto give = [&](const char* day, const char* level, const char* why) {
    return mark_drawn(store(), *rules_, id, 0, "M1", on(day), level, why, by("zhang"));
  };
  EXPECT_EQ(give("2026-01-07", "优", "好").error().code, "check.drawn");
  EXPECT_EQ(give("2026-01-09", "优", "").error().code, "check.reason");
  EXPECT_EQ(give("2026-01-09", "漏记", "没有").error().code, "check.level");
  EXPECT_EQ(give("2026-01-08", "优", "好").error().code, "check.level");
  ASSERT_TRUE(give("2026-01-09", "中", "少").ok());
  EXPECT_EQ(close_check(store(), id, 0, by("zhang")).error().code, "check.open");
  ASSERT_TRUE(give("2026-01-09", "良", "又看了一遍").ok());
  ASSERT_TRUE(give("2026-01-08", "漏记", "没有写").ok());
  EXPECT_TRUE(close_check(store(), id, 0, by("zhang")).ok());
  const auto all = marks(store(), {"M1"}, on("2026-01-01"), on("2026-01-31"));
  ASSERT_EQ(all.size(), 2u) << "the later mark replaces the one before";
  const auto logs = logs_in(store(), {"M1"}, on("2026-01-05"), on("2026-01-12"));
  const auto figures =
      log_figures(*rules_, "M1", on("2026-01-05"), on("2026-01-12"), clock_.now(), logs.at("M1"), all);
  EXPECT_EQ(figures.mean->str(), "4") << "(8 + 0) / 2";
  EXPECT_EQ(figures.required, 5) << "Friday's is due now, today's tomorrow";
  EXPECT_EQ(figures.share->str(), "20");
  EXPECT_EQ(figures.missing.size(), 4u);
}

// PLN-307
TEST_P(Work, SeriesMeetByTheBusinessCalendar) {
  ASSERT_TRUE(
      calendar_.merge("2026-01-01,holiday\n2026-01-02,holiday\n2026-01-04,workday\n2026-01-05,holiday\n").ok());
  auto days = [&](WorkRules::Rhythm rhythm) {
    MeetingSeries series;
    series.rhythm = rhythm;
    std::string out;
    for (const Date day : days_of(series, calendar_, on("2026-01-01"), on("2026-01-13")))
      out += day.str().substr(8) + " ";
    return out;
  };
  EXPECT_EQ(days({"day", 0, 0}), "04 06 07 08 09 12 13 ");
  EXPECT_EQ(days({"week", 1, 0}), "06 12 ") << "Monday off: the next working day of that week";
  EXPECT_EQ(days({"week", 5, 0}), "04 09 ") << "nothing after Friday but a Sunday that is worked";
  EXPECT_EQ(days({"month", 0, 3}), "07 ");
  EXPECT_EQ(days({"", 0, 0}), "");
}

TEST_P(Work, MinutesGoRoundAndDecisionsAreToDos) {
  MeetingAsk ask;
  ask.owner = "H1", ask.org = "B1", ask.title = "周会", ask.time = "17:30", ask.day = on("2026-01-12");
  EXPECT_EQ(prepare_meeting(store(), ask, by("zhang")).error().code, "meeting.people");
  ask.people = {"H1", "M1", "M2"};
  const int64_t id = prepare_meeting(store(), ask, by("zhang"))->record.id;
  auto write = [&](Json json) { return write_meeting(store(), id, 0, json, {}, by("zhang")); };
  auto decision = [](const char* who, const char* due) {
    return JsonObject{{"decisions", JsonArray{JsonObject{{"text", "补检查"}, {"who", who}, {"due", due}}}}};
  };
  EXPECT_EQ(write(decision("M9", "2026-01-20")).error().code, "meeting.decision");
  EXPECT_EQ(write(decision("M1", "2026-01-11")).error().code, "meeting.decision");
  ASSERT_TRUE(write(decision("M1", "2026-01-12")).ok());
  EXPECT_EQ(send_minutes(store(), id, 0, doing(), by("zhang")).error().code, "meeting.state")
      << "nobody was there yet";
  auto there = [](const char* staff, const char* state) { return JsonObject{{"staff", staff}, {"state", state}}; };
  EXPECT_EQ(write(JsonObject{{"attendance", JsonArray{there("M9", "present")}}}).error().code,
            "meeting.attendance");
  ASSERT_TRUE(write(JsonObject{{"attendance",
                                JsonArray{there("H1", "present"), there("M1", "late"), there("M2", "absent")}}})
                  .ok());
  EXPECT_EQ(send_minutes(store(), id, 0, doing(), by("zhang")).error().code, "meeting.minutes");
  ASSERT_TRUE(write(JsonObject{{"minutes", "补检查"}}).ok());
  auto sent = send_minutes(store(), id, 0, doing(), by("zhang"));
  ASSERT_TRUE(sent.ok()) << sent.error().text();
  EXPECT_EQ(sent->waits_for(), std::vector<std::string>{"M1"});
  ASSERT_TRUE(todo_with_key(store(), decision_key(id, 1)));
  EXPECT_EQ(agree(store(), id, "M2", "", by("li")).error().code, "meeting.agreed") << "was not there";
  EXPECT_EQ(agree(store(), id, "M1", "期限太紧", by("wang"))->record.state, "held");
  ASSERT_TRUE(send_minutes(store(), id, 0, doing(), by("zhang")).ok());
  EXPECT_EQ(agree(store(), id, "M1", "", by("wang"))->record.state, "confirmed");
  EXPECT_EQ(write(JsonObject{{"minutes", "别的"}}).error().code, "meeting.state");
}

INSTANTIATE_TEST_SUITE_P(Engines, Work, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& about) {
                           return about.param == store::Engine::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace guanhu::workbench
