// What the packs' duties ask of who was, or was not, trained and examined; what waits by itself.
#include "workbench/training_todo.h"
#include "policy/load.h"
#include "workbench/exam_sitting.h"
#include "workbench/todo_testing.h"
#include "workbench/training_session.h"

namespace guanhu::workbench {
namespace {

using testing::on;

class TrainingDuties : public testing::TodoBank {
 protected:
  void SetUp() override {
    testing::TodoBank::SetUp();
    if (IsSkipped()) return;
    files_ = {
        {"staff.csv",
         "staff_id,name,org_id,position,hired_on\nM1,王一,B1,manager,2010-05-01\nM2,李二,B1,manager,2025-12-20\n"
         "H1,张行长,B1,branch_head,2005-01-01\nE1,赵行长,HQ,executive,2000-01-01\n"}};
    bring("2026-01-10");
    const auto policies = std::filesystem::path(GUANHU_SOURCE_DIR) / "policies";
    auto house = policy::open_pack(policies, kTrainingPack);
    ASSERT_TRUE(house.ok()) << house.error().text();
    house_ = std::make_unique<policy::Pack>(std::move(*house));
  }
  void take_pack(const char* id) {
    auto pack = policy::open_pack(std::filesystem::path(GUANHU_SOURCE_DIR) / "policies", id);
    ASSERT_TRUE(pack.ok()) << pack.error().text();
    pack_ = std::make_shared<const policy::Pack>(std::move(*pack));
  }
  // Of the duty, open ones, as "M1 2026-12-31 ".
  std::string open_of(const char* duty) {
    std::string out;
    for (const Todo& one : all(duty)) out += one.object + " " + (one.rule_day ? one.rule_day->str() : "-") + " ";
    return out;
  }
  records::Doing by(const std::string& login) { return {login, place_->clock.now()}; }
  // M2 was taught the contents on the day.
  void teach(const char* day, std::vector<std::string> contents) {
    const TrainingRules rules(*house_, on(day));
    const auto topic =
        keep_topic(store(), {.title = std::string("题") + day, .owner = "E1", .org = "HQ"}, by("hr"));
    CourseAsk ask;
    Course& c = ask.course;
    c.record.title = "课", c.record.parent = topic->record.id, c.record.state = "on", c.record.owner = "E1";
    c.record.org = "HQ", c.klass = "其他", c.mode = "集中授课", c.contents = std::move(contents), c.hours = 100;
    const auto course = keep_course(store(), rules, ask, by("hr"));
    ASSERT_TRUE(course.ok()) << course.error().text();
    TrainingSession s;
    s.record.parent = course->record.id, s.record.title = "课", s.record.owner = "E1", s.record.org = "HQ";
    s.record.day = s.record.until = on(day), s.from = "09:00", s.to = "10:00", s.teacher = "H1", s.hours = 100;
    const auto kept = keep_session(store(), rules, s, {}, by("hr"));
    ASSERT_TRUE(kept.ok()) << kept.error().text();
    ASSERT_TRUE(enrol(store(), kept->record.id, {"M2"}, false, on(day), by("hr")).ok());
    ASSERT_TRUE(
        record_attendance(store(), rules, kept->record.id, {{"M2", "present", ""}}, "H1", on(day), by("head"))
            .ok());
  }
  std::unique_ptr<policy::Pack> house_;
};

// TRN-304: what was before the list began nobody could record here, so that it asks for the years after it.
TEST_P(TrainingDuties, UnifiedTrainingIsDueOnceAYear) {
  take_pack("shandong-rcb-draft");
  run("2026-01-11");
  bring("2027-09-28");
  run("2027-09-29");
  EXPECT_EQ(open_of("unified-training-annual"), "") << "it shows from the fourth quarter on";
  run("2027-10-01");
  EXPECT_EQ(open_of("unified-training-annual"), "M1 2027-12-31 M2 2027-12-31 ") << "nobody was trained this year";
  run("2027-10-02");
  EXPECT_EQ(all("unified-training-annual").size(), 2u) << "the same rule asks once";
  teach("2027-10-03", {"新制度"});
  run("2027-10-04");
  EXPECT_EQ(open_of("unified-training-annual"), "M1 2027-12-31 ") << "who was there is done with it";
}

TEST_P(TrainingDuties, OtherContentsAreNoUnifiedTraining) {
  take_pack("shandong-rcb-draft");
  run("2026-01-11");
  bring("2027-09-30");
  teach("2027-10-01", {"政治学习"});
  run("2027-10-02");
  EXPECT_EQ(all("unified-training-annual").size(), 2u);
}

// TRN-306
TEST_P(TrainingDuties, NewManagersAreAskedForWhatTheyLack) {
  take_pack("rcb-generic-rm-system");
  run("2026-01-11");
  EXPECT_EQ(open_of("onboarding-training"), "M2 2026-03-20 ") << "who came long ago is not asked";
  teach("2026-01-11", {"银行产品知识", "销售技巧"});
  run("2026-01-12");
  EXPECT_EQ(all("onboarding-training").size(), 1u) << "one of three is missing";
  teach("2026-01-12", {"客户服务技能"});
  run("2026-01-13");
  EXPECT_EQ(open_of("onboarding-training"), "");
}

// TRN-002
TEST_P(TrainingDuties, NewStaffNeedAllThreeParts) {
  take_pack("icbc-branch-notice");
  run("2026-01-11");
  EXPECT_EQ(open_of("new-staff-programme"), "M2 2026-06-20 ");
  teach("2026-01-11", {"业务培训", "基本功练习", "典型案例探讨"});
  run("2026-01-12");
  EXPECT_EQ(open_of("new-staff-programme"), "");
}

// TRN-613
TEST_P(TrainingDuties, EveryManagerHasARecordOfAgencyTraining) {
  take_pack("rm-risk-system-paper");
  run("2026-01-11");
  EXPECT_EQ(open_of("agency-training"), "M1 2026-12-31 M2 2026-12-31 ")
      << "how long somebody is here is no matter";
  teach("2026-01-11", {"风险防范意识"});
  run("2026-01-12");
  EXPECT_EQ(open_of("agency-training"), "M1 2026-12-31 M2 2026-12-31 ") << "another content is no such training";
  teach("2026-01-12", {"代理人观念"});
  run("2026-01-13");
  EXPECT_EQ(open_of("agency-training"), "M1 2026-12-31 ") << "who was there is done with it";
}

// TRN-308
TEST_P(TrainingDuties, AnExamIsDueEachQuarter) {
  take_pack("county-rcc-rules");
  store().exec(
      "INSERT INTO exam_sittings (exam, staff, attempt, seed, day, started_at, ends_at, handed_at, handed_how, "
      "state,"
      " points, most, passed) VALUES (1, 'M2', 1, 's', '2026-04-10', '2026-04-10T02:00:00Z', "
      "'2026-04-10T03:00:00Z',"
      " '2026-04-10T02:30:00Z', 'self', 'marked', 0, 100, 0)");
  run("2026-01-11");
  bring("2026-04-19");
  run("2026-04-20");
  EXPECT_EQ(open_of("quarterly-exam-missing"), "M1 2026-06-30 ") << "M2 has sat this quarter's";
  bring("2026-07-01");
  run("2026-07-02");
  EXPECT_EQ(all("quarterly-exam-missing").size(), 2u) << "a new quarter asks everybody";
}

INSTANTIATE_TEST_SUITE_P(Engines, TrainingDuties,
                         ::testing::Values(store::Engine::sqlite, store::Engine::postgres), [](const auto& about) {
                           return about.param == store::Engine::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace guanhu::workbench
