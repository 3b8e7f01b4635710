// Start here. A formula is compiled once against the names it may use and evaluated many times:
//
//   Scope scope;
//   int balance = scope.declare("余额", Type::simple(Type::Name::number));
//   auto program = compile("if 余额 > 100 then \"大\" else \"小\"", scope);
//   Value slots[] = {Decimal::fen(12345)};
//   auto answer = program->evaluate(slots);      // Result<Value>
//
// A Program is immutable and cheap to copy; any number of threads may evaluate it at once.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "feel/ast.h"
#include "feel/eval.h"
#include "feel/parser.h"
#include "feel/scope.h"
#include "feel/trace.h"
#include "feel/value.h"

namespace guanhu::feel {

struct CompileOptions {
  Form form = Form::expression;
  // Unknown names and wrong numbers of arguments are null when they are reached (as DMN says)
  // instead of errors of compilation.
  bool lenient = false;
  // The expression is the condition of a filter that runs outside of it: test_in() gives the item, which
  // is called `item`, and whose entries are names. Its type where it is known.
  bool of_item = false;
  TypeRef item_type = nullptr;
};

// One input of many rows at once: values, or whole numbers with a common exponent of ten (a column of
// fen: integers with exponent -2), which need no Value each.
struct Column {
  std::span<const Value> values;
  std::span<const int64_t> integers;  // used where values is empty
  int exponent = 0;
};

class Program {
 public:
  // `slots`: at least as many values as the scope had names (those of constants are not read).
  // An Error comes only from limits ("feel.limit") and, with options.strict, from the first null born
  // of an error ("feel.null", "feel.type", "feel.function", ...): where is "line:column", the message
  // names the sub-expression and its inputs. Otherwise failures are null and listed in `diagnostics`.
  base::Result<Value> evaluate(std::span<const Value> slots, const EvalOptions& options = {},
                               std::vector<Diagnostic>* diagnostics = nullptr, Trace* trace = nullptr) const;
  // Of unary tests: whether `input` (the name "?") passes; null where that cannot be said.
  base::Result<Value> test(const Value& input, std::span<const Value> slots, const EvalOptions& options = {},
                           std::vector<Diagnostic>* diagnostics = nullptr, Trace* trace = nullptr) const;

  // Every row of the columns by itself, into `out` (whose size is the number of rows; a column has at
  // least as many). `columns`: one for each slot, those of constants and of names that used() does not
  // list may be empty. Limits count for each row. The first row with an Error ends it: where is
  // "row N, line:column", N from 1. No diagnostics: failures are null, or, strict, that Error.
  base::Status evaluate_columns(std::span<const Column> columns, std::span<Value> out,
                                const EvalOptions& options = {}) const;

  // The same as a part of a larger evaluation (a decision model): under its limits and diagnostics, no
  // trace. Throws Eval::Stop and NestingLimit, which whoever began the evaluation catches.
  Value evaluate_in(Eval& eval, std::span<const Value> slots) const;
  // Of unary tests and of conditions of items.
  Value test_in(Eval& eval, const Value& input, std::span<const Value> slots) const;

  // Of unary tests that do nothing but compare their input with constants: those constants, ranges and
  // lists as they stand; `ordered`: one is compared by < <= > >=. Nothing of all other tests.
  struct Compared {
    std::vector<Value> constants;
    bool ordered = false;
  };
  std::optional<Compared> compared_with() const;

  const std::string& source() const;
  const Node& tree() const;
  // The slots of the scope that the program reads, ascending.
  const std::vector<int>& used() const;
  // The value when it depends on nothing.
  const Value* constant() const;

  struct Data;
  explicit Program(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

 private:
  base::Result<Value> run(const Value* input, std::span<const Value> slots, const EvalOptions& options,
                          std::vector<Diagnostic>* diagnostics, Trace* trace) const;
  Value run_in(Eval& eval, const Value* input, std::span<const Value> slots) const;
  std::shared_ptr<const Data> data_;
};

// Errors: "feel.syntax", "feel.name" (unknown name, with the nearest known one), "feel.arity".
base::Result<Program> compile(std::string_view source, const Scope& scope, const CompileOptions& options = {});

}  // namespace guanhu::feel
