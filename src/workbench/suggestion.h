// Suggestions (贷款业务建议, 调研与建议): what a manager tells a unit of the bank about a loan business, the
// market or a customer, and what the bank said to it. Somebody must answer: until a day that the pack names, then
// his superior hears of it. Kind "suggestion"; docs/suggestions.md tells its life.
//
//   submitted -> taken -> accepted (with what will be done by when) -> done
//                      -> refused (with the reason);   submitted, taken -> withdrawn by who wrote it
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "records/records.h"

namespace guanhu::workbench {

// Tables beside the records of suggestions, surveys, concessions and expenses.
std::span<const store::Migration> advice_migrations();

inline constexpr const char* kSuggestion = "suggestion";

// What was said to a suggestion, a concession, an expense or a customer's question, oldest first.
struct AdviceSaid {
  std::string at, by, person;  // by: login
  std::string what;            // "add", "take", "accept", "refuse", "withdraw", "done", ...
  std::string text;
};
base::Json said_json(const std::vector<AdviceSaid>& said);
std::vector<AdviceSaid> said_in(const base::Json& body);

// What the pack says of its kind on the day it is submitted (decision suggestion-rules).
struct SuggestionRules {
  std::vector<std::string> wanted;  // "来源", "客户或行业", "业务", "原因", "措施"
  bool information = false;         // counts in appraisal when it is accepted
  bool open_to_all = false;         // everybody in the bank may read it
  base::Date take_by, answer_by, tell_above;
};

struct Suggestion {
  records::Record record;  // owner, org: who wrote it; customer; day: submitted; until: to be answered by
  std::string kind;        // a word of the pack
  std::string business, source, about, cause, measure, text;
  std::string to_org, to_person;  // to_person "": the head of the unit
  SuggestionRules rules;
  std::string answer, value;           // value: of accepted information, "高", "一般", "低"
  std::optional<base::Decimal> marks;  // 分, by the pack
  std::optional<base::Date> do_by;
  std::string answered_by;  // person
  std::optional<base::Date> answered_on;
  std::vector<AdviceSaid> said;

  bool open() const { return record.state == "submitted" || record.state == "taken"; }
};
// Throws Broken when the record is none.
Suggestion suggestion_of(const records::Record& record);

// Elements of the text that the pack may ask for, and those that are there.
std::vector<std::string> elements_of(const Suggestion& s);

// A new one (record.id 0), or more words of one that nobody has answered. `record`: owner, org, customer, title,
// day. Refused: suggestion.text, suggestion.title, suggestion.element (`where`: the first that is missing; all are
// named), suggestion.to (no unit), suggestion.state, and records::write's.
base::Result<Suggestion> submit_suggestion(store::Session& session, Suggestion ask,
                                           const std::vector<std::string>& files, const records::Doing& doing);
// One step with words. what: "add" (also afterwards), "take", "withdraw", "done". Refused: suggestion.state,
// suggestion.words (nothing written).
base::Result<Suggestion> suggestion_step(store::Session& session, int64_t id, int64_t version,
                                         const AdviceSaid& said, const records::Doing& doing);
struct SuggestionAnswer {
  bool accepted = false;
  std::string value;
  std::optional<base::Decimal> marks;
  std::optional<base::Date> do_by;
  base::Date on;
  AdviceSaid said;
};
// What the pack says to the answer is the caller's to ask first. Refused: suggestion.state.
base::Result<Suggestion> answer_suggestion(store::Session& session, int64_t id, int64_t version,
                                           const SuggestionAnswer& answer, const records::Doing& doing);
// To another unit or person, with a reason; the days stay. Refused: suggestion.state, suggestion.words.
base::Result<Suggestion> pass_suggestion(store::Session& session, int64_t id, int64_t version,
                                         const std::string& org, const std::string& person, const AdviceSaid& said,
                                         const records::Doing& doing);

// QUA-601: accepted information that was answered in the span, by its writer: how many, and what it is worth.
struct InformationMarks {
  std::string staff;
  int64_t accepted = 0;
  base::Decimal marks = base::Decimal(0);
  std::vector<int64_t> items;  // numbers of the suggestions
};
std::vector<InformationMarks> information_marks(store::Session& session, base::Date first, base::Date last);

}  // namespace guanhu::workbench
