// Training: topics that group courses (TRN-606), courses with their materials (TRN-605), plans of a department
// that somebody else agrees to (TRN-607, TRN-601); what a person learns alone (TRN-007) and plans to learn
// (TRN-609). Sessions and attendance: training_session.h; exams: exam.h. Kinds "training_topic",
// "training_course", "training_plan", "training_study", "study_plan". docs/training.md tells their lives.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "records/records.h"
#include "store/migrations.h"
#include "workbench/plan_period.h"
#include "workbench/training_rules.h"

namespace guanhu::workbench {

inline constexpr const char* kTopic = "training_topic";
inline constexpr const char* kCourse = "training_course";
inline constexpr const char* kTrainingPlan = "training_plan";
inline constexpr const char* kStudy = "training_study";
inline constexpr const char* kStudyPlan = "study_plan";

std::span<const store::Migration> training_migrations();

// ---------------------------------------------------------------------------- topics, courses

struct Topic {
  records::Record record;  // parent: the topic above; state "on", "off"
  std::string about;
  int64_t place = 0;  // among those beside it, smallest first
};
Topic topic_of(const records::Record& record);
struct TopicAsk {
  int64_t id = 0, version = 0, parent = 0, place = 0;
  std::string title, about, owner, org;
  bool on = true;
};
// Refused: topic.parent (no topic, itself, one below itself, deeper than four levels), topic.used (switched off
// while courses of it are on), topic.about, and records::write's.
base::Result<Topic> keep_topic(store::Session& session, const TopicAsk& ask, const records::Doing& doing);

struct Course {
  records::Record record;                             // parent: its topic; state "on", "off"
  std::string about, klass, mode, teacher, lecturer;  // teacher: member of staff; lecturer: from outside
  std::vector<std::string> contents, groups;          // groups: positions it is meant for; none: everybody
  Hundredths hours = 0;
  bool self_study = false, mandatory = false;
  std::string exam_kind;  // it ends with an exam of the kind; "": with none
  int64_t product = 0;    // TRN-614: 1 it must be studied before a product starts
};
Course course_of(const records::Record& record);
struct CourseAsk {
  Course course;  // record: id, version, parent, title, owner, org, state
  std::vector<std::string> files;
};
// Refused: course.topic (none, or switched off), course.class, course.contents, course.mode, course.hours (0,
// above 1000, more than two decimals), course.exam, course.about.
base::Result<Course> keep_course(store::Session& session, const TrainingRules& rules, const CourseAsk& ask,
                                 const records::Doing& doing);

// ---------------------------------------------------------------------------- plans

struct PlanLine {
  int64_t id = 0;                            // within the plan
  int64_t course = 0;                        // 0: not in the catalogue yet
  std::string title, month, place, teacher;  // month "2026-03"
  std::vector<std::string> groups;           // positions
  int64_t people = 0;
  std::optional<int64_t> budget;  // fen
};
struct Selected {
  std::string staff, result, reason;  // TRN-601: what the department decided of its people
};
struct TrainingPlan {
  records::Record record;  // owner, org; state "draft", "submitted", "approved", "returned"
  PlanPeriod period;       // a year or a quarter
  std::string about, submitted_by, decided_by, decided_why;
  std::vector<PlanLine> lines;
  std::vector<Selected> selected;
};
TrainingPlan training_plan_of(const records::Record& record);
struct TrainingPlanAsk {
  int64_t id = 0, version = 0;
  std::string owner, org, title, period, about;
  std::vector<PlanLine> lines;
};
// Only a draft and what was given back can be written. Refused: tplan.period (no year, no quarter), tplan.lines
// (none, above 200), tplan.line (which one, what: title, month outside the period, people, budget, course),
// tplan.state; record.key: the organisation has one of the period.
base::Result<TrainingPlan> keep_training_plan(store::Session& session, const TrainingPlanAsk& ask,
                                              const records::Doing& doing);
struct PlanStep {
  std::string what;  // "submit", "approve", "return", "reopen"
  std::string why;   // wanted for return and reopen
  std::string person;
};
// Refused: tplan.step (not from this state), tplan.self (whoever made, owns or submitted it does not agree to it),
// tplan.why.
base::Result<TrainingPlan> step_training_plan(store::Session& session, int64_t id, int64_t version,
                                              const PlanStep& step, const records::Doing& doing);
// TRN-601: refused: tplan.state (only of an approved plan), tplan.selected (nobody, twice, no result).
base::Result<TrainingPlan> select_people(store::Session& session, int64_t id, int64_t version,
                                         std::vector<Selected> selected, const records::Doing& doing);

// ---------------------------------------------------------------------------- one's own learning

struct Study {
  records::Record record;             // owner: who learned; state "noted", "confirmed", "refused"; day
  std::string content, result, kind;  // kind: "self", "external"
  Hundredths hours = 0;
  std::string decided_by, decided_why;
};
Study study_of(const records::Record& record);
struct StudyAsk {
  int64_t id = 0, version = 0;
  std::string owner, org, title, content, result, kind;
  base::Date day;
  std::string hours;
  std::vector<std::string> files;
};
// TRN-007. Refused: study.day (after `today`), study.kind, study.hours (0, above 24, more than two decimals),
// study.text, study.state (confirmed already).
base::Result<Study> keep_study(store::Session& session, const StudyAsk& ask, base::Date today,
                               const records::Doing& doing);
// By somebody else. Refused: study.self, study.state, study.why (refusing needs a reason).
base::Result<Study> decide_study(store::Session& session, int64_t id, int64_t version, bool confirmed,
                                 const std::string& why, const std::string& person, const records::Doing& doing);

struct StudyGoal {
  int64_t id = 0;
  std::string what, how, result;
  std::optional<base::Date> by, done;
};
struct StudyPlan {
  records::Record record;  // owner; key "STAFF|2026"; day: its first, until: its last
  int year = 0;
  std::string gap;  // TRN-302: what is missing, and why these goals
  std::vector<StudyGoal> goals;
};
StudyPlan study_plan_of(const records::Record& record);
std::string study_plan_key(const std::string& staff, int year);
// TRN-609 TRN-612. Refused: studyplan.goals (none, above 50), studyplan.goal (which, what).
base::Result<StudyPlan> keep_study_plan(store::Session& session, const StudyPlan& plan,
                                        const records::Doing& doing);

}  // namespace guanhu::workbench
