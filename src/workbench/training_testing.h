// For tests of training and exams: the tables on either engine, the pack's rules, a topic and a course.
#pragma once
#include <gtest/gtest.h>

#include "appraisal/people_facts.h"
#include "policy/load.h"
#include "store/testing.h"
#include "workbench/exam_result.h"
#include "workbench/training_session.h"

namespace guanhu::workbench::testing {

inline base::Date day(const char* text) { return base::Date::parse(text).value(); }

class TrainingBank : public ::testing::TestWithParam<store::Engine> {
 protected:
  TrainingBank() : place_(GetParam()) {}
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {{"records", records::migrations()},
                                           {"people_facts", appraisal::people_migrations()},
                                           {"training", training_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
    auto pack = policy::open_pack(std::filesystem::path(GUANHU_SOURCE_DIR) / "policies", kTrainingPack);
    ASSERT_TRUE(pack.ok()) << pack.error().text();
    pack_ = std::make_unique<policy::Pack>(std::move(*pack));
    rules_ = std::make_unique<TrainingRules>(*pack_, day("2026-01-12"));
    topic_ = keep_topic(store(), {.title = "信贷", .owner = "E1", .org = "HQ"}, by("hr")).value().record.id;
  }
  store::Session& store() { return *session_; }
  const TrainingRules& rules() const { return *rules_; }
  records::Doing by(const std::string& login) { return {login, clock_.now()}; }

  CourseAsk course(const char* title = "授信新规") {
    CourseAsk ask;
    Course& c = ask.course;
    c.record.title = title, c.record.parent = topic_, c.record.state = "on", c.record.owner = "E1",
    c.record.org = "HQ";
    c.klass = "银行产品知识", c.mode = "集中授课", c.contents = {"新规定", "银行产品知识"}, c.hours = 350,
    c.teacher = "T1";
    return ask;
  }
  Course kept_course() { return keep_course(store(), rules(), course(), by("hr")).value(); }

  TrainingSession session_ask(int64_t course, int64_t capacity = 0) {
    TrainingSession s;
    s.record.parent = course, s.record.title = "授信新规（一月）", s.record.owner = "E1", s.record.org = "HQ";
    s.record.day = s.record.until = day("2026-01-12"), s.from = "09:00", s.to = "12:00", s.place = "总行三楼";
    s.teacher = "T1", s.hours = 350, s.capacity = capacity, s.self_enrol = true;
    return s;
  }
  TrainingSession kept_session(int64_t capacity = 0) {
    return keep_session(store(), rules(), session_ask(kept_course().record.id, capacity), {}, by("hr")).value();
  }

  QuestionAsk question(const char* type, const char* stem, std::vector<std::string> options,
                       std::vector<std::string> accepted, Hundredths points = 1000) {
    QuestionAsk ask;
    ask.topic = topic_, ask.owner = "E1", ask.org = "HQ";
    ask.body.type = type, ask.body.stem = stem, ask.body.options = std::move(options);
    ask.body.accepted = std::move(accepted), ask.body.points = points;
    return ask;
  }
  int64_t checked(const QuestionAsk& ask) {
    auto q = keep_question(store(), ask, by("hr"));
    if (!q.ok()) throw base::Broken(q.error().text());
    return step_question(store(), q->record.id, q->record.version, "check", "", by("business")).value().record.id;
  }
  void five_questions() {
    checked(question("single", "逾期多少天", {"30", "60", "90"}, {"C"}));
    checked(question("multiple", "贷前要看", {"流水", "征信", "天气"}, {"A", "B"}));
    checked(question("judge", "可以代客户签字", {}, {"false"}));
    checked(question("number", "合格线多少分", {}, {"70"}));
    checked(question("text", "客户号的英文缩写", {}, {"CIF"}));
  }
  Paper kept_paper(int64_t n = 5, const char* seed = "2026-01-12") {
    auto paper = draw_paper(store(), {"E1", "HQ", "一季度考试", seed, {{topic_, 0, "", n, 0}}}, by("hr"));
    if (!paper.ok()) throw base::Broken(paper.error().text());
    return check_paper(store(), paper->record.id, paper->record.version, by("business")).value();
  }
  ExamAsk exam_ask(const Paper& paper, const char* kind = "上岗培训考试") {
    ExamAsk ask;
    ask.paper = paper.record.id, ask.owner = "E1", ask.org = "HQ", ask.title = "上岗考试", ask.kind = kind;
    ask.opens = "09:00", ask.closes = "17:00", ask.day = day("2026-01-12"), ask.until = day("2026-01-14");
    ask.minutes = 60;
    return ask;
  }
  Exam kept_exam(const Paper& paper, const char* kind = "上岗培训考试") {
    Exam exam = call_exam(store(), rules(), exam_ask(paper, kind), by("hr")).value();
    EXPECT_TRUE(call_candidates(store(), exam.record.id, {"M1", "M2", "M3"}, by("hr")).ok());
    return exam;
  }
  // 10:00 of the exam's first day by the bank's clock, and so many minutes later.
  base::Instant at(int64_t minutes) const {
    return {base::Instant::parse("2026-01-12T02:00:00Z")->micros + minutes * 60'000'000};
  }
  ExamClock clock(int64_t minutes) const { return {at(minutes), at(minutes), day("2026-01-12")}; }

  store::testing::Place place_;
  base::FixedClock clock_{*base::Instant::parse("2026-01-12T02:00:00Z")};
  std::unique_ptr<store::Session> session_;
  std::unique_ptr<policy::Pack> pack_;
  std::unique_ptr<TrainingRules> rules_;
  int64_t topic_ = 0;
};

}  // namespace guanhu::workbench::testing
