#include "workbench/training_todo.h"

#include <map>
#include <set>

#include "workbench/exam_sitting.h"
#include "workbench/training_session.h"

namespace guanhu::workbench {

using base::Date;
using people::Permission;

namespace {

std::vector<records::Record> of(store::Session& session, const char* kind, std::vector<std::string> states) {
  records::Filter filter;
  filter.kinds = {kind}, filter.states = std::move(states), filter.limit = 20'000;
  return records::list(session, filter);
}

TrainingWait waits(const char* source, const records::Record& about, const std::string& what,
                   const std::string& title, const std::string& link) {
  TrainingWait out;
  const std::string id = std::to_string(about.id);
  out.source = source, out.org = about.org, out.object = id + what, out.title = title + about.title;
  out.link = link + id;
  return out;
}

// TRN-607: who is to come has it in his list until the day is over.
void sessions(store::Session& session, Date today, std::vector<TrainingWait>& out) {
  for (const auto& one : of(session, kSession, {"planned", "held"})) {
    const bool over = *one.until < today;
    const auto attended = attendance_in(session, one.id);
    std::set<std::string> recorded;
    for (const auto& row : attended) recorded.insert(row.staff);
    for (const Place& place : places(session, one.id))
      if (!over && place.state == "enrolled" && !recorded.contains(place.staff)) {
        TrainingWait w = waits("training", one, "", "参加培训：", "/training/sessions/");
        w.who = place.staff, w.due = one.day;
        out.push_back(std::move(w));
      }
    if (*one.day > today) continue;
    const TrainingSession s = training_session_of(one);
    TrainingWait w = waits("training", one, "-attendance", "登记出勤、结束培训：", "/training/sessions/");
    w.who = s.teacher.empty() ? one.owner : s.teacher, w.due = one.until;
    out.push_back(std::move(w));
  }
}

void exams(store::Session& session, Date today, std::vector<TrainingWait>& out) {
  for (const auto& one : of(session, kExam, {"called"})) {
    std::map<std::string, Sitting> last;
    int64_t unmarked = 0;
    for (const Sitting& s : sittings(session, one.id))
      last.insert_or_assign(s.staff, s), unmarked += s.state == "handed";
    const bool over = *one.until < today;
    for (const auto& staff : candidates(session, one.id)) {
      auto sat = last.find(staff);
      if (over || (sat != last.end() && sat->second.state != "sitting")) continue;
      TrainingWait w = waits("exam", one, "", "参加考试：", "/exams/");
      w.who = staff, w.due = one.until;
      out.push_back(std::move(w));
    }
    if (unmarked) {
      TrainingWait w = waits("exam", one, "-mark", "评问答题（" + std::to_string(unmarked) + " 份）：", "/exams/");
      w.permission = Permission::exam_manage, w.due = one.until, w.link += "/results";
      out.push_back(std::move(w));
    } else if (over || all_done(session, exam_of(one))) {
      TrainingWait w = waits("exam", one, "-release", "公布成绩：", "/exams/");
      w.permission = Permission::exam_check, w.maker = one.made_by, w.link += "/results";
      out.push_back(std::move(w));
    }
  }
}

// One line for all questions that wait, of each who wrote them.
void checks(store::Session& session, std::vector<TrainingWait>& out) {
  for (const auto& one : of(session, kPaper, {"draft"})) {
    TrainingWait w = waits("exam", one, "-paper", "试卷待复核：", "/questions?tab=papers&paper=");
    w.permission = Permission::exam_check, w.maker = one.made_by;
    out.push_back(std::move(w));
  }
  std::map<std::string, std::pair<int64_t, records::Record>> drafts;
  for (const auto& one : of(session, kQuestion, {"draft"})) {
    const Question q = question_of(one);
    if (!q.returned_why.empty()) continue;
    auto [at, fresh] = drafts.try_emplace(one.changed_by, 0, one);
    ++at->second.first;
  }
  for (const auto& [maker, found] : drafts) {
    TrainingWait w = waits("exam", found.second, "", "", "");
    w.object = "questions-" + maker,
    w.title = "题目待复核：" + std::to_string(found.first) + " 道（" + maker + " 出的）";
    w.link = "/questions?state=draft", w.permission = Permission::exam_check, w.maker = maker;
    out.push_back(std::move(w));
  }
}

}  // namespace

std::vector<TrainingWait> training_waits(store::Session& session, Date today) {
  std::vector<TrainingWait> out;
  sessions(session, today, out);
  exams(session, today, out);
  checks(session, out);
  for (const auto& one : of(session, kTrainingPlan, {"submitted"})) {
    TrainingWait w = waits("training", one, "-plan", "培训计划待批：", "/training/plans/");
    w.permission = Permission::training_approve, w.maker = training_plan_of(one).submitted_by, w.owner = one.owner;
    out.push_back(std::move(w));
  }
  return out;
}

}  // namespace guanhu::workbench
