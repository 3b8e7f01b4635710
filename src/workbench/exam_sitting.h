// Sitting an exam: the server's clock, each answer kept when it is given, handed in by itself at the end, marked.
//
//   sitting -> handed (open questions wait for a person) -> marked -> released with the exam
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "workbench/exam.h"

namespace guanhu::workbench {

struct Sitting {
  int64_t id = 0, exam = 0, attempt = 1;
  std::string staff, seed, state;  // "sitting", "handed", "marked", "released"
  base::Date day;                  // the bank's
  base::Instant started, ends;
  std::optional<base::Instant> handed;
  std::string handed_how;  // "self", "time"
  Hundredths points = 0, most = 0;
  bool passed = false;
};
struct Answered {
  int64_t place = 0;  // of the paper's question
  base::Json answer;  // with the letters of the paper
  std::string at, marked_by, marked_at, remark;
  std::optional<Hundredths> points;
};

// How one candidate sees the paper: places of its questions, and of each the places of its options, both in the
// order of draw.h under the sitting's seed ("q|PLACE", "o|PLACE|OPTION", places from 0).
struct ShownQuestion {
  size_t place = 0;
  std::vector<size_t> options;
};
std::vector<ShownQuestion> shown_order(const Paper& paper, const std::string& seed);
// Letters as the candidate sees them into those of the paper; nothing when one is not there.
std::optional<base::Json> to_paper(const ShownQuestion& shown, const PaperQuestion& question,
                                   const base::Json& answer);
base::Json to_shown(const ShownQuestion& shown, const PaperQuestion& question, const base::Json& answer);

// Clocks: `now` counts the minutes, `bank_now` says whether the exam is open (work_rules.h: where the bank's day
// stands still they differ).
struct ExamClock {
  base::Instant now, bank_now;
  base::Date today;
};

// Goes on where the candidate was, or begins the next attempt. Refused: exam.candidate (not called), exam.state,
// exam.early, exam.late (the period is over), exam.done (passed already), exam.tries (how many there were),
// exam.waiting (the last attempt is not marked yet).
base::Result<Sitting> sit(store::Session& session, const TrainingRules& rules, int64_t exam,
                          const std::string& staff, const ExamClock& clock, const records::Doing& doing);
// Null takes the answer back. Refused: sitting.unknown, sitting.late (handed in, or the time is over: since when),
// sitting.place, sitting.answer (does not fit the question).
base::Status keep_answer(store::Session& session, const Paper& paper, int64_t sitting, int64_t place,
                         const base::Json& answer, base::Instant now);
// Refused: sitting.unknown, sitting.late (is handed in).
base::Result<Sitting> hand_in(store::Session& session, const TrainingRules& rules, int64_t sitting,
                              const std::string& how, base::Instant now, const records::Doing& doing);
// Hands in all whose time is over, as of the moment it was; how many.
int64_t hand_in_expired(store::Session& session, const TrainingRules& rules, base::Instant now,
                        const records::Doing& doing);

base::Result<Sitting> sitting(store::Session& session, int64_t id);  // refused: sitting.unknown
std::vector<Sitting> sittings(store::Session& session, int64_t exam);
std::vector<Sitting> sittings_of(store::Session& session, const std::string& staff);
// Whether everybody who was called can do nothing more: passed, or every attempt is handed in.
bool all_done(store::Session& session, const Exam& exam);
std::vector<Answered> answers(store::Session& session, int64_t sitting);  // by place

// An open question, by somebody else than the candidate; again until the results are released, with a remark.
// Refused: sitting.unknown, sitting.state, mark.self, mark.place (none that a person marks), mark.points (below 0,
// above the question's), mark.remark (marked again without one).
base::Result<Sitting> mark_answer(store::Session& session, int64_t sitting, int64_t place, Hundredths points,
                                  const std::string& remark, const std::string& person,
                                  const records::Doing& doing);

}  // namespace guanhu::workbench
