// Meetings (晨会, 周会, 月会, PLN-307): a series says who meets and how often by the business calendar; each
// meeting of it is a record with agenda, attendance, minutes and decisions, which become to-dos. Kinds
// "meeting_series" and "meeting".
//
//   prepared -> held (attendance, minutes) -> minuted (sent round; decisions are to-dos) -> confirmed (everybody
//   who was there agreed);  prepared -> cancelled
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "records/records.h"
#include "workbench/todo.h"
#include "workbench/work_rules.h"

namespace guanhu::workbench {

inline constexpr const char* kSeries = "meeting_series";
inline constexpr const char* kMeeting = "meeting";

struct MeetingSeries {
  records::Record record;    // owner: who calls it; org; state "on", "ended"
  std::string kind;          // "morning", "weekly", "monthly", "other"
  WorkRules::Rhythm rhythm;  // every "" : not regular
  std::string time, place;   // "08:10"
  bool whole_org = true;     // everybody of the organisation and below it; else `people`
  std::vector<std::string> people;
  std::vector<std::string> agenda;  // points that stand in every agenda
};
MeetingSeries series_of(const records::Record& record);

struct SeriesAsk {
  int64_t id = 0, version = 0;  // 0: a new one
  std::string owner, org, title, kind, time, place;
  WorkRules::Rhythm rhythm;
  bool whole_org = true;
  std::vector<std::string> people, agenda;
  bool ended = false;
};
// Refused: meeting.kind, meeting.time (not HH:MM), meeting.rhythm, meeting.people (nobody), and records::write's.
base::Result<MeetingSeries> keep_series(store::Session& session, const SeriesAsk& ask,
                                        const records::Doing& doing);

// The days in the span on which it meets: every working day; the weekday of each week, when that is off the next
// working day of the same week, else the one before; the n-th working day of each month.
std::vector<base::Date> days_of(const MeetingSeries& series, const BusinessCalendar& calendar, base::Date first,
                                base::Date last);

struct AgendaPoint {
  std::string title, text;
  base::Json figures = base::JsonArray{};  // as they stood when it was prepared: [{"label", "value", "link"}]
};
struct Attended {
  std::string staff, state;  // "present", "late", "excused", "absent"
};
struct MeetingDecision {
  int64_t id = 0;  // within the meeting
  std::string text, who;
  std::optional<base::Date> due;
};
struct Agreed {
  std::string staff, at, objection;  // "" agrees
};
struct Meeting {
  records::Record record;  // parent: its series, 0 none
  std::string time, place, minutes;
  std::vector<std::string> people;
  std::vector<AgendaPoint> agenda;
  std::vector<Attended> attendance;
  std::vector<MeetingDecision> decisions;
  std::vector<Agreed> agreed;

  bool attends(const std::string& staff) const;
  // Of whom an answer to the minutes is still wanted: who was there and has not agreed, the owner left out.
  std::vector<std::string> waits_for() const;
};
Meeting meeting_of(const records::Record& record);
std::string decision_key(int64_t meeting, int64_t decision);  // of its to-do (Todo::key)

struct MeetingAsk {
  int64_t series = 0;
  std::string owner, org, title, time, place;
  base::Date day;
  std::vector<std::string> people;
  std::vector<AgendaPoint> agenda;
};
// Refused: meeting.people, record.key (the series has one on the day: `where` its number).
base::Result<Meeting> prepare_meeting(store::Session& session, const MeetingAsk& ask, const records::Doing& doing);
// Agenda, place, attendance, minutes, decisions; `json` as the body has them, absent members stay. Attendance
// makes a meeting held. Refused: meeting.state (minuted, confirmed, cancelled), meeting.attendance,
// meeting.decision (which one: no text, nobody, not one of those who meet, no day, a day before the meeting),
// meeting.minutes (too long).
base::Result<Meeting> write_meeting(store::Session& session, int64_t id, int64_t version, const base::Json& json,
                                    const std::vector<std::string>& files, const records::Doing& doing);
// The minutes go round, decisions become to-dos. Refused: meeting.state, meeting.minutes (nothing written),
// meeting.attendance (nobody's is recorded).
base::Result<Meeting> send_minutes(store::Session& session, int64_t id, int64_t version, const TodoDoing& todo,
                                   const records::Doing& doing);
// Somebody who was there agrees, or objects with words: then the minutes are open again for whoever wrote them.
// Refused: meeting.state, meeting.people (was not there), meeting.agreed (has already).
base::Result<Meeting> agree(store::Session& session, int64_t id, const std::string& staff,
                            const std::string& objection, const records::Doing& doing);
// Refused: meeting.state, meeting.why.
base::Result<Meeting> cancel_meeting(store::Session& session, int64_t id, int64_t version, const std::string& why,
                                     const records::Doing& doing);

}  // namespace guanhu::workbench
