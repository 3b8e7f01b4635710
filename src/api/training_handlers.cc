// Training: topics and courses; the words of the rules. Plans, sessions, records, exams have files of their own.
#include <algorithm>

#include "api/training_desk.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using people::Scope;
using workbench::Course;
using workbench::Topic;

namespace {

records::Filter all_of(const char* kind) {
  records::Filter filter;
  filter.kinds = {kind}, filter.limit = 20'000;
  return filter;
}

Outcome show_words(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    std::set<std::string> positions;
    for (const auto& one : desk.directory().staff())
      if (people::Directory::in_post(one, desk.today())) positions.insert(one.position);
    auto standing = desk.rules().standing(0);
    JsonArray kinds;
    for (const auto& kind : desk.rules().exam_kinds()) {
      auto terms = desk.rules().exam_terms(kind);
      if (!terms.ok()) return record_refusal(terms.error());
      kinds.push_back(JsonObject{{"kind", kind},
                                 {"pass", terms->pass.str()},
                                 {"tries", terms->tries},
                                 {"certificate", terms->certificate},
                                 {"months", terms->months}});
    }
    return Answer{JsonObject{{"classes", workbench::texts_json(desk.rules().classes())},
                             {"contents", workbench::texts_json(desk.rules().contents())},
                             {"modes", workbench::texts_json(desk.rules().modes())},
                             {"exam_kinds", std::move(kinds)},
                             {"positions", JsonArray(positions.begin(), positions.end())},
                             {"year_hours", standing.ok() ? Json(standing->wanted.str()) : Json()},
                             {"today", desk.today().str()}}};
  });
}

// ---------------------------------------------------------------------------- topics

Json topic_json(TrainingDesk& desk, const Topic& topic, size_t courses) {
  JsonObject out = desk.head(topic.record);
  out.emplace_back("about", topic.about), out.emplace_back("place", topic.place);
  out.emplace_back("courses", courses);
  out.emplace_back("may_change", desk.manages(topic.record));
  return out;
}

Outcome list_topics(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  std::map<int64_t, size_t> courses;
  for (const auto& one : records::list(desk.store(), all_of(workbench::kCourse)))
    if (one.state == "on") ++courses[one.parent];
  std::vector<Topic> topics;
  for (const auto& one : records::list(desk.store(), all_of(workbench::kTopic)))
    topics.push_back(workbench::topic_of(one));
  std::stable_sort(topics.begin(), topics.end(), [](const Topic& a, const Topic& b) {
    return a.place != b.place ? a.place < b.place : a.record.id < b.record.id;
  });
  std::vector<Json> items;
  for (const Topic& one : topics) items.push_back(topic_json(desk, one, courses[one.record.id]));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome keep_topic(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  workbench::TopicAsk ask;
  const bool made = call.path.contains("id");
  if (made) {
    auto found = desk.found(workbench::kTopic, call.part("id"));
    if (!found) return not_found();
    if (!desk.manages(*found)) return forbidden();
    ask.id = found->id;
  }
  ask.version = workbench::whole_in(call.body, "version"), ask.parent = workbench::whole_in(call.body, "parent");
  ask.place = workbench::whole_in(call.body, "place"), ask.title = call.text("title");
  ask.about = text_member(call, "about"), ask.on = !made || workbench::flag_in(call.body, "on");
  ask.owner = desk.person(), ask.org = desk.org_of(desk.person());
  auto kept = workbench::keep_topic(desk.store(), ask, desk.writing());
  if (!kept.ok()) return record_refusal(kept.error());
  return Answer{topic_json(desk, *kept, 0)};
}

// ---------------------------------------------------------------------------- courses

std::string lecturer_of(TrainingDesk& desk, const Course& c) {
  return c.teacher.empty() ? c.lecturer : desk.name_of(c.teacher);
}

JsonObject course_line(TrainingDesk& desk, const Course& c, const std::string& topic) {
  JsonObject out = desk.head(c.record);
  out.emplace_back("topic_title", topic), out.emplace_back("class", c.klass), out.emplace_back("mode", c.mode);
  out.emplace_back("contents", workbench::texts_json(c.contents));
  out.emplace_back("groups", workbench::texts_json(c.groups));
  out.emplace_back("hours", workbench::hundredths_text(c.hours));
  out.emplace_back("teacher_name", lecturer_of(desk, c));
  out.emplace_back("self_study", c.self_study), out.emplace_back("mandatory", c.mandatory);
  out.emplace_back("exam_kind", c.exam_kind);
  return out;
}

// TRN-302: courses for the asker's own position stand out.
bool meant(TrainingDesk& desk, const Course& c) {
  const people::Staff* me = desk.directory().person(desk.person());
  return c.groups.empty() || (me && std::find(c.groups.begin(), c.groups.end(), me->position) != c.groups.end());
}

Outcome list_courses(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  std::map<int64_t, std::string> topics;
  for (const auto& one : records::list(desk.store(), all_of(workbench::kTopic))) topics[one.id] = one.title;
  std::vector<Json> items;
  for (const auto& one : records::list(desk.store(), all_of(workbench::kCourse))) {
    const Course c = workbench::course_of(one);
    JsonObject line = course_line(desk, c, topics[one.parent]);
    line.emplace_back("meant", meant(desk, c));
    items.push_back(std::move(line));
  }
  return Answer{.items = Items::of(std::move(items))};
}

Json course_json(TrainingDesk& desk, const Course& c) {
  auto topic = records::record(desk.store(), workbench::kTopic, c.record.parent);
  JsonObject out = course_line(desk, c, topic.ok() ? topic->title : "");
  out.emplace_back("meant", meant(desk, c)), out.emplace_back("about", c.about);
  out.emplace_back("teacher", c.teacher), out.emplace_back("lecturer", c.lecturer);
  out.emplace_back("product", c.product == 1), out.emplace_back("files", desk.files_json(c.record.id));
  records::Filter filter = all_of(workbench::kSession);
  filter.parent = c.record.id;
  JsonArray sessions;
  for (const auto& one : records::list(desk.store(), filter))
    sessions.push_back(JsonObject{{"id", one.id},
                                  {"title", one.title},
                                  {"day", one.day->str()},
                                  {"until", one.until->str()},
                                  {"state", one.state}});
  out.emplace_back("sessions", std::move(sessions));
  out.emplace_back("may_change", desk.manages(c.record));
  return out;
}

Outcome show_course(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  auto found = desk.found(workbench::kCourse, call.part("id"));
  return found ? Outcome(Answer{course_json(desk, workbench::course_of(*found))}) : Outcome(not_found());
}

Outcome keep_course(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    workbench::CourseAsk ask;
    Course& c = ask.course;
    c.record.owner = desk.person(), c.record.org = desk.org_of(desk.person());
    if (call.path.contains("id")) {
      auto found = desk.found(workbench::kCourse, call.part("id"));
      if (!found) return not_found();
      if (!desk.manages(*found)) return forbidden();
      c.record = *found, c.record.version = workbench::whole_in(call.body, "version");
    }
    const Json& body = call.body;
    c.record.title = call.text("title"), c.record.parent = workbench::whole_in(body, "topic");
    c.record.state = !body.find("on") || workbench::flag_in(body, "on") ? "on" : "off";
    c.about = text_member(call, "about"), c.klass = call.text("class"), c.mode = call.text("mode");
    c.teacher = text_member(call, "teacher"), c.lecturer = text_member(call, "lecturer");
    c.contents = workbench::texts_in(body, "contents"), c.groups = workbench::texts_in(body, "groups");
    c.hours = hundredths_member(body, "hours").value_or(0), c.exam_kind = text_member(call, "exam_kind");
    c.self_study = workbench::flag_in(body, "self_study"), c.mandatory = workbench::flag_in(body, "mandatory");
    c.product = workbench::flag_in(body, "product") ? 1 : 0, ask.files = files_member(call);
    if (!c.teacher.empty() && !desk.directory().person(c.teacher))
      return record_refusal({"course.teacher", "没有员工 " + c.teacher, "teacher", "外请的写姓名"});
    auto kept = workbench::keep_course(desk.store(), desk.rules(), ask, desk.writing());
    if (!kept.ok()) return record_refusal(kept.error());
    return Answer{course_json(desk, *kept)};
  });
}

}  // namespace

std::vector<RecordKind> training_kinds() {
  auto everybody = [](Desk& desk, const records::Record&) { return desk.can(Permission::training_read); };
  auto bank_of_questions = [](Desk& desk, const records::Record&) {
    return desk.can(Permission::exam_manage) || desk.can(Permission::exam_check);
  };
  // TRN-305: whoever may be trained sees what is planned.
  auto plan = [](Desk& desk, const records::Record& of) {
    return of.state == "approved"
               ? desk.can(Permission::training_read)
               : desk.reaches(Permission::training_manage, of) || desk.reaches(Permission::training_approve, of) ||
                     (desk.scope(Permission::training_read) == Scope::bank);
  };
  auto exam = [](Desk& desk, const records::Record& of) {
    if (desk.can(Permission::exam_manage) || desk.can(Permission::exam_check)) return true;
    if (desk.scope(Permission::training_read) >= Scope::branch) return true;
    const auto called = workbench::candidates(desk.store(), of.id);
    return std::find(called.begin(), called.end(), desk.person()) != called.end();
  };
  const Permission read = Permission::training_read;
  return {{.kind = workbench::kTopic,
           .title = "培训主题",
           .page = "/training?tab=topics",
           .read = read,
           .sees = everybody},
          {.kind = workbench::kCourse,
           .title = "培训课程",
           .page = "/training/courses/{id}",
           .read = read,
           .sees = everybody},
          {.kind = workbench::kTrainingPlan,
           .title = "培训计划",
           .page = "/training/plans/{id}",
           .read = read,
           .sees = plan},
          {.kind = workbench::kSession,
           .title = "培训",
           .page = "/training/sessions/{id}",
           .read = read,
           .sees = everybody},
          {.kind = workbench::kStudy,
           .title = "学习记录",
           .page = "/training?tab=records&staff={owner}",
           .read = read},
          {.kind = workbench::kStudyPlan,
           .title = "学习计划",
           .page = "/training?tab=records&staff={owner}",
           .read = read},
          {.kind = workbench::kQuestion,
           .title = "考题",
           .page = "/questions?question={id}",
           .read = Permission::exam_manage,
           .sees = bank_of_questions},
          {.kind = workbench::kPaper,
           .title = "试卷",
           .page = "/questions?tab=papers&paper={id}",
           .read = Permission::exam_manage,
           .sees = bank_of_questions},
          {.kind = workbench::kExam, .title = "考试", .page = "/exams/{id}", .read = read, .sees = exam}};
}

Table training_endpoints() {
  const SchemaRef topic = optional(object({{"version", integer()},
                                           {"title", text(800)},
                                           {"about", text(16000)},
                                           {"parent", integer()},
                                           {"place", integer()},
                                           {"on", boolean()}}),
                                   {"version", "about", "parent", "place", "on"});
  const SchemaRef course = optional(object({{"version", integer()},
                                            {"title", text(800)},
                                            {"topic", integer()},
                                            {"about", text(16000)},
                                            {"class", text(100)},
                                            {"mode", text(100)},
                                            {"contents", list(text(100))},
                                            {"groups", list(text(100))},
                                            {"hours", decimal()},
                                            {"teacher", text(100)},
                                            {"lecturer", text(200)},
                                            {"self_study", boolean()},
                                            {"mandatory", boolean()},
                                            {"product", boolean()},
                                            {"exam_kind", text(100)},
                                            {"files", list(text(64))},
                                            {"on", boolean()}}),
                                    {"version", "about", "contents", "groups", "teacher", "lecturer", "self_study",
                                     "mandatory", "product", "exam_kind", "files", "on"});
  const Permission read = Permission::training_read, manage = Permission::training_manage;
  Table out = {
      made("GET", "/training-words", "classes, contents, ways, kinds of exams, as the rules say", read, nullptr,
           ref("TrainingWords"), show_words),
      special(listed(made("GET", "/training-topics", "topics, as a tree by `parent`", read, nullptr,
                          list_of("TrainingTopic"), list_topics),
                     {"title", "about"}, {}),
              {.whole = true, .sorts = false}),
      made("POST", "/training-topics", "a new topic", manage, topic, ref("TrainingTopic"), keep_topic),
      made("PUT", "/training-topics/{id}", "changes a topic, or switches it off", manage, topic,
           ref("TrainingTopic"), keep_topic),
      listed(made("GET", "/training-courses", "the catalogue of courses", read, nullptr, list_of("TrainingCourse"),
                  list_courses),
             {"title", "topic_title", "class", "teacher_name"},
             {{"topic", integer(), false, "", "parent"}, {"state", choice({"on", "off"}), false, "", "state"}}),
      made("POST", "/training-courses", "a new course", manage, course, ref("TrainingCourseWhole"), keep_course),
      made("GET", "/training-courses/{id}", "a course with its materials and sessions", read, nullptr,
           ref("TrainingCourseWhole"), show_course),
      made("PUT", "/training-courses/{id}", "changes a course, or switches it off", manage, course,
           ref("TrainingCourseWhole"), keep_course)};
  for (auto part : {training_plan_endpoints, training_session_endpoints, training_record_endpoints,
                    exam_import_endpoints, exam_question_endpoints, exam_endpoints, exam_sitting_endpoints})
    for (auto& one : part()) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
