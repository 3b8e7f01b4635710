// Topics and courses.
#include "workbench/training.h"

#include <algorithm>

#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Error;
using base::Json;
using base::JsonObject;

namespace {

constexpr size_t kAbout = 4000;

bool among(const std::vector<std::string>& words, const std::string& one) {
  return std::find(words.begin(), words.end(), one) != words.end();
}

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& one : words) out += (out.empty() ? "" : "、") + one;
  return out;
}

// Of topic `id` under `parent`: no circle, four levels at most.
base::Status check_parent(store::Session& session, int64_t id, int64_t parent) {
  int64_t at = parent;
  for (int level = 0; at; ++level) {
    if (at == id) return Error{"topic.parent", "主题不能放在自己或自己的下级里", "parent", "换一个上级"};
    if (level == 3) return Error{"topic.parent", "主题最多四层", "parent", "放浅一些"};
    auto found = records::record(session, kTopic, at);
    if (!found.ok() || found->removed) return Error{"topic.parent", "没有这个上级主题", "parent", ""};
    at = found->parent;
  }
  return {};
}

bool used(store::Session& session, int64_t topic) {
  records::Filter filter;
  filter.kinds = {kCourse, kTopic}, filter.parent = topic, filter.states = {"on"}, filter.limit = 1;
  return !records::list(session, filter).empty();
}

}  // namespace

Topic topic_of(const records::Record& record) {
  if (record.kind != kTopic)
    throw base::Broken("record " + std::to_string(record.id) + " is no topic of training");
  return {record, text_in(record.body, "about"), whole_in(record.body, "place")};
}

// TRN-606
base::Result<Topic> keep_topic(store::Session& session, const TopicAsk& ask, const records::Doing& doing) {
  if (characters(ask.about) > kAbout) return Error{"topic.about", "说明最多 4000 字", "about", ""};
  if (auto fits = check_parent(session, ask.id, ask.parent); !fits.ok()) return fits.error();
  if (ask.id && !ask.on && used(session, ask.id))
    return Error{"topic.used", "下面还有启用的课程或主题", "on", "先停用它们，或者改到别的主题下"};
  records::Change change;
  if (ask.id) {
    auto found = records::record(session, kTopic, ask.id);
    if (!found.ok()) return found.error();
    change.record = *found, change.record.version = ask.version;
  } else {
    change.record.owner = ask.owner, change.record.org = ask.org;
  }
  change.record.kind = kTopic, change.record.title = ask.title, change.record.parent = ask.parent;
  change.record.state = ask.on ? "on" : "off";
  change.record.body = JsonObject{{"about", ask.about}, {"place", ask.place}};
  change.action = "training.topic", change.words = ask.about;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return topic_of(*written);
}

Course course_of(const records::Record& record) {
  if (record.kind != kCourse) throw base::Broken("record " + std::to_string(record.id) + " is no course");
  const Json& body = record.body;
  Course out;
  out.record = record;
  out.about = text_in(body, "about"), out.klass = text_in(body, "class"), out.mode = text_in(body, "mode");
  out.teacher = text_in(body, "teacher"), out.lecturer = text_in(body, "lecturer");
  out.contents = texts_in(body, "contents"), out.groups = texts_in(body, "groups");
  out.hours = whole_in(body, "hours"), out.self_study = flag_in(body, "self_study");
  out.mandatory = flag_in(body, "mandatory"), out.exam_kind = text_in(body, "exam_kind");
  out.product = whole_in(body, "product");
  return out;
}

namespace {

base::Status check(store::Session& session, const TrainingRules& rules, const Course& course) {
  auto topic = records::record(session, kTopic, course.record.parent);
  if (!topic.ok() || topic->removed || (topic->state != "on" && course.record.state == "on"))
    return Error{"course.topic", "课程要放在一个启用的主题下", "topic", "先建主题"};
  // TRN-301
  if (!among(rules.classes(), course.klass))
    return Error{"course.class", "课程要有一个类别：" + listed(rules.classes()), "class", ""};
  if (!among(rules.modes(), course.mode))
    return Error{"course.mode", "培训方式是：" + listed(rules.modes()), "mode", ""};
  for (const auto& one : course.contents)
    if (!among(rules.contents(), one))
      return Error{"course.contents", "制度里没有“" + one + "”这样内容", "contents", listed(rules.contents())};
  if (course.hours <= 0 || course.hours > 100'000)
    return Error{"course.hours", "学时在 0.01 至 1000 之间，最多两位小数", "hours", ""};
  if (!course.exam_kind.empty() && !among(rules.exam_kinds(), course.exam_kind))
    return Error{"course.exam", "考试的种类是：" + listed(rules.exam_kinds()), "exam_kind", ""};
  if (characters(course.about) > kAbout) return Error{"course.about", "说明最多 4000 字", "about", "材料作为附件"};
  return {};
}

}  // namespace

// TRN-605
base::Result<Course> keep_course(store::Session& session, const TrainingRules& rules, const CourseAsk& ask,
                                 const records::Doing& doing) {
  const Course& c = ask.course;
  if (auto fits = check(session, rules, c); !fits.ok()) return fits.error();
  records::Change change;
  if (c.record.id) {
    auto found = records::record(session, kCourse, c.record.id);
    if (!found.ok()) return found.error();
    change.record = *found, change.record.version = c.record.version;
  } else {
    change.record.owner = c.record.owner, change.record.org = c.record.org;
  }
  change.record.kind = kCourse, change.record.title = c.record.title, change.record.parent = c.record.parent;
  change.record.state = c.record.state;
  change.record.body = JsonObject{{"about", c.about},
                                  {"class", c.klass},
                                  {"mode", c.mode},
                                  {"teacher", c.teacher},
                                  {"lecturer", c.lecturer},
                                  {"contents", texts_json(c.contents)},
                                  {"groups", texts_json(c.groups)},
                                  {"hours", c.hours},
                                  {"self_study", c.self_study},
                                  {"mandatory", c.mandatory},
                                  {"exam_kind", c.exam_kind},
                                  {"product", c.product}};
  change.action = "training.course", change.files = ask.files;
  change.words = c.about + "\n" + c.klass + "\n" + listed(c.contents) + "\n" + c.lecturer;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return course_of(*written);
}

}  // namespace guanhu::workbench
