// What the packs say of training and exams: which class a course belongs to, what counts as unified training, how
// many hours attendance counts for, when a year's hours are reached, which mark passes which exam and what it is
// recorded as. Asked of the pack `house-training`, or of the version the bank has in force; no number stands here.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/error.h"
#include "policy/pack.h"

namespace guanhu::workbench {

inline constexpr const char* kTrainingPack = "house-training";

// Points and hours are whole hundredths everywhere: 250 is 2.5.
using Hundredths = int64_t;
std::string hundredths_text(Hundredths value);  // "2.5"
base::Decimal hundredths_decimal(Hundredths value);
// At most two decimals, 0 or more; nothing for any other number.
std::optional<Hundredths> hundredths_of(const base::Decimal& value);

class TrainingRules {
 public:
  // `pack` must outlive it; parameters are those of `on`.
  TrainingRules(const policy::Pack& pack, base::Date on) : pack_(pack), on_(on) {}

  // The words of the pack, in their order.
  std::vector<std::string> classes() const;     // TRN-301: 金融基础理论, ...
  std::vector<std::string> contents() const;    // what a course may be marked with
  std::vector<std::string> modes() const;       // TRN-611: how it is taught
  std::vector<std::string> exam_kinds() const;  // 任职资格考试, ...

  // TRN-309: those of the contents that are content of the unified training.
  base::Result<std::vector<std::string>> unified(const std::vector<std::string>& contents) const;
  // Hours that count. `attended`: "present", "late", "excused", "absent".
  base::Result<Hundredths> hours(const std::string& attended, Hundredths planned) const;
  struct Standing {
    base::Decimal wanted;  // hours a year
    bool reached = false;
  };
  base::Result<Standing> standing(Hundredths of_year) const;
  // TRN-307: quarters of the year ("1".."4") without any training planned.
  base::Result<std::vector<std::string>> gaps(const std::vector<int>& planned) const;
  // Whether what participants said is shown to others.
  base::Result<bool> feedback_shown(size_t given) const;

  struct ExamTerms {
    base::Decimal pass;       // of 100
    int tries = 1;            // within its period
    std::string certificate;  // its name; "" none
    int months = 0;           // it holds for; 0 without an end
    std::vector<std::string>
        facts;  // what it is recorded as: "成绩:理论成绩", "是否:培训考试合格", "结果:上岗考试结果"
  };
  base::Result<ExamTerms> exam_terms(const std::string& kind) const;
  // Of a question with several right options: points of `full`.
  base::Result<Hundredths> several(Hundredths full, int wanted, int right, int wrong) const;

  // TRN-302: what somebody lacks. `share`: of the points of a topic, 0 to 1.
  base::Result<bool> weak_topic(const base::Decimal& share) const;
  base::Result<bool> certificate_ends(int64_t days_left) const;  // below 0: it is over
  base::Result<std::vector<std::string>> newcomer_gaps(int64_t months_in_post,
                                                       const std::vector<std::string>& learned) const;
  // TRN-303: holds certificates and is none of the managers.
  base::Result<bool> candidate(bool manager, size_t valid) const;
  // TRN-003: "已办", "未到期", "逾期未办" of a line of a plan.
  base::Result<std::string> plan_line(base::Date month_end, base::Date today, int64_t held) const;

 private:
  base::Result<base::Json> ask(const char* decision, base::Json input) const;
  std::vector<std::string> words(const char* decision, const char* input) const;
  const policy::Pack& pack_;
  base::Date on_;
};

}  // namespace guanhu::workbench
