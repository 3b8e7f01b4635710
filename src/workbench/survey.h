// Surveys (调研问卷): questions to people by organisation, role, team or name, open or anonymous, for a time. Who
// is meant has it as a to-do; what is half filled in is kept (table work_drafts); an answer is given once. Kind
// "survey". Of an anonymous survey nobody reads who wrote what: person and answer lie in different tables, the
// answer without time. (Who holds the files of the store and its backups could compare their order.)
//
//   draft -> running -> closed;   draft -> dropped
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "workbench/mail.h"
#include "workbench/suggestion.h"

namespace guanhu::workbench {

inline constexpr const char* kSurvey = "survey";

struct SurveyQuestion {
  std::string kind;  // "single", "multiple", "scale" (1 to 5), "text"
  std::string title;
  std::vector<std::string> choices;  // of single and multiple
  bool required = true;
};
struct Survey {
  records::Record record;  // title; day, until: first and last day
  std::string intro;
  bool anonymous = false;
  std::vector<Address> audience;
  std::vector<SurveyQuestion> questions;
  std::vector<AdviceSaid> said;

  bool answerable(base::Date day) const {
    return record.state == "running" && *record.day <= day && day <= *record.until;
  }
  bool over(base::Date day) const {
    return record.state == "closed" || (record.state == "running" && *record.until < day);
  }
};
Survey survey_of(const records::Record& record);
// Refused: survey.questions (none, more than 50; `where` which: no title, unknown kind, fewer than 2 or more than
// 20 choices, one twice).
base::Result<std::vector<SurveyQuestion>> questions_in(const base::Json& list);
base::Json json_of(const std::vector<SurveyQuestion>& questions);

// Refused also: survey.title, survey.days, survey.audience (nobody), survey.state.
base::Result<Survey> save_survey(store::Session& session, const Survey& ask, const AddressBook& book,
                                 const records::Doing& doing);
// what: "start" (of a draft), "close" (of a running one), "drop" (of a draft), with words where it is dropped.
// Refused: survey.state, suggestion.words.
base::Result<Survey> survey_step(store::Session& session, int64_t id, int64_t version, const AdviceSaid& said,
                                 const records::Doing& doing);

// One answer per question in their order: a list of choices' numbers (from 0), a number 1 to 5, a text, null.
// Refused: survey.answer (`where` which question), survey.over, survey.done (has answered), survey.audience.
base::Status answer_survey(store::Session& session, const Survey& survey, const std::string& person,
                           const base::Json& answers, base::Date today, const records::Doing& doing);
bool has_answered(store::Session& session, int64_t survey, const std::string& person);
std::vector<std::string> answered_by(store::Session& session, int64_t survey);  // persons, by name of none
std::string survey_draft(int64_t survey);                                       // its name in work_drafts

struct QuestionResult {
  int64_t answers = 0;
  std::vector<int64_t> counts;        // of each choice; of a scale 1 to 5
  std::optional<base::Decimal> mean;  // of a scale, 2 decimals
  std::vector<std::string> texts;     // in no order of time
};
struct SurveyResult {
  int64_t answers = 0;
  std::vector<QuestionResult> questions;
};
SurveyResult survey_result(store::Session& session, const Survey& survey);
struct SurveySheet {
  std::string person, at;  // "" anonymous
  base::Json answers;
};
std::vector<SurveySheet> survey_sheets(store::Session& session, int64_t survey);

}  // namespace guanhu::workbench
