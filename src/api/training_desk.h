// What the handlers of training and exams share: the rules of the pack, who may do what, things as JSON.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/desk.h"
#include "api/report.h"
#include "appraisal/people_doing.h"
#include "workbench/exam_result.h"
#include "workbench/training_session.h"

namespace guanhu::api {

class TrainingDesk : public Desk {
 public:
  TrainingDesk(Services& services, const Call& call);
  ~TrainingDesk();

  // Refused: training.rules (the pack is not installed, or broken).
  std::optional<Refusal> open_rules();
  const workbench::TrainingRules& rules() const { return *rules_; }  // after open_rules() without refusal
  workbench::ExamClock clock() const;
  appraisal::PeopleDoing people_doing();

  // The record of the number in the path, of the kind, that the asker sees; nothing otherwise.
  std::optional<records::Record> found(const char* kind, const std::string& id);
  bool manages(const records::Record& of) { return reaches(people::Permission::training_manage, of); }
  // Whoever teaches it, or runs it.
  bool teaches(const workbench::TrainingSession& s);
  bool exam_staff() const;  // sees questions, papers and everybody's answers
  // People in post today whom the permission reaches, in the order of their numbers.
  std::vector<const people::Staff*> reached(people::Permission permission);
  // {"people", "orgs", "positions", "teams"} of a body: who that is today, among those in reach. Refused:
  // training.people (unknown, out of reach, nobody).
  base::Result<std::vector<std::string>> people_asked(people::Permission permission);

  base::Json person_json(const std::string& staff) const;  // {"staff", "name", "org_name"}
  base::Json files_json(int64_t record);
  std::string course_title(int64_t course);  // "" of none

 private:
  std::shared_ptr<const policy::Pack> pack_;
  std::unique_ptr<workbench::TrainingRules> rules_;
};

// Runs the body with the rules open.
template <class Body>
Outcome with_training(Services& services, const Call& call, Body body) {
  TrainingDesk desk(services, call);
  if (auto refused = desk.open_rules()) return *refused;
  return body(desk);
}

// Members "registered", "grades", "months", "gaps" of a training record; `unified`: contents of the year.
void add_gaps(TrainingDesk& desk, base::JsonObject& out, const std::string& staff,
              const std::vector<std::string>& unified);
std::map<std::string, base::JsonArray> certificates_held(TrainingDesk& desk);  // by person, that hold today
std::vector<std::string> exams_registered(TrainingDesk& desk, const std::string& staff);  // not sat yet
base::Json certificate_json(TrainingDesk& desk, const workbench::Certificate& c);
// Lines of a table of endpoints, as short as they can be.
Endpoint made(std::string method, std::string path, std::string summary, people::Permission permission,
              SchemaRef input, SchemaRef output, std::function<Outcome(Services&, const Call&)> handler);
Endpoint listed(Endpoint one, std::vector<std::string> searched, std::vector<Parameter> parameters = {});
struct Special {
  std::vector<Parameter> parameters = {};
  std::string accepts = {}, produces = {};
  size_t body_limit = 0;
  bool whole = false, sorts = true;
};
Endpoint special(Endpoint one, Special what);
// To print, or as a workbook.
Answer printed_answer(const std::vector<Report>& reports, bool xlsx, const std::string& name);
SchemaRef people_asked_shape();  // of people_asked()
std::optional<workbench::Hundredths> hundredths_member(const base::Json& body, const char* member);
std::vector<std::string> files_member(const Call& call);  // digests
int64_t id_in(const std::string& text);                   // -1 of what is no number

// Each file's part of the table and of the shapes.
Table training_plan_endpoints();
Table training_session_endpoints();
Table training_record_endpoints();
Table exam_question_endpoints();
Table exam_import_endpoints();
Table exam_endpoints();
Table exam_sitting_endpoints();
void exam_shapes(Schemas& out);

}  // namespace guanhu::api
