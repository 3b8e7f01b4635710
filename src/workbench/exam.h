// Exams: a bank of questions that somebody else has checked, papers drawn from it by a seed that is kept, exams
// sat under the server's clock, marked to the hundredth of a point. Kinds "exam_question", "exam_paper", "exam".
// Sittings: exam_sitting.h; certificates and figures: exam_result.h. docs/training.md tells their lives.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "records/records.h"
#include "workbench/training_rules.h"

namespace guanhu::workbench {

inline constexpr const char* kQuestion = "exam_question";
inline constexpr const char* kPaper = "exam_paper";
inline constexpr const char* kExam = "exam";
inline constexpr size_t kMostOptions = 8;

// ---------------------------------------------------------------------------- questions

struct QuestionBody {
  std::string type;  // "single", "multiple", "judge", "number", "text", "open"
  std::string stem;
  std::vector<std::string> options;  // of single and multiple, named A, B, C, ... in this order
  bool fixed = false;                // they are never shuffled ("以上都对")
  // single: one letter; multiple: letters; judge: "true" or "false"; number: one number; text: every accepted one;
  // open: none.
  std::vector<std::string> accepted;
  base::Decimal tolerance;  // of number: so far off is still right
  int difficulty = 2;       // 1 easy, 2 medium, 3 hard
  Hundredths points = 100;
  std::string explanation;
  std::string pack, article;  // the article it rests on, "" none: /policies/PACK/ARTICLE
};
base::Json json_of(const QuestionBody& body);
QuestionBody question_body_of(const base::Json& json);

struct Question {
  records::Record record;  // parent: topic of training; state "draft", "checked", "retired"
  QuestionBody body;
  std::string checked_by, returned_why;
};
Question question_of(const records::Record& record);
std::string question_title(const std::string& stem);  // its first line, at most 100 characters
struct QuestionAsk {
  int64_t id = 0, version = 0, topic = 0;
  std::string owner, org;
  QuestionBody body;
};
// Refused, by the field: question.topic, question.type, question.stem, question.options (fewer than 2, above 8,
// empty, twice), question.accepted (none, no such option, not one number, ...), question.tolerance,
// question.points (0.01 to 100), question.difficulty, question.explanation.
base::Status check_question(store::Session& session, const QuestionAsk& ask);
// A change makes a draft of what was checked.
base::Result<Question> keep_question(store::Session& session, const QuestionAsk& ask, const records::Doing& doing);
// Several new ones, all or none. Refused: as check_question, of the first that does not fit.
base::Status keep_new_questions(store::Session& session, const std::vector<QuestionAsk>& asks,
                                const records::Doing& doing);
// `what`: "check", "return" (with a reason), "retire", "revive" (to a draft). Refused: question.step,
// question.self (whoever made or last changed it does not check it), question.why.
base::Result<Question> step_question(store::Session& session, int64_t id, int64_t version, const std::string& what,
                                     const std::string& why, const records::Doing& doing);
std::vector<Question> questions(store::Session& session);  // every one that is not removed, newest first

// What the answer is worth, 0 to 1 of its points; nothing for open questions: a person marks them. An answer is a
// list of letters, "true"/"false", or a text, as JSON. Texts are alike whatever the blanks, the width and the case
// of letters.
std::optional<base::Result<Hundredths>> auto_points(const QuestionBody& question, const base::Json& answer,
                                                    Hundredths points, const TrainingRules& rules);
std::string plain_answer(const std::string& text);  // as accepted texts are compared

// ---------------------------------------------------------------------------- papers

struct PaperPart {
  int64_t topic = 0;   // 0: any
  int difficulty = 0;  // 0: any
  std::string type;    // "": any
  int64_t n = 0;
  Hundredths points = 0;  // each; 0: the question's own
};
struct PaperQuestion {
  int64_t id = 0, version = 0, topic = 0;
  Hundredths points = 0;
  QuestionBody body;  // as it was when it was drawn
};
struct Paper {
  records::Record record;                // state "draft", "checked"
  std::string seed, digest, checked_by;  // digest: SHA-256 of "ID|VERSION\n" of every question it was drawn from
  int64_t population = 0;
  std::vector<PaperPart> parts;
  std::vector<PaperQuestion> questions;
  Hundredths most() const;  // of all points
};
Paper paper_of(const records::Record& record);
struct PaperAsk {
  std::string owner, org, title, seed;
  std::vector<PaperPart> parts;
};
// Each part in its order: of the checked questions that fit and are not in it yet, the first `n` by draw.h of
// "SEED|PART|QUESTION" (parts from 1). The same seed and questions give the same paper. Refused: paper.seed,
// paper.parts (none, above 20), paper.part (which one, how many there are), paper.most (above 200 questions).
base::Result<Paper> draw_paper(store::Session& session, const PaperAsk& ask, const records::Doing& doing);
// Refused: paper.self (who drew it), paper.state.
base::Result<Paper> check_paper(store::Session& session, int64_t id, int64_t version, const records::Doing& doing);

// ---------------------------------------------------------------------------- exams

struct Exam {
  records::Record record;     // parent: paper; day..until; state "called", "released", "cancelled"
  std::string kind, about;    // of the pack's kinds of exams
  std::string opens, closes;  // "09:00" of the first day, "17:00" of the last
  int64_t minutes = 60, tries = 1;
  int64_t course = 0, session = 0;  // 0 of none
  base::Decimal pass;               // of 100, as the pack said when it was called
  std::string certificate;
  int64_t months = 0;
  std::vector<std::string> facts;
  std::string released_by;

  base::Instant open_from() const;   // by the bank's clock
  base::Instant open_until() const;  // from then on nobody can
};
Exam exam_of(const records::Record& record);
struct ExamAsk {
  int64_t paper = 0, course = 0, session = 0, minutes = 60;
  std::string owner, org, title, kind, about, opens, closes;
  base::Date day, until;
};
// Terms are the pack's. Refused: exam.paper (unknown, not checked), exam.kind, exam.days, exam.time, exam.minutes
// (5 to 600).
base::Result<Exam> call_exam(store::Session& session, const TrainingRules& rules, const ExamAsk& ask,
                             const records::Doing& doing);
// A longer period, or cancelled with a reason. Refused: exam.state, exam.days, exam.why.
base::Result<Exam> prolong_exam(store::Session& session, int64_t id, int64_t version, base::Date until,
                                const std::string& closes, const std::string& why, const records::Doing& doing);
base::Result<Exam> cancel_exam(store::Session& session, int64_t id, int64_t version, const std::string& why,
                               const records::Doing& doing);
// Refused: exam.state. How many are new.
base::Result<int64_t> call_candidates(store::Session& session, int64_t exam, const std::vector<std::string>& staff,
                                      const records::Doing& doing);
std::vector<std::string> candidates(store::Session& session, int64_t exam);        // by staff
std::vector<int64_t> exams_of(store::Session& session, const std::string& staff);  // called to

}  // namespace guanhu::workbench
