// Facts that people record: what no extract of the core systems brings and a scheme needs (its pack declares
// them in `fact` blocks). Nothing is overwritten: a correction is a new row, and what was known at any moment
// can be read again.
//
//   auto checked = check_recording(pack, recording);        // value, period and day fit the declaration
//   session.transaction([&] { record(session, *checked, "login", clock); ... audit record ... });
//   auto facts = RecordedFacts::load(session, known_at);    // for a run
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/period.h"
#include "people/access.h"
#include "policy/pack.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::appraisal {

std::span<const store::Migration> recorded_migrations();

// What is to be recorded.
struct Recording {
  std::string name;                      // of the fact
  std::string subject_kind, subject_id;  // "staff" "M001"; "bank" ""
  std::string period;                    // "2025" for facts of a period, else ""
  std::string valid_from;                // "2025-03-01" for facts that hold from a day on, else ""
  base::Json value;                      // null: taken back, as if nothing had been recorded
  std::string unit;                      // filled in by check_recording
  std::string document;                  // where it comes from: number of a file, a form, a letter
  std::string note;
};

struct Recorded {
  int64_t id = 0;
  Recording what;
  std::string pack;  // id and hash of the pack that declared it then: "shandong-rcb-draft 1.0 8f3a…"
  std::string by, at;
};

// The recording with its unit, as the pack declares it. Errors (where: the field of a CSV row or request):
// fact.unknown (no such fact, with the nearest), fact.subject, fact.period, fact.day, fact.value (with what the
// type asks), fact.document (a value without a source).
base::Result<Recording> check_recording(const policy::Pack& pack, Recording recording);

// Whether somebody with these roles may record it: the pack names roles for each fact (`by`); where it names none,
// whoever may record facts at all. Refused: fact.unknown, fact.by (with who may).
base::Status check_recorder(const policy::Pack& pack, const std::string& name,
                            std::span<const people::Role> roles);

// What record() did.
enum class RecordState { added, changed, unchanged };
std::string_view state_word(RecordState state);  // "added", ...

// Inside a transaction. Where the newest row says the same already nothing is written. `pack`: as Recorded::pack.
RecordState record(store::Session& session, const Recording& recording, const std::string& pack,
                   const std::string& by, base::Clock& clock);
// Changes with every row that this process records: what was computed from facts before is old then.
uint64_t facts_version();
// Also after decisions about grades, which schemes may ask for.
void facts_changed();
// Whether the scheme may ask which grade somebody holds: by its conditions on the staff, or through its decision.
bool asks_grade(const policy::Scheme& scheme);
// What record() would do.
RecordState would_record(store::Session& session, const Recording& recording);

struct RecordedFilter {
  std::optional<std::string> name, subject_kind, subject_id, period;
  std::optional<base::Instant> known_at;
  bool history = false;  // also rows that later ones replaced
};
// By name, subject, period, day; of one key the newest last.
std::vector<Recorded> recorded(store::Session& session, const RecordedFilter& filter);

// Everything recorded, as it was known at a moment: for one run.
class RecordedFacts {
 public:
  // `grades`: with the history of grades, as it was known (asks_grade()).
  static std::shared_ptr<const RecordedFacts> load(store::Session& session,
                                                   const std::optional<base::Instant>& known_at,
                                                   bool grades = false);
  struct Grade {
    std::string staff, pack, grade;
    base::Date from;
  };
  // `grades` in the order in which they were decided.
  static std::shared_ptr<const RecordedFacts> of(std::vector<Recorded> rows, std::vector<Grade> grades = {});
  // The row that counts for the period: of that very period, or the latest day up to its last. Null: none.
  const Recorded* find(const policy::RecordedFact& fact, const std::string& subject_id,
                       const base::Period& period) const;

  // The grade held at the end of the day by the pack's own history of grades; where the pack has none at all, by
  // whichever pack decided last. "": none.
  std::string grade_on(const std::string& staff, const std::string& pack, base::Date day) const;

 private:
  std::map<std::string, std::vector<Grade>> grades_;  // by person; in the order in which they were decided
  std::set<std::string> graded_packs_;
  using Key = std::tuple<std::string, std::string, std::string>;  // name, kind, id
  std::map<Key, std::vector<Recorded>> rows_;                     // by period and day
};

}  // namespace guanhu::appraisal
