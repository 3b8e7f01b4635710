// A decision table tried with values: what the count of boxes finds wrong is only reported when values
// show it.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/date.h"
#include "feel/program.h"
#include "policy/detail/check_study.h"
#include "policy/detail/check_table_read.h"
#include "policy/formula_scope.h"

namespace guanhu::policy::detail {

struct CompiledDecision;

class Trial {
 public:
  // A name whose value is chosen: an input, or something whose making is not looked into.
  struct Free {
    std::string name;
    Info info;
    bool input = false;
    size_t slot = 0;
  };

  // `step`: index of the step that holds the table.
  Trial(const Study& study, size_t step, const Constants& constants, const std::optional<base::Date>& day);
  // Whether everything the table stands on can be worked out here. Else, where functions, other decisions
  // and other tables come in, only the whole decision can be run: set() runs it, and outcome() tells.
  bool ready() const { return ready_; }
  bool runs() const { return ready_ || decision_; }
  // The code of the error the table of this step ended with; "" for any other outcome.
  const std::string& outcome() const { return outcome_; }
  const std::vector<Free>& free() const { return free_; }
  // The free names a name goes back to.
  std::set<std::string> roots(const feel::Node& node) const;

  // The values of free(), in its order. False: they cannot be, or are refused.
  bool set(const std::vector<feel::Value>& values);
  // Nothing: it cannot be said.
  std::optional<bool> matches(size_t row);
  // The row's results; nothing when one of them fails.
  std::optional<std::vector<feel::Value>> results(size_t row);

 private:
  struct Derived {
    std::string name;
    const Parsed* formula;
    size_t slot;
    std::optional<feel::Program> program;
  };
  bool declare(const std::string& name, const Constants& constants);
  void run_whole(const std::optional<base::Date>& day);
  bool run(const std::vector<feel::Value>& values);
  void roots(const feel::Node& node, std::set<std::string>& out, int depth) const;
  bool declare_all(const feel::Node& node, const Constants& constants);
  const feel::Program* program(const Parsed& parsed, feel::Form form);
  std::optional<feel::Value> value(const Parsed& parsed);

  const Study& study_;
  const ParsedTable& table_;
  size_t step_;
  feel::Scope scope_ = formula_scope();
  std::vector<Free> free_;
  std::vector<Derived> derived_;
  std::vector<feel::Value> slots_;
  std::map<const Parsed*, std::optional<feel::Program>> programs_;
  bool ready_ = true;
  std::shared_ptr<const CompiledDecision> decision_;
  base::Date day_;
  std::string outcome_;
};

// Values that lie in the box and for which `shows` holds.
class Search {
 public:
  Search(Trial& trial, const std::vector<Axis>& axes)
      : trial_(trial), axes_(axes), left_(trial.ready() ? 3000 : 800) {}
  // The words "甲 = 1、乙 = true", of the names that matter; nothing when none are found.
  std::optional<std::string> find(const Box& box, const std::function<bool()>& shows);

 private:
  std::vector<feel::Value> options(const Trial::Free& free, const Box& box) const;
  std::vector<feel::Value> defaults(const Trial::Free& free) const;
  bool allowed(const Trial::Free& free, const feel::Value& value) const;
  std::set<std::string> relevant(const Box& box) const;

  Trial& trial_;
  const std::vector<Axis>& axes_;
  int left_;  // trials
};

}  // namespace guanhu::policy::detail
