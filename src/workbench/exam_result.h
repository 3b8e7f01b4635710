// What comes out of an exam: results that one person releases and another called, certificates, what is recorded
// of people so that decisions on grades see it (appraisal/people_facts.h), how each question did.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "appraisal/people_facts.h"
#include "workbench/exam_sitting.h"

namespace guanhu::workbench {

struct Certificate {
  std::string number, staff, title, at, by, withdrawn_at, withdrawn_by, withdrawn_why;
  int64_t exam = 0, sitting = 0;
  Hundredths points = 0, most = 0;
  base::Date from;
  std::optional<base::Date> to;  // its last day
};
std::vector<Certificate> certificates_of(store::Session& session, const std::string& staff);  // "" everybody's
std::optional<Certificate> certificate(store::Session& session, const std::string& number);

// The best sitting of each candidate counts. Those that passed get the exam's certificate (from the day they sat
// it, for its months), and everybody's facts are recorded: "成绩:X" the share of 100 with two decimals, "是否:X"
// whether passed, "结果:X" 合格 or 不合格, "持有:X" true while the certificate holds, "日期:X" the day. Refused:
// exam.state, exam.open (the period is not over and somebody who was
// called may still sit), exam.sitting (somebody still sits), exam.unmarked (how many),
// exam.self (whoever called it).
struct ReleaseClock {
  base::Instant bank_now;
  base::Date today;
};
base::Result<Exam> release_exam(store::Session& session, const TrainingRules& rules, int64_t exam, int64_t version,
                                const ReleaseClock& clock, const appraisal::PeopleDoing& people,
                                const records::Doing& doing);
std::map<std::string, Sitting> best_of(const std::vector<Sitting>& all);  // by staff, of those handed in

// With what was recorded with it. Refused: certificate.unknown, certificate.state, certificate.why,
// certificate.self.
base::Result<Certificate> withdraw_certificate(store::Session& session, const std::string& number,
                                               const std::string& why, const std::string& person,
                                               const appraisal::PeopleDoing& doing);

struct QuestionFigures {
  int64_t n = 0, full = 0;                     // answered papers; with full points
  std::optional<base::Decimal> ease;           // mean share of its points, 0 to 1: 难度系数
  std::optional<base::Decimal> discriminates;  // mean share among the best 27% of papers less that among the last
};
// By the paper's questions, of papers that are marked. Each end has at least one paper; below 2 papers nothing.
std::vector<QuestionFigures> question_figures(store::Session& session, const Paper& paper,
                                              const std::vector<Sitting>& marked);

}  // namespace guanhu::workbench
