// What a simulation changes: the pack (by a draft's files or by single values), plans, who holds what, how is
// paid; as people write it (JSON) and as it is worked with.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/json.h"
#include "measures/engine.h"

namespace guanhu::appraisal {

struct ParameterChange {
  std::string name;
  base::Json value;  // a number, text, true or false, a list; a date as text
};
struct FormulaChange {
  std::string name, formula;  // of an indicator or score
};
struct NumberChange {
  std::string name;  // of a score of the scheme (its weight), of a grade (its lower limit)
  base::Decimal value;
};

// A pack with something else in it. `files` ("PACK/document.md" to content, those of the pack itself) take the
// place of all of its own; the rest is changed in them.
struct PackChange {
  std::map<std::string, std::string> files;
  std::string source;  // in words where the files come from: "草稿 3 第 12 稿"; "" there are none
  std::vector<ParameterChange> parameters;
  std::vector<FormulaChange> formulas;
  std::vector<NumberChange> weights, grades;
  bool nothing() const {
    return files.empty() && parameters.empty() && formulas.empty() && weights.empty() && grades.empty();
  }
};

// The plan of a holder, or of all of them: a value, or so many times what it was.
struct TargetChange {
  std::string figure, holder;  // holder "": everyone
  std::optional<base::Decimal> value, times;
};

struct PayChange {
  std::string pack;      // whose pay plan
  base::Date pay_on;     // 发放日期
  std::string grades;    // the pack whose grades count; "" the plan's own
  std::string was = {};  // hash of the pack by which the base is paid; "" as it is installed
  // What was recorded of people and decided about grades by then counts. Nothing: what the period's approved pay
  // run of the plan knew, without one what is known when it is simulated; then filled in.
  std::optional<base::Instant> known_at = {};
  PackChange change;  // of that pack; where it is the scheme's pack, what is changed there holds for pay as well
};

struct SimulationAsk {
  std::string scheme, period;             // "sample/经营业绩", "2025Q4"
  int64_t base = 0;                       // a kept run; 0: what is in force, else the latest draft, else made now
  std::optional<base::Instant> known_at;  // without a kept run: what was known then
  PackChange change;
  std::vector<TargetChange> targets;
  std::vector<measures::Reassignment> assignments;
  std::optional<PayChange> pay;
  bool nothing() const;
};

// {"scheme", "period", "base", "known_at", "parameters": [{"name", "value"}], "formulas": [{"name", "formula"}],
//  "weights": [{"name", "weight"}], "grades": [{"name", "at_least"}],
//  "targets": [{"figure", "holder", "value" | "times"}],
//  "assignments": [{"kind", "id", "from", "to", "on", "until", "share"}],
//  "pay": {"pack", "pay_on", "grades_pack", "parameters"}}
// All but scheme and period may be left out; numbers are numbers or texts. Refused: simulate.ask, `where` the
// member.
base::Result<SimulationAsk> simulation_ask(const base::Json& json);
// The same back, without files; "source" names them.
base::Json to_json(const SimulationAsk& ask);
// Every change as a sentence in the bank's words.
std::vector<std::string> words_of(const SimulationAsk& ask);

}  // namespace guanhu::appraisal
