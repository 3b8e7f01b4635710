// Asks decisions of packs about a customer: inputs that are known are filled in, others come from a person, what
// is missing is named. Which decisions are asked, says the bank's plan: the decision "register-plan" of a pack.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "customers/customer_known.h"
#include "policy/decide.h"

namespace guanhu::customers {

// The pack that counts on a day.
using PackOf =
    std::function<base::Result<std::shared_ptr<const policy::Pack>>(const std::string& pack, base::Date on)>;

struct Asked {
  std::string decision, title, article;  // decision: "PACK/ID"
  base::JsonObject input;                // what was asked with
  struct Filled {
    std::string name;
    base::Json value;
    std::string from;  // as Known says; "" a person gave it
  };
  std::vector<Filled> filled;
  std::vector<std::string> missing;  // inputs nobody answered: then it was not asked
  std::optional<policy::Answer> answer;
  base::Json result;                 // of the answer
  std::optional<base::Error> error;  // refused by the decision; `where`: the input

  // A part of the answer's context, or null.
  base::Json part(const std::string& name) const;
  std::string word(const std::string& name) const;                // a text; "" none
  std::vector<std::string> words(const std::string& name) const;  // a list of texts
  bool flag(const std::string& name) const;
};
// `given` counts before what is known. Refused: plan.decision (no such pack or decision).
struct Question {
  std::string decision;
  base::Date on;
  bool trace = false;
};
base::Result<Asked> ask(const PackOf& packs, const Question& question, const std::vector<Known>& known,
                        const base::Json& given);
// {"decision", "title", "article", "inputs": [{"name", "value", "from"}], "missing", "result", "cites", "trace"?,
// "error"}
base::Json to_json(const Asked& asked);

struct CategoryScheme {
  std::string id, title;
  std::string propose, check, effect;  // decisions; check, effect: "" none
  std::string kind;                    // of customers; "" all
  bool loans_only = false;             // only those who have or had loans
};
struct RegisterPlan {
  std::string decision;  // that says all this
  std::vector<CategoryScheme> schemes;
  std::vector<std::string> access;  // asked one after the other
  std::string prohibited, duplicate, merge;
  const CategoryScheme* scheme(const std::string& id) const;
};
// Which decision says the plan: the bank's choice, else that of the pack that comes with the program.
std::string plan_decision(store::Session& session);
base::Result<RegisterPlan> register_plan(store::Session& session, const PackOf& packs, base::Date on);
// `seen`: the decision the writer had before him; nothing: whatever holds. Refused: plan.decision (it does not
// answer as a plan does), merge.reason, record.changed (another one holds by now; where: that one).
base::Status choose_plan(store::Session& session, const PackOf& packs, const std::string& decision, base::Date on,
                         const std::string& why, const Doing& doing, const std::optional<std::string>& seen = {});

}  // namespace guanhu::customers
