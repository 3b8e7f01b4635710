// TRN-302: what one person lacks, by what is recorded of him, and which courses of the catalogue teach it: where
// a study plan starts from. TRN-303: exams somebody is called to and has not sat yet; who could become a manager.
#include <algorithm>
#include <map>
#include <set>

#include "api/policy_reading.h"
#include "api/training_desk.h"
#include "appraisal/grade_book.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Date;
using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using workbench::Certificate;
using workbench::Course;
using workbench::Exam;
using workbench::Hundredths;
using workbench::Sitting;

namespace {

constexpr size_t kCourses = 3;  // of each gap: a plan needs one or two

class Gaps {
 public:
  Gaps(TrainingDesk& desk, const std::string& staff) : desk_(desk), staff_(staff) {
    records::Filter filter;
    filter.kinds = {workbench::kCourse}, filter.states = {"on"}, filter.limit = 20'000;
    const people::Staff* person = desk.directory().person(staff);
    for (const auto& one : records::list(desk.store(), filter)) {
      Course c = workbench::course_of(one);
      const bool meant = c.groups.empty() || (person && std::find(c.groups.begin(), c.groups.end(),
                                                                  person->position) != c.groups.end());
      if (meant) courses_.push_back(std::move(c));
    }
    for (auto& one : workbench::sittings_of(desk.store(), staff))
      if (one.state == "released") sat_.push_back(std::move(one));
  }

  void contents(const char* kind, const std::vector<std::string>& missing) {
    for (const auto& content : missing)
      add(kind, content, "", [&](const Course& c) {
        return std::find(c.contents.begin(), c.contents.end(), content) != c.contents.end();
      });
  }

  // The last sitting of each kind of exam, where it was not passed; then the topics it was weak in.
  void exams() {
    std::map<std::string, std::pair<Exam, Sitting>> last;
    for (const Sitting& one : sat_) {
      auto found = records::record(desk_.store(), workbench::kExam, one.exam);
      if (!found.ok()) continue;
      Exam exam = workbench::exam_of(*found);
      const std::string kind = exam.kind;
      last.insert_or_assign(kind, std::pair(std::move(exam), one));
    }
    for (const auto& [kind, of] : last) {
      const auto& [exam, sitting] = of;
      if (sitting.passed) continue;
      const int64_t course = exam.course;
      add("exam", exam.record.title,
          workbench::hundredths_text(sitting.points) + " / " + workbench::hundredths_text(sitting.most),
          [&](const Course& c) { return c.record.id == course || c.exam_kind == kind; });
    }
  }

  void topics() {
    std::map<int64_t, std::pair<Hundredths, Hundredths>> of;  // points reached, points there were
    for (const Sitting& one : sat_)
      if (one.day > desk_.today().add_months(-12)) count(one, of);
    for (const auto& [topic, points] : of) {
      auto share = points.second ? Decimal::divide(Decimal(points.first), Decimal(points.second)) : std::nullopt;
      auto weak = share ? desk_.rules().weak_topic(*share) : base::Result<bool>(false);
      auto title = records::record(desk_.store(), workbench::kTopic, topic);
      if (!weak.ok() || !*weak || !title.ok()) continue;
      const int64_t wanted = topic;
      add("topic", title->title,
          workbench::hundredths_text(points.first) + " / " + workbench::hundredths_text(points.second),
          [&](const Course& c) { return c.record.parent == wanted; });
    }
  }

  void certificates() {
    std::map<std::string, Certificate> newest;  // by title
    for (const auto& one : workbench::certificates_of(desk_.store(), staff_)) {
      if (!one.withdrawn_at.empty() || !one.to) continue;
      auto [at, fresh] = newest.try_emplace(one.title, one);
      if (!fresh && *one.to > *at->second.to) at->second = one;
    }
    for (const auto& [title, one] : newest) {
      auto ends = desk_.rules().certificate_ends(*one.to - desk_.today());
      if (!ends.ok() || !*ends) continue;
      auto exam = records::record(desk_.store(), workbench::kExam, one.exam);
      const std::string kind = exam.ok() ? workbench::exam_of(*exam).kind : "";
      add("certificate", title, one.to->str(),
          [&](const Course& c) { return !kind.empty() && c.exam_kind == kind; });
    }
  }

  JsonArray take() { return std::move(out_); }

 private:
  void count(const Sitting& one, std::map<int64_t, std::pair<Hundredths, Hundredths>>& of) {
    auto exam = records::record(desk_.store(), workbench::kExam, one.exam);
    auto found = exam.ok() ? records::record(desk_.store(), workbench::kPaper, exam->parent) : exam;
    if (!found.ok()) return;
    const auto paper = workbench::paper_of(*found);
    for (const auto& q : paper.questions) of[q.topic].second += q.points;
    for (const auto& answer : workbench::answers(desk_.store(), one.id))
      of[paper.questions.at(static_cast<size_t>(answer.place)).topic].first += answer.points.value_or(0);
  }

  template <class Fits>
  void add(const char* kind, const std::string& what, const std::string& detail, Fits fits) {
    JsonArray courses;
    for (const Course& c : courses_) {
      if (courses.size() == kCourses) break;
      if (fits(c))
        courses.push_back(JsonObject{{"id", c.record.id},
                                     {"title", c.record.title},
                                     {"files", records::files_of(desk_.store(), c.record.id).size()},
                                     {"self_study", c.self_study}});
    }
    out_.push_back(
        JsonObject{{"kind", kind}, {"what", what}, {"detail", detail}, {"courses", std::move(courses)}});
  }

  TrainingDesk& desk_;
  const std::string& staff_;
  std::vector<Course> courses_;
  std::vector<Sitting> sat_;
  JsonArray out_;
};

std::optional<int64_t> months_since(const std::optional<Date>& hired, Date today) {
  if (!hired || *hired > today) return std::nullopt;
  int months =
      (today.year() - hired->year()) * 12 + static_cast<int>(today.month()) - static_cast<int>(hired->month());
  if (hired->add_months(months) > today) --months;
  return months;
}

std::vector<std::string> learned(TrainingDesk& desk, const std::string& staff) {
  std::set<std::string> out;
  for (const auto& one : workbench::attendance(desk.store(), {staff, std::nullopt, std::nullopt}))
    if (one.state == "present" || one.state == "late") out.insert(one.contents.begin(), one.contents.end());
  return {out.begin(), out.end()};
}

JsonArray grades_json(TrainingDesk& desk, const std::string& staff) {
  JsonArray out;
  for (const auto& book : books_in_force(desk.services())) {
    if (!book->pack->decision("grade-plan")) continue;
    const auto steps = appraisal::grade_history(desk.store(), book->pack->id, staff);
    if (const auto* held = appraisal::grade_on(steps, desk.today()))
      out.push_back(JsonObject{{"pack", book->pack->id},
                               {"title", book->pack->title},
                               {"grade", held->grade},
                               {"from", held->from.str()}});
  }
  return out;
}

std::vector<Exam> registered(TrainingDesk& desk, const std::string& staff) {
  std::set<int64_t> handed;
  for (const auto& one : workbench::sittings_of(desk.store(), staff))
    if (one.state != "sitting") handed.insert(one.exam);
  std::vector<Exam> out;
  for (const int64_t id : workbench::exams_of(desk.store(), staff)) {
    auto found = records::record(desk.store(), workbench::kExam, id);
    if (found.ok() && !found->removed && found->state == "called" && *found->until >= desk.today() &&
        !handed.contains(id))
      out.push_back(workbench::exam_of(*found));
  }
  return out;
}

}  // namespace

void add_gaps(TrainingDesk& desk, JsonObject& out, const std::string& staff,
              const std::vector<std::string>& unified) {
  Gaps gaps(desk, staff);
  std::vector<std::string> missing;
  if (auto all = desk.rules().unified(desk.rules().contents()); all.ok())
    for (const auto& content : *all)
      if (std::find(unified.begin(), unified.end(), content) == unified.end()) missing.push_back(content);
  const people::Staff* person = desk.directory().person(staff);
  const auto months = months_since(person->hired, desk.today());
  gaps.exams(), gaps.topics(), gaps.certificates();
  if (months && person->position == "manager")
    if (auto lacks = desk.rules().newcomer_gaps(*months, learned(desk, staff)); lacks.ok())
      gaps.contents("newcomer", *lacks);
  gaps.contents("unified", missing);
  JsonArray exams;
  for (const Exam& one : registered(desk, staff))
    exams.push_back(JsonObject{{"exam", one.record.id},
                               {"title", one.record.title},
                               {"exam_kind", one.kind},
                               {"day", one.record.day->str()},
                               {"until", one.record.until->str()}});
  out.emplace_back("registered", std::move(exams)), out.emplace_back("grades", grades_json(desk, staff));
  out.emplace_back("months", months ? Json(*months) : Json()), out.emplace_back("gaps", gaps.take());
}

// TRN-303: certificates that hold today, each once; what only says that one is held stands behind its number.
std::map<std::string, JsonArray> certificates_held(TrainingDesk& desk) {
  std::map<std::string, JsonArray> out;
  std::set<std::pair<std::string, std::string>> numbered;  // person, document
  const auto facts = appraisal::people_facts(
      desk.store(), {.of = "staff", .kind = "certificate", .from = desk.today(), .to = desk.today()});
  for (const auto& one : facts)
    if (one.value.as_string()) numbered.emplace(one.subject, one.document);
  for (const auto& one : facts) {
    if (!one.value.as_string() && numbered.contains({one.subject, one.document})) continue;
    if (one.value.as_bool() && !*one.value.as_bool()) continue;
    bool soon = false;
    if (one.to)
      if (auto said = desk.rules().certificate_ends(*one.to - desk.today()); said.ok()) soon = *said;
    out[one.subject].push_back(
        JsonObject{{"name", one.name},
                   {"number", one.value.as_string() ? *one.value.as_string() : one.document},
                   {"from", one.from.str()},
                   {"to", workbench::day_or_null(one.to)},
                   {"ends", soon}});
  }
  return out;
}

std::vector<std::string> exams_registered(TrainingDesk& desk, const std::string& staff) {
  std::vector<std::string> out;
  for (const Exam& one : registered(desk, staff)) out.push_back(one.record.title);
  return out;
}

}  // namespace guanhu::api
