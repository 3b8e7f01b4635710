// Decisions and functions with their formulas compiled, and how they are evaluated. Everything here is
// immutable once made and holds what it needs itself: packs may move and be copied.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "feel/function.h"
#include "feel/program.h"
#include "policy/decision.h"
#include "policy/pack.h"

namespace guanhu::policy::detail {

struct CompiledTable {
  struct Input {
    int slot = -1;                         // the value of a name
    std::optional<feel::Program> program;  // of an expression; neither: the cells are whole conditions
  };
  struct Row {
    std::vector<std::optional<feel::Program>> tests;  // none: everything matches
    std::vector<feel::Program> results;
  };
  std::shared_ptr<const Table> table;
  std::vector<Input> inputs;
  std::vector<Row> rows;
  std::shared_ptr<const feel::Shape> shape;  // of a result of several outputs
};

struct CompiledStep {
  std::string name;
  int slot = 0;
  ValueTypePtr type;
  Text formula;
  std::optional<feel::Program> program;
  std::optional<CompiledTable> table;
};

struct CompiledBody {
  std::string document;  // its path, for messages
  size_t slots = 0;
  std::vector<std::pair<int, std::shared_ptr<const Parameter>>> parameters;
  std::vector<CompiledStep> steps;
  std::optional<size_t> result;              // the step that is the result
  std::shared_ptr<const feel::Shape> shape;  // else: the parts
  std::vector<int> parts;                    // their slots
};

struct CompiledDecision;

struct CompiledRequirement {
  std::string name;
  int slot = 0;
  std::shared_ptr<const CompiledDecision> decision;
  struct Source {
    int slot = -1;                         // a value of the asking decision
    std::optional<feel::Program> program;  // or an argument
    Text formula;
  };
  std::vector<std::optional<Source>> inputs;  // of each input of the other decision; none: its default
};

struct CompiledRefusal {
  std::string message, input;
  Text formula;
  feel::Program condition;
};

struct CompiledDecision {
  std::string pack, id, title;
  std::vector<Field> inputs;
  ValueTypePtr output;
  std::vector<std::string> rules;
  std::string article;
  std::vector<CompiledRequirement> requirements;
  std::vector<CompiledRefusal> refusals;
  CompiledBody body;
};

// What a decision took to its answer.
struct Hit {
  const CompiledDecision* decision;
  std::string table;  // the step that is a table
  size_t row;         // from 0
  const TableRow* source;
};

// What is the same for one question and everything it asks in turn. One is current in a thread at a time:
// functions take their day from it.
struct Asking {
  base::Date on;
  const feel::EvalOptions* options = nullptr;
  std::vector<Hit>* hits = nullptr;                       // may be null
  std::vector<const CompiledDecision*>* asked = nullptr;  // may be null
  base::JsonArray* trace = nullptr;                       // may be null
};

// While it lives, functions of packs that this thread calls take their day from it.
class AskingHere {
 public:
  explicit AskingHere(const Asking& asking);
  ~AskingHere();
  AskingHere(const AskingHere&) = delete;

 private:
  const Asking* before_;
};

// Throws feel::Eval::Stop with a document place; the caller catches it. `inputs` in the order of the
// decision's fields.
feel::Value run_decision(const CompiledDecision& decision, std::vector<feel::Value> inputs, const Asking& asking);

class PackFunction : public feel::Function {
 public:
  PackFunction(std::string name, std::vector<Field> fields, ValueTypePtr output, CompiledBody body);
  const std::vector<Parameter>& parameters() const override { return parameters_; }
  feel::Value call(std::span<const feel::Value> arguments, feel::Eval& eval) const override;
  std::string_view name() const override { return name_; }
  feel::TypeRef result_type() const override { return result_; }
  const CompiledBody& body() const { return body_; }

 private:
  std::string name_;
  std::vector<Parameter> parameters_;
  std::vector<Field> fields_;
  ValueTypePtr output_;
  feel::TypeRef result_;
  CompiledBody body_;
};

// A problem of a text of the pack: `range` is its part; `error` is feel's, or made by the compiler with a
// code of "policy.…" and Chinese words.
using Complain = std::function<void(const std::string& document, const Text& text, feel::SourceRange range,
                                    const base::Error& error)>;

// All functions and decisions of a pack that is read; what cannot be compiled is complained about and
// left out. `broken`: functions and decisions that could not be read; nothing is said about them again.
std::shared_ptr<const Compiled> compile_pack(const Pack& pack, const std::set<std::string>& broken,
                                             const Complain& complain);

}  // namespace guanhu::policy::detail

namespace guanhu::policy {

struct Compiled {
  std::map<std::string, feel::Value, std::less<>> functions;  // of this pack
  std::map<std::string, std::shared_ptr<const detail::CompiledDecision>, std::less<>> decisions;
};

}  // namespace guanhu::policy
