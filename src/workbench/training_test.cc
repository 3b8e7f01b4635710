// Topics, courses, plans, sessions, attendance, feedback, own learning: what is refused, then what each step does.
#include "workbench/training_testing.h"

namespace guanhu::workbench {
namespace {

using testing::day;

class Training : public testing::TrainingBank {};

// TRN-606
TEST_P(Training, ATopicStandsInNoCircleAndKeepsItsCourses) {
  auto below = keep_topic(store(), {.parent = topic_, .title = "贷后", .owner = "E1", .org = "HQ"}, by("hr"));
  ASSERT_TRUE(below.ok());
  EXPECT_EQ(
      keep_topic(store(), {.id = topic_, .version = 1, .parent = below->record.id, .title = "信贷"}, by("hr"))
          .error()
          .code,
      "topic.parent");
  EXPECT_EQ(keep_topic(store(), {.id = topic_, .version = 1, .title = "信贷", .on = false}, by("hr")).error().code,
            "topic.used");
  EXPECT_EQ(keep_topic(store(), {.parent = 999, .title = "无"}, by("hr")).error().code, "topic.parent");
  auto off = keep_topic(
      store(), {.id = below->record.id, .version = 1, .parent = topic_, .title = "贷后", .on = false}, by("hr"));
  ASSERT_TRUE(off.ok()) << off.error().text();
  EXPECT_EQ(off->record.state, "off");
}

// TRN-605 TRN-301 TRN-611
TEST_P(Training, ACourseHasAClassOfTheRulesAndHours) {
  auto refused = [&](auto change) {
    CourseAsk ask = course();
    change(ask.course);
    auto kept = keep_course(store(), rules(), ask, by("hr"));
    return kept.ok() ? std::string("kept") : kept.error().code;
  };
  EXPECT_EQ(refused([](Course& c) { c.klass = "礼仪"; }), "course.class");
  EXPECT_EQ(refused([](Course& c) { c.mode = "看电影"; }), "course.mode");
  EXPECT_EQ(refused([](Course& c) { c.contents = {"唱歌"}; }), "course.contents");
  EXPECT_EQ(refused([](Course& c) { c.hours = 0; }), "course.hours");
  EXPECT_EQ(refused([](Course& c) { c.exam_kind = "面试"; }), "course.exam");
  EXPECT_EQ(refused([](Course& c) { c.record.parent = 999; }), "course.topic");
  EXPECT_EQ(refused([](Course&) {}), "kept");
  EXPECT_EQ(rules().classes().size(), 5u) << "four classes and others";
}

// TRN-607 TRN-601 TRN-604
TEST_P(Training, NobodyAgreesToHisOwnPlan) {
  TrainingPlanAsk ask{.owner = "E1", .org = "HQ", .title = "2026 年培训计划", .period = "2026"};
  EXPECT_EQ(keep_training_plan(store(), ask, by("hr")).error().code, "tplan.lines");
  ask.lines = {{0, 0, "网点负责人转变观念", "2025-12", "", "", {"branch_head"}, 20, std::nullopt}};
  EXPECT_EQ(keep_training_plan(store(), ask, by("hr")).error().code, "tplan.line")
      << "the month is not of the year";
  ask.lines[0].month = "2026-03", ask.lines[0].budget = -1;
  EXPECT_EQ(keep_training_plan(store(), ask, by("hr")).error().code, "tplan.line");
  ask.lines[0].budget = 2'000'000;
  auto plan = keep_training_plan(store(), ask, by("hr"));
  ASSERT_TRUE(plan.ok()) << plan.error().text();
  EXPECT_EQ(keep_training_plan(store(), ask, by("hr")).error().code, "record.key") << "one of a period";
  const int64_t id = plan->record.id;
  EXPECT_EQ(step_training_plan(store(), id, 1, {"approve", "", "X"}, by("boss")).error().code, "tplan.step");
  ASSERT_TRUE(step_training_plan(store(), id, 1, {"submit", "", "E1"}, by("hr")).ok());
  EXPECT_EQ(step_training_plan(store(), id, 2, {"approve", "", "E1"}, by("hr")).error().code, "tplan.self");
  EXPECT_EQ(step_training_plan(store(), id, 2, {"approve", "", "E1"}, by("boss")).error().code, "tplan.self")
      << "its owner under another login";
  EXPECT_EQ(step_training_plan(store(), id, 2, {"return", "", "B1"}, by("boss")).error().code, "tplan.why");
  EXPECT_EQ(select_people(store(), id, 2, {{"M1", "选送", ""}}, by("hr")).error().code, "tplan.state");
  auto agreed = step_training_plan(store(), id, 2, {"approve", "", "B1"}, by("boss"));
  ASSERT_TRUE(agreed.ok()) << agreed.error().text();
  EXPECT_EQ(agreed->record.state, "approved");
  ask.id = id, ask.version = 3;
  EXPECT_EQ(keep_training_plan(store(), ask, by("hr")).error().code, "tplan.state") << "agreed to is agreed to";
  EXPECT_EQ(select_people(store(), id, 3, {{"M1", "选送", ""}, {"M1", "不选", ""}}, by("hr")).error().code,
            "tplan.selected");
  EXPECT_EQ(select_people(store(), id, 3, {{"M1", "选送", "成绩好"}}, by("hr")).value().selected.size(), 1u);
  ASSERT_TRUE(step_training_plan(store(), id, 4, {"reopen", "加一项", "E1"}, by("hr")).ok());
}

// TRN-307
TEST_P(Training, QuartersWithoutTrainingAreListed) {
  EXPECT_EQ(rules().gaps({1, 1, 4}).value(), (std::vector<std::string>{"2", "3"}));
  EXPECT_TRUE(rules().gaps({1, 2, 3, 4}).value().empty());
}

TEST_P(Training, WhoComesLateToAFullSessionWaitsAndMovesUp) {
  const int64_t id = kept_session(1).record.id;
  ASSERT_TRUE(enrol(store(), id, {"M1"}, false, day("2026-01-05"), by("hr")).ok());
  EXPECT_EQ(enrol(store(), id, {"M2"}, true, day("2026-01-13"), by("m2")).error().code, "tsession.enrol");
  ASSERT_TRUE(enrol(store(), id, {"M2"}, true, day("2026-01-12"), by("m2")).ok()) << "TRN-305";
  EXPECT_EQ(places(store(), id)[1].state, "waiting");
  EXPECT_EQ(leave_place(store(), id, "M3", "出差", by("m3")).error().code, "tsession.place");
  EXPECT_EQ(leave_place(store(), id, "M1", "", by("m1")).error().code, "tsession.why");
  EXPECT_EQ(leave_place(store(), id, "M1", "出差", by("m1")).value(), "M2");
  EXPECT_EQ(places_of(store(), "M2").at(0).state, "enrolled");
  EXPECT_TRUE(places_of(store(), "M1").empty());
}

// TRN-607 TRN-309
TEST_P(Training, AttendanceIsTheTeachersAndACorrectionStays) {
  const int64_t id = kept_session().record.id;
  ASSERT_TRUE(enrol(store(), id, {"M1", "M2", "T1"}, false, day("2026-01-05"), by("hr")).ok());
  auto note = [&](std::vector<AttendanceAsk> asks, const char* today = "2026-01-12") {
    auto status = record_attendance(store(), rules(), id, asks, "T1", day(today), by("t1"));
    return status.ok() ? std::string("ok") : status.error().code;
  };
  EXPECT_EQ(note({{"M1", "present", ""}}, "2026-01-11"), "tsession.early");
  EXPECT_EQ(note({{"T1", "present", ""}}), "attendance.self");
  EXPECT_EQ(note({{"M9", "present", ""}}), "attendance.place");
  EXPECT_EQ(note({{"M1", "late", ""}}), "attendance.reason");
  EXPECT_EQ(note({{"M1", "gone", "x"}}), "attendance.state");
  EXPECT_TRUE(attendance_in(store(), id).empty()) << "a refused list leaves nothing";
  EXPECT_EQ(note({{"M1", "late", "堵车"}, {"M2", "absent", "没有请假"}}), "ok");
  EXPECT_EQ(step_session(store(), id, 2, "close", "", by("hr")).error().code, "tsession.open") << "T1 has none";
  EXPECT_EQ(note({{"M1", "present", ""}}), "attendance.reason") << "a correction";
  EXPECT_EQ(note({{"M1", "present", "查了门禁，准时到的"}}), "ok");
  const auto all = attendance(store(), {.staff = "M1"});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].hours, 350);
  EXPECT_TRUE(all[0].unified);
  EXPECT_EQ(attendance_in(store(), id).size(), 3u) << "what was corrected stays";
  EXPECT_EQ(attendance_in(store(), id)[0].hours, 175) << "half for who was late";
  EXPECT_TRUE(attendance(store(), {.staff = "M2"})[0].contents.empty()) << "who was absent was taught nothing";
  const auto of = trained(store());
  EXPECT_EQ(of[0].first, "M1");
  EXPECT_EQ(of[0].second.unified, day("2026-01-12"));
  EXPECT_EQ(of[0].second.contents, (std::vector<std::string>{"新规定", "银行产品知识"}));
  EXPECT_FALSE(of[1].second.unified);
}

TEST_P(Training, TheCodeOfTheDaySignsInFiveTriesAtMost) {
  const int64_t id = kept_session().record.id;
  ASSERT_TRUE(enrol(store(), id, {"M1", "M2"}, false, day("2026-01-05"), by("hr")).ok());
  const std::string code = code_of_day(store(), id, day("2026-01-12"));
  EXPECT_EQ(code.size(), 6u);
  EXPECT_EQ(code_of_day(store(), id, day("2026-01-12")), code);
  auto sign = [&](const char* staff, const std::string& with, const char* today = "2026-01-12") {
    auto status = sign_in(store(), rules(), id, staff, with, day(today), by(staff));
    return status.ok() ? std::string("ok") : status.error().code;
  };
  const std::string wrong = code == "000000" ? "000001" : "000000";
  EXPECT_EQ(sign("M1", code, "2026-01-13"), "tsession.today");
  EXPECT_EQ(sign("M9", code), "attendance.place");
  for (int i = 0; i < kCodeTries; ++i) EXPECT_EQ(sign("M1", wrong), "attendance.code");
  EXPECT_EQ(sign("M1", code), "attendance.tries");
  EXPECT_EQ(sign("M2", wrong), "attendance.code");
  EXPECT_EQ(sign("M2", code), "ok");
  EXPECT_EQ(sign("M2", code), "attendance.done");
  EXPECT_EQ(attendance_in(store(), id).at(0).way, "code");
}

TEST_P(Training, FeedbackKnowsNoName) {
  const int64_t id = kept_session().record.id;
  ASSERT_TRUE(enrol(store(), id, {"M1", "M2"}, false, day("2026-01-05"), by("hr")).ok());
  ASSERT_TRUE(record_attendance(store(), rules(), id, {{"M1", "present", ""}, {"M2", "absent", "病假没有报"}},
                                "T1", day("2026-01-12"), by("t1"))
                  .ok());
  EXPECT_EQ(give_feedback(store(), id, "M2", {5, 5, 5, ""}, by("m2")).error().code, "feedback.place");
  EXPECT_EQ(give_feedback(store(), id, "M1", {0, 5, 5, ""}, by("m1")).error().code, "feedback.marks");
  ASSERT_TRUE(give_feedback(store(), id, "M1", {5, 4, 3, "案例再多些"}, by("m1")).ok());
  EXPECT_EQ(give_feedback(store(), id, "M1", {5, 4, 3, ""}, by("m1")).error().code, "feedback.given");
  EXPECT_EQ(feedback(store(), id).size(), 1u);
  EXPECT_FALSE(rules().feedback_shown(1).value()) << "one voice is a name";
  EXPECT_TRUE(rules().feedback_shown(3).value());
  for (const auto& row : store().query("SELECT feedback_id, words FROM training_feedback"))
    EXPECT_EQ(row.text(0).find("M1"), std::string::npos);
}

// TRN-007
TEST_P(Training, OwnStudyCountsWhenSomebodyElseSaysSo) {
  StudyAsk ask{.owner = "M1",
               .org = "B1",
               .title = "反洗钱新规",
               .content = "读完全文",
               .kind = "self",
               .day = day("2026-01-10"),
               .hours = "1.5"};
  ask.hours = "25";
  EXPECT_EQ(keep_study(store(), ask, day("2026-01-12"), by("m1")).error().code, "study.hours");
  ask.hours = "1.505";
  EXPECT_EQ(keep_study(store(), ask, day("2026-01-12"), by("m1")).error().code, "study.hours");
  ask.hours = "1.5";
  EXPECT_EQ(keep_study(store(), ask, day("2026-01-09"), by("m1")).error().code, "study.day");
  auto kept = keep_study(store(), ask, day("2026-01-12"), by("m1"));
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  const int64_t id = kept->record.id;
  EXPECT_EQ(decide_study(store(), id, 1, true, "", "M1", by("other")).error().code, "study.self");
  EXPECT_EQ(decide_study(store(), id, 1, false, "", "H1", by("h1")).error().code, "study.why");
  EXPECT_EQ(decide_study(store(), id, 1, true, "", "H1", by("h1")).value().record.state, "confirmed");
  ask.id = id, ask.version = 2;
  EXPECT_EQ(keep_study(store(), ask, day("2026-01-12"), by("m1")).error().code, "study.state");
}

// TRN-609 TRN-612
TEST_P(Training, AStudyPlanIsOfItsYear) {
  StudyPlan plan;
  plan.record.owner = "M1", plan.record.org = "B1", plan.record.title = "王一 2026 年学习计划", plan.year = 2026;
  EXPECT_EQ(keep_study_plan(store(), plan, by("m1")).error().code, "studyplan.goals");
  plan.goals = {{0, "风险管理", "每周读一章", "", day("2027-01-01"), std::nullopt}};
  EXPECT_EQ(keep_study_plan(store(), plan, by("m1")).error().code, "studyplan.goal");
  plan.goals[0].by = day("2026-12-31");
  ASSERT_TRUE(keep_study_plan(store(), plan, by("m1")).ok());
  EXPECT_EQ(keep_study_plan(store(), plan, by("m1")).error().code, "record.key");
}

INSTANTIATE_TEST_SUITE_P(Engines, Training, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& about) {
                           return about.param == store::Engine::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace guanhu::workbench
