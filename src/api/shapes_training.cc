// Courses, plans, sessions, records of training; exams: shapes_exam.cc.
#include "api/shapes.h"
#include "api/training_desk.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

Members person(Members more) {
  Members out = {{"staff", text()}, {"name", text()}, {"org_name", text()}};
  for (auto& one : more) out.push_back(std::move(one));
  return out;
}

SchemaRef texts() { return list(text()); }
SchemaRef attended() { return nullable(choice({"present", "late", "excused", "absent"})); }

void catalogue(Schemas& out) {
  out["TrainingWords"] = object({{"classes", texts()},
                                 {"contents", texts()},
                                 {"modes", texts()},
                                 {"exam_kinds", list(object({{"kind", text()},
                                                             {"pass", described(decimal(), "of 100")},
                                                             {"tries", integer()},
                                                             {"certificate", text()},
                                                             {"months", integer()}}))},
                                 {"positions", texts()},
                                 {"year_hours", amount()},
                                 {"today", date()}});
  out["TrainingTopic"] =
      record_shape({{"about", text()}, {"place", integer()}, {"courses", integer()}, {"may_change", boolean()}});
  Members line = {{"topic_title", text()},
                  {"class", text()},
                  {"mode", text()},
                  {"contents", texts()},
                  {"groups", texts()},
                  {"hours", decimal()},
                  {"teacher_name", text()},
                  {"self_study", boolean()},
                  {"mandatory", boolean()},
                  {"exam_kind", text()},
                  {"meant", described(boolean(), "for the asker's position")}};
  out["TrainingCourse"] = record_shape(line);
  for (auto& one : Members{
           {"about", text(16000)},
           {"teacher", text()},
           {"lecturer", text()},
           {"product", described(boolean(), "to be studied before a product starts")},
           {"files", list(ref("RecordFile"))},
           {"sessions",
            list(object(
                {{"id", integer()}, {"title", text()}, {"day", date()}, {"until", date()}, {"state", text()}}))},
           {"may_change", boolean()}})
    line.push_back(std::move(one));
  out["TrainingCourseWhole"] = record_shape(line);
}

void plans(Schemas& out) {
  Members line = {{"period", text()},         {"period_title", text()},
                  {"lines_count", integer()}, {"done", described(integer(), "lines of which something was held")},
                  {"people", integer()},      {"budget", amount()}};
  out["TrainingPlanLine"] = record_shape(line);
  for (auto& one :
       Members{{"about", text(16000)},
               {"lines",
                list(object({{"id", integer()},
                             {"course", nullable(integer())},
                             {"course_title", text()},
                             {"title", text()},
                             {"month", text()},
                             {"place", text()},
                             {"teacher", text()},
                             {"groups", texts()},
                             {"people", integer()},
                             {"budget", amount()},
                             {"sessions", list(object({{"id", integer()}, {"day", date()}, {"state", text()}}))},
                             {"held", integer()},
                             {"came", integer()},
                             {"standing", described(text(), "已办, 未到期, 逾期未办")}}))},
               {"selected",
                list(object({{"staff", text()}, {"name", text()}, {"result", text()}, {"reason", text()}}))},
               {"gaps", described(texts(), "quarters without training")},
               {"submitted_by", text()},
               {"decided_by", text()},
               {"decided_why", text()},
               {"may", texts()}})
    line.push_back(std::move(one));
  out["TrainingPlan"] = record_shape(line);
}

void sessions(Schemas& out) {
  Members line = {{"course", integer()},
                  {"course_title", text()},
                  {"from", text()},
                  {"to", text()},
                  {"place", text()},
                  {"teacher_name", text()},
                  {"hours", decimal()},
                  {"capacity", described(integer(), "0: no limit")},
                  {"enrolled", integer()},
                  {"waiting", integer()},
                  {"mine", described(nullable(choice({"enrolled", "waiting"})), "the asker's place")},
                  {"attended", attended()},
                  {"self_enrol", boolean()},
                  {"enrol_until", nullable(date())}};
  out["TrainingSessionLine"] = record_shape(line);
  const SchemaRef history = list(object({{"state", text()},
                                         {"reason", text()},
                                         {"way", text()},
                                         {"at", moment()},
                                         {"by", text()},
                                         {"replaced", boolean()}}));
  for (auto& one :
       Members{{"teacher", text()},
               {"lecturer", text()},
               {"contents", texts()},
               {"plan", nullable(integer())},
               {"line", nullable(integer())},
               {"files", list(ref("RecordFile"))},
               {"people", described(list(object(person({{"state", choice({"enrolled", "waiting", "left"})},
                                                        {"how", text()},
                                                        {"reason", text()},
                                                        {"at", moment()},
                                                        {"attended", attended()},
                                                        {"attended_why", text()},
                                                        {"hours", amount()},
                                                        {"history", history}}))),
                                    "for who runs or teaches it; others: none")},
               {"feedback", nullable(object({{"given", integer()},
                                             {"shown", described(boolean(), "there is enough of it")},
                                             {"content", amount()},
                                             {"teacher", amount()},
                                             {"use", amount()},
                                             {"words", texts()}}))},
               {"may", texts()},
               {"today", date()}})
    line.push_back(std::move(one));
  out["TrainingSession"] = record_shape(line);
}

Members year() {
  return {{"hours", decimal()},
          {"taught", decimal()},
          {"studied", decimal()},
          {"sessions", integer()},
          {"wanted", amount()},
          {"reached", boolean()},
          {"unified", described(texts(), "contents of the unified training")}};
}

SchemaRef held_now() {
  return list(object({{"name", text()},
                      {"number", described(text(), "or the document it rests on")},
                      {"from", date()},
                      {"to", nullable(date())},
                      {"ends", described(boolean(), "soon")}}));
}

// What a study plan starts from.
Members missing() {
  return {
      {"registered", described(list(object({{"exam", integer()},
                                            {"title", text()},
                                            {"exam_kind", text()},
                                            {"day", date()},
                                            {"until", date()}})),
                               "called to and not sat yet")},
      {"grades",
       described(list(object({{"pack", text()}, {"title", text()}, {"grade", text()}, {"from", date()}})),
                 "held today, by the regulation")},
      {"months", described(nullable(integer()), "in the bank")},
      {"gaps", described(list(object({{"kind", choice({"unified", "newcomer", "exam", "topic", "certificate"})},
                                      {"what", text()},
                                      {"detail", text()},
                                      {"courses", list(object({{"id", integer()},
                                                               {"title", text()},
                                                               {"files", integer()},
                                                               {"self_study", boolean()}}))}})),
                         "what is missing, and which courses teach it")}};
}

void records_of_people(Schemas& out) {
  Members line = person({{"position", text()}, {"org", text()}});
  for (auto& one : year()) line.push_back(one);
  line.emplace_back("certificates", integer());
  line.emplace_back("planned", described(boolean(), "has a study plan of the year"));
  out["TrainingRecordLine"] = object(line);
  out["TrainingStudy"] = record_shape({{"content", text(8000)},
                                       {"result", text(8000)},
                                       {"study", choice({"self", "external"})},
                                       {"hours", decimal()},
                                       {"files", list(ref("RecordFile"))},
                                       {"decided_by", text()},
                                       {"decided_why", text()},
                                       {"may_decide", boolean()},
                                       {"may_change", boolean()}});
  out["StudyPlan"] = record_shape({{"year", integer()},
                                   {"gap", text(8000)},
                                   {"goals", list(object({{"id", integer()},
                                                          {"what", text()},
                                                          {"how", text()},
                                                          {"result", text()},
                                                          {"by", nullable(date())},
                                                          {"done", nullable(date())}}))}});
  out["TrainingCandidate"] = object(person(
      {{"position", text()}, {"held", held_now()}, {"registered", described(texts(), "exams not sat yet")}}));
  Members whole = person({{"position", text()}, {"year", integer()}});
  for (auto& one : year()) whole.push_back(one);
  for (auto& one : Members{{"attended", list(object({{"session", integer()},
                                                     {"title", text()},
                                                     {"day", date()},
                                                     {"state", text()},
                                                     {"reason", text()},
                                                     {"hours", decimal()},
                                                     {"contents", texts()}}))},
                           {"exams", list(object({{"exam", integer()},
                                                  {"title", text()},
                                                  {"day", date()},
                                                  {"attempt", integer()},
                                                  {"state", text()},
                                                  {"points", amount()},
                                                  {"most", decimal()},
                                                  {"passed", nullable(boolean())}}))},
                           {"studies", list(ref("TrainingStudy"))},
                           {"certificates", list(ref("ExamCertificate"))},
                           {"qualifications", described(list(object({{"kind", text()},
                                                                     {"name", text()},
                                                                     {"value", any()},
                                                                     {"from", date()},
                                                                     {"to", nullable(date())},
                                                                     {"document", text()}})),
                                                        "what decisions on grades see")},
                           {"study_plan", nullable(ref("StudyPlan"))},
                           {"all_unified", texts()},
                           {"own", boolean()},
                           {"today", date()}})
    whole.push_back(std::move(one));
  for (auto& one : missing()) whole.push_back(std::move(one));
  out["TrainingRecord"] = object(whole);
}

}  // namespace

void training_shapes(Schemas& out) {
  catalogue(out);
  plans(out);
  sessions(out);
  records_of_people(out);
  exam_shapes(out);
}

}  // namespace guanhu::api
