// Asks the decisions of packs. Inputs come as JSON and are checked strictly; the answer says which rules
// it rests on.
//
//   Rulebook rulebook("policies");
//   auto answer = rulebook.decide({"hubei-rcc-guide", "credit-rating-method", input, day});
//
// A Rulebook reads each pack once and keeps it compiled; it is for one thread at a time.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "feel/eval.h"
#include "feel/value.h"
#include "policy/load.h"

namespace guanhu::policy {

// A rule an answer rests on.
struct Cite {
  std::string rule_id, article;
  std::string table;  // the table whose row decided; "" none
  size_t row = 0;     // of that table, from 1; 0: no row
  std::string note;   // what the row says about itself
};

struct Answer {
  feel::Value result;
  base::Date on;  // parameters are those of this day
  std::string pack_hash;
  std::vector<Cite> cites;
  std::optional<base::Json> trace;  // a list of steps: {"name", "formula", "value", "parts": [...]}
};

struct AskOptions {
  bool trace = false;
  feel::EvalOptions evaluation;  // `strict` is always on; `now` gives today() where a formula asks for it
};

// `input`: an object with the decision's inputs. Errors: "decide.input.missing", ".null", ".type",
// ".allowed", ".range", ".integer", ".date", ".unknown", ".object" (where: the input's name or path),
// "decide.unknown" (no such decision, with the nearest), "decide.refused" (facts that cannot go together),
// "decide.parameter" (no value on that day), "decide.formula", "decide.condition", "decide.table...",
// "decide.result", "decide.limit" (where: the place in the document).
base::Result<Answer> decide(const Pack& pack, std::string_view decision, const base::Json& input, base::Date on,
                            const AskOptions& options = {});

// Everything that is wrong with the inputs, where `decide` stops at the first: for forms, which show each error at
// its field. Errors as above.
std::vector<base::Error> input_errors(const Decision& decision, const base::Json& input);

class Rulebook {
 public:
  struct Question {
    std::string pack, decision;
    const base::Json& input;
    base::Date on;
  };
  explicit Rulebook(std::filesystem::path policies) : shelf_(std::move(policies)) {}
  // Errors also those of open_pack.
  base::Result<Answer> decide(const Question& question, const AskOptions& options = {});

 private:
  struct Entry {
    std::shared_ptr<const Pack> pack;
    std::optional<base::Error> error;
  };
  Shelf shelf_;
  std::map<std::string, Entry, std::less<>> opened_;
};

// {"result", "on", "pack_hash", "cites", "trace"?}
base::Json to_json(const Answer& answer);
base::Json to_json(const std::vector<Cite>& cites);

// One case of the pack run: nothing when it comes out right, else what came out instead.
std::optional<std::string> run_case(const Pack& pack, const std::string& decision, const Case& one,
                                    base::Date today);
// Every case of the pack that comes out otherwise than it is written: "policy.case.wrong", at its place.
std::vector<base::Error> failing_cases(const Pack& pack, base::Date today);
// Whether two results are the same: numbers after rounding half up to 10 decimals, contexts by name, and
// of them only the parts that `expected` has.
bool same_result(const base::Json& expected, const base::Json& got);

}  // namespace guanhu::policy
