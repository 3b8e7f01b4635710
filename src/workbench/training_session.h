// One time a course is given: who comes, who was there, what they said of it. A session is a record of the kind
// "training_session"; its parent is the course.
//
//   planned -> held (attendance is recorded; corrections stay possible) -> closed;  planned -> cancelled
//
// Places and attendance are tables of their own (training_schema.cc): a correction is a new row with its reason.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "workbench/training.h"

namespace guanhu::workbench {

inline constexpr const char* kSession = "training_session";
inline constexpr int kCodeTries = 5;  // wrong codes of the day before only the teacher can sign somebody in

struct TrainingSession {
  records::Record record;       // owner: who calls it; day..until; state "planned", "held", "closed", "cancelled"
  int64_t plan = 0, line = 0;   // of which plan; 0 of none
  std::string from, to, place;  // "09:00"
  std::string teacher, lecturer;      // member of staff; or a name from outside
  std::vector<std::string> contents;  // as the course had them when it was called
  Hundredths hours = 0;
  int64_t capacity = 0;  // 0: no limit
  bool self_enrol = false;
  std::optional<base::Date> enrol_until;  // its last day
};
TrainingSession training_session_of(const records::Record& record);

// Refused: tsession.course (unknown, switched off), tsession.day (until before day, more than 60 days),
// tsession.time, tsession.teacher (nobody), tsession.capacity, tsession.hours, tsession.enrol (after the first
// day), tsession.state (only what is planned), tsession.plan (no approved plan with that line).
base::Result<TrainingSession> keep_session(store::Session& session, const TrainingRules& rules,
                                           const TrainingSession& ask, const std::vector<std::string>& files,
                                           const records::Doing& doing);
// `what`: "cancel" (with a reason), "close" (everybody enrolled has an attendance). Refused: tsession.step,
// tsession.why, tsession.open (how many are without).
base::Result<TrainingSession> step_session(store::Session& session, int64_t id, int64_t version,
                                           const std::string& what, const std::string& why,
                                           const records::Doing& doing);

// ---------------------------------------------------------------------------- places

struct Place {
  int64_t session = 0;
  std::string staff, state, how, reason, at, by;  // state: "enrolled", "waiting", "left"
  int64_t seq = 0;
  int64_t wrong_codes = 0;
};
std::vector<Place> places(store::Session& session, int64_t training);             // in the order of coming
std::vector<Place> places_of(store::Session& session, const std::string& staff);  // not those that left
// Called, or by themselves; beyond the capacity they wait. Who is in already stays. Refused: tsession.state;
// by themselves also tsession.self (not offered), tsession.enrol (its last day is over).
base::Result<int64_t> enrol(store::Session& session, int64_t training, const std::vector<std::string>& staff,
                            bool by_self, base::Date today, const records::Doing& doing);
// Leaves; who waits longest moves up (returned, "" nobody). Refused: tsession.place (is not in), tsession.state,
// tsession.why.
base::Result<std::string> leave_place(store::Session& session, int64_t training, const std::string& staff,
                                      const std::string& why, const records::Doing& doing);

// ---------------------------------------------------------------------------- attendance

struct Attendance {
  int64_t id = 0, session = 0;
  std::string staff, state, reason, way, at, by;
  base::Date day;
  Hundredths hours = 0;
  std::vector<std::string> contents;
  bool unified = false, replaced = false;
};
struct AttendanceAsk {
  std::string staff, state, reason;
};
// By the teacher. Late, excused, absent and every correction need a reason. Refused: tsession.state (cancelled,
// closed), tsession.early (before its first day), attendance.self (the teacher's own), attendance.place (not
// enrolled), attendance.state, attendance.reason.
base::Status record_attendance(store::Session& session, const TrainingRules& rules, int64_t training,
                               const std::vector<AttendanceAsk>& asks, const std::string& person, base::Date today,
                               const records::Doing& doing);
// The six figures the teacher shows on the day: by HMAC-SHA-256 of session and day under a secret of the session.
std::string code_of_day(store::Session& session, int64_t training, base::Date day);
// Refused: tsession.state, tsession.today (not one of its days), attendance.place, attendance.done (is recorded
// already), attendance.code (wrong; how many tries are left), attendance.tries.
base::Status sign_in(store::Session& session, const TrainingRules& rules, int64_t training,
                     const std::string& staff, const std::string& code, base::Date today,
                     const records::Doing& doing);
std::vector<Attendance> attendance_in(store::Session& session,
                                      int64_t training);  // replaced ones too, oldest first
struct AttendanceFilter {
  std::string staff;  // "" everybody
  std::optional<base::Date> from, to;
};
std::vector<Attendance> attendance(store::Session& session, const AttendanceFilter& filter);  // those that count

// ---------------------------------------------------------------------------- feedback

struct Feedback {
  int64_t content = 0, teacher = 0, use = 0;  // 1 to 5
  std::string words;
};
// Refused: feedback.place (was not there), feedback.given, feedback.marks, feedback.words.
base::Status give_feedback(store::Session& session, int64_t training, const std::string& staff,
                           const Feedback& said, const records::Doing& doing);
std::vector<Feedback> feedback(store::Session& session, int64_t training);  // in no order that tells who
bool has_given(store::Session& session, int64_t training, const std::string& staff);

// ---------------------------------------------------------------------------- for the duties of packs
// (todo_facts.h)

struct Trained {
  std::optional<base::Date> unified, exam;  // last day of unified training; of a training exam that was handed in
  std::vector<std::string> contents;        // what was ever taught, each once
};
std::vector<std::pair<std::string, Trained>> trained(store::Session& session);  // by staff

}  // namespace guanhu::workbench
