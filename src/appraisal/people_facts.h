// What is recorded of people and no extract brings: certificates, exams, years, confirmations, base pay, unit
// prices, coefficients, notices of criticism. Each with the days it holds for, its document and who recorded it;
// nothing is changed or removed, only withdrawn with a reason. Decisions find it by its name.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "appraisal/named_inputs.h"
#include "appraisal/people_doing.h"
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::appraisal {

// certificate 证书, exam 考试, years 年限, title 职称, confirmation 认定, discipline 违规和通报, award 荣誉,
// coaching 绩效辅导, training 培训, pay 工资, other.
inline constexpr std::string_view kFactKinds[] = {"certificate",  "exam",       "years", "title",
                                                  "confirmation", "discipline", "award", "coaching",
                                                  "training",     "pay",        "other"};

// Of these kinds facts stand beside a grade and are no input of a decision.
inline bool beside_grade(std::string_view kind) {
  return kind == "award" || kind == "coaching" || kind == "training";
}

struct PeopleFact {
  int64_t id = 0;
  std::string of;       // "staff", "org" (a branch or outlet), "bank"
  std::string subject;  // its number; "" of the bank
  std::string kind, name;
  base::Json value;
  base::Date from;
  std::optional<base::Date> to;  // its last day; nothing: until another one of the name holds
  std::string document, reason;
  std::string at, by;
  std::string withdrawn_at, withdrawn_by, withdrawn_why;  // "" it stands
  bool of_scheme = false;  // recorded for schemes (recorded.h): `id` is of its own numbers
};

// All or none. `pack`: names must be inputs of one of its decisions and values fit there; null: nothing is known
// of the names. Refused (where: "facts[3]"): fact.of, fact.kind, fact.name, fact.dates, fact.document,
// fact.name.unknown, fact.value.
base::Status record_facts(store::Session& session, const policy::Pack* pack, std::vector<PeopleFact> facts,
                          const PeopleDoing& doing);
// The same inside the caller's transaction; names are not checked.
base::Status record_facts_in(store::Session& session, const std::vector<PeopleFact>& facts,
                             const PeopleDoing& doing);
// Refused: fact.unknown, fact.withdrawn, fact.reason.
base::Status withdraw_fact(store::Session& session, int64_t id, const std::string& reason,
                           const PeopleDoing& doing);

struct FactFilter {
  std::string of, subject, kind, name;         // "" any
  std::optional<base::Date> from, to;          // that hold on a day of these
  bool withdrawn = false;                      // these too
  std::optional<base::Instant> known_at = {};  // as it was known then: recorded by then, not withdrawn yet
};
// By name, then the day they begin, then number.
std::vector<PeopleFact> people_facts(store::Session& session, const FactFilter& filter);

// The facts of a period, ready to be looked up a person and a day.
class FactsByDay {
 public:
  // Titles, coaching and training stand beside a grade (grade_career.h) and are told to no decision: who may
  // record them may not record what pay rests on.
  explicit FactsByDay(std::vector<PeopleFact> facts) : facts_(std::move(facts)) {
    std::erase_if(facts_, [](const PeopleFact& fact) { return beside_grade(fact.kind); });
  }
  // Into `names` what holds on the day: of the person, else of the outlet, else of the branch, else of the bank.
  void tell(Names& names, const std::string& staff, const std::string& org, const std::string& branch,
            base::Date day) const;
  // Days in (from, to] on which something about them begins or has ended.
  std::vector<base::Date> changes(const std::string& staff, const std::string& org, const std::string& branch,
                                  base::Date from, base::Date to) const;

 private:
  std::vector<PeopleFact> facts_;
};

// What holds on any of the days: the facts above, and what was recorded for schemes (recorded.h) about staff,
// organisations and the bank. There a fact of a period holds on that period's days and is taken only for `period`
// ("" none), one that holds from a day on until the next of its name; what was taken back is as if it had never
// been. Where both know a name of one subject the later first day is believed, of the same day the scheme's.
// `known_at`: as it was known then; nothing: now.
FactsByDay facts_in_force(store::Session& session, base::Date from, base::Date to, const std::string& period = "",
                          const std::optional<base::Instant>& known_at = {});
// The moment of the last thing that was recorded, withdrawn or decided about people: what is known now, under a
// name that stays. Nothing: there is nothing.
std::optional<base::Instant> people_known_at(store::Session& session);

std::span<const store::Migration> people_migrations();  // facts, grades

}  // namespace guanhu::appraisal
